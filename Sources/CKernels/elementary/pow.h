/*
 * pow(x, y) = exp(y log|x|), with log in two parts of 2^-67 relative error: a table of 1 / c for
 * 128 steps of the mantissa (Tang, 1990) and a polynomial for the rest. Special cases as in C
 * Annex F.
 */

/* log of a positive number in two parts. */
INLINE Pair precise_log(Real x) {
  Bits small = MASK(x < 0x1p-1022);
  Real y = SELECT(small, x * 0x1p54, x);
  Bits above = bits_of(y) - WORD(0x3fe6a00000000000);
  Bits step = logical_shift(above, 45) & WORD(127);
  Bits biased = logical_shift(above + (WORD(1023) << WORD(52)), 52);
  Real z = real_of(bits_of(y) - ((biased - WORD(1023)) << WORD(52)));
  Real k = real_of(biased | bits_of(REAL(0x1p52))) - (0x1p52 + 1023.0);
  k += SELECT(small, REAL(-54.0), REAL(0.0));

  Bits row = step << WORD(2);
  Pair turned = exact_product(z, look_up(log_pieces, row));
  Pair f = fast_sum(turned.high - 1.0, turned.low);
  Pair square = exact_product(f.high, f.high);
  Pair front = fast_sum(f.high, -0.5 * square.high);
  Real tail = f.high * square.high * POLYNOMIAL(log_near_tail, f.high);
  Real low = FMA(-f.low, f.high, f.low) + FMA(REAL(-0.5), square.low, front.low) + tail;

  Real base = FMA(k, REAL(LN2_HIGH), look_up(log_pieces + 1, row)); /* exact */
  Pair sum = exact_sum(base, front.high);
  low += sum.low + FMA(k, REAL(LN2_LOW), look_up(log_pieces + 2, row));
  return fast_sum(sum.high, low);
}

INLINE Real is_integer(Real a) {
  /* below 2^52, adding and taking away 2^52 rounds to an integer */
  return SELECT(MASK(a >= 0x1p52) | MASK((a + 0x1p52) - 0x1p52 == a), REAL(1.0), REAL(0.0));
}

INLINE Real v_pow(Real x, Real y) {
  Real a = absolute(x), b = absolute(y);
  Bits plain = MASK(a > 0.0) & MASK(a < INFINITE);
  Pair l = precise_log(SELECT(plain, a, REAL(1.0)));
  Real bounded = SELECT(MASK(b < 0x1p100), y, with_sign_of(REAL(0x1p100), y));
  Pair p = exact_product(bounded, l.high);
  p.low = FMA(bounded, l.low, p.low);
  p = fast_sum(p.high, p.low);
  Bits far = MASK(absolute(p.high) > 800.0);
  Exponential e = exponential(clamped(p.high, -800.0, 800.0), SELECT(far, REAL(0.0), p.low));
  Pair m = mantissa(e);
  Real result = scaled(m.high, e.n);

  Bits integer = MASK(is_integer(b) == 1.0);
  Bits odd = integer & MASK(b < 0x1p53) & MASK(is_integer(b * 0.5) == 0.0);
  Bits rising = MASK(y > 0.0); /* for an infinite or zero base */
  result = SELECT(MASK(a == 0.0), SELECT(rising, REAL(0.0), REAL(INFINITE)), result);
  result = SELECT(MASK(a == INFINITE), SELECT(rising, REAL(INFINITE), REAL(0.0)), result);
  result = real_of(bits_of(result) ^ (bits_of(x) & odd & WORD(SIGN_BIT)));
  Bits invalid = MASK(x < 0.0) & MASK(a < INFINITE) & ~integer;
  result = SELECT(invalid | MASK(x != x) | MASK(y != y), REAL(__builtin_nan("")), result);
  result = SELECT(MASK(x == -1.0) & MASK(b == INFINITE), REAL(1.0), result);
  return canonical(SELECT(MASK(x == 1.0) | MASK(y == 0.0), REAL(1.0), result));
}
