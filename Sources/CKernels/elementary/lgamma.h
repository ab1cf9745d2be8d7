/*
 * lgamma, for LANES 1. Polynomials around i / 8 up to 8 (near the zeros 1 and 2 divided by the
 * distance to them, so that the result is accurate to its last bit there), then Stirling's series;
 * below -1/2 the reflection log pi - log |x sin(pi x)| - lgamma(-x).
 */

/* Of 1/2 <= centre + t < 8.07 with row = 8 centre - 4. */
INLINE Pair lgamma_piece(int64_t row, double t) {
  Pair value = piece(lgamma_pieces, 15, row, t);
  int zero = row >= 2 && row <= 6 ? 4 : row >= 10 && row <= 14 ? 12 : 0;
  if (zero == 0) return value;
  double offset = t + (double)(row - zero) * 0.125; /* exact */
  Pair sum = fast_sum(value.high, value.low);
  Pair product = exact_product(sum.high, offset);
  return (Pair){product.high, FMA(sum.low, offset, product.low)};
}

/* x (log x - 1) - log x / 2 + log(2 pi) / 2 + 1 / 12x - ... */
INLINE Pair stirling(double x) {
  Pair l = precise_log(x);
  Pair less = exact_sum(l.high, -1.0);
  less = fast_sum(less.high, less.low + l.low);
  Pair product = exact_product(x, less.high);
  if (product.high == INFINITE) return (Pair){INFINITE, 0.0};
  product.low = FMA(x, less.low, product.low);
  double inverse = 1.0 / x;
  double tail = inverse * POLYNOMIAL(stirling_tail, inverse * inverse);
  Pair rest = exact_sum(HALF_LOG_2PI, -0.5 * l.high);
  Pair sum = exact_sum(product.high, rest.high);
  double low = product.low + rest.low + HALF_LOG_2PI_LOW - 0.5 * l.low + tail;
  return fast_sum(sum.high, sum.low + low);
}

/* Of x >= 1/2. */
INLINE Pair positive_lgamma(double x) {
  if (x >= 8.0) return stirling(x);
  double eighths = (x * 8.0 + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  Pair value = lgamma_piece((int64_t)eighths - 4, x - eighths * 0.125);
  return fast_sum(value.high, value.low);
}

/* Of |x| < 1/2: lgamma(1 + x) - log|x|. */
INLINE double small_lgamma(double x) {
  if (x == 0.0) return INFINITE;
  double eighths = (x * 8.0 + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  Pair value = lgamma_piece((int64_t)eighths + 4, x - eighths * 0.125);
  Pair l = precise_log(absolute(x));
  Pair sum = exact_sum(-l.high, value.high);
  return sum.high + (sum.low + (value.low - l.low));
}

/* Of x <= -1/2, not an integer. */
INLINE double reflected_lgamma(double x) {
  double a = -x;
  double whole = (a + ROUND_TO_INTEGER) - ROUND_TO_INTEGER;
  double part = absolute(a < 0x1p51 ? a - whole : 0.0);
  if (part == 0.0) return INFINITE;
  int turned = part > 0.25; /* sin(pi part) = cos(pi (1/2 - part)) */
  double arc = turned ? 0.5 - part : part;
  Pair angle = exact_product(arc, PI_HIGH);
  angle.low = FMA(arc, PI_LOW, angle.low);
  Pair s = turned ? cosine(angle) : sine(angle);
  s = fast_sum(s.high, s.low);
  Pair product = exact_product(s.high, a);
  product.low = FMA(s.low, a, product.low);
  Pair l = precise_log(product.high);
  Pair g = positive_lgamma(a);
  Pair sum = exact_sum(LOG_PI, -l.high);
  double low = LOG_PI_LOW + sum.low - l.low - product.low / product.high;
  Pair total = exact_sum(sum.high, -g.high);
  return total.high + (total.low + (low - g.low));
}

INLINE double v_lgamma(double x) {
  if (x != x) return canonical(x);
  if (absolute(x) == INFINITE) return INFINITE;
  if (absolute(x) < 0.5) return small_lgamma(x);
  if (x < 0.0) return reflected_lgamma(x);
  Pair value = positive_lgamma(x);
  return value.high + value.low;
}
