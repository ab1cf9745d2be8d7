/*
 * Sums over one block of at most CK_BLOCK elements.
 *
 * Order: CK_SUM_LANES running sums start from +0; element i joins sum i mod CK_SUM_LANES, i
 * ascending; then sum l joins with sum l + 16, l + 8, l + 4, l + 2, l + 1. How many of the running
 * sums share a vector changes nothing.
 */
#define SUM_VECTORS (CK_SUM_LANES / LANES)

static double lane_tree(double *lanes) {
  for (int half = CK_SUM_LANES / 2; half > 0; half /= 2) {
    for (int l = 0; l < half; l++) lanes[l] += lanes[l + half];
  }
  return lanes[0] != lanes[0] ? __builtin_nan("") : lanes[0];
}

/* `vector` and `single` give a running sum's next value; x, y and w are this step's elements. */
#define SUM_BLOCK(name, vector, single)                                                           \
  static double block_##name(const double *xs, const double *ys, const double *ws, ptrdiff_t n) { \
    Real sums[SUM_VECTORS];                                                                       \
    double lanes[CK_SUM_LANES];                                                                   \
    for (int v = 0; v < SUM_VECTORS; v++) sums[v] = REAL(0.0);                                    \
    ptrdiff_t i = 0;                                                                              \
    for (; i + CK_SUM_LANES <= n; i += CK_SUM_LANES) {                                            \
      for (int v = 0; v < SUM_VECTORS; v++) {                                                     \
        Real x = load(xs + i + v * LANES), y = load(ys + i + v * LANES);                          \
        Real w = load(ws + i + v * LANES), sum = sums[v];                                         \
        (void)y, (void)w;                                                                         \
        sums[v] = vector;                                                                         \
      }                                                                                           \
    }                                                                                             \
    memcpy(lanes, sums, sizeof lanes);                                                            \
    for (int l = 0; i < n; i++, l++) {                                                            \
      double x = xs[i], y = ys[i], w = ws[i], sum = lanes[l];                                     \
      (void)y, (void)w;                                                                           \
      lanes[l] = single;                                                                          \
    }                                                                                             \
    return lane_tree(lanes);                                                                      \
  }
SUM_BLOCK(sum, sum + x, sum + x)
SUM_BLOCK(dot, FMA(x, y, sum), __builtin_fma(x, y, sum))
SUM_BLOCK(weighted_dot, FMA(w * x, y, sum), __builtin_fma(w * x, y, sum))
SUM_BLOCK(squared_distance, FMA(x - y, x - y, sum), __builtin_fma(x - y, x - y, sum))

/* The same lanes, each a pair that keeps its rounding errors (Neumaier, 1974); the pairs are added
   up in lane order. */
static void block_precise_sum(const double *xs, ptrdiff_t n, double *total) {
  Real high[SUM_VECTORS], low[SUM_VECTORS];
  double highs[CK_SUM_LANES], lows[CK_SUM_LANES];
  for (int v = 0; v < SUM_VECTORS; v++) high[v] = low[v] = REAL(0.0);
  ptrdiff_t i = 0;
  for (; i + CK_SUM_LANES <= n; i += CK_SUM_LANES) {
    for (int v = 0; v < SUM_VECTORS; v++) {
      Pair sum = exact_sum(high[v], load(xs + i + v * LANES));
      high[v] = sum.high;
      low[v] += sum.low;
    }
  }
  memcpy(highs, high, sizeof highs);
  memcpy(lows, low, sizeof lows);
  for (int l = 0; i < n; i++, l++) ck_add_exactly(&highs[l], &lows[l], xs[i], 0.0);
  for (int l = 0; l < CK_SUM_LANES; l++) ck_add_exactly(&total[0], &total[1], highs[l], lows[l]);
}

/* A double's rank among all doubles as an integer: -0 before +0. */
INLINE Bits rank_of(Real x) {
  Bits bits = bits_of(x);
  return SELECT(MASK(bits < WORD(0)), bits ^ WORD(INT64_MAX), bits);
}

/* The largest of the elements' ranks times sign; flags a NaN. */
static int64_t largest_rank(const double *x, ptrdiff_t n, int64_t sign, int *found_nan) {
  Bits best = WORD(INT64_MIN), nan = WORD(0);
  int64_t flip = sign < 0 ? -1 : 0, ranks[LANES], result = INT64_MIN;
  ptrdiff_t i = 0;
  for (; i < n; i += LANES) {
    double part[LANES];
    Real value;
    if (i + LANES <= n) {
      value = load(x + i);
    } else {
      store(part, REAL(x[i]));
      memcpy(part, x + i, (size_t)(n - i) * sizeof *x);
      value = load(part);
    }
    Bits rank = rank_of(value) ^ WORD(flip);
    best = SELECT(MASK(rank > best), rank, best);
    nan |= MASK(value != value);
  }
  memcpy(ranks, &best, sizeof ranks);
  for (int l = 0; l < LANES; l++) result = ranks[l] > result ? ranks[l] : result;
  *found_nan = any(nan);
  return result ^ flip;
}
