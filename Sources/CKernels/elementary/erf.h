/*
 * erf from polynomials around the middles of eighths; erfc(x) = exp(-x^2) * erfcx(x), the second
 * factor from polynomials around the middles of eighths of octaves. Each polynomial's constant is
 * kept in two parts.
 */

/* Row index of a table with width numbers a row: (f(c), rest) at the offset t from its centre. */
INLINE Pair piece(const double *table, int width, Bits row, Real t) {
  Bits at = row * WORD(width);
  Real sum = look_up(table + width - 1, at);
  for (int i = width - 2; i >= 2; i--) sum = FMA(sum, t, look_up(table + i, at));
  return (Pair){look_up(table, at), FMA(sum, t, look_up(table + 1, at))};
}

/* erf of 0 <= a in two parts. */
INLINE Pair error_function(Real a) {
  Real z = a * a;
  Pair near = exact_product(a, REAL(TWO_OVER_ROOT_PI));
  near.low = FMA(a, REAL(TWO_OVER_ROOT_PI_LOW), near.low);
  near.low = FMA(z * a, POLYNOMIAL(erf_tail, z), near.low);
  Real b = clamped(a, 0.25, 5.99);
  Real shifted = FMA(b, REAL(8.0), REAL(-0.5)) + ROUND_TO_INTEGER;
  Bits row = bits_of(shifted) - bits_of(REAL(ROUND_TO_INTEGER));
  Real centre = FMA(shifted - ROUND_TO_INTEGER, REAL(0.125), REAL(0.0625));
  Pair far = piece(erf_pieces, 12, row, b - centre);
  Bits small = MASK(a < 0.25);
  return (Pair){SELECT(small, near.high, far.high), SELECT(small, near.low, far.low)};
}

INLINE Real v_erf(Real x) {
  Real a = SELECT(MASK(x != x), REAL(0.0), absolute(x));
  Pair e = error_function(SELECT(MASK(a > 6.0), REAL(6.0), a));
  Real result = with_sign_of(e.high + e.low, x);
  return canonical(SELECT(MASK(x != x), x, result));
}

INLINE Real v_erfc(Real x) {
  Real y = SELECT(MASK(x != x), REAL(0.0), clamped(x, -6.0, 28.0));
  Pair e = error_function(absolute(SELECT(MASK(y > 0.25), REAL(0.25), y)));
  Bits sign = bits_of(y) & WORD(SIGN_BIT);
  Pair sum = exact_sum(REAL(1.0), real_of(bits_of(-e.high) ^ sign));
  Real near = sum.high + (sum.low - real_of(bits_of(e.low) ^ sign));

  Real b = SELECT(MASK(y < 0.25), REAL(0.25), y);
  Bits row = logical_shift(bits_of(b) - bits_of(REAL(0.25)), 49);
  Real centre = real_of((bits_of(b) & WORD(-(1LL << 49))) | WORD(1LL << 48));
  Pair g = piece(erfcx_pieces, 13, row, b - centre);
  g = fast_sum(g.high, g.low);
  Pair square = exact_product(b, b);
  Exponential x2 = exponential(-square.high, -square.low);
  Pair m = mantissa(x2);
  Pair p = exact_product(m.high, g.high);
  Real far = scaled(p.high + (p.low + FMA(m.high, g.low, m.low * g.high)), x2.n);
  Real result = SELECT(MASK(y < 0.25), near, far);
  return canonical(SELECT(MASK(x != x), x, result));
}
