/* Written by Tests/Fixtures/make/coefficients.py; do not edit. */
#ifndef CK_POLYNOMIALS_H
#define CK_POLYNOMIALS_H

/* (exp(r) - 1 - r - r^2 / 2) / r^3, |r| <= ln2 / 2; fit error 2^-56.8. */
static const double exp_tail[10] = {
  0x1.5555555555556p-3, 0x1.5555555555555p-5, 0x1.11111111109b3p-7, 0x1.6c16c16c167e1p-10,
  0x1.a01a01a7c41d5p-13, 0x1.a01a01a47b054p-16, 0x1.71de0dae63bb3p-19, 0x1.27e4e1f48534fp-22,
  0x1.af38a9b0ec855p-26, 0x1.1f66df7fca49fp-29,
};

/* (log(1 + f) - f + f^2 / 2) / f^3, sqrt(1/2) <= 1 + f <= sqrt(2); fit error 2^-56.5. */
static const double log_tail[21] = {
  0x1.5555555555555p-2, -0x1.0000000000007p-2, 0x1.99999999998d6p-3, -0x1.5555555553426p-3,
  0x1.249249249e51ep-3, -0x1.000000017e453p-3, 0x1.c71c71bf5c8bap-4, -0x1.9999989d830e1p-4,
  0x1.745d1805aad24p-4, -0x1.5555825341dc6p-4, 0x1.3b13c78cd8753p-4, -0x1.248da2fc4a47ap-4,
  0x1.110a33420298cp-4, -0x1.00474175e8b03p-4, 0x1.e3363a4962283p-5, -0x1.c29d0da127af5p-5,
  0x1.9eecf8f05293fp-5, -0x1.a4ee334af8fd8p-5, 0x1.e4f4c2aefcee3p-5, -0x1.ba3317165ed2ap-5,
  0x1.7d497e59e5a28p-6,
};

/* the same for |f| <= 2^-7, used by pow; fit error 2^-58.2. */
static const double log_near_tail[7] = {
  0x1.5555555555555p-2, -0x1.000000000002fp-2, 0x1.9999999999e79p-3, -0x1.55555549c681dp-3,
  0x1.249248f64f6a2p-3, -0x1.0005b05bfc3b0p-3, 0x1.c730d8279248cp-4,
};

/* (sin(r) - r) / r^3 in z = r^2, |r| <= pi / 4; fit error 2^-66.2. */
static const double sin_tail[7] = {
  -0x1.5555555555555p-3, 0x1.1111111111110p-7, -0x1.a01a01a019936p-13, 0x1.71de3a54604eap-19,
  -0x1.ae64541249fb1p-26, 0x1.61217ea9b7ed1p-33, -0x1.ab179a62d26edp-41,
};

/* (cos(r) - 1 + r^2 / 2) / r^4 in z = r^2, |r| <= pi / 4; fit error 2^-70.4. */
static const double cos_tail[7] = {
  0x1.5555555555555p-5, -0x1.6c16c16c16c16p-10, 0x1.a01a01a019d09p-16, -0x1.27e4fb7712b6bp-22,
  0x1.1eed8deb60c70p-29, -0x1.9394b9b5db2a4p-37, 0x1.ab7827bbeebe6p-45,
};

/* (atan(t) - t) / t^3 in z = t^2, |t| <= tan(pi / 8); fit error 2^-59.6. */
static const double atan_tail[12] = {
  -0x1.5555555555555p-2, 0x1.9999999999953p-3, -0x1.249249248d7cap-3, 0x1.c71c71c30300bp-4,
  -0x1.745d165d9ee17p-4, 0x1.3b1392d04b71cp-4, -0x1.110e875de57ebp-4, 0x1.e19a0439b3b4bp-5,
  -0x1.ac7a216389ddfp-5, 0x1.74dbcb5c2167ap-5, -0x1.1b2e7e3386b79p-5, 0x1.0ac7d2dc4c828p-6,
};

/* (asin(t) - t) / t^3 in z = t^2, |t| <= 1/2; fit error 2^-59.8. */
static const double asin_tail[14] = {
  0x1.5555555555555p-3, 0x1.3333333333388p-4, 0x1.6db6db6dac1e0p-5, 0x1.f1c71c7a52ba3p-6,
  0x1.6e8ba123e494cp-6, 0x1.1c4efce23019fp-6, 0x1.c990ad3d8fdcap-7, 0x1.7b027ee1dd585p-7,
  0x1.3b49de7121487p-7, 0x1.31622469ce5adp-7, 0x1.8f193743418ffp-9, 0x1.406192d124629p-6,
  -0x1.3b416bb7d9257p-6, 0x1.e529c6fce9bb4p-6,
};

/* (erf(x) - 2 / sqrt(pi) x) / x^3 in z = x^2, |x| <= 0.32; fit error 2^-72.7. */
static const double erf_tail[9] = {
  -0x1.812746b0379e7p-2, 0x1.ce2f21a042be2p-4, -0x1.b82ce31288b41p-6, 0x1.565bcd0e68c2fp-8,
  -0x1.c02db3fdcadc6p-11, 0x1.f9a324cdb4e2cp-14, -0x1.f4d13bb2ff517p-17, 0x1.b98f62cb543efp-20,
  -0x1.511f80ac5dca9p-23,
};

/* Stirling's remainder times x, in w = 1 / x^2, x >= 7.5; fit error 2^-69.8. */
static const double stirling_tail[9] = {
  0x1.5555555555555p-4, -0x1.6c16c16c16c03p-9, 0x1.a01a019ffc433p-11, -0x1.381380f45f545p-11,
  0x1.b951950ee1789p-11, -0x1.f691d61efb2d6p-10, 0x1.a1a97295b22e3p-8, -0x1.bfe3d2974b814p-6,
  0x1.a81f9714ca818p-4,
};

#define INV_LN2 0x1.71547652b82fep+0
#define INV_LN2_LOW 0x1.777d0ffda0d24p-56
#define INV_LN10 0x1.bcb7b1526e50ep-2
#define INV_LN10_LOW 0x1.95355baaafad3p-57
#define LN2_HIGH 0x1.62e42fefa3800p-1
#define LN2_LOW 0x1.ef35793c76730p-45
#define LOG10_2_HIGH 0x1.34413509f8000p-2
#define LOG10_2_LOW -0x1.80433b83b532ap-44
#define TWO_OVER_PI 0x1.45f306dc9c883p-1
#define HALF_PI_1 0x1.921fb54442d18p+0
#define HALF_PI_2 0x1.1a62633145c07p-54
#define HALF_PI_3 -0x1.f1976b7ed8fbcp-110
#define PI_HIGH 0x1.921fb54442d18p+1
#define PI_LOW 0x1.1a62633145c07p-53
#define TWO_OVER_ROOT_PI 0x1.20dd750429b6dp+0
#define TWO_OVER_ROOT_PI_LOW 0x1.1ae3a914fed80p-56
#define HALF_LOG_2PI 0x1.d67f1c864beb5p-1
#define HALF_LOG_2PI_LOW -0x1.65b5a1b7ff5dfp-55
#define LOG_PI 0x1.250d048e7a1bdp+0
#define LOG_PI_LOW 0x1.7abf2ad8d5088p-57

/* The first 1280 bits of 2 / pi after the point, the leading word first. */
static const unsigned long long two_over_pi_words[20] = {
  0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561,
  0xb7246e3a424dd2e0, 0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
  0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b, 0x1ff897ffde05980f,
  0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d, 0x7527bac7ebe5f17b,
  0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
};

#endif
