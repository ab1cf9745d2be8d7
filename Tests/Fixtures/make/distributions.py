"""Writes Tests/Fixtures/distributions.csv: log density, both tails and quantiles of distributions.

mpmath 1.4.1, SciPy 1.17.1 (starting values of quantiles; exact Kolmogorov probabilities). Rows are
`name,p1,p2,x,log_density,cumulative,survival` and `name.quantile,p1,p2,p,x`, `name.upper,p1,p2,q,x`.
"""
import os
import scipy.stats as st
from mpmath import mp, mpf, log, exp, loggamma, pi, sqrt, erfc, floor
from special import gamma_both, beta_both, row, here

out = []


def lbeta(a, b): return loggamma(a) + loggamma(b) - loggamma(a + b)


def normal(m, s, x):
    z = (x - m) / s
    return -z * z / 2 - log(2 * pi) / 2 - log(s), erfc(-z / sqrt(mpf(2))) / 2, erfc(z / sqrt(mpf(2))) / 2
def student(v, _, t):
    lp = -(v + 1) / 2 * log(1 + t * t / v) - log(v) / 2 - lbeta(v / 2, mpf(1) / 2)
    p, q = beta_both(v / 2, mpf(1) / 2, v / (v + t * t)) if t != 0 else (mpf(1), 0)
    mp.dps = 60
    return (lp, 1 - p / 2, p / 2) if t >= 0 else (lp, p / 2, 1 - p / 2)
def fisher(d1, d2, x):
    a, b = d1 / 2, d2 / 2
    lp = a * log(d1 / d2) + (a - 1) * log(x) - (a + b) * log(1 + d1 * x / d2) - lbeta(a, b)
    return (lp, *beta_both(a, b, d1 * x / (d1 * x + d2)))
def gamma(a, s, x):
    return ((a - 1) * log(x / s) - x / s - loggamma(a) - log(s), *gamma_both(a, x / s))
def chi(v, _, x): return gamma(v / 2, mpf(2), x)
def beta(a, b, x): return ((a - 1) * log(x) + (b - 1) * log(1 - x) - lbeta(a, b), *beta_both(a, b, x))
def binomial(n, p, k):
    lp = loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p)
    q, c = beta_both(k + 1, n - k, p)
    return lp, c, q
def poisson(m, _, k):
    q, c = gamma_both(k + 1, m)
    return k * log(m) - m - loggamma(k + 1), c, q


families = {
    "normal": (normal, lambda a, b: st.norm(a, b), [(0, 1), (-3.5, 0.25), (1e6, 1e3)]),
    "student": (student, lambda v, _: st.t(v), [(0.7, 0), (1, 0), (2, 0), (3.5, 0), (10, 0), (29, 0), (300, 0), (1e5, 0)]),
    "fisher": (fisher, lambda a, b: st.f(a, b), [(1, 1), (2, 3), (5, 12), (1, 200), (40, 7.5), (300, 500)]),
    "chi": (chi, lambda v, _: st.chi2(v), [(0.3, 0), (1, 0), (2, 0), (5, 0), (30, 0), (101, 0), (5000, 0)]),
    "gamma": (gamma, lambda a, s: st.gamma(a, scale=s), [(0.01, 1), (0.5, 3), (1, 1), (4.2, 0.1), (25, 2), (1e4, 1)]),
    "beta": (beta, lambda a, b: st.beta(a, b), [(0.05, 0.3), (0.5, 0.5), (1, 3), (2, 2), (8, 1.5), (60, 900), (1e4, 2e4)]),
    "binomial": (binomial, lambda n, p: st.binom(int(n), p), [(1, 0.3), (10, 0.5), (40, 0.01), (300, 0.7), (100000, 0.002)]),
    "poisson": (poisson, lambda m, _: st.poisson(m), [(0.01, 0), (1, 0), (6.5, 0), (80, 0), (12345.6, 0)]),
}
probabilities = [1e-200, 1e-30, 1e-8, 1e-3, 0.025, 0.2, 0.4, 0.5, 0.7, 0.9, 0.975, 0.9999]
discrete = {"binomial", "poisson"}

