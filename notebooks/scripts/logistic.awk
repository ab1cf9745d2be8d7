# Logistic regression by gradient descent with momentum, in awk.
#
# Reads SM_CHANNEL_TRAIN/train.csv and SM_CHANNEL_VALIDATION/validation.csv: a column of labels, of
# which one is positive, and columns of numbers. Prints the losses of every epoch (that of the training
# rows before its step), writes the weights.
#
# Keeps its state in SM_CHECKPOINT_DIR before it prints an epoch, goes on from what it finds there, and
# ends after the epoch that COLOPHON_EPOCH_LIMIT names, so that a job that is promoted does no epoch twice.

# The options that follow the program: --rate 0.1 --momentum 0.9 …
function options(   i) {
  for (i = 1; i < ARGC; i += 2) option[substr(ARGV[i], 3)] = ARGV[i + 1]
}

# One file into x[part, row, column] and y[part, row]; columns are those of its head.
function load(part, file,   line, fields, count, j) {
  if ((getline line < file) <= 0) fail("there is no " file)
  columns = split(line, head, ",")
  while ((getline line < file) > 0) {
    split(line, fields, ",")
    count++
    d = 0
    for (j = 1; j <= columns; j++) {
      if (head[j] == option["label"]) { y[part, count] = (fields[j] == option["positive"]); continue }
      x[part, count, ++d] = fields[j]
    }
  }
  rows[part] = count
  close(file)
}

function fail(text) {
  print text > (ENVIRON["SM_OUTPUT_DIR"] "/failure")
  exit 1
}

# The epochs that are done, with bias, weights and speeds, to the last digit.
function save(epoch,   j) {
  printf "%d %.17g %.17g", epoch, bias, v[0] > state
  for (j = 1; j <= d; j++) printf " %.17g %.17g", w[j], v[j] > state
  printf "\n" > state
  close(state)
}

function restore(   line, fields, j) {
  if ((getline line < state) <= 0) return 0
  close(state)
  split(line, fields, " ")
  bias = fields[2]; v[0] = fields[3]
  for (j = 1; j <= d; j++) { w[j] = fields[2 + 2 * j]; v[j] = fields[3 + 2 * j] }
  return fields[1]
}

function sigmoid(z) { return 1 / (1 + exp(-(z > 30 ? 30 : z < -30 ? -30 : z))) }

function predict(part, row,   z, j) {
  z = bias
  for (j = 1; j <= d; j++) z += w[j] * x[part, row, j]
  return sigmoid(z)
}

function loss(part,   total, i, p) {
  for (i = 1; i <= rows[part]; i++) {
    p = predict(part, i)
    total -= y[part, i] ? log(p) : log(1 - p)
  }
  return total / rows[part]
}

BEGIN {
  options()
  if (option["rate"] <= 0) fail("the rate must be above 0")
  load("train", ENVIRON["SM_CHANNEL_TRAIN"] "/train.csv")
  load("validation", ENVIRON["SM_CHANNEL_VALIDATION"] "/validation.csv")
  state = ENVIRON["SM_CHECKPOINT_DIR"] "/state"
  last = option["epochs"]
  limit = ENVIRON["COLOPHON_EPOCH_LIMIT"]
  if (limit != "" && limit + 0 < last) last = limit
  for (epoch = restore() + 1; epoch <= last; epoch++) {
    for (j = 0; j <= d; j++) g[j] = 0
    total = 0
    for (i = 1; i <= rows["train"]; i++) {
      p = predict("train", i)
      total -= y["train", i] ? log(p) : log(1 - p)
      e = p - y["train", i]
      g[0] += e
      for (j = 1; j <= d; j++) g[j] += e * x["train", i, j]
    }
    for (j = 0; j <= d; j++) {
      slope = g[j] / rows["train"] + (j ? option["l2"] * w[j] : 0)
      v[j] = option["momentum"] * v[j] - option["rate"] * slope
      if (j) w[j] += v[j]; else bias += v[j]
    }
    save(epoch)
    printf "epoch %d train=%.6f validation=%.6f\n", epoch, total / rows["train"], loss("validation")
  }
  out = ENVIRON["SM_MODEL_DIR"] "/weights.txt"
  printf "bias %.6f\n", bias > out
  k = 0
  for (j = 1; j <= columns; j++) if (head[j] != option["label"]) printf "%s %.6f\n", head[j], w[++k] > out
}
