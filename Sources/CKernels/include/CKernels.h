/*
 * Numeric kernels whose results are the same bits on every code path and every processor.
 *
 * Each operation is an IEEE 754 one, correctly rounded, in an order that is part of the interface;
 * nothing is contracted, and fma is used only where written. Subnormal numbers are kept. A NaN
 * result is always the quiet NaN with a clear sign and no payload.
 */
#ifndef CKERNELS_H
#define CKERNELS_H

#include "CKNetwork.h"
#include <stddef.h>
#include <stdint.h>

/* Code paths, from plain C to the widest. */
enum { CK_PATH_PLAIN, CK_PATH_AVX2, CK_PATH_AVX512, CK_PATH_NEON };

/* Whether this processor can run a path. */
int ck_path_available(int path);
/* The path that calls from this thread take. */
int ck_path(void);
/* Sets the path of the process; 0 if this processor can't run it. */
int ck_set_path(int path);
/* Sets this thread's own path, or takes it back with -1; returns what it was. */
int ck_set_thread_path(int path);

/* Elementary functions of one number. */
double ck_exp(double x);
double ck_expm1(double x);
double ck_log(double x);
double ck_log1p(double x);
double ck_log2(double x);
double ck_log10(double x);
double ck_tanh(double x);
double ck_sigmoid(double x);
double ck_softplus(double x);
double ck_erf(double x);
double ck_erfc(double x);
double ck_sin(double x);
double ck_cos(double x);
double ck_atan(double x);
double ck_asin(double x);
double ck_acos(double x);
double ck_lgamma(double x);
double ck_pow(double x, double y);

/* The same, bit for bit, over n elements; y may be x. */
void ck_exp_array(const double *x, double *y, ptrdiff_t n);
void ck_expm1_array(const double *x, double *y, ptrdiff_t n);
void ck_log_array(const double *x, double *y, ptrdiff_t n);
void ck_log1p_array(const double *x, double *y, ptrdiff_t n);
void ck_log2_array(const double *x, double *y, ptrdiff_t n);
void ck_log10_array(const double *x, double *y, ptrdiff_t n);
void ck_tanh_array(const double *x, double *y, ptrdiff_t n);
void ck_sigmoid_array(const double *x, double *y, ptrdiff_t n);
void ck_softplus_array(const double *x, double *y, ptrdiff_t n);
void ck_erf_array(const double *x, double *y, ptrdiff_t n);
void ck_erfc_array(const double *x, double *y, ptrdiff_t n);
void ck_sin_array(const double *x, double *y, ptrdiff_t n);
void ck_cos_array(const double *x, double *y, ptrdiff_t n);
void ck_atan_array(const double *x, double *y, ptrdiff_t n);
void ck_asin_array(const double *x, double *y, ptrdiff_t n);
void ck_acos_array(const double *x, double *y, ptrdiff_t n);
void ck_lgamma_array(const double *x, double *y, ptrdiff_t n);
void ck_exp_array_f32(const float *x, float *y, ptrdiff_t n);
void ck_log_array_f32(const float *x, float *y, ptrdiff_t n);
void ck_tanh_array_f32(const float *x, float *y, ptrdiff_t n);
void ck_sigmoid_array_f32(const float *x, float *y, ptrdiff_t n);

/* z = x op y, element by element; z may be x or y. */
void ck_pow_array(const double *x, const double *y, double *z, ptrdiff_t n);
void ck_add_array(const double *x, const double *y, double *z, ptrdiff_t n);
void ck_subtract_array(const double *x, const double *y, double *z, ptrdiff_t n);
void ck_multiply_array(const double *x, const double *y, double *z, ptrdiff_t n);
void ck_divide_array(const double *x, const double *y, double *z, ptrdiff_t n);
/* y = a x + y, one fma an element. */
void ck_add_scaled(double a, const double *x, double *y, ptrdiff_t n);
/* y = a x. */
void ck_scale(double a, const double *x, double *y, ptrdiff_t n);

/*
 * Sums. An array is cut into blocks of CK_BLOCK elements. In a block, element i joins running sum
 * i mod CK_SUM_LANES, which starts from +0; then sum l joins with sum l + 16, l + 8, l + 4, l + 2
 * and l + 1. The blocks' sums are added in order, from +0. Products join their sum by one fma.
 */
enum { CK_BLOCK = 4096, CK_SUM_LANES = 32 };

double ck_sum(const double *x, ptrdiff_t n);
double ck_dot(const double *x, const double *y, ptrdiff_t n);
/* The sum of (w x) y, the first product rounded. */
double ck_weighted_dot(const double *w, const double *x, const double *y, ptrdiff_t n);
/* The sum of (x - y)^2, the difference rounded. */
double ck_squared_distance(const double *x, const double *y, ptrdiff_t n);
/* The sum with the rounding error of every addition kept, over the array as one block. */
double ck_precise_sum(const double *x, ptrdiff_t n);

