"""Writes ../drift.json: drift tests by SciPy, corrections by statsmodels.

Numbers come from the generator that the tests have too, so only the expected values are stored.

    python -P drift.py
"""

import json
import pathlib

import numpy as np
from scipy.spatial.distance import jensenshannon
from scipy.stats import chi2_contingency, ks_2samp, wasserstein_distance
from statsmodels.stats.multitest import multipletests


class Congruential:
    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53


def numbers(seed, count, shift, scale, step):
    """Sums of four uniform numbers, moved, and rounded to a grid where step is above 0."""
    g = Congruential(seed)
    values = []
    for _ in range(count):
        x = ((g.next() + g.next()) + (g.next() + g.next()) - 2) * scale + shift
        values.append(round(x / step) * step if step else x)
    return np.array(values)


def bins(reference, current):
    """Deciles by rank, without doubles; a value on an edge to the bin below."""
    s = np.sort(reference)
    n = len(s)
    edges = np.unique([s[-(-n * i // 10) - 1] for i in range(1, 10)])
    count = lambda v: np.bincount(np.searchsorted(edges, v, side="left"), minlength=len(edges) + 1)
    return count(reference), count(current)


def psi(r, c):
    p, q = np.maximum(r / r.sum(), 1e-4), np.maximum(c / c.sum(), 1e-4)
    return float(((q - p) * np.log(q / p)).sum())


def joined(r, c):
    """Bins in which fewer than five are expected in either set, joined."""
    share = min(r.sum(), c.sum()) / (r.sum() + c.sum())
    kept = [(a, b) for a, b in zip(r, c) if a + b > 0 and (a + b) * share >= 5]
    rare = [(a, b) for a, b in zip(r, c) if a + b > 0 and (a + b) * share < 5]
    if rare:
        total = tuple(map(sum, zip(*rare)))
        if sum(total) * share >= 5 or not kept:
            kept.append(total)
        else:
            i = min(range(len(kept)), key=lambda i: sum(kept[i]))
            kept[i] = tuple(map(sum, zip(kept[i], total)))
    return np.array(kept).T


def chi2(r, c):
    table = joined(r, c)
    if table.shape[1] < 2:
        return None
    found = chi2_contingency(table, correction=False)
    return {"value": float(found.statistic), "p": float(found.pvalue), "df": int(found.dof)}


cases = []
for seed, m, n, shift, scale, step in [
    (1, 300, 200, 0.0, 1.0, 0), (2, 150, 150, 0.3, 1.0, 0), (3, 97, 640, 0.1, 1.3, 0),
    (4, 400, 350, 0.2, 1.0, 0.25), (5, 12, 9, 0.0, 1.0, 0), (6, 5, 8, 2.0, 1.0, 0),
    (7, 2000, 3001, 0.05, 1.0, 0), (8, 12000, 15000, 0.01, 1.0, 0),
    (9, 20000, 300, 0.02, 1.0, 0), (10, 20000, 60, 0.1, 1.0, 0), (11, 12000, 15000, 0.0, 1.0, 0),
    (12, 30, 30, 0.0, 1.0, 10.0), (13, 11000, 11000, 0.05, 1.0, 0),
]:
    a = numbers(seed, m, 0.0, 1.0, step)
    b = numbers(seed + 100, n, shift, scale, step)
    r, c = bins(a, b)
    ks = ks_2samp(a, b)
    cases.append({
        "seed": seed, "m": m, "n": n, "shift": shift, "scale": scale, "step": step,
        "ks": float(ks.statistic), "p": float(ks.pvalue), "wasserstein": wasserstein_distance(a, b),
        "js": float(jensenshannon(r, c)), "psi": psi(r, c), "chi2": chi2(r, c),
    })

tables = []
for r, c in [
    ([40, 30, 20, 10], [30, 30, 25, 15]), ([100, 3, 2, 1, 0], [80, 0, 4, 2, 6]),
    ([50, 50], [10, 90]), ([7, 0, 0], [0, 9, 0]), ([1000, 20, 3], [100, 9, 0]), ([5, 5], [5, 5]),
]:
    r, c = np.array(r), np.array(c)
    tables.append({
        "reference": r.tolist(), "current": c.tolist(), "chi2": chi2(r, c), "psi": psi(r, c),
        "js": float(jensenshannon(r, c)),
    })

values = [0.01, 0.04, 0.03, 0.5, 0.001, 0.04, 1.0, 0.0]
corrections = {
    "values": values,
    "holm": multipletests(values, method="holm")[1].tolist(),
    "benjamini_hochberg": multipletests(values, method="fdr_bh")[1].tolist(),
}
weights = [1, 2, 3, 1, 2]
weighted = {
    "a": [1.0, 2.5, 2.0, 4.0, 0.5], "b": [3.0, 1.0, 2.5, 2.5, 5.0], "weights": weights,
    "wasserstein": wasserstein_distance(
        [1.0, 2.5, 2.0, 4.0, 0.5], [3.0, 1.0, 2.5, 2.5, 5.0], weights, weights[::-1]
    ),
}
path = pathlib.Path(__file__).parent.parent / "drift.json"
path.write_text(
    json.dumps(
        {"numbers": cases, "tables": tables, "corrections": corrections, "weighted": weighted},
        indent=1, sort_keys=True,
    ) + "\n"
)
for c in cases + tables:
    print(c)
