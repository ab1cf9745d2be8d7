/*
 * The gates of recurrent cells, one step for some rows.
 *
 * x and h are a row's gates before activation, from the input and from the state before, each with
 * a bias; forward leaves the activated gates in x. Orders of gates: LSTM input, forget, cell,
 * output; GRU reset, update, new (Cho et al., 2014, in the form whose reset gate acts after the
 * product). Where `length` of a row is not above `step` its state is passed on as it is.
 */
#define CELL_ROWS                                                                                 \
  for (ptrdiff_t r = 0; r < p->rows; r++)

#define PASSED_ON (p->lengths != NULL && p->step >= p->lengths[r])

#define GATE(k) (take(x + (k) * n + i, count) + take(p->x_bias + (k) * n + i, count) +            \
                 (take(h + (k) * n + i, count) + take(p->h_bias + (k) * n + i, count)))

static void net_lstm(const ck_cell *p) {
  const ptrdiff_t n = p->width;
  CELL_ROWS {
    float *x = p->x + r * 4 * n, *c = p->c + r * n, *state = p->state + r * n;
    const float *h = p->h + r * 4 * n, *before = p->c_before + r * n;
    if (PASSED_ON) {
      memcpy(c, before, (size_t)n * sizeof *c);
      memcpy(state, p->before + r * n, (size_t)n * sizeof *c);
      continue;
    }
    EACH(n, {
      F in = f_sigmoid(GATE(0)), forget = f_sigmoid(GATE(1));
      F cell = f_tanh(GATE(2)), out = f_sigmoid(GATE(3));
      F next = F_FMA(forget, take(before + i, count), in * cell);
      put(x + i, in, count);
      put(x + n + i, forget, count);
      put(x + 2 * n + i, cell, count);
      put(x + 3 * n + i, out, count);
      put(c + i, next, count);
      put(state + i, out * f_tanh(next), count);
    })
  }
}

/* x holds the activated gates and takes their slopes; d is the state's slope, c_slope the cell's,
   which becomes that of the cell before; d_before starts as what is passed on. */
static void net_lstm_slope(const ck_cell *p) {
  const ptrdiff_t n = p->width;
  CELL_ROWS {
    float *x = p->x + r * 4 * n, *cs = p->c_slope + r * n, *passed = p->d_before + r * n;
    const float *c = p->c + r * n, *before = p->c_before + r * n, *d = p->d + r * n;
    if (PASSED_ON) {
      memset(x, 0, (size_t)(4 * n) * sizeof *x);
      memcpy(passed, d, (size_t)n * sizeof *x);
      continue;
    }
    memset(passed, 0, (size_t)n * sizeof *x);
    EACH(n, {
      F in = take(x + i, count), forget = take(x + n + i, count);
      F cell = take(x + 2 * n + i, count), out = take(x + 3 * n + i, count);
      F slope = take(d + i, count), t = f_tanh(take(c + i, count));
      F dc = F_FMA(slope * out, 1.0f - t * t, take(cs + i, count));
      put(x + i, dc * cell * (in * (1.0f - in)), count);
      put(x + n + i, dc * take(before + i, count) * (forget * (1.0f - forget)), count);
      put(x + 2 * n + i, dc * in * (1.0f - cell * cell), count);
      put(x + 3 * n + i, slope * t * (out * (1.0f - out)), count);
      put(cs + i, dc * forget, count);
    })
  }
}

/* h's third part is left as the state's share of the new gate, its bias included. */
static void net_gru(const ck_cell *p) {
  const ptrdiff_t n = p->width;
  CELL_ROWS {
    float *x = p->x + r * 3 * n, *h = p->h + r * 3 * n, *state = p->state + r * n;
    const float *before = p->before + r * n;
    if (PASSED_ON) {
      memcpy(state, before, (size_t)n * sizeof *x);
      continue;
    }
    EACH(n, {
      F reset = f_sigmoid(GATE(0)), update = f_sigmoid(GATE(1));
      F share = take(h + 2 * n + i, count) + take(p->h_bias + 2 * n + i, count);
      F own = take(x + 2 * n + i, count) + take(p->x_bias + 2 * n + i, count);
      F fresh = f_tanh(F_FMA(reset, share, own));
      put(h + 2 * n + i, share, count);
      put(x + i, reset, count);
      put(x + n + i, update, count);
      put(x + 2 * n + i, fresh, count);
      put(state + i, F_FMA(update, take(before + i, count), (1.0f - update) * fresh), count);
    })
  }
}

/* x takes the slopes of the gates from the input, h those from the state. */
static void net_gru_slope(const ck_cell *p) {
  const ptrdiff_t n = p->width;
  CELL_ROWS {
    float *x = p->x + r * 3 * n, *h = p->h + r * 3 * n, *passed = p->d_before + r * n;
    const float *before = p->before + r * n, *d = p->d + r * n;
    if (PASSED_ON) {
      memset(x, 0, (size_t)(3 * n) * sizeof *x);
      memset(h, 0, (size_t)(3 * n) * sizeof *x);
      memcpy(passed, d, (size_t)n * sizeof *x);
      continue;
    }
    EACH(n, {
      F reset = take(x + i, count), update = take(x + n + i, count);
      F fresh = take(x + 2 * n + i, count), share = take(h + 2 * n + i, count);
      F slope = take(d + i, count);
      F dn = slope * (1.0f - update) * (1.0f - fresh * fresh);
      F du = slope * (take(before + i, count) - fresh) * (update * (1.0f - update));
      F dr = dn * share * (reset * (1.0f - reset));
      put(x + i, dr, count);
      put(x + n + i, du, count);
      put(x + 2 * n + i, dn, count);
      put(h + i, dr, count);
      put(h + n + i, du, count);
      put(h + 2 * n + i, dn * reset, count);
      put(passed + i, slope * update, count);
    })
  }
}

/* The plain cell; x is left as the state, so that its slope can be told. */
static void net_elman(const ck_cell *p) {
  const ptrdiff_t n = p->width;
  CELL_ROWS {
    float *x = p->x + r * n, *state = p->state + r * n;
    const float *h = p->h + r * n;
    if (PASSED_ON) {
      memcpy(state, p->before + r * n, (size_t)n * sizeof *x);
      continue;
    }
    EACH(n, {
      F sum = GATE(0);
      F next = p->is_relu ? SELECT(FMASK(sum <= 0.0f), FLOAT(0), sum) : f_tanh(sum);
      put(x + i, next, count);
      put(state + i, next, count);
    })
  }
}

static void net_elman_slope(const ck_cell *p) {
  const ptrdiff_t n = p->width;
  CELL_ROWS {
    float *x = p->x + r * n, *passed = p->d_before + r * n;
    const float *d = p->d + r * n;
    if (PASSED_ON) {
      memset(x, 0, (size_t)n * sizeof *x);
      memcpy(passed, d, (size_t)n * sizeof *x);
      continue;
    }
    memset(passed, 0, (size_t)n * sizeof *x);
    EACH(n, {
      F y = take(x + i, count), slope = take(d + i, count);
      F next = p->is_relu ? SELECT(FMASK(y <= 0.0f), FLOAT(0), slope) : slope * (1.0f - y * y);
      put(x + i, next, count);
    })
  }
}
