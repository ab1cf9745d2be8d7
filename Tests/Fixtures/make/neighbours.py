"""What scikit-learn says of nearest neighbours, for NearestNeighboursFixtureTests.

Made with scikit-learn 1.9.1, numpy 2.4.6; run with `python -P`, since this folder has a decimal.py.
Data are those of linear.json; rows of place 0, 4, 8 ... are asked for, the others are learned from.
Queries whose answer hangs on a tie of distances, which scikit-learn breaks by chance, are left out.
"""

import json
import sys

import numpy as np
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor

DATA = json.load(open(sys.argv[1] + "/linear.json"))["data"]
CASES = []


def case(name, task, k, weights, metric, p=2):
    data = DATA[name]
    X = np.array(data["values"], float).reshape(-1, data["features"])
    y = np.array(data["labels"])
    test = np.arange(len(y)) % 4 == 0
    kind = KNeighborsRegressor if task == "regression" else KNeighborsClassifier
    extra = {"p": p} if metric == "minkowski" else {}
    model = kind(k, weights=weights, metric=metric, algorithm="brute", **extra)
    model.fit(X[~test], y[~test])
    distance, _ = model.kneighbors(X[test], n_neighbors=k + 1)
    clear = np.all(np.diff(distance, axis=1) > 1e-9 * distance[:, 1:], axis=1)
    asked = np.flatnonzero(test)[clear][:20]
    assert len(asked) >= 3, (name, metric)
    distance, rows = model.kneighbors(X[asked])
    said = model.predict(X[asked]) if task == "regression" else model.predict_proba(X[asked])
    CASES.append({
        "data": name, "task": task, "n_neighbors": k, "weights": weights, "metric": metric, "p": p,
        "asked": asked.tolist(), "rows": rows.tolist(), "distances": distance.tolist(),
        "predictions": said.tolist(),
    })


for name, task in [("cancer", "binary"), ("iris", "multiclass"), ("diabetes", "regression")]:
    for k, weights, metric, p in [
        (5, "uniform", "minkowski", 2), (3, "distance", "euclidean", 2),
        (7, "distance", "manhattan", 2), (2, "uniform", "chebyshev", 2),
        (5, "distance", "minkowski", 3), (6, "distance", "cosine", 2),
    ]:
        if name == "iris" and metric in ("chebyshev", "manhattan"):
            continue
        case(name, task, k, weights, metric, p)
json.dump({"cases": CASES}, open(sys.argv[1] + "/neighbours.json", "w"))
