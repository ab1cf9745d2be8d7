/*
 * How far each row of a lies from each of the packed points, or their inner products.
 *
 * Order: each result starts from +0 and takes in its terms with k ascending, whatever the other
 * rows and points are; a squared difference or a product joins by one fma. The points lie in panels
 * of CK_PANEL, one value of k after another, so that lanes run over points and memory is read in
 * one stream; a path with narrower vectors takes a panel in several.
 */
#define PANEL_VECTORS (CK_PANEL / LANES)
#if LANES == 8
#define PAIR_ROWS 8
#else
#define PAIR_ROWS 4
#endif

#define SQUARED_TERM(sum, x, y) FMA((x) - (y), (x) - (y), sum)
#define PRODUCT_TERM(sum, x, y) FMA(x, y, sum)
#define ABSOLUTE_TERM(sum, x, y) ((sum) + absolute((x) - (y)))
#define LARGEST_TERM(sum, x, y) larger(sum, absolute((x) - (y)))
#define POWERED_TERM(sum, x, y) ((sum) + v_pow(absolute((x) - (y)), REAL(power)))

INLINE UNUSED Real larger(Real x, Real y) { return SELECT(MASK(x < y), y, x); }

/* One tile: some rows of a against one panel. */
#define PAIR_TILE(name, TERM)                                                                     \
  INLINE void name##_tile(int rows, ptrdiff_t depth, double power, const double *a,               \
                          ptrdiff_t a_row, const double *panel, double *c, ptrdiff_t c_row) {     \
    Real sums[PAIR_ROWS][PANEL_VECTORS];                                                          \
    (void)power;                                                                                  \
    UNROLLED for (int r = 0; r < rows; r++) {                                                     \
      UNROLLED for (int v = 0; v < PANEL_VECTORS; v++) sums[r][v] = REAL(0.0);                    \
    }                                                                                             \
    for (ptrdiff_t k = 0; k < depth; k++) {                                                       \
      Real points[PANEL_VECTORS];                                                                 \
      UNROLLED for (int v = 0; v < PANEL_VECTORS; v++) {                                          \
        points[v] = load(panel + k * CK_PANEL + v * LANES);                                       \
      }                                                                                           \
      UNROLLED for (int r = 0; r < rows; r++) {                                                   \
        Real x = REAL(a[r * a_row + k]);                                                          \
        UNROLLED for (int v = 0; v < PANEL_VECTORS; v++) {                                        \
          sums[r][v] = TERM(sums[r][v], x, points[v]);                                            \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
    UNROLLED for (int r = 0; r < rows; r++) {                                                     \
      UNROLLED for (int v = 0; v < PANEL_VECTORS; v++) {                                          \
        store(c + r * c_row + v * LANES, sums[r][v]);                                             \
      }                                                                                           \
    }                                                                                             \
  }                                                                                               \
  static void name##_rows(int rows, ptrdiff_t panels, ptrdiff_t depth, double power,              \
                          const double *a, ptrdiff_t a_row, const double *b, double *c,           \
                          ptrdiff_t c_row) {                                                      \
    for (ptrdiff_t j = 0; j < panels; j++) {                                                      \
      const double *panel = b + j * depth * CK_PANEL;                                             \
      double *to = c + j * CK_PANEL;                                                              \
      if (rows == PAIR_ROWS) {                                                                    \
        name##_tile(PAIR_ROWS, depth, power, a, a_row, panel, to, c_row);                         \
      } else {                                                                                    \
        for (int r = 0; r < rows; r++) {                                                          \
          name##_tile(1, depth, power, a + r * a_row, a_row, panel, to + r * c_row, c_row);       \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
  }                                                                                               \
  static void pairs_##name(ptrdiff_t m, ptrdiff_t panels, ptrdiff_t depth, double power,          \
                           const double *a, ptrdiff_t a_row, const double *b, double *c,          \
                           ptrdiff_t c_row) {                                                     \
    for (ptrdiff_t i = 0; i < m; i += PAIR_ROWS) {                                                \
      int rows = (int)(m - i < PAIR_ROWS ? m - i : PAIR_ROWS);                                    \
      name##_rows(rows, panels, depth, power, a + i * a_row, a_row, b, c + i * c_row, c_row);     \
    }                                                                                             \
  }
#define UNROLLED _Pragma("clang loop unroll(full)")
PAIR_TILE(squared, SQUARED_TERM)
PAIR_TILE(product, PRODUCT_TERM)
PAIR_TILE(absolute, ABSOLUTE_TERM)
PAIR_TILE(largest, LARGEST_TERM)
PAIR_TILE(powered, POWERED_TERM)

/* For each row the first place of its least distance, the root of that and of the next one: LANES
   rows side by side, distances ascending in their places. */
static void nearest_points(ptrdiff_t m, ptrdiff_t count, const double *distances, ptrdiff_t row,
                           int64_t *places, double *best, double *second) {
  ptrdiff_t i = 0;
#if LANES > 1
  for (; i + LANES <= m; i += LANES) {
    const double *from = distances + i * row;
    Real least = REAL(INFINITE), next = REAL(INFINITE);
    Bits place = WORD(0);
    for (ptrdiff_t c = 0; c < count; c += LANES) {
      Real square[LANES];
      UNROLLED for (int r = 0; r < LANES; r++) square[r] = load(from + r * row + c);
      f64_transpose(square);
      int valid = count - c < LANES ? (int)(count - c) : LANES;
      for (int j = 0; j < valid; j++) {
        Real d = square[j];
        Bits nearer = MASK(d < least);
        next = SELECT(nearer, least, SELECT(MASK(d < next), d, next));
        least = SELECT(nearer, d, least);
        place = SELECT(nearer, WORD(c + j), place);
      }
    }
    memcpy(places + i, &place, sizeof place);
    store(best + i, __builtin_elementwise_sqrt(least));
    store(second + i, __builtin_elementwise_sqrt(next));
  }
#endif
  for (; i < m; i++) {
    double least = INFINITE, next = INFINITE;
    int64_t place = 0;
    for (ptrdiff_t c = 0; c < count; c++) {
      double d = distances[i * row + c];
      if (d < least) {
        next = least;
        least = d;
        place = c;
      } else if (d < next) {
        next = d;
      }
    }
    places[i] = place;
    best[i] = __builtin_sqrt(least);
    second[i] = __builtin_sqrt(next);
  }
}

/* Adds each row to its group's sums, rows ascending, then one to the group's count. */
static void add_groups(ptrdiff_t m, ptrdiff_t n, const double *a, ptrdiff_t a_row,
                       const int32_t *groups, const double *weights, double *sums) {
  for (ptrdiff_t i = 0; i < m; i++, a += a_row) {
    double *target = sums + groups[i] * (n + 1);
    double weight = weights ? weights[i] : 1;
    ptrdiff_t j = 0;
    for (; j + LANES <= n; j += LANES) {
      store(target + j, load(target + j) + load(a + j) * REAL(weight));
    }
    for (; j < n; j++) target[j] += a[j] * weight;
    target[n] += weight;
  }
}
#undef UNROLLED
