/*
 * log, log1p, log2, log10 and softplus.
 *
 * x = 2^k (1 + f), sqrt(1/2) <= 1 + f < sqrt(2); log(1 + f) = f - f^2 / 2 + f^3 p(f), of which the
 * first two terms are kept exactly, so that the polynomial's rounding is far below the last bit.
 */
#define ROOT_HALF_BITS 0x3fe6a09e667f3bcd

typedef struct {
  Real k, f;
} Split;

/* x is positive and normal; extra is added to the exponent. */
INLINE Split split(Real x, Real extra) {
  Bits above = bits_of(x) + WORD(0x3ff0000000000000 - ROOT_HALF_BITS);
  Bits biased = logical_shift(above, 52);
  Real m = real_of(bits_of(x) - ((biased - WORD(1023)) << WORD(52)));
  Real k = real_of(biased | bits_of(REAL(0x1p52))) - (0x1p52 + 1023.0);
  return (Split){k + extra, m - 1.0};
}

/* The same for any positive x: a subnormal one is scaled first. */
INLINE Split split_any(Real x) {
  Bits small = MASK(x < 0x1p-1022);
  return split(SELECT(small, x * 0x1p54, x), SELECT(small, REAL(-54.0), REAL(0.0)));
}

/* k ln2 + log(1 + f) + correction, in two parts of which the second may reach 0.03. */
INLINE Pair logarithm(Split s, Real correction) {
  Pair square = exact_product(s.f, s.f);
  Pair front = fast_sum(s.f, -0.5 * square.high);
  Real even = REAL(log_tail[20]), odd = REAL(log_tail[19]);
  for (int i = 18; i >= 2; i -= 2) {
    even = FMA(even, square.high, REAL(log_tail[i]));
    odd = FMA(odd, square.high, REAL(log_tail[i - 1]));
  }
  even = FMA(even, square.high, REAL(log_tail[0]));
  Real tail = FMA(odd, s.f, even);
  Real low = FMA(s.f * square.high, tail, FMA(REAL(-0.5), square.low, front.low) + correction);
  Pair sum = fast_sum(s.k * LN2_HIGH, front.high);
  return (Pair){sum.high, FMA(s.k, REAL(LN2_LOW), sum.low + low)};
}

/* The results that the formula can't give: log 0, log of a negative number, log inf, log NaN. */
INLINE Real log_edges(Real x, Real result) {
  result = SELECT(MASK(x == 0.0), REAL(-INFINITE), result);
  result = SELECT(MASK(x < 0.0), REAL(__builtin_nan("")), result);
  result = SELECT(MASK(x == INFINITE), x, result);
  return canonical(SELECT(MASK(x != x), x, result));
}

INLINE Real v_log(Real x) {
  if (!any(~(MASK(x >= 0x1p-1022) & MASK(x < INFINITE)))) {
    Pair plain = logarithm(split(x, REAL(0.0)), REAL(0.0));
    return plain.high + plain.low;
  }
  Pair sum = logarithm(split_any(x), REAL(0.0));
  return log_edges(x, sum.high + sum.low);
}

/* log(1 + x) = log(u) + c / u, where u + c = 1 + x exactly. */
INLINE Real v_log1p(Real x) {
  Pair u = exact_sum(REAL(1.0), SELECT(MASK(absolute(x) < INFINITE), x, REAL(0.0)));
  Split s = split(u.high, REAL(0.0));
  Bits near = MASK(s.k == 0.0);
  s.f = SELECT(near, x, s.f);
  Pair sum = logarithm(s, SELECT(near, REAL(0.0), u.low / u.high));
  Real result = SELECT(MASK(absolute(x) < 0x1p-54), x, sum.high + sum.low);
  result = SELECT(MASK(x == -1.0), REAL(-INFINITE), result);
  result = SELECT(MASK(x < -1.0), REAL(__builtin_nan("")), result);
  result = SELECT(MASK(x == INFINITE), x, result);
  return canonical(SELECT(MASK(x != x), x, result));
}

/* k unit + log(1 + f) * inverse. */
INLINE Real in_base(Real x, Pair unit, Pair inverse) {
  Split s = split_any(x);
  Real k = s.k;
  s.k = REAL(0.0);
  Pair sum = logarithm(s, REAL(0.0));
  sum = fast_sum(sum.high, sum.low);
  Pair part = exact_product(sum.high, inverse.high);
  part.low += FMA(sum.high, inverse.low, sum.low * inverse.high);
  Pair total = fast_sum(k * unit.high, part.high);
  return log_edges(x, total.high + (FMA(k, unit.low, total.low) + part.low));
}

INLINE Real v_log2(Real x) {
  Pair unit = {REAL(1.0), REAL(0.0)};
  return in_base(x, unit, (Pair){REAL(INV_LN2), REAL(INV_LN2_LOW)});
}

INLINE Real v_log10(Real x) {
  Pair unit = {REAL(LOG10_2_HIGH), REAL(LOG10_2_LOW)};
  return in_base(x, unit, (Pair){REAL(INV_LN10), REAL(INV_LN10_LOW)});
}

/* max(x, 0) + log(1 + e^-|x|). */
INLINE Real v_softplus(Real x) {
  Exponential e = exponential(-clamped(absolute(x), 0.0, 746.0), REAL(0.0));
  Pair m = mantissa(e);
  Pair z = {scaled(m.high, e.n), scaled(m.low, e.n)};
  Pair u = fast_sum(REAL(1.0), z.high);
  u.low += z.low;
  Split s = split(u.high, REAL(0.0));
  Bits near = MASK(s.k == 0.0);
  s.f = SELECT(near, z.high, s.f);
  Pair sum = logarithm(s, SELECT(near, z.low, u.low) / u.high);
  Pair total = exact_sum(SELECT(MASK(x > 0.0), x, REAL(0.0)), sum.high);
  Real result = total.high + (total.low + sum.low);
  result = SELECT(MASK(x == INFINITE), x, result);
  return canonical(SELECT(MASK(x != x), x, result));
}
