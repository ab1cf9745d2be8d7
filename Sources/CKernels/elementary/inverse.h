/* atan, asin, acos: a polynomial near zero, and the half-angle identities that lead there. */

/* atan of x >= 0 turned by 0, pi/4 or pi/2 into |t| <= tan(pi/8). */
INLINE Real v_atan(Real x) {
  Real a = absolute(x);
  Bits middle = MASK(a > 0x1.a827999fcef32p-2), far = MASK(a > 0x1.3504f333f9de6p+1);
  Real b = SELECT(far & MASK(a > 0x1p60), REAL(0x1p60), a);
  Pair minus = exact_sum(b, REAL(-1.0)), plus = exact_sum(b, REAL(1.0));
  Pair n = {SELECT(far, REAL(-1.0), minus.high), SELECT(far, REAL(0.0), minus.low)};
  Pair d = {SELECT(far, b, plus.high), SELECT(far, REAL(0.0), plus.low)};
  Real q = n.high / d.high;
  Real rest = (FMA(-q, d.high, n.high) + (n.low - q * d.low)) / d.high;
  Pair t = {SELECT(middle, q, a), SELECT(middle, rest, REAL(0.0))};
  Pair turn = {SELECT(far, REAL(HALF_PI_1), REAL(0.5 * HALF_PI_1)),
               SELECT(far, REAL(HALF_PI_2), REAL(0.5 * HALF_PI_2))};
  turn.high = SELECT(middle, turn.high, REAL(0.0));
  turn.low = SELECT(middle, turn.low, REAL(0.0));
  Real z = t.high * t.high;
  Real low = FMA(z * t.high, POLYNOMIAL(atan_tail, z), FMA(-z, t.low, t.low) + turn.low);
  Pair sum = fast_sum(turn.high, t.high);
  Real result = sum.high + (sum.low + low);
  return canonical(SELECT(MASK(a < 0x1p-28), x, with_sign_of(result, x)));
}

/* asin of |x| <= 1/2 as it is, of |x| > 1/2 the half of pi/2 - asin |x|, in two parts. */
INLINE Pair arcsine(Real a, Bits large) {
  Real z = SELECT(large, FMA(REAL(-0.5), a, REAL(0.5)), a * a); /* exact where large */
  Real root = __builtin_elementwise_sqrt(z);
  Real divisor = SELECT(MASK(root == 0.0), REAL(1.0), root + root);
  Pair t = {SELECT(large, root, a), SELECT(large, FMA(-root, root, z) / divisor, REAL(0.0))};
  Real low = FMA(z * t.high, POLYNOMIAL(asin_tail, z), t.low);
  return (Pair){t.high, low};
}

INLINE Real v_asin(Real x) {
  Real a = absolute(x);
  Bits large = MASK(a > 0.5);
  Pair s = arcsine(a, large);
  Pair turned = fast_sum(REAL(HALF_PI_1), -2.0 * s.high);
  Real far = turned.high + (turned.low + FMA(REAL(-2.0), s.low, REAL(HALF_PI_2)));
  Real result = with_sign_of(SELECT(large, far, s.high + s.low), x);
  result = SELECT(MASK(a < 0x1p-28), x, result);
  return canonical(SELECT(MASK(a <= 1.0), result, REAL(__builtin_nan(""))));
}

INLINE Real v_acos(Real x) {
  Real a = absolute(x);
  Bits large = MASK(a > 0.5);
  Pair s = arcsine(a, large);
  Pair turned = fast_sum(REAL(PI_HIGH), -2.0 * s.high);
  Real back = turned.high + (turned.low + FMA(REAL(-2.0), s.low, REAL(PI_LOW)));
  Real front = 2.0 * (s.high + s.low);
  Bits sign = bits_of(x) & WORD(SIGN_BIT);
  Pair signed_part = {with_sign_of(s.high, x), real_of(bits_of(s.low) ^ sign)};
  Pair middle = fast_sum(REAL(HALF_PI_1), -signed_part.high);
  Real centre = middle.high + (middle.low + (HALF_PI_2 - signed_part.low));
  Real result = SELECT(large, SELECT(MASK(x < 0.0), back, front), centre);
  return canonical(SELECT(MASK(a <= 1.0), result, REAL(__builtin_nan(""))));
}
