/* What the code paths share: their tables of functions, and helpers that need no vectors. */
#ifndef CK_KERNELS_H
#define CK_KERNELS_H

#include "CKernels.h"
#include "network/list.h"
#include <stddef.h>
#include <stdint.h>

/* A product and a sum are two roundings, whatever the compiler's flags. */
#pragma STDC FP_CONTRACT OFF

/* The functions of one double. */
#define CK_FUNCTIONS(APPLY)                                                                       \
  APPLY(exp) APPLY(expm1) APPLY(log) APPLY(log1p) APPLY(log2) APPLY(log10) APPLY(tanh)            \
  APPLY(sigmoid) APPLY(softplus) APPLY(erf) APPLY(erfc) APPLY(sin) APPLY(cos) APPLY(atan)         \
  APPLY(asin) APPLY(acos)
/* Those that floats have, too. */
#define CK_FLOAT_FUNCTIONS(APPLY) APPLY(exp) APPLY(log) APPLY(tanh) APPLY(sigmoid)
/* Functions of two arrays, element by element. */
#define CK_PAIRED_FUNCTIONS(APPLY)                                                                \
  APPLY(pow) APPLY(add) APPLY(subtract) APPLY(multiply) APPLY(divide)
/* Sums over one block of up to three arrays. */
#define CK_SUMS(APPLY) APPLY(sum) APPLY(dot) APPLY(weighted_dot) APPLY(squared_distance)

/* A matrix product as the code paths take it; the strides of op(A) by row and k, of op(B) by column
   and k. */
#define CK_PRODUCT(Name, Element)                                                                 \
  typedef struct {                                                                                \
    const Element *a, *b;                                                                         \
    ptrdiff_t a_row, a_k, b_column, b_k;                                                          \
    const Element *weights; /* of each k, or null */                                              \
    Element *c, *partial;   /* partial sums are kept in c itself where beta is 0 */               \
    ptrdiff_t c_row, partial_row;                                                                 \
    Element alpha, beta;                                                                          \
    int lower; /* tiles wholly above the diagonal are left out */                                 \
  } Name;
CK_PRODUCT(ck_product_f64, double)
CK_PRODUCT(ck_product_f32, float)

/* What two points can be told apart by. */
#define CK_PAIRS(APPLY)                                                                           \
  APPLY(squared) APPLY(product) APPLY(absolute) APPLY(largest) APPLY(powered)
typedef void (*ck_pairs_function)(ptrdiff_t, ptrdiff_t, ptrdiff_t, double, const double *,
                                  ptrdiff_t, const double *, double *, ptrdiff_t);

/* Blocks of the matrix product: rows of A that stay in the second-level cache, columns of B, k. */
enum { CK_BLOCK_ROWS = 192, CK_BLOCK_COLUMNS = 3072, CK_BLOCK_DEPTH = 256 };

typedef struct {
#define CK_MEMBER(name) void (*name)(const double *, double *, ptrdiff_t);
  CK_FUNCTIONS(CK_MEMBER)
#undef CK_MEMBER
#define CK_MEMBER(name) void (*name##_f32)(const float *, float *, ptrdiff_t);
  CK_FLOAT_FUNCTIONS(CK_MEMBER)
#undef CK_MEMBER
#define CK_MEMBER(name) void (*name)(const double *, const double *, double *, ptrdiff_t);
  CK_PAIRED_FUNCTIONS(CK_MEMBER)
#undef CK_MEMBER
#define CK_MEMBER(name) double (*name)(const double *, const double *, const double *, ptrdiff_t);
  CK_SUMS(CK_MEMBER)
#undef CK_MEMBER
  void (*precise_sum)(const double *, ptrdiff_t, double *);
  int64_t (*largest_rank)(const double *, ptrdiff_t, int64_t, int *);
  void (*add_scaled)(double, const double *, double *, ptrdiff_t);
  void (*scale)(double, const double *, double *, ptrdiff_t);
  void (*product_f64)(const ck_product_f64 *, ptrdiff_t, ptrdiff_t, ptrdiff_t, double *, double *);
  void (*product_f32)(const ck_product_f32 *, ptrdiff_t, ptrdiff_t, ptrdiff_t, float *, float *);
  void (*rows_times)(ptrdiff_t, ptrdiff_t, double, const double *, ptrdiff_t, const double *,
                     double, double *);
  void (*columns_times)(ptrdiff_t, ptrdiff_t, double, const double *, ptrdiff_t, const double *,
                        double, double *);
  void (*centred)(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const double *, int, double *,
                  ptrdiff_t);
  void (*column_moments)(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const double *,
                         const double *, const double *, double *);
  void (*nearest_points)(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, int64_t *, double *,
                         double *);
  void (*add_groups)(ptrdiff_t, ptrdiff_t, const double *, ptrdiff_t, const int32_t *,
                     const double *, double *);
#define CK_MEMBER(name) ck_pairs_function pairs_##name;
  CK_PAIRS(CK_MEMBER)
#undef CK_MEMBER
#define CK_MEMBER(name, parameters, arguments) void (*net_##name) parameters;
  CK_NETWORK(CK_MEMBER)
#undef CK_MEMBER
} ck_path_table;

/* The functions of single numbers, which the paths with hardware fma share. */
typedef struct {
#define CK_MEMBER(name) double (*name)(double);
  CK_FUNCTIONS(CK_MEMBER)
  CK_MEMBER(lgamma)
#undef CK_MEMBER
  double (*pow)(double, double);
} ck_scalar_table;

extern const ck_path_table ck_table_plain, ck_table_avx2, ck_table_avx512, ck_table_neon;
extern const ck_scalar_table ck_scalars_plain, ck_scalars_fma;

/* The tables of the path that this thread is on. */
const ck_path_table *ck_current_table(void);
const ck_scalar_table *ck_current_scalars(void);

/* x mod pi/2 in two parts and the quadrant, for a finite |x| >= 2^30. */
int64_t ck_reduce_huge_angle(double x, double *high, double *low);

/* high + low += x + rest, keeping the rounding error of the high parts. */
static inline void ck_add_exactly(double *high, double *low, double x, double rest) {
  double sum = *high + x;
  double shadow = sum - *high;
  *low += ((*high - (sum - shadow)) + (x - shadow)) + rest;
  *high = sum;
}

#endif
