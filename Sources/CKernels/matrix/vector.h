/*
 * A matrix times a vector, in the order of the matrix product with one column: each result starts
 * from +0 and adds its terms with k ascending, one fma a term.
 */
static double finished_sum(double alpha, double sum, double beta, double old) {
  double x = sum * alpha;
  if (beta != 0) x = __builtin_fma(beta, old, x);
  return x != x ? __builtin_nan("") : x;
}

/* The sums of one row from k on. */
static double row_sum(const double *row, const double *x, ptrdiff_t k, ptrdiff_t n, double sum) {
  for (; k < n; k++) sum = __builtin_fma(row[k], x[k], sum);
  return sum;
}

/* How many sets of LANES rows run side by side, to hide the latency of their chains of fma. */
#define ROW_SETS 2
#define ROW_GROUP (ROW_SETS * LANES)

/* Rows of a: squares of LANES rows and LANES values of k are transposed, so that a vector holds one
   term of each row's sum. */
static void rows_times(ptrdiff_t m, ptrdiff_t n, double alpha, const double *a, ptrdiff_t a_row,
                       const double *x, double beta, double *y) {
  ptrdiff_t i = 0;
#if LANES > 1
  for (; i + ROW_GROUP <= m; i += ROW_GROUP) {
    Real sums[ROW_SETS];
    for (int s = 0; s < ROW_SETS; s++) sums[s] = REAL(0.0);
    ptrdiff_t k = 0;
    for (; k + LANES <= n; k += LANES) {
#pragma clang loop unroll(full)
      for (int s = 0; s < ROW_SETS; s++) {
        Real square[LANES];
#pragma clang loop unroll(full)
        for (int r = 0; r < LANES; r++) square[r] = load(a + (i + s * LANES + r) * a_row + k);
        f64_transpose(square);
#pragma clang loop unroll(full)
        for (int j = 0; j < LANES; j++) sums[s] = FMA(square[j], REAL(x[k + j]), sums[s]);
      }
    }
    double parts[ROW_GROUP];
    memcpy(parts, sums, sizeof parts);
    for (int r = 0; r < ROW_GROUP; r++) {
      double sum = row_sum(a + (i + r) * a_row, x, k, n, parts[r]);
      y[i + r] = finished_sum(alpha, sum, beta, y[i + r]);
    }
  }
#endif
  for (; i < m; i++) {
    y[i] = finished_sum(alpha, row_sum(a + i * a_row, x, 0, n, 0), beta, y[i]);
  }
}

/* As many columns as one page of a row holds, and as many rows as the prefetcher follows. */
#define COLUMN_GROUP 512
#define COLUMN_ROWS 8

/* Columns of a: a stretch of every result's sum stays in the first-level cache while rows pass. */
static void columns_times(ptrdiff_t m, ptrdiff_t n, double alpha, const double *a, ptrdiff_t a_row,
                          const double *x, double beta, double *y) {
  for (ptrdiff_t j0 = 0; j0 < n; j0 += COLUMN_GROUP) {
    double sums[COLUMN_GROUP] = {0};
    ptrdiff_t width = n - j0 < COLUMN_GROUP ? n - j0 : COLUMN_GROUP;
    for (ptrdiff_t k = 0; k < m; k += COLUMN_ROWS) {
      const double *rows = a + k * a_row + j0;
      int count = m - k < COLUMN_ROWS ? (int)(m - k) : COLUMN_ROWS;
      ptrdiff_t j = 0;
      for (; j + LANES <= width && count == COLUMN_ROWS; j += LANES) {
        Real sum = load(sums + j);
        for (int r = 0; r < COLUMN_ROWS; r++) {
          sum = FMA(load(rows + r * a_row + j), REAL(x[k + r]), sum);
        }
        store(sums + j, sum);
      }
      for (; j < width; j++) {
        for (int r = 0; r < count; r++) {
          sums[j] = __builtin_fma(rows[r * a_row + j], x[k + r], sums[j]);
        }
      }
    }
    for (ptrdiff_t j = 0; j < width; j++) {
      y[j0 + j] = finished_sum(alpha, sums[j], beta, y[j0 + j]);
    }
  }
}

/* b = a - centers, row by row, and one more column of ones where it is asked for. */
static void centred(ptrdiff_t m, ptrdiff_t n, const double *a, ptrdiff_t a_row,
                    const double *centers, int ones, double *b, ptrdiff_t b_row) {
  for (ptrdiff_t i = 0; i < m; i++, a += a_row, b += b_row) {
    ptrdiff_t j = 0;
    for (; j + LANES <= n; j += LANES) {
      store(b + j, canonical(load(a + j) - load(centers + j)));
    }
    /* The last columns once more where they don't fill a vector: nothing but time would differ. */
    if (j < n && n >= LANES) {
      j = n - LANES;
      store(b + j, canonical(load(a + j) - load(centers + j)));
      j = n;
    }
    for (; j < n; j++) {
      double x = a[j] - centers[j];
      b[j] = x != x ? __builtin_nan("") : x;
    }
    if (ones) b[n] = 1;
  }
}

/* By column, sums of w d and (w d) d for d = a - center, and how many rows are not like the first;
   rows ascending, one fma a square. */
static void column_moments(ptrdiff_t m, ptrdiff_t n, const double *a, ptrdiff_t a_row,
                           const double *weights, const double *centers, const double *like,
                           double *sums) {
  double *squares = sums + n, *others = squares + n;
  for (ptrdiff_t i = 0; i < m; i++, a += a_row) {
    ptrdiff_t j = 0;
    for (; j + LANES <= n; j += LANES) {
      Real x = load(a + j), d = x - load(centers + j), term = d * REAL(weights[i]);
      store(sums + j, load(sums + j) + term);
      store(squares + j, FMA(term, d, load(squares + j)));
      Real one = SELECT(MASK(x != load(like + j)), REAL(1.0), REAL(0.0));
      store(others + j, load(others + j) + one);
    }
    for (; j < n; j++) {
      double d = a[j] - centers[j], term = d * weights[i];
      sums[j] += term;
      squares[j] = __builtin_fma(term, d, squares[j]);
      others[j] += a[j] != like[j];
    }
  }
  for (ptrdiff_t j = 0; j < 2 * n; j++) sums[j] = sums[j] != sums[j] ? __builtin_nan("") : sums[j];
}
