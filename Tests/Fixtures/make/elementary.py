"""Writes Tests/Fixtures/elementary.txt: reference values of the elementary functions, by mpmath.

    python3 Tests/Fixtures/make/elementary.py Tests/Fixtures/elementary.txt

A line is: function, argument (two for pow), the nearest double, what is left; numbers in hexadecimal.
"""

import random
import sys
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 60
random.seed(20260101)


def log_uniform(low, high, count, sign=False):
    values = [float(mp.exp(random.uniform(float(mp.log(low)), float(mp.log(high))))) for _ in range(count)]
    return [v * random.choice([-1, 1]) for v in values] if sign else values


def uniform(low, high, count):
    return [random.uniform(low, high) for _ in range(count)]


def near(points, count):
    return [p * (1 + random.choice([-1, 1]) * 2.0 ** random.uniform(-52, -8)) for p in points for _ in range(count)]


ANGLES = [*uniform(-4, 4, 50), *log_uniform(1e-300, 1e9, 40, True), *log_uniform(1e9, 1e308, 40, True),
          *[float(mpf(n) * mp.pi / 2) for n in (1, 2, 3, 5, 22, 355, 12345, 2**29, 2**31 + 1, 2**52 + 3)],
          6381956970095103.0 * 2.0**797]  # the double nearest to a multiple of pi/2 (Muller)
POSITIVE = [*uniform(0.5, 2, 40), *near([1.0, 2**0.5, 0.5**0.5, 2.0, 10.0], 6), *log_uniform(1e-307, 1e307, 40),
            *log_uniform(5e-324, 1e-308, 10), 2.0**-1074, 2.0**-1022, 1.7976931348623157e308]
UNIT = [*uniform(-1, 1, 60), *log_uniform(1e-300, 1, 30, True), *[1 - v for v in log_uniform(1e-16, 0.5, 20)],
        *near([0.5, -0.5], 5), 1.0, -1.0]

DOMAINS = {
    "exp": [*uniform(-1, 1, 50), *uniform(-745, 709.7, 60), *log_uniform(1e-20, 1, 20, True), *uniform(-745, -708, 10)],
    "expm1": [*uniform(-1, 1, 60), *uniform(-45, 709, 40), *log_uniform(1e-300, 1, 40, True)],
    "log": POSITIVE, "log2": POSITIVE, "log10": POSITIVE,
    "log1p": [*uniform(-0.999, 3, 60), *log_uniform(1e-300, 0.5, 40, True), *log_uniform(1, 1e300, 20),
              *[-1 + v for v in log_uniform(1e-15, 0.5, 20)]],
    "tanh": [*uniform(-1, 1, 50), *uniform(-22, 22, 50), *log_uniform(1e-300, 1, 30, True)],
    "sigmoid": [*uniform(-1, 1, 40), *uniform(-40, 40, 50), *uniform(-740, -30, 40)],
    "softplus": [*uniform(-1, 1, 40), *uniform(-40, 40, 50), *uniform(-740, -30, 40), *uniform(30, 800, 10)],
    "erf": [*uniform(-0.3, 0.3, 40), *uniform(-6.2, 6.2, 70), *log_uniform(1e-300, 1, 30, True)],
    "erfc": [*uniform(-0.3, 0.3, 40), *uniform(-6, 6, 50), *uniform(6, 27.2, 50), *log_uniform(1e-300, 1, 20, True)],
    "sin": ANGLES, "cos": ANGLES,
    "atan": [*uniform(-3, 3, 70), *log_uniform(1e-300, 1e300, 50, True), *near([2**0.5 - 1, 2**0.5 + 1], 6)],
    "asin": UNIT, "acos": UNIT,
    "lgamma": [*uniform(0.01, 3, 60), *uniform(3, 20, 30), *near([1.0, 2.0], 15), *log_uniform(1e-300, 1e305, 40),
               *log_uniform(1e-300, 0.5, 10, True)],
}


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def softplus(x):
    return mp.log1p(mp.exp(x)) if x < 100 else x + mp.exp(-x)


def reference(name, x):
    names = {"log2": lambda v: mp.log(v, 2), "log1p": mp.log1p, "sigmoid": sigmoid, "softplus": softplus,
             "lgamma": lambda v: mp.re(mp.loggamma(v)), "log10": mp.log10}
    extra = 320 if name in ("sin", "cos") else 0
    with mp.extradps(extra):
        return +names.get(name, getattr(mp, name, None))(mpf(x))


def line(name, arguments, value):
    high = float(value)
    rest = float(value - mpf(high))
    return " ".join([name, *[float(a).hex() for a in arguments], high.hex(), rest.hex()])


def powers():
    pairs = list(zip(uniform(0, 10, 50), uniform(-50, 50, 50)))
    pairs += list(zip(log_uniform(1e-300, 1e300, 50), uniform(-1, 1, 50)))
    for x in near([1.0], 40):
        if x != 1:
            pairs.append((x, float(random.uniform(-700, 700) / mp.log(mpf(x)))))
    pairs += [(-x, float(random.randint(-9, 9))) for x in log_uniform(1e-30, 1e30, 20)]
    return [line("pow", pair, mp.power(mpf(pair[0]), mpf(pair[1]))) for pair in pairs]


if __name__ == "__main__":
    lines = [line(name, [x], reference(name, x)) for name, domain in DOMAINS.items() for x in domain]
    Path(sys.argv[1]).write_text("\n".join(lines + powers()) + "\n")
