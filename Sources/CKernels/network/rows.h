/*
 * Activations, sums and normalisation over the rows of a matrix of floats.
 *
 * A sum over rows starts from +0 and takes the rows in order, each column by itself. A sum within
 * a row has 16 running sums, element j joining sum j mod 16; then sum l joins with sum l + 8, l +
 * 4, l + 2 and l + 1.
 */
#define ROW_SUMS 16

INLINE UNUSED float joined(const float *sums) {
  float part[ROW_SUMS];
  memcpy(part, sums, sizeof part);
  for (int width = ROW_SUMS / 2; width > 0; width /= 2) {
    for (int l = 0; l < width; l++) part[l] += part[l + width];
  }
  return part[0];
}

#if FLOATS > ROW_SUMS
#error "a vector must not be wider than the running sums of a row"
#endif

/* The sum of an expression of x, and y, at column j; lanes beyond the row add +0. */
#define ROW_SUM(name, expression)                                                                 \
  INLINE UNUSED float name(const float *xs, const float *ys, ptrdiff_t n, float c) {              \
    F sums[ROW_SUMS / FLOATS];                                                                    \
    (void)ys;                                                                                     \
    (void)c;                                                                                      \
    for (int v = 0; v < ROW_SUMS / FLOATS; v++) sums[v] = FLOAT(0);                               \
    ptrdiff_t j = 0;                                                                              \
    for (; j + ROW_SUMS <= n; j += ROW_SUMS) {                                                    \
      for (int v = 0; v < ROW_SUMS / FLOATS; v++) {                                               \
        F x = take(xs + j + v * FLOATS, FLOATS), y = take(ys + j + v * FLOATS, FLOATS);           \
        (void)y;                                                                                  \
        sums[v] = sums[v] + (expression);                                                         \
      }                                                                                           \
    }                                                                                             \
    float all[ROW_SUMS];                                                                          \
    memcpy(all, sums, sizeof all);                                                                \
    for (ptrdiff_t k = j; k < n; k++) {                                                           \
      F x = FLOAT(xs[k]), y = FLOAT(ys[k]), term = (expression);                                  \
      float one;                                                                                  \
      (void)y;                                                                                    \
      memcpy(&one, &term, sizeof one);                                                            \
      all[k - j] += one;                                                                          \
    }                                                                                             \
    return joined(all);                                                                           \
  }
ROW_SUM(f_row_sum, x)
ROW_SUM(f_row_product, x *y)
ROW_SUM(f_row_deviation, (x - c) * (x - c))

/* y = activation(y + bias), row by row; `before` keeps what the activation was given, or is null. */
#define ACTIVATE(name, expression)                                                                \
  static void activate_##name(float c, ptrdiff_t rows, ptrdiff_t columns, const float *bias,      \
                              float *ys, float *before) {                                         \
    (void)c;                                                                                      \
    for (ptrdiff_t r = 0; r < rows; r++) {                                                        \
      float *row = ys + r * columns;                                                              \
      EACH(columns, {                                                                             \
        F x = take(row + i, count);                                                               \
        if (bias != NULL) x = x + take(bias + i, count);                                          \
        if (before != NULL) put(before + r * columns + i, x, count);                              \
        put(row + i, (expression), count);                                                        \
      })                                                                                          \
    }                                                                                             \
  }
/* d = d activation'(·), told from the output y and what was kept before. */
#define SLOPE(name, expression)                                                                   \
  static void slope_##name(float c, ptrdiff_t n, const float *ys, const float *before,            \
                           float *ds) {                                                           \
    (void)c;                                                                                      \
    (void)before;                                                                                 \
    EACH(n, {                                                                                     \
      F y = take(ys + i, count), d = take(ds + i, count);                                         \
      (void)y;                                                                                    \
      put(ds + i, (expression), count);                                                           \
    })                                                                                            \
  }