/* Extremes: NaN if any element is; -0 lies below +0; of nothing, the opposite infinity. */
double ck_max(const double *x, ptrdiff_t n);
double ck_min(const double *x, ptrdiff_t n);
/* The first place that equals the extreme (the first NaN, if any), or -1 of nothing. */
ptrdiff_t ck_argmax(const double *x, ptrdiff_t n);
ptrdiff_t ck_argmin(const double *x, ptrdiff_t n);

/* For each of n rows (or rows 0 ... n - 1 if rows is null), in order, adds the row's pair of values
   to the pair of its bin. */
void ck_histogram(const uint8_t *bins, const uint32_t *rows, const double *pairs, ptrdiff_t n,
                  double *histogram);

/*
 * Matrices are row-major; x_row is the distance between rows in elements. Each element of a
 * product starts from +0 and adds its terms with k ascending, one fma a term; the sum is
 * multiplied by alpha, then, unless beta is 0, joined by one fma with beta and the old element.
 * With beta 0 the old element is not read.
 */
void ck_product(int a_transposed, int b_transposed, ptrdiff_t m, ptrdiff_t n, ptrdiff_t depth,
                double alpha, const double *a, ptrdiff_t a_row, const double *b, ptrdiff_t b_row,
                double beta, double *c, ptrdiff_t c_row);
void ck_product_float(int a_transposed, int b_transposed, ptrdiff_t m, ptrdiff_t n,
                      ptrdiff_t depth, float alpha, const float *a, ptrdiff_t a_row, const float *b,
                      ptrdiff_t b_row, float beta, float *c, ptrdiff_t c_row);
/* c = a^T diag(weights) a, symmetric: element (i, j), i >= j, adds (w_k a_ki) a_kj with k
   ascending, the first product rounded; weights may be null. */
void ck_weighted_gram(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                      const double *weights, double *c, ptrdiff_t c_row);
/* y = alpha op(a) x + beta y, in the order of the product with one column. */
void ck_matrix_times_vector(int transposed, ptrdiff_t rows, ptrdiff_t columns, double alpha,
                            const double *a, ptrdiff_t a_row, const double *x, double beta,
                            double *y);
/* b = a - centers, row by row; where ones is not 0, b has one more column, of ones. */
void ck_centred(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                const double *centers, int ones, double *b, ptrdiff_t b_row);
/* To 3 * columns sums, rows ascending, adds by column w d, then (w d) d by one fma, then 1 for each
   row that does not equal like, for d = a - center. */
void ck_column_moments(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                       const double *weights, const double *centers, const double *like,
                       double *sums);
/* a += (alpha x) y^T: element (i, j) is joined by one fma, alpha x_i rounded. */
void ck_rank_one_update(ptrdiff_t rows, ptrdiff_t columns, double alpha, const double *x,
                        const double *y, double *a, ptrdiff_t a_row);

/*
 * Points packed in panels of CK_PANEL: value k of point j is b[j / CK_PANEL * depth * CK_PANEL +
 * k * CK_PANEL + j % CK_PANEL]; the last panel is filled up with zeros.
 */
enum { CK_PANEL = 8 };
enum { CK_SQUARED, CK_PRODUCT_PAIRS, CK_ABSOLUTE, CK_LARGEST, CK_POWERED };
void ck_pack_points(ptrdiff_t n, ptrdiff_t depth, const double *a, ptrdiff_t a_row, double *b);
/*
 * For m rows of a and each packed point: the sum of squared differences, of products, of absolute
 * differences, the largest of those, or the sum of their powers. Each starts from +0 and takes in
 * its terms with k ascending, squares and products by one fma. c_row is at least panels * CK_PANEL.
 */
void ck_pairs(int kind, double power, ptrdiff_t m, ptrdiff_t panels, ptrdiff_t depth,
              const double *a, ptrdiff_t a_row, const double *b, double *c, ptrdiff_t c_row);
/* For each of m rows of squared distances the first place of the least, its root, and the root of
   the next one (infinite where there is one alone); rows are `row` apart. */
void ck_nearest(ptrdiff_t m, ptrdiff_t count, const double *distances, ptrdiff_t row,
                int64_t *places, double *best, double *second);
/* Adds each row times its weight (1 where weights is null) to its group's columns + 1 sums, rows
   ascending; the last one adds the weight. */
void ck_add_groups(ptrdiff_t rows, ptrdiff_t columns, const double *a, ptrdiff_t a_row,
                   const int32_t *groups, const double *weights, double *sums);

#endif