for name, (f, frozen, parameters) in families.items():
    for p1, p2 in parameters:
        d = frozen(p1, p2)
        xs = set()
        for p in [1e-280, 1e-100, 1e-20, 1e-6, 0.01, 0.1, 0.3, 0.5, 0.7]:
            xs |= {float(d.ppf(p)), float(d.isf(p))}
        for x in sorted(xs):
            if x != x or abs(x) > 1e300: continue
            if name in ("fisher", "chi", "gamma", "beta") and x < 1e-290: continue
            if name == "beta" and not 0 < x < 1: continue
            if name in discrete and x < 0: continue
            if name == "binomial" and x >= p1: continue
            mp.dps = 60
            lp, c, s = f(mpf(p1), mpf(p2), mpf(x))
            if min(c, s) < mpf(10) ** -290: continue
            out.append(row(name, p1, p2, x, lp, c, s))
        for p in probabilities:
            for kind, start in (("quantile", d.ppf(p)), ("upper", d.isf(p))):
                x = float(start)
                if name in discrete:
                    # The least whole number that reaches p; walk there from SciPy's answer.
                    def reaches(k):
                        if k < 0: return False
                        if name == "binomial" and k >= p1: return True
                        mp.dps = 60
                        _, c, s = f(mpf(p1), mpf(p2), mpf(k))
                        return c >= mpf(p) if kind == "quantile" else s <= mpf(p)
                    if x != x: continue
                    while not reaches(x): x += 1
                    while reaches(x - 1): x -= 1
                    out.append(row(f"{name}.{kind}", p1, p2, p, x))
                    continue
                if not (1e-250 < abs(x) < 1e250): continue
                if name == "beta" and x == 1: continue
                z, ok = mpf(x), False
                for _ in range(60):
                    mp.dps = 60
                    lp, c, s = f(mpf(p1), mpf(p2), z)
                    tail = c if kind == "quantile" else s
                    mp.dps = 60
                    step = tail * log(tail / mpf(p)) / exp(lp)
                    step = -step if kind == "quantile" else step
                    if name in ("fisher", "chi", "gamma", "beta") and z + step <= 0: step = -z / 2
                    if name == "beta" and z + step >= 1: step = (1 - z) / 2
                    z += step
                    if abs(step) <= abs(z) * mpf(10) ** -25:
                        ok = True
                        break
                if ok and 1e-250 < abs(z) < 1e250: out.append(row(f"{name}.{kind}", p1, p2, p, z))

from scipy.stats import kstwo, kstwobign
for x in [0.25, 0.4, 0.6, 0.83, 0.999, 1.0, 1.2, 1.36, 2.0, 3.5, 6.0]:
    mp.dps = 40
    s = 2 * sum((-1) ** (k - 1) * exp(-2 * k * k * mpf(x) ** 2) for k in range(1, 80))
    density = 8 * mpf(x) * sum((-1) ** (k - 1) * k * k * exp(-2 * k * k * mpf(x) ** 2) for k in range(1, 80))
    out.append(row("kolmogorov", 0, 0, x, log(density), 1 - s, s))

# Exact probabilities of D for small n, by Durbin's matrix in rational arithmetic.
from fractions import Fraction as F
from math import factorial, ceil, floor as ifloor
def exact(n, d):
    d = F(d)
    k = ifloor(n * d) + 1
    h = k - n * d
    m = 2 * k - 1
    H = [[F(0 if i - j + 1 < 0 else 1) for j in range(m)] for i in range(m)]
    for i in range(m):
        H[i][0] -= h ** (i + 1)
        H[m - 1][i] -= h ** (m - i)
    if 2 * h - 1 > 0: H[m - 1][0] += (2 * h - 1) ** m
    for i in range(m):
        for j in range(m):
            if i - j + 1 > 0: H[i][j] /= factorial(i - j + 1)
    v = [F(1 if j == k - 1 else 0) for j in range(m)]
    for _ in range(n): v = [sum(v[i] * H[i][j] for i in range(m)) for j in range(m)]
    return v[k - 1] * factorial(n) / F(n) ** n
for n, ds in ((1, [0.6, 0.75, 0.95]), (2, [0.3, 0.4, 0.6, 0.9]), (5, [0.15, 0.25, 0.4375, 0.75]), (12, [0.0625, 0.1875, 0.3125, 0.5625]), (30, [0.125, 0.25, 0.375])):
    for d in ds:
        p = exact(n, d)
        mp.dps = 60
        q = 1 - p
        out.append(row("kolmogorov_exact", n, 0, d, 0, mpf(p.numerator) / p.denominator, mpf(q.numerator) / q.denominator))
with open(os.path.join(here, "../distributions.csv"), "w") as f:
    f.write("\n".join(out) + "\n")