ACTIVATE(linear, x)
ACTIVATE(relu, SELECT(FMASK(x <= 0.0f), FLOAT(0), x))
ACTIVATE(leaky_relu, SELECT(FMASK(x <= 0.0f), x *c, x))
ACTIVATE(sigmoid, f_sigmoid(x))
ACTIVATE(tanh, f_tanh(x))
ACTIVATE(gelu, f_gelu(x))
SLOPE(linear, d)
SLOPE(relu, SELECT(FMASK(y <= 0.0f), FLOAT(0), d))
SLOPE(leaky_relu, SELECT(FMASK(y <= 0.0f), d *c, d))
SLOPE(sigmoid, d *(y * (1.0f - y)))
SLOPE(tanh, d *(1.0f - y * y))
SLOPE(gelu, d *f_gelu_slope(take(before + i, count)))

#define CK_EACH_ACTIVATION(APPLY)                                                                 \
  APPLY(linear) APPLY(relu) APPLY(leaky_relu) APPLY(sigmoid) APPLY(tanh) APPLY(gelu)

static void net_activate(int kind, float c, ptrdiff_t rows, ptrdiff_t columns, const float *bias,
                         float *y, float *before) {
#define ENTRY(name) activate_##name,
  static void (*const functions[])(float, ptrdiff_t, ptrdiff_t, const float *, float *,
                                   float *) = {CK_EACH_ACTIVATION(ENTRY)};
#undef ENTRY
  if (kind == 0 && bias == NULL && before == NULL) return;
  functions[kind](c, rows, columns, bias, y, before);
}

static void net_slope(int kind, float c, ptrdiff_t n, const float *y, const float *before,
                      float *d) {
#define ENTRY(name) slope_##name,
  static void (*const functions[])(float, ptrdiff_t, const float *, const float *,
                                   float *) = {CK_EACH_ACTIVATION(ENTRY)};
#undef ENTRY
  if (kind != 0) functions[kind](c, n, y, before, d);
}

/* sums (+)= the sums of columns. */
static void net_column_sums(ptrdiff_t rows, ptrdiff_t columns, const float *x, ptrdiff_t x_row,
                            float *sums, int first) {
  EACH(columns, {
    F sum = first ? FLOAT(0) : take(sums + i, count);
    for (ptrdiff_t r = 0; r < rows; r++) sum = sum + take(x + r * x_row + i, count);
    put(sums + i, sum, count);
  })
}

/* y += x. */
static void net_add(ptrdiff_t n, const float *x, float *y) {
  EACH(n, put(y + i, take(y + i, count) + take(x + i, count), count);)
}

/* y = x factors. */
static void net_multiply(ptrdiff_t n, const float *x, const float *factors, float *y) {
  EACH(n, put(y + i, take(x + i, count) * take(factors + i, count), count);)
}

/* Each row's exponentials over their sum, the row's largest element taken off first. */
static void net_softmax(ptrdiff_t rows, ptrdiff_t columns, float *x) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    float *row = x + r * columns, largest = row[0];
    for (ptrdiff_t j = 1; j < columns; j++) {
      if (row[j] > largest || row[j] != row[j]) largest = row[j];
    }
    EACH(columns, put(row + i, f_exp(take(row + i, count) - largest), count);)
    float sum = f_row_sum(row, row, columns, 0);
    EACH(columns, put(row + i, take(row + i, count) / sum, count);)
  }
}

/* d = y (d - sum of d y), row by row. */
static void net_softmax_slope(ptrdiff_t rows, ptrdiff_t columns, const float *y, float *d) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    const float *ys = y + r * columns;
    float *ds = d + r * columns;
    float sum = f_row_product(ds, ys, columns, 0);
    EACH(columns, put(ds + i, take(ys + i, count) * (take(ds + i, count) - sum), count);)
  }
}

