"""Attributions of trees, linear models and games as the shap package and scikit-learn compute them.

Made with shap 0.51.0, scikit-learn 1.9.1, numpy 2.4.6. Trees are dumped with their covers, so that the
tests need no training. Feature values are multiples of 1/1024, which single precision holds exactly.
Run with python -P, since a sibling is named decimal.py.
"""

import json
import sys
import warnings

import numpy as np
import shap
from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor
from sklearn.inspection import partial_dependence
from sklearn.linear_model import LinearRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
N, P = 200, 5
X = np.round(rng.normal(size=(N, P)) * 1024) / 1024
score = X[:, 0] + 0.8 * X[:, 1] * X[:, 2] - 0.6 * np.abs(X[:, 3]) + 0.3 * rng.normal(size=N)
NUMBER = score * 3 + 10
BINARY = (score > 0).astype(int)
MULTI = np.digitize(score, [-1.0, 0.4])
ROWS, BACKGROUND = X[:12], X[100:120]


def dump(tree, classifier):
    t = tree.tree_
    value = t.value[:, 0, :]
    if classifier:
        value = value / value.sum(1, keepdims=True)
        if value.shape[1] == 2:
            value = value[:, 1:]
    return {
        "features": [int(f) if l >= 0 else -1 for f, l in zip(t.feature, t.children_left)],
        "thresholds": [float(x) if l >= 0 else 0.0 for x, l in zip(t.threshold, t.children_left)],
        "left": t.children_left.tolist(), "right": t.children_right.tolist(),
        "covers": t.weighted_n_node_samples.tolist(), "outputs": value.shape[1],
        "values": value.ravel().tolist(),
    }


def shaped(values, binary):
    """Rows × outputs × features (× features)."""
    values = np.asarray(values)
    if values.ndim > 2 and not (values.ndim == 3 and values.shape[1] == values.shape[2] == P):
        values = np.moveaxis(values, -1, 1)
    else:
        values = values[:, None]
    return (values[:, 1:] if binary else values)


def case(name, model, y):
    model.fit(X, y)
    classifier = hasattr(model, "classes_")
    binary = classifier and len(model.classes_) == 2
    trees = getattr(model, "estimators_", [model])
    path = shap.TreeExplainer(model, feature_perturbation="tree_path_dependent")
    inter = shap.TreeExplainer(model, BACKGROUND, feature_perturbation="interventional")
    interactions = np.asarray(path.shap_interaction_values(ROWS))
    interactions = np.moveaxis(interactions, -1, 1) if interactions.ndim == 4 else interactions[:, None]
    if binary:
        interactions = interactions[:, 1:]

    def base(e):
        values = np.atleast_1d(e.expected_value)
        return (values[1:] if binary else values).tolist()

    return {
        "name": name, "trees": [dump(t, classifier) for t in trees],
        "path": {"base": base(path), "values": shaped(path.shap_values(ROWS, check_additivity=False), binary).ravel().tolist()},
        "interventional": {"base": base(inter),
                           "values": shaped(inter.shap_values(ROWS, check_additivity=False), binary).ravel().tolist()},
        "interactions": interactions.ravel().tolist(),
    }


cases = [
    case("tree", DecisionTreeRegressor(max_depth=5, random_state=1), NUMBER),
    case("deep tree", DecisionTreeRegressor(random_state=1), NUMBER),
    case("binary tree", DecisionTreeClassifier(max_depth=4, random_state=1), BINARY),
    case("forest", RandomForestRegressor(6, max_depth=6, random_state=1), NUMBER),
    case("binary forest", RandomForestClassifier(6, max_depth=6, random_state=1), BINARY),
    case("multiclass forest", RandomForestClassifier(5, max_depth=5, random_state=1), MULTI),
]
linear = LinearRegression().fit(X, NUMBER)
explained = shap.LinearExplainer(linear, shap.maskers.Independent(BACKGROUND, max_samples=20))
near = KNeighborsRegressor(7).fit(X, NUMBER)
kernel = shap.KernelExplainer(near.predict, BACKGROUND[:5])
with np.errstate(all="ignore"):
    games = kernel.shap_values(ROWS[:4], nsamples=2 ** P, silent=True)
pdp = partial_dependence(near, X, [1], grid_resolution=10, percentiles=(0, 1), kind="both",
                         custom_values=None)
grid = pdp["grid_values"][0]
fixture = {
    "features": P, "x": X.ravel().tolist(), "target": NUMBER.tolist(),
    "rows": ROWS.ravel().tolist(), "background": BACKGROUND.ravel().tolist(),
    "cases": cases,
    "linear": {"coefficients": linear.coef_.tolist(), "intercept": float(linear.intercept_),
               "base": float(explained.expected_value),
               "values": explained.shap_values(ROWS).ravel().tolist()},
    "kernel": {"neighbours": 7, "background": 5, "base": float(kernel.expected_value),
               "values": np.asarray(games).ravel().tolist()},
    "partial": {"feature": 1, "grid": grid.tolist(), "mean": pdp["average"].ravel().tolist(),
                "first": pdp["individual"][0, 0].tolist()},
}
out = sys.argv[1] if len(sys.argv) > 1 else "Tests/Fixtures/explanation.json"
text = json.dumps(fixture, separators=(",", ":"))
open(out, "w").write(text + "\n")
print(len(text), shap.__version__)
