"""Predictions of xgboost 1.7.4 from PyPI, for XGBoostFixtureTests.

Made with xgboost 1.7.4, scikit-learn 1.9.1 (data only), numpy 2.4.6. The data are those of
linear.json; rows whose number is divisible by 4 are predicted, the others are learned from. Each
round begins with a seed of its own, and where rows or columns are drawn the steps that draw them
are made anew, as the engine has it. "queries" sorts the rows by query, "censored" turns every
third label's sign, "earlier" learns the even rows for so many rounds first.
"""

import json
import sys
import warnings

import numpy as np
import xgboost as xgb
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris

warnings.filterwarnings("ignore")
assert xgb.__version__ == "1.7.4"
DATA = {
    "cancer": load_breast_cancer(return_X_y=True),
    "diabetes": load_diabetes(return_X_y=True, scaled=False),
    "iris": load_iris(return_X_y=True),
}
CASES = []


def steps(params):
    shares = ("subsample", "colsample_bytree", "colsample_bylevel", "colsample_bynode")
    if not params["seed_per_iteration"] or not any(params.get(share, 1) < 1 for share in shares):
        return None
    makers = {"hist": "grow_quantile_histmaker", "approx": "grow_histmaker"}
    return makers.get(params.get("tree_method"))


def boost(params, train, rounds, earlier=None):
    if steps(params) is None:
        return xgb.train(params, train, rounds, xgb_model=earlier)
    booster = xgb.Booster(params, [train], model_file=earlier)
    for r in range(1, rounds + 1):
        name = steps(params)
        booster.set_param({**params, "seed": params["seed"] + r,
                           "updater": name if r % 2 == 0 else "sync," + name})
        booster.update(train, r - 1)
    return booster


def matrix(params, X, y, w, queries):
    if queries is not None:
        order = np.argsort(queries, kind="stable")
        d = xgb.DMatrix(X[order], y[order])
        d.set_group(np.unique(queries, return_counts=True)[1])
        return d
    if params["objective"] == "survival:aft":
        d = xgb.DMatrix(X)
        d.set_float_info("label_lower_bound", np.abs(y))
        d.set_float_info("label_upper_bound", np.where(y < 0, np.inf, y))
        return d
    return xgb.DMatrix(X, y, weight=w)