/* The mean and the population variance of each column, the rows in order. */
static void net_column_moments(ptrdiff_t rows, ptrdiff_t columns, const float *x, float *means,
                               float *variances) {
  float n = (float)rows;
  EACH(columns, {
    F sum = FLOAT(0);
    for (ptrdiff_t r = 0; r < rows; r++) sum = sum + take(x + r * columns + i, count);
    F mean = sum / n, square = FLOAT(0);
    for (ptrdiff_t r = 0; r < rows; r++) {
      F off = take(x + r * columns + i, count) - mean;
      square = F_FMA(off, off, square);
    }
    put(means + i, mean, count);
    put(variances + i, square / n, count);
  })
}

/* y = (x - mean) scale, h = y gain + shift, by column. */
static void net_column_normal(ptrdiff_t rows, ptrdiff_t columns, const float *x,
                              const float *means, const float *scales, const float *gain,
                              const float *shift, float *normal, float *y) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    ptrdiff_t at = r * columns;
    EACH(columns, {
      F z = (take(x + at + i, count) - take(means + i, count)) * take(scales + i, count);
      if (normal != NULL) put(normal + at + i, z, count);
      put(y + at + i, F_FMA(z, take(gain + i, count), take(shift + i, count)), count);
    })
  }
}

/* The slopes of batch normalisation, columns by themselves: gain's, shift's, and x's from d:
   dx = gain scale (d - mean of d - normal mean of d normal). */
static void net_column_normal_slope(ptrdiff_t rows, ptrdiff_t columns, const float *normal,
                                    const float *scales, const float *gain, const float *d,
                                    float *gain_slope, float *shift_slope, float *x_slope) {
  float n = (float)rows;
  EACH(columns, {
    F sum = FLOAT(0), product = FLOAT(0);
    for (ptrdiff_t r = 0; r < rows; r++) {
      F slope = take(d + r * columns + i, count);
      sum = sum + slope;
      product = F_FMA(slope, take(normal + r * columns + i, count), product);
    }
    put(gain_slope + i, product, count);
    put(shift_slope + i, sum, count);
    F factor = take(gain + i, count) * take(scales + i, count);
    F mean = sum / n, share = product / n;
    for (ptrdiff_t r = 0; r < rows; r++) {
      ptrdiff_t at = r * columns + i;
      F rest = take(d + at, count) - mean - take(normal + at, count) * share;
      put(x_slope + at, factor * rest, count);
    }
  })
}

/* Layer normalisation: each row by its own mean and variance; scales keeps 1 / sqrt(variance +
   epsilon) of each row. */
static void net_row_normal(ptrdiff_t rows, ptrdiff_t columns, float epsilon, const float *x,
                           const float *gain, const float *shift, float *normal, float *scales,
                           float *y) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    const float *from = x + r * columns;
    float mean = f_row_sum(from, from, columns, 0) / (float)columns;
    float variance = f_row_deviation(from, from, columns, mean) / (float)columns;
    float scale = 1.0f / __builtin_sqrtf(variance + epsilon);
    scales[r] = scale;
    EACH(columns, {
      F z = (take(from + i, count) - mean) * scale;
      put(normal + r * columns + i, z, count);
      put(y + r * columns + i, F_FMA(z, take(gain + i, count), take(shift + i, count)), count);
    })
  }
}

/* x's slope of layer normalisation; those of gain and shift are sums of columns. */
static void net_row_normal_slope(ptrdiff_t rows, ptrdiff_t columns, const float *normal,
                                 const float *scales, const float *gain, const float *d,
                                 float *x_slope) {
  for (ptrdiff_t r = 0; r < rows; r++) {
    ptrdiff_t at = r * columns;
    EACH(columns, put(x_slope + at + i, take(d + at + i, count) * take(gain + i, count), count);)
    float mean = f_row_sum(x_slope + at, x_slope + at, columns, 0) / (float)columns;
    float share = f_row_product(x_slope + at, normal + at, columns, 0) / (float)columns;
    EACH(columns, {
      F rest = take(x_slope + at + i, count) - mean - take(normal + at + i, count) * share;
      put(x_slope + at + i, rest * scales[r], count);
    })
  }
}
