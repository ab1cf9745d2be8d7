/* Numeric kernels whose results are the same bits on every code path. */
#ifndef CKERNELS_H
#define CKERNELS_H

double ck_exp(double x);
double ck_expm1(double x);
double ck_log(double x);
double ck_log1p(double x);
double ck_log2(double x);
double ck_log10(double x);
double ck_pow(double x, double y);
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

#endif
