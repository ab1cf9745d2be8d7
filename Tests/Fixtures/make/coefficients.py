"""Fits the polynomials and tables of Sources/CKernels/tables with mpmath.

    python3 Tests/Fixtures/make/coefficients.py Sources/CKernels/tables

Each polynomial interpolates its function in the Chebyshev nodes of its interval (near minimax), at 60
digits, and is then rounded to doubles. The printed log2 is the error of the fit before rounding.
"""

import struct
import sys
from pathlib import Path

from mpmath import mp, mpf, chebyfit

mp.dps = 60
TINY = mpf(10) ** -18


def number(x):
    return float(x).hex()


def double_double(x):
    high = mpf(float(x))
    return number(high), number(x - high)


def trimmed(x, bits):
    """x rounded to a multiple of 2**-bits, and what is left."""
    high = mp.nint(x * mpf(2) ** bits) / mpf(2) ** bits
    return number(high), number(x - high)


def fit(function, low, high, count):
    """Coefficients, the constant first, and log2 of the largest error."""
    safe = lambda t: function(t if abs(t) > TINY else TINY)
    coefficients, error = chebyfit(safe, [low, high], count, error=True)
    return coefficients[::-1], float(mp.log(error, 2))


def array(name, values, comment):
    body = ",\n  ".join(", ".join(values[i : i + 4]) for i in range(0, len(values), 4))
    return f"/* {comment} */\nstatic const double {name}[{len(values)}] = {{\n  {body},\n}};\n"


def polynomial(name, comment, function, low, high, count):
    coefficients, error = fit(function, mpf(low), mpf(high), count)
    return array(name, [number(c) for c in coefficients], f"{comment}; fit error 2^{error:.1f}.")


def constants(pairs):
    return "".join(f"#define {name} {value}\n" for name, value in pairs)


def header(path, guard, text):
    note = "/* Written by Tests/Fixtures/make/coefficients.py; do not edit. */\n"
    path.write_text(f"{note}#ifndef {guard}\n#define {guard}\n\n{text}\n#endif\n")
    print(path.name, len(text))


def polynomials():
    ln2, root_half = mp.log(2), mp.sqrt(mpf(1) / 2)
    quarter = mpf("0.7855") ** 2
    narrow = mp.tan(mp.pi / 8) * mpf("1.0001")

    def asin_tail(z):
        return (mp.asin(mp.sqrt(z)) - mp.sqrt(z)) / mp.sqrt(z) ** 3

    def erf_tail(z):
        root = mp.sqrt(z)
        return (mp.erf(root) - 2 / mp.sqrt(mp.pi) * root) / root**3

    def stirling(w):
        x = 1 / mp.sqrt(w)
        exact = mp.loggamma(x) - ((x - mpf(1) / 2) * mp.log(x) - x + mp.log(2 * mp.pi) / 2)
        return exact * x

    mp.dps = 80
    parts = [
        polynomial("exp_tail", "(exp(r) - 1 - r - r^2 / 2) / r^3, |r| <= ln2 / 2",
                   lambda r: (mp.expm1(r) - r - r * r / 2) / r**3, -ln2 / 2 * 1.0001, ln2 / 2 * 1.0001, 10),
        polynomial("log_tail", "(log(1 + f) - f + f^2 / 2) / f^3, sqrt(1/2) <= 1 + f <= sqrt(2)",
                   lambda f: (mp.log1p(f) - f + f * f / 2) / f**3, root_half - 1.0001, 2 * root_half - 0.9999, 21),
        polynomial("log_near_tail", "the same for |f| <= 2^-7, used by pow",
                   lambda f: (mp.log1p(f) - f + f * f / 2) / f**3, mpf(-1) / 127, mpf(1) / 127, 7),
        polynomial("sin_tail", "(sin(r) - r) / r^3 in z = r^2, |r| <= pi / 4",
                   lambda z: (mp.sin(mp.sqrt(z)) - mp.sqrt(z)) / mp.sqrt(z) ** 3, 0, quarter, 7),
        polynomial("cos_tail", "(cos(r) - 1 + r^2 / 2) / r^4 in z = r^2, |r| <= pi / 4",
                   lambda z: (mp.cos(mp.sqrt(z)) - 1 + z / 2) / z**2, 0, quarter, 7),
        polynomial("atan_tail", "(atan(t) - t) / t^3 in z = t^2, |t| <= tan(pi / 8)",
                   lambda z: (mp.atan(mp.sqrt(z)) - mp.sqrt(z)) / mp.sqrt(z) ** 3, 0, narrow**2, 12),
        polynomial("asin_tail", "(asin(t) - t) / t^3 in z = t^2, |t| <= 1/2", asin_tail, 0, mpf(1) / 4, 14),
        polynomial("erf_tail", "(erf(x) - 2 / sqrt(pi) x) / x^3 in z = x^2, |x| <= 0.32", erf_tail, 0, mpf("0.1024"), 9),
        polynomial("stirling_tail", "Stirling's remainder times x, in w = 1 / x^2, x >= 7.5",
                   stirling, 0, 1 / mpf("7.5") ** 2, 9),
    ]
    two_over_root_pi = double_double(2 / mp.sqrt(mp.pi))
    half_pi, rest = mpf(float(mp.pi / 2)), mp.pi / 2 - mpf(float(mp.pi / 2))
    middle = mpf(float(rest))
    log2, log10 = 1 / ln2, 1 / mp.log(10)
    parts.append(constants([
        ("INV_LN2", number(log2)), ("INV_LN2_LOW", double_double(log2)[1]),
        ("INV_LN10", number(log10)), ("INV_LN10_LOW", double_double(log10)[1]),
        ("LN2_HIGH", trimmed(ln2, 42)[0]), ("LN2_LOW", trimmed(ln2, 42)[1]),
        ("LOG10_2_HIGH", trimmed(mp.log10(2), 42)[0]), ("LOG10_2_LOW", trimmed(mp.log10(2), 42)[1]),
        ("TWO_OVER_PI", number(2 / mp.pi)), ("HALF_PI_1", number(half_pi)),
        ("HALF_PI_2", number(middle)), ("HALF_PI_3", number(rest - middle)),
        ("PI_HIGH", double_double(mp.pi)[0]), ("PI_LOW", double_double(mp.pi)[1]),
        ("TWO_OVER_ROOT_PI", two_over_root_pi[0]), ("TWO_OVER_ROOT_PI_LOW", two_over_root_pi[1]),
        ("HALF_LOG_2PI", double_double(mp.log(2 * mp.pi) / 2)[0]),
        ("HALF_LOG_2PI_LOW", double_double(mp.log(2 * mp.pi) / 2)[1]),
        ("LOG_PI", double_double(mp.log(mp.pi))[0]), ("LOG_PI_LOW", double_double(mp.log(mp.pi))[1]),
    ]))
    mp.prec = 1400
    digits = int(mp.floor(2 / mp.pi * mpf(2) ** 1280))
    mp.dps = 60
    words = [f"0x{(digits >> (1280 - 64 * (i + 1))) & (2**64 - 1):016x}" for i in range(20)]
    lines = ",\n  ".join(", ".join(words[i : i + 4]) for i in range(0, 20, 4))
    parts.append("/* The first 1280 bits of 2 / pi after the point, the leading word first. */\n"
                 f"static const unsigned long long two_over_pi_words[20] = {{\n  {lines},\n}};\n")
    return "\n".join(parts)


