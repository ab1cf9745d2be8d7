"""Writes Tests/Fixtures/comparison.json: tests of two models by statsmodels, scipy and definitions.

Run it with `python -P`: decimal.py beside it hides the library. statsmodels 0.15.0, scipy 1.17.1, numpy 2.4.6. Rows come from the generator of metrics.py, which the tests
repeat. DeLong's test is computed over all pairs, O(mn); mid-p by adding up binomial probabilities;
Tango's score interval by maximising the likelihood numerically at each difference; BCa's tail by
solving for the error at which the bound meets the number.
"""
import json, os
import numpy as np
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

here = os.path.dirname(os.path.abspath(__file__))


class Stream:
    def __init__(self, seed):
        self.state = seed

    def __call__(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53


def paired(seed, n, share, levels=0):
    u = Stream(seed)
    y, a, b = [], [], []
    for _ in range(n):
        label = 1 if u() < share else 0
        common = 0.2 * label + 0.4 * u()
        one, two = common + 0.4 * u(), common + 0.1 * label + 0.3 * u()
        if levels:
            one, two = int(one * levels) / levels, int(two * levels) / levels
        y.append(label)
        a.append(one)
        b.append(two)
    return np.array(y), np.array(a), np.array(b)


def delong(y, a, b, margin):
    def psi(s):
        x, z = s[y == 1], s[y == 0]
        return (x[:, None] > z[None, :]) + 0.5 * (x[:, None] == z[None, :])

    pa, pb = psi(a), psi(b)
    s10 = np.cov(pa.mean(axis=1), pb.mean(axis=1))
    s01 = np.cov(pa.mean(axis=0), pb.mean(axis=0))
    s = s10 / pa.shape[0] + s01 / pa.shape[1]
    d = pb.mean() - pa.mean()
    se = np.sqrt(s[0, 0] + s[1, 1] - 2 * s[0, 1])
    z = d / se
    reach = stats.norm.ppf(0.975) * se
    return {
        "difference": d, "statistic": z, "p": 2 * stats.norm.sf(abs(z)), "low": d - reach,
        "high": d + reach, "margin": stats.norm.sf((d + margin) / se),
    }


def tables(b, c):
    out = {
        "exact": mcnemar([[0, b], [c, 0]], exact=True).pvalue,
        "chi_squared": mcnemar([[0, b], [c, 0]], exact=False, correction=False).pvalue,
    }
    if b != c:
        out["chi_squared_corrected"] = mcnemar([[0, b], [c, 0]], exact=False, correction=True).pvalue
    n = b + c
    p = stats.binom.pmf(np.arange(n + 1), n, 0.5)
    distance = np.abs(np.arange(n + 1) - n / 2)
    seen = abs(b - n / 2)
    out["mid_p"] = float(p[distance > seen].sum() + 0.5 * p[distance == seen].sum())
    return out


def tango(b, c, n, level):
    def statistic(delta):
        low, high = max(0.0, -delta), (1 - delta) / 2

        def score(q):
            # d log L / dq, falling in q: one root.
            value = 0.0
            if b: value += b / (q + delta)
            if c: value += c / q
            if n - b - c: value -= 2 * (n - b - c) / (1 - 2 * q - delta)
            return value

        eps = 1e-300
        lo, hi = low + 1e-15, high - 1e-15
        q = optimize.brentq(score, lo, hi, xtol=1e-18, rtol=1e-15) if score(lo) > 0 > score(hi) else (lo if score(lo) <= 0 else hi)
        return (b - c - n * delta) / np.sqrt(n * (2 * q + delta * (1 - delta)))

    z = stats.norm.isf((1 - level) / 2)
    d = (b - c) / n
    return {
        "low": optimize.brentq(lambda x: statistic(x) - z, -1 + 1e-9, d, xtol=1e-15, rtol=1e-15),
        "high": optimize.brentq(lambda x: statistic(x) + z, d, 1 - 1e-9, xtol=1e-15, rtol=1e-15),
        "at": {str(x): statistic(x) for x in (-0.1, -0.02, 0.0, 0.03)},
    }


def resampled(a, b, trained, held, margin):
    d = np.array(b) - np.array(a)
    k = len(d)
    se = np.sqrt((1 / k + held / trained) * d.var(ddof=1))
    t = d.mean() / se
    reach = stats.t.ppf(0.975, k - 1) * se
    return {
        "difference": d.mean(), "statistic": t, "p": 2 * stats.t.sf(abs(t), k - 1),
        "low": d.mean() - reach, "high": d.mean() + reach,
        "margin": stats.t.sf((d.mean() + margin) / se, k - 1),
    }


def tail(seed, n, resamples, acceleration):
    """The one-sided error at which the BCa bound of made-up resamples is 0."""
    u = Stream(seed)
    value = 0.1
    replicates = np.sort([value + 0.5 * (u() - 0.45) for _ in range(resamples)])
    z0 = stats.norm.ppf((replicates < value).mean())
    share = ((replicates < 0).sum() + 0.5) / (resamples + 1)

    def moved(error):
        z = stats.norm.ppf(error)
        return stats.norm.cdf(z0 + (z0 + z) / (1 - acceleration * (z0 + z))) - share

    return {"acceleration": acceleration, "error": optimize.brentq(moved, 1e-12, 0.9, xtol=1e-16, rtol=1e-15), "share": share}


u = Stream(81)
folds_a = [0.8 + 0.1 * u() for _ in range(10)]
folds_b = [x + 0.02 * u() for x in folds_a]
values = [0.01, 0.04, 0.03, 0.005, 0.2, 0.04]
out = {
    "delong": {
        "clean": delong(*paired(61, 300, 0.4), 0.02),
        "tied": delong(*paired(62, 400, 0.3, levels=8), 0.02),
        "rare": delong(*paired(63, 20000, 0.001), 0.02),
    },
    "mcnemar": {f"{b},{c}": tables(b, c) for b, c in [(3, 9), (12, 5), (6, 6), (1, 0), (40, 71), (150, 111), (0, 8)]},
    "tango": {f"{b},{c},{n}": tango(b, c, n, 0.95) for b, c, n in [(3, 9, 100), (12, 5, 40), (6, 6, 60), (0, 7, 50), (150, 111, 1000), (1, 0, 30)]},
    "paired_t": resampled(folds_a, folds_b, 900, 100, 0.01),
    "folds": {"a": folds_a, "b": folds_b},
    "bca_tail": tail(91, 0, 999, 0.05),
    "multiplicity": {
        "values": values,
        "holm": multipletests(values, method="holm")[1].tolist(),
        "bonferroni": multipletests(values, method="bonferroni")[1].tolist(),
        "hochberg": multipletests(values, method="simes-hochberg")[1].tolist(),
        "benjamini_hochberg": multipletests(values, method="fdr_bh")[1].tolist(),
    },
}
with open(os.path.join(here, "..", "comparison.json"), "w") as file:
    json.dump(out, file, indent=1, default=float)
    file.write("\n")
