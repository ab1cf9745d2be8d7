/*
 * exp, expm1, tanh, sigmoid, softplus.
 *
 * Cody and Waite's reduction (1980): x = n ln2 + r, |r| <= ln2 / 2; a polynomial for e^r; scaling
 * by 2^n in two exact steps, so that subnormal results are rounded once more at most.
 */
#define ROUND_TO_INTEGER 0x1.8p52 /* adding it leaves the nearest integer in the low bits */

/* e^x = 2^n (1 + r + half + rest), half near r^2 / 2 and rest near r^3 / 6. */
typedef struct {
  Real r, half, rest;
  Bits n;
} Exponential;

/* x = n ln2 + r + error, |r| <= ln2 / 2. */
typedef struct {
  Real r, error;
  Bits n;
} Remainder;

/* Of |x| < 2^20. */
INLINE Remainder remainder_of_ln2(Real x) {
  Real shifted = FMA(x, REAL(INV_LN2), REAL(ROUND_TO_INTEGER));
  Real n = shifted - ROUND_TO_INTEGER;
  Real first = FMA(-n, REAL(LN2_HIGH), x); /* exact */
  Real r = FMA(-n, REAL(LN2_LOW), first);
  Real error = FMA(-n, REAL(LN2_LOW), first - r);
  return (Remainder){r, error, bits_of(shifted) - bits_of(REAL(ROUND_TO_INTEGER))};
}

/* Of x + low, for |x| < 2^20 and a low part below x's last bit. */
INLINE Exponential exponential(Real x, Real low) {
  Remainder x1 = remainder_of_ln2(x);
  Real r = x1.r, error = x1.error + low;
  Pair square = exact_product(r, r);
  Real tail = FMA(r * square.high, POLYNOMIAL(exp_tail, r), 0.5 * square.low);
  Real half = 0.5 * square.high;
  Real rest = tail + FMA(error, r + (half + tail), error); /* error e^r */
  return (Exponential){r, half, rest, x1.n};
}

/* 2^n for -1022 <= n <= 1023. */
INLINE Real power_of_two(Bits n) { return real_of((n + WORD(1023)) << WORD(52)); }

/* x 2^n for -2000 < n < 2000. */
INLINE Real scaled(Real x, Bits n) {
  Bits half = logical_shift(n + WORD(2048), 1) - WORD(1024);
  return x * power_of_two(half) * power_of_two(n - half);
}

INLINE Real clamped(Real x, double low, double high) {
  x = SELECT(MASK(x < low), REAL(low), x);
  return SELECT(MASK(x > high), REAL(high), x);
}

/* 1 + r + half + rest in two parts. */
INLINE Pair mantissa(Exponential e) {
  Pair one = fast_sum(REAL(1.0), e.r);
  return fast_sum(one.high, one.low + (e.half + e.rest));
}

/* Where every lane's result is normal, one addition to the exponents scales as exactly. */
INLINE Real v_exp(Real x) {
  int plain = !any(~MASK(absolute(x) <= 708.0));
  Remainder x1 = remainder_of_ln2(plain ? x : clamped(x, -746.0, 710.0));
  Pair one = fast_sum(REAL(1.0), x1.r);
  Real tail = FMA(POLYNOMIAL(exp_tail, x1.r), x1.r, REAL(0.5));
  Real m = one.high + (one.low + FMA(x1.r * x1.r, tail, x1.error));
  if (plain) return real_of(bits_of(m) + (x1.n << WORD(52)));
  return canonical(scaled(m, x1.n));
}

/* (e^x - 1) / 2 in two parts, for -40 <= x <= 710; halved so that it can't overflow on the way. */
INLINE Pair half_expm1(Real x) {
  Exponential e = exponential(x, REAL(0.0));
  Real power = power_of_two(e.n - WORD(1));
  Pair less = fast_sum(power, REAL(-0.5)); /* exact from 2^-53 on, whichever is the larger */
  Pair sum = fast_sum(less.high, power * e.r);
  Pair more = fast_sum(sum.high, power * e.half);
  return fast_sum(more.high, FMA(power, e.rest, (sum.low + more.low) + less.low));
}

INLINE Real v_expm1(Real x) {
  Real result = half_expm1(clamped(x, -40.0, 710.0)).high * 2.0;
  return canonical(SELECT(MASK(absolute(x) < 0x1p-54), x, result));
}

/* tanh a = (e^2a - 1) / (e^2a + 1), of a = |x|. */
INLINE Real v_tanh(Real x) {
  Real a = absolute(x);
  Pair n = half_expm1(clamped(a + a, 0.0, 44.0));
  Pair d = exact_sum(n.high, REAL(1.0));
  d.low += n.low;
  Real result = with_sign_of(quotient(n, d), x);
  return canonical(SELECT(MASK(a < 0x1p-28), x, result));
}

/* With z = e^-|x|: z / (1 + z) for a negative x, else 1 / (1 + z). */
INLINE Real v_sigmoid(Real x) {
  Exponential e = exponential(-clamped(absolute(x), 0.0, 746.0), REAL(0.0));
  Pair m = mantissa(e);
  Bits visible = SELECT(MASK(e.n < WORD(-200)), WORD(-200), e.n);
  Real power = power_of_two(visible);
  Pair d = fast_sum(REAL(1.0), m.high * power);
  d.low = FMA(m.low, power, d.low);
  Bits negative = MASK(x < 0.0);
  Pair n = {SELECT(negative, m.high, REAL(1.0)), SELECT(negative, m.low, REAL(0.0))};
  Real result = scaled(quotient(n, d), e.n & negative);
  return canonical(SELECT(MASK(x != x), x, result));
}
