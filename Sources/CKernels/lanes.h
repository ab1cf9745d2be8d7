/*
 * The vector of LANES doubles that every kernel is written over.
 *
 * A code path includes the kernels with its own LANES and instruction set; the operations and their
 * order are the same text for all, each is correctly rounded (IEEE 754), and none is contracted, so
 * all paths give the same bits. LANES 1 is plain C.
 */
#include <stdint.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
#define UNUSED __attribute__((unused))

#if LANES == 1
typedef double Real;
typedef int64_t Bits;
#define MASK(condition) ((Bits)-(condition))
#else
typedef double Real __attribute__((ext_vector_type(LANES)));
typedef int64_t Bits __attribute__((ext_vector_type(LANES)));
#define MASK(condition) ((Bits)(condition))
#endif

/* One constant in every lane. */
#define REAL(x) ((Real)(x))
#define WORD(x) ((Bits)(x))
/* Lane by lane: yes where the mask is all ones, no where it is zero. */
#define SELECT(mask, yes, no) ((mask) ? (yes) : (no))
#define FMA(a, b, c) __builtin_elementwise_fma((Real)(a), (Real)(b), (Real)(c))

#define SIGN_BIT INT64_MIN
#define INFINITE __builtin_inf()

INLINE UNUSED Bits bits_of(Real x) {
  Bits bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE UNUSED Real real_of(Bits bits) {
  Real x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE UNUSED Real load(const double *p) {
  Real x;
  memcpy(&x, p, sizeof x);
  return x;
}

INLINE UNUSED void store(double *p, Real x) { memcpy(p, &x, sizeof x); }

INLINE UNUSED Real absolute(Real x) { return real_of(bits_of(x) & WORD(INT64_MAX)); }

INLINE UNUSED Real with_sign_of(Real magnitude, Real sign) {
  return real_of(bits_of(magnitude) | (bits_of(sign) & WORD(SIGN_BIT)));
}

INLINE UNUSED Bits logical_shift(Bits x, int places) {
#if LANES == 1
  return (Bits)((uint64_t)x >> places);
#else
  typedef uint64_t Unsigned __attribute__((ext_vector_type(LANES)));
  return (Bits)((Unsigned)x >> (Unsigned)(places));
#endif
}

INLINE UNUSED int any(Bits mask) {
#if LANES == 1
  return mask != 0;
#else
  return __builtin_reduce_or(mask) != 0;
#endif
}

/* Every NaN becomes the one quiet NaN with a clear sign, since which operand's NaN an instruction
   passes on differs between processors. */
INLINE UNUSED Real canonical(Real x) { return SELECT(MASK(x != x), REAL(__builtin_nan("")), x); }

/* Lane l reads table[index[l]]. */
INLINE UNUSED Real look_up(const double *table, Bits index) {
#if LANES == 1
  return table[index];
#elif defined(__x86_64__) && LANES == 8
  return (Real)_mm512_i64gather_pd((__m512i)index, table, 8);
#else
  Real x;
  for (int lane = 0; lane < LANES; lane++) x[lane] = table[index[lane]];
  return x;
#endif
}

/* Horner's scheme, the constant last. */
#define POLYNOMIAL(coefficients, x)                                                               \
  polynomial(coefficients, sizeof coefficients / sizeof(double), x)
INLINE UNUSED Real polynomial(const double *coefficients, int count, Real x) {
  Real sum = REAL(coefficients[count - 1]);
  for (int i = count - 2; i >= 0; i--) sum = FMA(sum, x, REAL(coefficients[i]));
  return sum;
}

/* A number as the unevaluated sum high + low (Dekker, 1971). */
typedef struct {
  Real high, low;
} Pair;

/* a + b exactly, given |a| >= |b| or a = 0. */
INLINE UNUSED Pair fast_sum(Real a, Real b) {
  Real high = a + b;
  return (Pair){high, (a - high) + b};
}

/* a + b exactly (Knuth, The Art of Computer Programming, volume 2, 4.2.2). */
INLINE UNUSED Pair exact_sum(Real a, Real b) {
  Real high = a + b;
  Real shadow = high - a;
  return (Pair){high, (a - (high - shadow)) + (b - shadow)};
}

/* a * b exactly, barring underflow. */
INLINE UNUSED Pair exact_product(Real a, Real b) {
  Real high = a * b;
  return (Pair){high, FMA(a, b, -high)};
}

/* n / d from one division: the quotient's error is measured and put back. */
INLINE UNUSED Real quotient(Pair n, Pair d) {
  Real inverse = REAL(1.0) / d.high;
  Real q = n.high * inverse;
  Real rest = FMA(-q, d.high, n.high) + (n.low - q * d.low);
  return FMA(rest, inverse, q);
}