def pieces(name, comment, function, centres, radius, count):
    """A table with one row a centre c: f(c) in two parts, then the coefficients of (f(c + t) - f(c)) / t."""
    values, worst = [], -1000.0
    for centre in centres:
        r = radius(centre)
        at = function(centre)
        coefficients, error = fit(lambda t: (function(centre + t) - at) / t, -r, r, count)
        worst = max(worst, error + float(mp.log(r, 2)) - float(mp.log(abs(at), 2)) if at else error)
        values += [*double_double(at), *[number(c) for c in coefficients]]
    return array(name, values, f"{comment}; {count + 2} numbers a row; relative fit error 2^{worst:.1f}.")


def erf_table():
    erfcx = lambda x: mp.exp(x * x) * mp.erfc(x)
    eighths = [mpf(2 * i + 1) / 16 for i in range(48)]
    octaves = [mpf(2) ** (e - 2) * (1 + mpf(2 * i + 1) / 16) for e in range(7) for i in range(8)]
    return "\n".join([
        pieces("erf_pieces", "erf around the middles (i + 1/2) / 8", mp.erf, eighths, lambda c: mpf(1) / 16, 10),
        pieces("erfcx_pieces", "exp(x^2) erfc(x) around the middle of each eighth of an octave from 1/4 to 32",
               erfcx, octaves, lambda c: mpf(2) ** (mp.floor(mp.log(c, 2)) - 4), 11),
    ])


def mantissa_step(step):
    """The number whose bits are 0x3fe6a00000000000 + step * 2^45: 128 steps make an octave."""
    bits = 0x3FE6A00000000000 + (step << 45)
    return mpf(struct.unpack("<d", struct.pack("<Q", bits))[0])


def log_table():
    """1 / c to 10 bits and log(c), for 128 steps of the mantissa; 1 / c is exactly 1 near 1."""
    values = []
    for i in range(128):
        start, end = mantissa_step(i), mantissa_step(i + 1)
        near = start >= mpf(127) / 128 and end <= mpf(129) / 128
        inverse = mpf(1) if near else mp.nint(2 / (start + end) * 1024) / 1024
        values += [number(inverse), *trimmed(-mp.log(inverse), 42), "0.0"]
    comment = "1 / c, and log(c) in two parts, the first a multiple of 2^-42; 4 numbers a row."
    return array("log_pieces", values, comment)


def lgamma_table():
    """lgamma around i / 8; next to its zeros 1 and 2, the row holds lgamma(x) / (x - zero) instead."""
    values, radius = [], mpf(1) / 16
    for i in range(4, 65):
        centre = mpf(i) / 8
        zero = 1 if 6 <= i <= 10 else 2 if 14 <= i <= 18 else None

        def function(x):
            if zero is None:
                return mp.loggamma(x)
            return mp.digamma(zero) if x == zero else mp.loggamma(x) / (x - zero)

        at = function(centre)
        coefficients, _ = fit(lambda t: (function(centre + t) - at) / t, -radius, radius, 13)
        values += [*double_double(at), *[number(c) for c in coefficients]]
    comment = "lgamma around i / 8 for i = 4 ... 64 (divided by x - 1 or x - 2 for 6 ... 10, 14 ... 18); 15 numbers a row."
    return array("lgamma_pieces", values, comment)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    header(folder / "polynomials.h", "CK_POLYNOMIALS_H", polynomials())
    header(folder / "log_table.h", "CK_LOG_TABLE_H", log_table())
    header(folder / "erf_table.h", "CK_ERF_TABLE_H", erf_table())
    header(folder / "lgamma_table.h", "CK_LGAMMA_TABLE_H", lgamma_table())
