/* The functions of single numbers and of arrays, by the current path. */
#include "../kernels.h"

#define ENTRY(name)                                                                               \
  double ck_##name(double x) { return ck_current_scalars()->name(x); }                            \
  void ck_##name##_array(const double *x, double *y, ptrdiff_t n) {                               \
    ck_current_table()->name(x, y, n);                                                            \
  }
CK_FUNCTIONS(ENTRY)

#define FLOAT_ENTRY(name)                                                                         \
  void ck_##name##_array_f32(const float *x, float *y, ptrdiff_t n) {                             \
    ck_current_table()->name##_f32(x, y, n);                                                      \
  }
CK_FLOAT_FUNCTIONS(FLOAT_ENTRY)

#define PAIRED_ENTRY(name)                                                                        \
  void ck_##name##_array(const double *x, const double *y, double *z, ptrdiff_t n) {              \
    ck_current_table()->name(x, y, z, n);                                                         \
  }
CK_PAIRED_FUNCTIONS(PAIRED_ENTRY)

double ck_pow(double x, double y) { return ck_current_scalars()->pow(x, y); }

double ck_lgamma(double x) { return ck_current_scalars()->lgamma(x); }

void ck_lgamma_array(const double *x, double *y, ptrdiff_t n) {
  double (*lgamma)(double) = ck_current_scalars()->lgamma;
  for (ptrdiff_t i = 0; i < n; i++) y[i] = lgamma(x[i]);
}
