/*
 * sin and cos.
 *
 * x = n pi/2 + r with pi/2 in three parts, each product exact by fma; from 2^30 on, Payne and
 * Hanek's reduction (1983) in integers, lane by lane.
 */
typedef struct {
  Pair r;
  Bits n; /* the quadrant is n mod 4 */
} Angle;

INLINE Angle reduced(Real x) {
  Bits huge = MASK(absolute(x) >= 0x1p30);
  Real y = SELECT(huge | MASK(x != x), REAL(0.0), x);
  Real shifted = FMA(y, REAL(TWO_OVER_PI), REAL(ROUND_TO_INTEGER));
  Real n = shifted - ROUND_TO_INTEGER;
  Real first = FMA(-n, REAL(HALF_PI_1), y); /* exact: a multiple of 2^-53 below 1 */
  Pair second = exact_product(-n, REAL(HALF_PI_2));
  Pair r = exact_sum(first, second.high);
  r.low += FMA(-n, REAL(HALF_PI_3), second.low);
  r = fast_sum(r.high, r.low);
  Angle angle = {r, bits_of(shifted) - bits_of(REAL(ROUND_TO_INTEGER))};
  if (any(huge)) {
    double xs[LANES], high[LANES], low[LANES];
    int64_t quadrant[LANES];
    memcpy(xs, &x, sizeof xs);
    memcpy(high, &angle.r.high, sizeof high);
    memcpy(low, &angle.r.low, sizeof low);
    memcpy(quadrant, &angle.n, sizeof quadrant);
    for (int lane = 0; lane < LANES; lane++) {
      if (__builtin_fabs(xs[lane]) >= 0x1p30 && __builtin_fabs(xs[lane]) < INFINITE) {
        quadrant[lane] = ck_reduce_huge_angle(xs[lane], &high[lane], &low[lane]);
      }
    }
    memcpy(&angle.r.high, high, sizeof high);
    memcpy(&angle.r.low, low, sizeof low);
    memcpy(&angle.n, quadrant, sizeof quadrant);
  }
  return angle;
}

/* sin of r, |r| <= pi/4, in two parts. */
INLINE Pair sine(Pair r) {
  Real z = r.high * r.high;
  Real cubed = z * r.high;
  Real low = FMA(cubed, POLYNOMIAL(sin_tail, z), FMA(z * -0.5, r.low, r.low));
  return (Pair){r.high, low};
}

/* cos of r, |r| <= pi/4, in two parts. */
INLINE Pair cosine(Pair r) {
  Pair z = exact_product(r.high, r.high);
  Pair front = fast_sum(REAL(1.0), -0.5 * z.high);
  Real low = FMA(REAL(-0.5), z.low, front.low) - r.high * r.low;
  return (Pair){front.high, FMA(z.high * z.high, POLYNOMIAL(cos_tail, z.high), low)};
}

INLINE Real in_quadrant(Pair r, Bits n) {
  Pair s = sine(r), c = cosine(r);
  Bits odd = MASK((n & WORD(1)) != WORD(0));
  Real value = SELECT(odd, c.high, s.high) + SELECT(odd, c.low, s.low);
  return real_of(bits_of(value) ^ ((n & WORD(2)) << WORD(62)));
}

INLINE Real v_sin(Real x) {
  Angle angle = reduced(x);
  Real result = SELECT(MASK(x == 0.0), x, in_quadrant(angle.r, angle.n));
  return canonical(SELECT(MASK(absolute(x) < INFINITE), result, REAL(__builtin_nan(""))));
}

INLINE Real v_cos(Real x) {
  Angle angle = reduced(x);
  Real result = in_quadrant(angle.r, angle.n + WORD(1));
  return canonical(SELECT(MASK(absolute(x) < INFINITE), result, REAL(__builtin_nan(""))));
}
