/* Reductions of whole arrays: blocks of CK_BLOCK elements, whose results join in block order. */
#include "../kernels.h"
#include <string.h>

typedef double (*BlockSum)(const double *, const double *, const double *, ptrdiff_t);

static double in_blocks(BlockSum block, const double *x, const double *y, const double *w,
                        ptrdiff_t n) {
  double total = 0;
  for (ptrdiff_t i = 0; i < n; i += CK_BLOCK) {
    total += block(x + i, y + i, w + i, n - i < CK_BLOCK ? n - i : CK_BLOCK);
  }
  return total != total ? __builtin_nan("") : total;
}

double ck_sum(const double *x, ptrdiff_t n) {
  return in_blocks(ck_current_table()->sum, x, x, x, n);
}

double ck_dot(const double *x, const double *y, ptrdiff_t n) {
  return in_blocks(ck_current_table()->dot, x, y, x, n);
}

double ck_weighted_dot(const double *w, const double *x, const double *y, ptrdiff_t n) {
  return in_blocks(ck_current_table()->weighted_dot, x, y, w, n);
}

double ck_squared_distance(const double *x, const double *y, ptrdiff_t n) {
  return in_blocks(ck_current_table()->squared_distance, x, y, x, n);
}

double ck_precise_sum(const double *x, ptrdiff_t n) {
  double total[2] = {0, 0};
  ck_current_table()->precise_sum(x, n, total);
  double sum = total[0] + total[1];
  /* an infinite sum leaves a NaN among the errors */
  if (sum != sum) return ck_sum(x, n);
  return sum;
}

static double of_rank(int64_t rank) {
  int64_t bits = rank < 0 ? rank ^ INT64_MAX : rank;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double extreme(const double *x, ptrdiff_t n, int64_t sign) {
  if (n == 0) return sign > 0 ? -__builtin_inf() : __builtin_inf();
  int found_nan;
  int64_t rank = ck_current_table()->largest_rank(x, n, sign, &found_nan);
  return found_nan ? __builtin_nan("") : of_rank(rank);
}

double ck_max(const double *x, ptrdiff_t n) { return extreme(x, n, 1); }

double ck_min(const double *x, ptrdiff_t n) { return extreme(x, n, -1); }

static ptrdiff_t place_of(double value, const double *x, ptrdiff_t n) {
  for (ptrdiff_t i = 0; i < n; i++) {
    if (x[i] == value || (value != value && x[i] != x[i])) return i;
  }
  return -1;
}

ptrdiff_t ck_argmax(const double *x, ptrdiff_t n) { return place_of(ck_max(x, n), x, n); }

ptrdiff_t ck_argmin(const double *x, ptrdiff_t n) { return place_of(ck_min(x, n), x, n); }

void ck_add_scaled(double a, const double *x, double *y, ptrdiff_t n) {
  ck_current_table()->add_scaled(a, x, y, n);
}

void ck_scale(double a, const double *x, double *y, ptrdiff_t n) {
  ck_current_table()->scale(a, x, y, n);
}

void ck_histogram(const uint8_t *bins, const uint32_t *rows, const double *pairs, ptrdiff_t n,
                  double *histogram) {
  for (ptrdiff_t i = 0; i < n; i++) {
    ptrdiff_t row = rows == NULL ? i : (ptrdiff_t)rows[i];
    double *bin = histogram + 2 * (ptrdiff_t)bins[row];
    bin[0] += pairs[2 * row];
    bin[1] += pairs[2 * row + 1];
  }
}
