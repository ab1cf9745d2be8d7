"""Trees, pruning paths and AdaBoost as scikit-learn grows them, for the tree fixture tests.

Made with scikit-learn 1.9.1, numpy 2.4.6. Where two splits are equally good scikit-learn draws, so
every tree here is grown with several random states, and a case is kept only if all agree; the data
are noisy and the trees kept shallow so that they do. Feature values are multiples of 1/1024, which
single precision holds exactly. Run with python -P, since a sibling is named decimal.py.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.ensemble import AdaBoostClassifier, AdaBoostRegressor, RandomForestClassifier
from sklearn.ensemble import RandomForestRegressor
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20)
N, P = 240, 5
X = np.round(rng.normal(size=(N, P)) * 1024) / 1024
noise = rng.normal(size=N)
score = X[:, 0] + 0.8 * X[:, 1] * X[:, 2] - 0.6 * np.abs(X[:, 3]) + 0.7 * noise
BINARY = (score > 0).astype(int)
MULTI = np.digitize(score, [-1.0, 0.4])
NUMBER = np.round(score * 4096) / 4096 * 3 + 10
TARGETS = {"binary": BINARY, "multiclass": MULTI, "regression": NUMBER}
COUNTS = np.maximum(0, np.round(NUMBER))
# At most 1: a row counts as its weight rounded up in Colophon, and as one row in scikit-learn.
WEIGHTS = (1 + np.arange(N) * 7 % 8) / 8
MISSING = X.copy()
i, j = np.indices(X.shape)
MISSING[(5 * i + 3 * j) % 13 == 0] = np.nan
CASES = []


def dump(tree, node=0):
    t = tree.tree_
    value = t.value[node].ravel().tolist()
    out = {"value": value, "impurity": float(t.impurity[node]),
           "cover": float(t.weighted_n_node_samples[node])}
    if t.children_left[node] >= 0:
        out["feature"] = int(t.feature[node])
        threshold = float(t.threshold[node])
        out["threshold"] = threshold if np.isfinite(threshold) else None
        out["missing_left"] = bool(t.missing_go_to_left[node])
        out["left"] = dump(tree, t.children_left[node])
        out["right"] = dump(tree, t.children_right[node])
    return out


def shape(node):
    """The questions alone: classes that weigh make the last digits differ with the order."""
    return [node.get("feature"), node.get("threshold"), node.get("missing_left"),
            [shape(node[k]) for k in ("left", "right") if k in node]]


def make(task, seed, **more):
    kind = DecisionTreeRegressor if task == "regression" else DecisionTreeClassifier
    return kind(random_state=seed, **more)


def case(name, task, *, weights=False, missing=False, **more):
    counted = more.get("criterion") == "poisson"
    target = COUNTS if counted else TARGETS[task]
    data = MISSING if missing else X
    w = WEIGHTS if weights else None
    for least in range(6, 40):
        if "min_samples_leaf" in more and more["min_samples_leaf"] >= 1:
            more["min_samples_leaf"] = least
        trees = [make(task, seed, **more).fit(data, target, sample_weight=w)
                 for seed in range(12)]
        dumps = [json.dumps(dump(t)) for t in trees]
        shapes = {json.dumps(shape(json.loads(d))) for d in dumps}
        if len(shapes) == 1:
            break
    else:
        sys.exit(f"{name}: scikit-learn itself draws among equal splits")
    hyper = {k: ({str(a): b for a, b in v.items()} if isinstance(v, dict) else v)
             for k, v in more.items()}
    CASES.append({"name": name, "task": task, "weights": weights, "missing": missing,
                  "hyperparameters": hyper, "tree": json.loads(dumps[0]),
                  "importances": trees[0].feature_importances_.tolist(),
                  **({"target": "counts"} if counted else {})})


for task, criteria in [("binary", ["gini", "entropy"]), ("multiclass", ["gini", "log_loss"]),
                       ("regression", ["squared_error", "absolute_error", "poisson"])]:
    for c in criteria:
        case(f"{task} {c}", task, criterion=c, max_depth=4, min_samples_leaf=6)
        case(f"{task} {c} weighted", task, criterion=c, max_depth=4, min_samples_leaf=6,
             weights=True, **({"min_weight_fraction_leaf": 0.03}))
        case(f"{task} {c} missing", task, criterion=c, max_depth=4, min_samples_leaf=6,
             missing=True)
    case(f"{task} best first", task, max_leaf_nodes=9, min_samples_leaf=5)
    case(f"{task} pruned", task, min_samples_leaf=6,
         ccp_alpha=0.06 if task == "regression" else 0.008)
    case(f"{task} decrease", task, min_samples_leaf=6,
         min_impurity_decrease=0.1 if task == "regression" else 0.01)
    case(f"{task} shares", task, min_samples_leaf=0.05, min_samples_split=0.2)
case("regression friedman", "regression", criterion="friedman_mse", max_depth=3,
     min_samples_leaf=6)
case("regression absolute_error best first", "regression", criterion="absolute_error",
     max_leaf_nodes=7, min_samples_leaf=8)
case("regression poisson pruned", "regression", criterion="poisson", min_samples_leaf=6,
     ccp_alpha=0.01)
case("binary balanced", "binary", class_weight="balanced", max_depth=3, min_samples_leaf=6)
case("multiclass class weights", "multiclass", class_weight={0: 1, 1: 2.5, 2: 0.5}, max_depth=3,
     min_samples_leaf=6)

PATHS = []
for task in TARGETS:
    for least in range(6, 40):
        paths = [make(task, seed, min_samples_leaf=least).cost_complexity_pruning_path(
            X, TARGETS[task]) for seed in range(12)]
        if all(np.allclose(path.impurities, q.impurities, atol=1e-12, rtol=0)
               if len(path.impurities) == len(q.impurities) else False
               for path in paths[:1] for q in paths):
            path = paths[0]
            break
    PATHS.append({"task": task, "min_samples_leaf": least, "alphas": path.ccp_alphas.tolist(),
                  "impurities": path.impurities.tolist()})

BOOSTED = []


def boosted(name, task, model, hyper, weights=False, staged=True):
    w = WEIGHTS if weights else None
    model.fit(X, TARGETS[task], sample_weight=w)
    said = model.predict(X) if task == "regression" else model.predict_proba(X)
    BOOSTED.append({"name": name, "task": task, "weights": weights, "hyperparameters": hyper,
                    "predictions": np.asarray(said, float).ravel().tolist(),
                    "estimator_weights": model.estimator_weights_.tolist(),
                    "estimator_errors": model.estimator_errors_.tolist(),
                    "importances": model.feature_importances_.tolist()})


for task in ["binary", "multiclass"]:
    for depth, rate, rounds in [(1, 1.0, 20), (2, 0.5, 12)]:
        for weighted in [False, True]:
            base = DecisionTreeClassifier(max_depth=depth)
            boosted(f"{task} depth {depth}{' weighted' if weighted else ''}", task,
                    AdaBoostClassifier(base, n_estimators=rounds, learning_rate=rate,
                                       random_state=0),
                    {"max_depth": depth, "n_estimators": rounds, "learning_rate": rate}, weighted)

FORESTS = []


def forest(name, task, kind, **more):
    test = np.arange(N) % 4 == 0
    scores = []
    for seed in range(60):
        model = kind(random_state=seed, **more).fit(X[~test], TARGETS[task][~test])
        if task == "regression":
            said = model.predict(X[test])
            scores.append(float(np.sqrt(np.mean((said - TARGETS[task][test]) ** 2))))
        else:
            p = model.predict_proba(X[test])
            scores.append(float(np.mean((p - np.eye(p.shape[1])[TARGETS[task][test]]) ** 2)))
    FORESTS.append({"name": name, "task": task, "hyperparameters": more,
                    "mean": float(np.mean(scores)), "deviation": float(np.std(scores, ddof=1))})


forest("binary", "binary", RandomForestClassifier, n_estimators=30)
forest("multiclass", "multiclass", RandomForestClassifier, n_estimators=30, max_features=2,
       min_samples_leaf=3)
forest("regression", "regression", RandomForestRegressor, n_estimators=30)
forest("regression few features", "regression", RandomForestRegressor, n_estimators=30,
       max_features=0.4, max_samples=0.5)

# Nothing drawn: every tree of the forest is the same one.
same = RandomForestClassifier(n_estimators=3, bootstrap=False, max_features=None, max_depth=4,
                              min_samples_leaf=13, random_state=0).fit(X, MULTI)
EXACT = {"n_estimators": 3, "bootstrap": False, "max_features": "all", "max_depth": 4,
         "min_samples_leaf": 13}

json.dump({
    "made_with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}",
    "columns": P, "features": X.ravel().tolist(),
    "missing": [None if np.isnan(v) else v for v in MISSING.ravel()],
    "targets": {k: v.tolist() for k, v in (TARGETS | {"counts": COUNTS}).items()}, "weights": WEIGHTS.tolist(),
    "cases": CASES, "paths": PATHS, "boosted": BOOSTED, "forests": FORESTS,
    "same": {"hyperparameters": EXACT, "predictions": same.predict_proba(X).ravel().tolist()},
}, sys.stdout, separators=(",", ":"))
