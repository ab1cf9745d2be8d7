/*
 * x mod pi/2 for |x| >= 2^30, in integers.
 *
 * M. Payne and R. Hanek, "Radian reduction for trigonometric functions", 1983: of the product of
 * the 53-bit mantissa and 2 / pi, only the bits from the quadrant's on matter, so 192 bits of 2 /
 * pi from the right place are enough; the remainder keeps 2^-66 relative precision at the worst
 * double.
 */
#include "../kernels.h"
#include "../tables/polynomials.h"
#include <string.h>

typedef unsigned __int128 Wide;

/* The 64 bits of 2 / pi from bit `from` after the point on; zero before the point. */
static uint64_t window(int from) {
  if (from <= -64) return 0;
  if (from < 0) return two_over_pi_words[0] >> -from;
  int word = from / 64, places = from % 64;
  uint64_t bits = two_over_pi_words[word] << places;
  return places == 0 ? bits : bits | two_over_pi_words[word + 1] >> (64 - places);
}

static double power_of_two(int n) {
  uint64_t bits = (uint64_t)(n + 1023) << 52;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

int64_t ck_reduce_huge_angle(double x, double *high, double *low) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  uint64_t mantissa = (bits & ((1ULL << 52) - 1)) | 1ULL << 52;
  int skipped = (int)(bits >> 52 & 2047) - 1023 - 52 - 2; /* bits that only add whole turns */

  /* the low 192 bits of mantissa * window, as a fraction of a turn */
  Wide first = (Wide)mantissa * window(skipped + 128);
  Wide second = (Wide)mantissa * window(skipped + 64) + (uint64_t)(first >> 64);
  uint64_t top = mantissa * window(skipped) + (uint64_t)(second >> 64);
  Wide turn = (Wide)top << 64 | (uint64_t)second;

  int64_t quadrant = (int64_t)(top >> 62);
  Wide part = turn << 2 | (uint64_t)first >> 62;
  int negative = (int)(part >> 127);
  if (negative) {
    quadrant += 1;
    part = -part;
  }
  int zeros = (uint64_t)(part >> 64) ? __builtin_clzll((uint64_t)(part >> 64))
                                     : 64 + __builtin_clzll((uint64_t)part | 1);
  part <<= zeros;
  double unit = power_of_two(-zeros - 53);
  double a = (double)(uint64_t)(part >> 75) * unit;
  double b = (double)((uint64_t)(part >> 22) & ((1ULL << 53) - 1)) * (unit * 0x1p-53);
  double product = a * HALF_PI_1;
  double rest = __builtin_fma(a, HALF_PI_1, -product) + (a * HALF_PI_2 + b * HALF_PI_1);
  double sum = product + rest;
  double error = (product - sum) + rest;
  int flip = negative != (int)(bits >> 63);
  *high = flip ? -sum : sum;
  *low = flip ? -error : error;
  return bits >> 63 ? -quadrant : quadrant;
}
