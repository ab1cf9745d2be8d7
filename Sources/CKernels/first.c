/* First version: stands in until the engine's own kernels are here. */
#include "CKernels.h"
#include <math.h>
#define F(name) double ck_##name(double x) { return name(x); }
F(exp) F(expm1) F(log) F(log1p) F(log2) F(log10) F(tanh) F(erf) F(erfc) F(sin) F(cos) F(atan) F(asin) F(acos) F(lgamma)
double ck_pow(double x, double y) { return pow(x, y); }
double ck_sigmoid(double x) { return x < 0 ? exp(x) / (1 + exp(x)) : 1 / (1 + exp(-x)); }
double ck_softplus(double x) { return (x > 0 ? x : 0) + log1p(exp(-fabs(x))); }
