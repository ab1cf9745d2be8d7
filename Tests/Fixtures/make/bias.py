"""Writes ../bias.json: bias metrics by smclarify (SageMaker Clarify's own library).

Rows come from the generator that the tests have too, so only the expected values are stored. Weighted
rows are expected as smclarify computes them with each row written as often as it weighs. Where a
denominator is 0 smclarify writes 0 or infinity; here the value is undefined (null). Where the group
lacks a label, smclarify's distances leave that label out; here they are those of the published
formulas over both labels.

    python -P bias.py
"""

import json
import pathlib
import warnings

import numpy as np
import pandas as pd
from scipy.stats import entropy

warnings.filterwarnings("ignore")
import smclarify.bias.metrics as sm  # noqa: E402
from smclarify.bias.metrics import common, posttraining  # noqa: E402


def strict(a, b):
    return a / b if b else float("nan")


common.divide = posttraining.divide = strict

names = {"DCAcc": "DCA"}
pre = ["CI", "DPL", "KL", "JS", "LP", "TVD", "KS", "CDDL"]
post = ["DPPL", "DI", "DCAcc", "DCR", "SD", "RD", "DAR", "DRR", "AD", "TE", "CDDPL", "FT", "GE"]


class Congruential:
    def __init__(self, state):
        self.state = state

    def next(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53


def rows(seed, count, facet_labels, skew, weighted, rates=(0.5, 0.2)):
    """Facet value, group, two features, label, prediction and weight of each row."""
    g = Congruential(seed)
    out = []
    for _ in range(count):
        facet = int(g.next() * facet_labels)
        group = int(g.next() * 3)
        x, y = g.next() * 4, g.next() * 2 - 1
        base = rates[0] - skew * (facet == 0) + rates[1] * (x > 2)
        label = g.next() < base
        prediction = g.next() < (0.8 if label else 0.25) - skew * (facet == 0) * 0.5
        weight = 1 + int(g.next() * 3) if weighted else 1
        out.append((facet, group, x, y, label, prediction, weight))
    return out


def distances(label, d):
    """The published formulas over both labels."""
    a, b = label[~d], label[d]
    p = np.array([a.mean(), 1 - a.mean()])
    q = np.array([b.mean(), 1 - b.mean()])
    m = (p + q) / 2
    kl = entropy(p, q)
    return {
        "KL": kl if np.isfinite(kl) else None,
        "JS": (entropy(p, m) + entropy(q, m)) / 2,
        "LP": float(np.linalg.norm(p - q)),
        "TVD": float(abs(p - q).sum() / 2),
        "KS": float(abs(p - q).max()),
    }


def expected(table, sensitive):
    table = [r for r in table for _ in range(r[6])]
    frame = pd.DataFrame(table, columns=["facet", "group", "x", "y", "label", "prediction", "w"])
    d = frame.facet.isin(sensitive)
    arguments = dict(
        df=frame[["x", "y"]], feature=frame.facet, sensitive_facet_index=d, label=frame.label,
        positive_label_index=frame.label, positive_predicted_label_index=frame.prediction,
        predicted_label=frame.prediction, group_variable=frame.group,
    )
    result = {}
    for name in pre + post:
        try:
            value = float(sm.call_metric(getattr(sm, names.get(name, name)), **arguments))
        except (ValueError, AssertionError):
            value = None
        result[name] = None if value is None or np.isnan(value) else value
    if d.any() and not d.all():
        ours = distances(frame.label, d)
        both = all(frame.label[s].nunique() == 2 for s in (d, ~d))
        for name, value in ours.items():
            if both:
                assert abs(value - result[name]) < 1e-12, (name, value, result[name])
            result[name] = value
    return result


cases = []
for seed, count, labels, skew, weighted, sensitive, rates in [
    (1, 400, 2, 0.2, False, [0], (0.5, 0.2)),
    (2, 300, 5, 0.1, False, [0, 3], (0.5, 0.2)),
    (3, 250, 2, -0.2, True, [0], (0.4, 0.2)),
    (4, 60, 8, 0.3, False, [1, 2, 3, 4, 5, 6, 7], (0.5, 0.2)),   # few others: one neighbour votes
    (5, 1500, 2, 0.05, False, [1], (0.02, 0.01)),               # rare positives
    (6, 14, 2, 0.2, False, [0], (0.5, 0.2)),
    (7, 200, 2, 0.6, False, [0], (0.5, 0.0)),                   # the group has no positive label
    (8, 40, 2, 0.0, False, [0], (1.5, 0.0)),                    # every label is positive
    (9, 40, 2, 0.0, False, [0], (-1.0, 0.0)),                   # no label is positive
    (10, 40, 2, 0.0, False, [9], (0.5, 0.2)),                   # nobody is disadvantaged
]:
    table = rows(seed, count, labels, skew, weighted, rates)
    cases.append({
        "seed": seed, "count": count, "facets": labels, "skew": skew, "weighted": weighted,
        "sensitive": sensitive, "rates": list(rates), "expected": expected(table, sensitive),
    })

path = pathlib.Path(__file__).parent.parent / "bias.json"
path.write_text(json.dumps({"cases": cases}, indent=1, sort_keys=True) + "\n")
for c in cases:
    print(c["seed"], {k: v for k, v in c["expected"].items()})
