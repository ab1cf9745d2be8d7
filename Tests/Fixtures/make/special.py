"""Writes Tests/Fixtures/special.csv from series of positive terms in mpmath.

mpmath 1.4.1, SciPy 1.17.1 (only to pass over what underflows). Every argument is a double taken exactly; every expected value is rounded
once. The lower tail is summed without cancellation, the upper one is its complement, with 420 digits
where it is small.
"""
import os, random
from scipy.special import betainc, betaincc, gammainc, gammaincc, ndtri
from mpmath import mp, mpf, log, exp, loggamma, psi, erfc, pi, sqrt, nstr

here = os.path.dirname(os.path.abspath(__file__))


def whole(value, bits):
    return int(mp.floor(mpf(value) * mpf(2) ** bits))


def gamma_lower(a, x):
    """Fixed-point series: every term is positive and the first is 1."""
    a, x = mpf(a), mpf(x)
    bits = mp.prec + 60
    one = 1 << bits
    xi, n, t, s = whole(x, bits), whole(a, bits), one, one
    while t:
        n += one
        t = t * xi // n
        s += t
    return exp(a * log(x) - x - loggamma(a + 1)) * mpf(s) / one


def gamma_both(a, x):
    mp.dps = 60
    p = gamma_lower(a, x)
    if 1 - p < mpf(10) ** -20:
        mp.dps = 420
        p = gamma_lower(a, x)
    return p, 1 - p


def beta_series(a, b, x, y):
    bits = mp.prec + 60
    one = 1 << bits
    xi, n, m, t, s = whole(x, bits), whole(a + b, bits), whole(a, bits), one, one
    while t:
        m += one
        t = (t * xi >> bits) * n // m
        n += one
        s += t
    return exp(a * log(x) + b * log(y) - loggamma(a) - loggamma(b) + loggamma(a + b)) * mpf(s) / one / a


def beta_both(a, b, x, y=None):
    mp.dps = 60
    for digits in (60, 420):
        mp.dps = digits
        a, b, x = mpf(a), mpf(b), mpf(x)
        z = 1 - x if y is None else y()
        if x < 0.5:
            p = beta_series(a, b, x, z)
            q = 1 - p
        else:
            q = beta_series(b, a, z, x)
            p = 1 - q
        if min(p, q) > mpf(10) ** -20:
            break
        if (p if x < 0.5 else q) == min(p, q):
            break
    return p, q


def row(*parts):
    return ",".join(p if isinstance(p, str) else repr(float(p)) for p in parts)


def special():
    rng = random.Random(7)
    out = []
    mp.dps = 60
    for x in [1e-300, 1e-9, 0.1, 0.5, 1.0, 1.3, 1.4616321449683622, 1.46163, 1.5, 2.0, 2.5, 7.25, 9.99, 10.0,
              33.3, 1e4, 1e15, 1e300, -0.5, -1.5, -0.1, -3.9999, -20.3]:
        out.append(row("digamma", x, psi(0, mpf(x))))
    for x in [-0.5, -0.3, -1e-3, -1e-12, 1e-300, 1e-15, 1e-5, 0.01, 0.2, 0.49, 0.5, 0.51, 3.7]:
        out.append(row("log_gamma_one_plus", x, loggamma(1 + mpf(x))))
    shapes = [1e-10, 0.01, 0.5, 1.0, 3.0, 12.5, 15.0, 40.0, 1e3, 1e6, 1e12]
    for a in shapes:
        for b in shapes:
            if a <= b:
                v = loggamma(mpf(a)) + loggamma(mpf(b)) - loggamma(mpf(a) + mpf(b))
                out.append(row("log_beta", a, b, v))
    for a in [1e-10, 1e-3, 0.1, 0.5, 0.9, 1.0, 1.7, 3.0, 7.5, 14.0, 15.5, 19.9, 20.0, 25.0, 60.0, 137.5, 500.0, 1e4, 1e6]:
        xs = [a * t for t in (0.01, 0.2, 0.5, 0.61, 0.9, 0.999, 1.0, 1.001, 1.1, 1.39, 1.41, 2.0, 5.0)]
        xs += [a + t * a**0.5 for t in (-8, -3, -1, 1, 3, 8, 20)]
        xs += [1e-30, 1e-5, 0.3, 1.2, 1.6, 5.0, 40.0, 300.0]
        for x in xs:
            if x <= 0 or x > 50 * a + 700: continue
            x = float(x)
            if min(gammainc(a, x), gammaincc(a, x)) < 1e-285: continue
            p, q = gamma_both(a, x)
            if p < mpf(10) ** -290 or q < mpf(10) ** -290: continue
            out.append(row("gamma", a, x, p, q))
    pairs = [(0.5, 0.5), (0.1, 0.2), (1e-3, 1.0), (1e-3, 5.0), (0.01, 100.0), (1.0, 1.0), (1.0, 7.0), (0.5, 5.0), (0.5, 50.0), (0.5, 5e3), (0.5, 5e5),
             (2.0, 3.0), (2.0, 50.0), (5.0, 5.0), (12.0, 200.0), (30.0, 0.3), (100.0, 100.0), (3e3, 40.0), (5e3, 5e3), (1e5, 3e5), (1.5, 1e6)]
    for a, b in pairs:
        mean = a / (a + b)
        sd = (a * b / (a + b + 1)) ** 0.5 / (a + b)
        xs = [mean * t for t in (1e-10, 1e-3, 0.1, 0.5, 0.9, 0.99, 1.0)] + [1 - (1 - mean) * t for t in (1e-8, 1e-3, 0.1, 0.5, 0.9, 0.99)]
        xs += [mean + t * sd for t in (-10, -3, -1, 1, 3, 10, 20)] + [rng.random() for _ in range(3)]
        for x in xs:
            x = float(x)
            if not 0 < x < 1 or min(betainc(a, b, x), betaincc(a, b, x)) < 1e-285: continue
            p, q = beta_both(a, b, x)
            if p < mpf(10) ** -290 or q < mpf(10) ** -290: continue
            out.append(row("beta", a, b, x, p, q))
    mp.dps = 400
    for p in [1e-300, 1e-100, 1e-20, 1e-10, 1e-5, 1e-3, 0.01, 0.024, 0.025, 0.05, 0.074, 0.075, 0.1, 0.2, 0.249, 0.251, 0.3, 0.4, 0.49,
              0.499999, 0.5 - 2**-50, 0.5 + 2**-45, 0.50001, 0.6, 0.75, 0.9, 0.925, 0.975, 0.99, 0.999, 1 - 1e-6, 1 - 2**-40, 1 - 2**-53]:
        mp.dps = 30
        mp.dps = 340
        z = mpf(float(ndtri(p)))
        for _ in range(6):
            # One tail at a time, so that the digits suffice.
            tail = erfc(-z / sqrt(mpf(2))) / 2
            z -= (tail - mpf(p)) / (exp(-z * z / 2) / sqrt(2 * pi))
        out.append(row("normal_quantile", p, z))
    mp.dps = 60
    for z in [-38.0, -30.0, -12.3, -5.1, -1.96, -1.0, -0.3, -1e-10, 0.0, 1e-5, 0.5, 1.0, 1.6448536269514722, 2.5, 4.0, 6.1, 9.7, 20.0, 30.0, 37.5]:
        out.append(row("normal_survival", z, erfc(mpf(z) / sqrt(mpf(2))) / 2))
    with open(os.path.join(here, "../special.csv"), "w") as f:
        f.write("\n".join(out) + "\n")


if __name__ == "__main__":
    special()
