"""Folds and cross-validated scores as scikit-learn makes them, for the tests of cross-validation.

Made with scikit-learn 1.9.1, numpy 2.4.6; run as `python -P make/folds.py`. The rows are those of linear.json. A ridge regression of
`alpha` minimises mean(squared error / 2) + alpha / 2 * |w|^2 on features standardised in the fold,
which is Ridge(alpha * n) behind a StandardScaler, both fitted to the fold's n training rows.
"""

import json
import sys
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import Ridge
from sklearn.model_selection import (
    GroupKFold, KFold, StratifiedKFold, TimeSeriesSplit, cross_val_score)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

here = Path(__file__).parent.parent
source = json.loads((here / "linear.json").read_text())["data"]["diabetes"]
X = np.array(source["values"]).reshape(-1, source["features"])
y = np.array(source["labels"])

forward = []
for n, k, gap in [(6, 5, 0), (12, 3, 0), (13, 3, 2), (100, 5, 7), (101, 4, 0), (23, 2, 5), (9, 8, 0)]:
    splitter = TimeSeriesSplit(n_splits=k, gap=gap)
    forward.append({
        "rows": n, "folds": k, "gap": gap,
        "train": [a.tolist() for a, _ in splitter.split(np.zeros(n))],
        "held": [b.tolist() for _, b in splitter.split(np.zeros(n))],
    })
refused = []
for n, k, gap in [(5, 5, 0), (12, 3, 3), (12, 3, 4)]:
    try:
        list(TimeSeriesSplit(n_splits=k, gap=gap).split(np.zeros(n)))
        refused.append({"rows": n, "folds": k, "gap": gap, "fails": False})
    except ValueError:
        refused.append({"rows": n, "folds": k, "gap": gap, "fails": True})

sizes = [{"rows": n, "folds": k, "held": [len(b) for _, b in KFold(k).split(np.zeros(n))]}
         for n, k in [(10, 3), (442, 5), (7, 7), (101, 10)]]

shares = []
for counts, k in [([30, 12, 5], 5), ([100, 9], 4), ([7, 7, 7], 3), ([50, 3], 5)]:
    labels = np.repeat(np.arange(len(counts)), counts)
    held = [np.bincount(labels[b], minlength=len(counts)).tolist()
            for _, b in StratifiedKFold(k).split(np.zeros(len(labels)), labels)]
    shares.append({"counts": counts, "folds": k, "held": held})

groups = []
for counts, k in [([9, 7, 5, 3, 1], 2), ([20, 1, 1, 1, 1, 1], 3), ([4, 6, 8, 10, 12, 14], 3)]:
    names = np.repeat(np.arange(len(counts)), counts)
    held = sorted(len(b) for _, b in GroupKFold(k).split(np.zeros(len(names)), groups=names))
    groups.append({"counts": counts, "folds": k, "held": held})

scores = []
for alpha in [0.001, 0.3]:
    for k in [5, 7]:
        row = {"alpha": alpha, "folds": k, "rmse": [], "mae": [], "r2": []}
        for train, held in KFold(k).split(X):
            model = make_pipeline(StandardScaler(), Ridge(alpha * len(train), tol=1e-14))
            for name, scoring, sign in [("rmse", "neg_root_mean_squared_error", -1),
                                        ("mae", "neg_mean_absolute_error", -1), ("r2", "r2", 1)]:
                row[name].append(
                    sign * cross_val_score(model, X, y, cv=[(train, held)], scoring=scoring)[0])
        scores.append(row)

out = {"made_with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
       "forward": forward, "refused": refused, "sizes": sizes, "shares": shares,
       "groups": groups, "scores": scores}
(here / "folds.json").write_text(json.dumps(out, separators=(",", ":")) + "\n")
sys.stderr.write(f"{len(scores)} score tables\n")