def case(name, data, rounds, params, *, missing=False, weights=False, divide=1.0, queries=False,
         censored=False, earlier=0):
    X, y = DATA[data]
    X, y = X.copy(), y.astype(float) / divide
    i, j = np.indices(X.shape)
    if missing:
        X[(7 * i + 3 * j) % 11 == 0] = np.nan
    test = np.arange(len(y)) % 4 == 0
    w = 0.5 + np.arange(len(y)) % 3 if weights else None
    if censored:
        y[np.arange(len(y)) % 3 == 0] *= -1
    q = None
    if queries:
        # In the order in which the engine meets them.
        y = np.minimum(4, np.floor(y / 70))
        q = (np.arange(len(y)) * 7) % 33
        first = {}
        q = np.array([first.setdefault(v, len(first)) if not t else -1 for v, t in zip(q, test)])
    full = {"tree_method": "hist", "seed": 11, "seed_per_iteration": False, "nthread": 1, "verbosity": 0, **params}
    if params.get("booster") == "gblinear":
        del full["tree_method"]
    learned = ~test

    def part(rows):
        return matrix(full, X[rows], y[rows], None if w is None else w[rows],
                      None if q is None else q[rows])

    before = None
    if earlier:
        even = learned & (np.arange(len(y)) % 2 == 0)
        before = boost(full, part(even), earlier)
    booster = boost(full, part(learned), rounds, before)
    margin = full["objective"].startswith("multi") or full["objective"] == "binary:logitraw"
    p = booster.predict(xgb.DMatrix(X[test]), output_margin=margin).astype(float)
    if full["objective"].startswith("multi"):
        p = np.exp(p - p.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
    elif margin:
        p = 1 / (1 + np.exp(-p))
    CASES.append({"name": name, "data": data, "rounds": rounds, "parameters": params,
                  "missing": missing, "weights": weights, "divide": divide, "queries": queries, "censored": censored,
                  "earlier": earlier,
                  "predictions": [float(f"{v:.9g}") for v in p.ravel()]})


B = {"objective": "binary:logistic"}
R = {"objective": "reg:squarederror"}
case("defaults", "cancer", 20, B)
case("missing values and weights", "cancer", 20, B, missing=True, weights=True)
case("exact", "cancer", 15, {**B, "tree_method": "exact", "max_depth": 4})
case("approx", "cancer", 15, {**B, "tree_method": "approx", "max_bin": 64})
case("sampled rows and columns", "cancer", 25,
     {**B, "subsample": 0.7, "colsample_bytree": 0.6, "colsample_bylevel": 0.7,
      "colsample_bynode": 0.8, "eta": 0.1})
case("sampled rows and columns, each round by itself", "cancer", 25,
     {**B, "subsample": 0.7, "colsample_bytree": 0.6, "colsample_bylevel": 0.7,
      "colsample_bynode": 0.8, "eta": 0.1, "seed_per_iteration": True})
case("dart, each round by itself", "cancer", 20,
     {**B, "booster": "dart", "rate_drop": 0.3, "skip_drop": 0.2, "seed_per_iteration": True})
case("lossguide", "cancer", 15, {**B, "grow_policy": "lossguide", "max_leaves": 7, "max_depth": 0})
case("penalties", "cancer", 15,
     {**B, "lambda": 3, "alpha": 0.5, "gamma": 0.4, "min_child_weight": 3, "max_delta_step": 1,
      "scale_pos_weight": 0.6, "base_score": 0.3})
case("dart", "cancer", 20,
     {**B, "booster": "dart", "rate_drop": 0.3, "skip_drop": 0.2, "sample_type": "weighted",
      "normalize_type": "forest"})
case("dart one drop", "diabetes", 12, {**R, "booster": "dart", "rate_drop": 0.1, "one_drop": 1})
case("gblinear", "diabetes", 30,
     {**R, "booster": "gblinear", "updater": "coord_descent", "lambda": 0.1, "alpha": 0.01})
case("gblinear shotgun", "diabetes", 30, {**R, "booster": "gblinear", "feature_selector": "shuffle"})
case("gblinear greedy", "diabetes", 10,
     {**R, "booster": "gblinear", "updater": "coord_descent", "feature_selector": "greedy",
      "top_k": 3})
case("logitraw", "cancer", 10, {"objective": "binary:logitraw"})
case("hinge", "cancer", 10, {"objective": "binary:hinge"})
case("softprob", "iris", 15, {"objective": "multi:softprob", "num_class": 3})
case("softmax", "iris", 8, {"objective": "multi:softmax", "num_class": 3, "num_parallel_tree": 2,
                            "subsample": 0.8})
case("squared error", "diabetes", 20, R)
case("monotone", "diabetes", 20, {**R, "monotone_constraints": "(0,0,1,1,0,0,-1,0,0,0)"})
case("interactions", "diabetes", 20, {**R, "interaction_constraints": "[[0,2],[3,4,5]]"})
case("absolute error", "diabetes", 15, {"objective": "reg:absoluteerror"})
case("pseudo-Huber", "diabetes", 15, {"objective": "reg:pseudohubererror", "huber_slope": 30})
case("Poisson", "diabetes", 15, {"objective": "count:poisson"})
case("gamma", "diabetes", 15, {"objective": "reg:gamma"})
case("Tweedie", "diabetes", 15, {"objective": "reg:tweedie", "tweedie_variance_power": 1.3})
case("squared log error", "diabetes", 10, {"objective": "reg:squaredlogerror"}, divide=100.0)
case("logistic regression", "diabetes", 10, {"objective": "reg:logistic"}, divide=400.0)
case("approx, sampled columns", "cancer", 15,
     {**B, "tree_method": "approx", "colsample_bytree": 0.5, "colsample_bynode": 0.7})
case("exact, sampled columns", "cancer", 15,
     {**B, "tree_method": "exact", "colsample_bylevel": 0.5, "subsample": 0.8})
case("Cox", "diabetes", 10, {"objective": "survival:cox"}, censored=True)
case("accelerated failure time", "diabetes", 10,
     {"objective": "survival:aft", "aft_loss_distribution": "logistic",
      "aft_loss_distribution_scale": 1.5}, censored=True)
case("rank pairwise", "diabetes", 10, {"objective": "rank:pairwise", "max_depth": 3}, queries=True)
case("rank ndcg", "diabetes", 10, {"objective": "rank:ndcg", "max_depth": 3}, queries=True)
case("rank map", "diabetes", 10, {"objective": "rank:map", "max_depth": 3, "num_pairsample": 2},
     queries=True)
case("continued", "cancer", 8, {**B, "subsample": 0.7, "base_score": 0.5, "seed_per_iteration": True}, earlier=6)
case("continued, several classes", "iris", 4, {"objective": "multi:softprob", "num_class": 3},
     earlier=3)
case("continued dart", "diabetes", 6, {**R, "booster": "dart", "rate_drop": 0.4, "seed_per_iteration": True}, earlier=5)
case("continued gblinear", "diabetes", 6,
     {**R, "booster": "gblinear", "updater": "coord_descent"}, earlier=5)
json.dump({"made_with": "xgboost 1.7.4", "cases": CASES}, sys.stdout, separators=(",", ":"))
