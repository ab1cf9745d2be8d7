/*
 * A matrix times a vector, in the order of the matrix product with one column: each result starts
 * from +0 and adds its terms with k ascending, one fma a term.
 */
static double finished_sum(double alpha, double sum, double beta, double old) {
  double x = sum * alpha;
  if (beta != 0) x = __builtin_fma(beta, old, x);
  return x != x ? __builtin_nan("") : x;
}

/* Rows of a: eight sums run side by side, since each is a chain of dependent steps. */
static void rows_times(ptrdiff_t m, ptrdiff_t n, double alpha, const double *a, ptrdiff_t a_row,
                       const double *x, double beta, double *y) {
  ptrdiff_t i = 0;
  for (; i + 8 <= m; i += 8) {
    double sums[8] = {0};
    const double *at = a + i * a_row;
    for (ptrdiff_t k = 0; k < n; k++) {
      double factor = x[k];
#pragma clang loop unroll(full) vectorize(disable)
      for (int r = 0; r < 8; r++) sums[r] = __builtin_fma(at[r * a_row + k], factor, sums[r]);
    }
    for (int r = 0; r < 8; r++) y[i + r] = finished_sum(alpha, sums[r], beta, y[i + r]);
  }
  for (; i < m; i++) {
    double sum = 0;
    for (ptrdiff_t k = 0; k < n; k++) sum = __builtin_fma(a[i * a_row + k], x[k], sum);
    y[i] = finished_sum(alpha, sum, beta, y[i]);
  }
}

/* Columns of a: vectors of results, four at a time. */
static void columns_times(ptrdiff_t m, ptrdiff_t n, double alpha, const double *a, ptrdiff_t a_row,
                          const double *x, double beta, double *y) {
  ptrdiff_t j = 0;
  for (; j + 4 * LANES <= n; j += 4 * LANES) {
    Real sums[4] = {REAL(0.0), REAL(0.0), REAL(0.0), REAL(0.0)};
    for (ptrdiff_t k = 0; k < m; k++) {
      const double *row = a + k * a_row + j;
      for (int v = 0; v < 4; v++) sums[v] = FMA(load(row + v * LANES), REAL(x[k]), sums[v]);
    }
    double lanes[4 * LANES];
    memcpy(lanes, sums, sizeof lanes);
    for (int l = 0; l < 4 * LANES; l++) y[j + l] = finished_sum(alpha, lanes[l], beta, y[j + l]);
  }
  for (; j < n; j++) {
    double sum = 0;
    for (ptrdiff_t k = 0; k < m; k++) sum = __builtin_fma(a[k * a_row + j], x[k], sum);
    y[j] = finished_sum(alpha, sum, beta, y[j]);
  }
}
