/*
 * The vector of FLOATS floats that the kernels of networks are written over, and the elementary
 * functions of floats.
 *
 * Each function is one text for all paths: IEEE operations, correctly rounded, in one order. exp
 * reduces as Cody and Waite (1980) do; the polynomials are those of S. Moshier's Cephes library
 * (1989), single precision. Errors against the exact function, measured over all floats of a
 * range: see FloatFunctionTests.
 */
#if LANES == 1
#define FLOATS 1
typedef float F;
typedef int32_t FBits;
#define FMASK(condition) ((FBits)-(condition))
#else
#define FLOATS (2 * LANES)
typedef float F __attribute__((ext_vector_type(FLOATS)));
typedef int32_t FBits __attribute__((ext_vector_type(FLOATS)));
#define FMASK(condition) ((FBits)(condition))
#endif

#define FLOAT(x) ((F)((float)(x)))
#define F_FMA(a, b, c) __builtin_elementwise_fma((F)(a), (F)(b), (F)(c))

/* Up to FLOATS elements; what lies beyond `count` is 0. */
INLINE UNUSED F take(const float *p, ptrdiff_t count) {
  F x;
  if (count >= FLOATS) {
    memcpy(&x, p, sizeof x);
    return x;
  }
  float part[FLOATS] = {0};
  memcpy(part, p, (size_t)count * sizeof *p);
  memcpy(&x, part, sizeof x);
  return x;
}

INLINE UNUSED void put(float *p, F x, ptrdiff_t count) {
  memcpy(p, &x, count >= FLOATS ? sizeof x : (size_t)count * sizeof *p);
}

/* Runs statements with i at each vector of n elements and `count` elements from there. */
#define EACH(n, ...)                                                                              \
  {                                                                                               \
    ptrdiff_t i = 0;                                                                              \
    for (; i + FLOATS <= (n); i += FLOATS) {                                                      \
      enum { count = FLOATS };                                                                    \
      __VA_ARGS__                                                                                 \
    }                                                                                             \
    if (i < (n)) {                                                                                \
      const ptrdiff_t count = (n)-i;                                                              \
      __VA_ARGS__                                                                                 \
    }                                                                                             \
  }

INLINE UNUSED FBits f_bits(F x) {
  FBits bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE UNUSED F f_of(FBits bits) {
  F x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE UNUSED F f_absolute(F x) { return f_of(f_bits(x) & (FBits)(INT32_MAX)); }

INLINE UNUSED F f_with_sign_of(F magnitude, F sign) {
  return f_of(f_bits(magnitude) | (f_bits(sign) & (FBits)(INT32_MIN)));
}

INLINE UNUSED F f_root(F x) { return __builtin_elementwise_sqrt(x); }

/* A NaN stays. */
INLINE UNUSED F f_clamped(F x, float low, float high) {
  x = SELECT(FMASK(x < low), FLOAT(low), x);
  return SELECT(FMASK(x > high), FLOAT(high), x);
}

#define ROUND_TO_INTEGER_F 0x1.8p23f /* adding it leaves the nearest integer in the low bits */

INLINE UNUSED F f_exp(F x) {
  F at = f_clamped(x, -104.0f, 89.0f);
  F shifted = F_FMA(at, FLOAT(0x1.715476p0f), FLOAT(ROUND_TO_INTEGER_F));
  F n = shifted - ROUND_TO_INTEGER_F;
  F r = F_FMA(-n, FLOAT(0x1.62e4p-1f), at); /* exact: ln 2 in two parts */
  r = F_FMA(-n, FLOAT(0x1.7f7d1cp-20f), r);
  F p = FLOAT(1.9875691500e-4f);
  p = F_FMA(p, r, FLOAT(1.3981999507e-3f));
  p = F_FMA(p, r, FLOAT(8.3334519073e-3f));
  p = F_FMA(p, r, FLOAT(4.1665795894e-2f));
  p = F_FMA(p, r, FLOAT(1.6666665459e-1f));
  p = F_FMA(p, r, FLOAT(5.0000001201e-1f));
  F m = F_FMA(r * r, p, r) + 1.0f;
  FBits whole = f_bits(shifted) - (FBits)(0x4b400000);
  FBits half = whole >> 1;
  F first = f_of((half + 127) << 23), second = f_of((whole - half + 127) << 23);
  F result = m * first * second;
  return SELECT(FMASK(x != x), x, result);
}

/* A polynomial near 0; elsewhere 1 - 2 / (e^2a + 1), of a = |x|. */
INLINE UNUSED F f_tanh(F x) {
  F a = f_absolute(x), z = x * x;
  F p = FLOAT(-5.70498872745e-3f);
  p = F_FMA(p, z, FLOAT(2.06390887954e-2f));
  p = F_FMA(p, z, FLOAT(-5.37397155531e-2f));
  p = F_FMA(p, z, FLOAT(1.33314422036e-1f));
  p = F_FMA(p, z, FLOAT(-3.33332819422e-1f));
  F small = F_FMA(p * z, x, x);
  F large = 1.0f - 2.0f / (f_exp(a + a) + 1.0f);
  return SELECT(FMASK(a < 0.625f), small, f_with_sign_of(large, x));
}

/* With z = e^-|x|: z / (1 + z) for a negative x, else 1 / (1 + z). */
INLINE UNUSED F f_sigmoid(F x) {
  F z = f_exp(-f_absolute(x));
  F top = SELECT(FMASK(x < 0.0f), z, FLOAT(1.0f));
  return top / (1.0f + z);
}

/* A function of doubles for floats, each half of the vector by itself. */
#define THROUGH_REALS(name, expression)                                                           \
  INLINE UNUSED F name(F floats) {                                                                \
    float from[FLOATS], to[FLOATS];                                                               \
    memcpy(from, &floats, sizeof from);                                                           \
    for (int half = 0; half < FLOATS; half += LANES) {                                            \
      Floats part;                                                                                \
      memcpy(&part, from + half, sizeof part);                                                    \
      Real x = WIDENED(part);                                                                     \
      part = NARROWED(expression);                                                                \
      memcpy(to + half, &part, sizeof part);                                                      \
    }                                                                                             \
    memcpy(&floats, to, sizeof to);                                                               \
    return floats;                                                                                \
  }
#define ROOT_HALF 0x1.6a09e667f3bcdp-1
#define ROOT_OF_INVERSE_2PI 0x1.9884533d43651p-2
/* x times the normal distribution function, and its slope. */
THROUGH_REALS(f_gelu, x * 0.5 * (1.0 + v_erf(x *ROOT_HALF)))
THROUGH_REALS(f_gelu_slope,
              0.5 * (1.0 + v_erf(x * ROOT_HALF)) +
                  x * (ROOT_OF_INVERSE_2PI * v_exp(x * x * -0.5)))

#define FLOAT_MAP(name)                                                                           \
  static void net_##name(ptrdiff_t n, const float *x, float *y) {                                 \
    EACH(n, put(y + i, f_##name(take(x + i, count)), count);)                                     \
  }
FLOAT_MAP(exp)
FLOAT_MAP(tanh)
FLOAT_MAP(sigmoid)
