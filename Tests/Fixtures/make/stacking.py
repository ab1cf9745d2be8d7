"""Predictions of scikit-learn's stacking with linear members, for StackingFixtureTests.

Run as `python -P stacking.py ../linear.json > ../stacking.json` (-P: decimal.py beside it is no module).

Made with scikit-learn 1.9.1, numpy 2.4.6. The members minimise mean(loss) + alpha/2 ||w||^2, so their
strength follows the number of rows that each is fitted to, as linear_learner's does. The folds are
scikit-learn's own, given by the same rule that the engine follows, and are written down as well.
"""

import json
import sys

import numpy as np
import sklearn
from sklearn.ensemble import StackingClassifier, StackingRegressor
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GroupKFold, KFold, StratifiedKFold

DATA = json.load(open(sys.argv[1]))["data"]


class MeanRidge(Ridge):
    """mean(half squares) + strength/2 ||w||^2."""

    def __init__(self, strength=0.0):
        super().__init__(solver="cholesky")
        self.strength = strength

    def fit(self, X, y, sample_weight=None):
        self.alpha = self.strength * len(y)
        return super().fit(X, y, sample_weight)


class MeanLogistic(LogisticRegression):
    """mean(log loss) + strength/2 ||w||^2."""

    def __init__(self, strength=0.1):
        super().__init__(solver="newton-cg", tol=1e-13, max_iter=10000)
        self.strength = strength

    def fit(self, X, y, sample_weight=None):
        self.C = 1 / (len(y) * self.strength)
        return super().fit(X, y, sample_weight)


def data(name):
    d = DATA[name]
    X = np.array(d["values"]).reshape(-1, d["features"])
    return X, np.array(d["labels"])


def groups(n):
    return (np.arange(n) * 7 % 23).astype(int)


CASES = []


def case(name, source, task, alphas, final, cv, folds, *, passthrough=False, scheme="auto",
         grouped=False):
    X, y = data(source)
    if task != "regression":
        y = y.astype(int)
    # Features on one scale keep the solvers' last digits comparable.
    X = (X - X.mean(0)) / X.std(0)
    g = groups(len(y)) if grouped else None
    splits = list(cv.split(X, y, g))
    assigned = np.zeros(len(y), int)
    for i, (_, held) in enumerate(splits):
        assigned[held] = i
    member = MeanRidge if task == "regression" else MeanLogistic
    stack = StackingRegressor if task == "regression" else StackingClassifier
    model = stack([(f"m{i}", member(a)) for i, a in enumerate(alphas)], member(final), cv=splits,
                  passthrough=passthrough)
    model.fit(X, y)
    P = model.predict(X) if task == "regression" else model.predict_proba(X)
    if task == "binary":
        P = P[:, 1]
    CASES.append({
        "name": name, "data": source, "task": task, "alphas": alphas, "final": final,
        "folds": folds, "scheme": scheme, "passthrough": passthrough, "grouped": grouped,
        "assigned": assigned.tolist(), "predictions": np.asarray(P)[::7].tolist(),
        "coefficients": np.atleast_2d(model.final_estimator_.coef_).tolist(),
    })


case("regression", "diabetes", "regression", [0.0, 0.3], 0.01, KFold(5), 5)
case("regression, passthrough", "diabetes", "regression", [0.01, 3.0], 0.1, KFold(3), 3,
     passthrough=True)
case("regression, whole groups", "diabetes", "regression", [0.0, 1.0], 0.01, GroupKFold(4), 4,
     grouped=True)
case("binary", "cancer", "binary", [0.01, 1.0], 0.01, StratifiedKFold(5), 5)
case("binary, blocks", "cancer", "binary", [0.1], 0.1, KFold(4), 4, scheme="kfold")
case("binary, passthrough", "cancer", "binary", [0.05, 0.5], 0.1, StratifiedKFold(3), 3,
     passthrough=True)
case("several classes", "iris", "multiclass", [0.01, 0.5], 0.05, StratifiedKFold(4), 4)
case("several classes, wine", "wine", "multiclass", [0.02, 1.0], 0.05, StratifiedKFold(5), 5)

json.dump({"versions": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
           "cases": CASES}, sys.stdout, separators=(",", ":"))
