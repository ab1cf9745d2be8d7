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
#undef UNROLLED
