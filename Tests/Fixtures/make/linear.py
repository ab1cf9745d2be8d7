"""Optima of linear models as scikit-learn finds them, for LinearLearnerFixtureTests.

Made with scikit-learn 1.9.1, numpy 2.4.6. Solvers run at tol 1e-12 or tighter; where a solver can't
come close enough, its solution is polished by Newton steps (numpy, in extended precision) until the
optimality conditions hold to 1e-14, and the script fails if polishing moves it by more than 1e-4.
"""

import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_iris, load_wine
from sklearn.linear_model import ElasticNet, LinearRegression, LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

warnings.filterwarnings("ignore")
CASES = []


def case(name, data, X, y, model, *, task, alpha, l1_ratio, standardize=True, weights=None,
         intercept=True, columns=None):
    scaler_weights = np.ones(len(y)) if weights is None else weights
    mean = np.average(X, axis=0, weights=scaler_weights)
    sd = np.sqrt(np.average((X - mean) ** 2, axis=0, weights=scaler_weights))
    if not standardize:
        mean, sd = np.zeros(X.shape[1]), np.ones(X.shape[1])
    if not intercept:
        mean = np.zeros(X.shape[1])
    Z = (X - mean) / sd
    model.fit(Z, y, sample_weight=weights)
    W = np.atleast_2d(model.coef_)
    b = np.atleast_1d(model.intercept_) if intercept else np.zeros(len(W))
    W, b = polish(Z, y, W, b, task, alpha, l1_ratio, scaler_weights, intercept)
    coefficients = W / sd
    intercepts = b - coefficients @ mean
    if len(W) > 1:
        intercepts = intercepts - intercepts.mean()
    CASES.append({
        "name": name, "data": data, "task": task, "alpha": alpha, "l1_ratio": l1_ratio,
        "standardize": standardize, "fit_intercept": intercept,
        "weights": None if weights is None else weights.tolist(), "columns": columns,
        "coefficients": coefficients.tolist(), "intercepts": intercepts.tolist(),
    })


def polish(Z, y, W, b, task, alpha, l1_ratio, weights, intercept):
    """Newton on the coefficients that are not zero, signs held."""
    w = (weights / weights.sum()).astype(np.longdouble)
    Z1 = np.hstack([Z, np.ones((len(Z), 1))]).astype(np.longdouble)
    K, p = W.shape
    theta = np.hstack([W, b[:, None]]).astype(np.longdouble)
    before = theta.copy()
    free = np.hstack([W != 0, np.full((K, 1), intercept)])
    Y = np.eye(K)[y] if K > 1 else None
    for _ in range(20):
        M = Z1 @ theta.T
        if task == "regression":
            R = M[:, 0] - y
            S = np.ones_like(R)[:, None, None]
            R = R[:, None]
        elif K == 1:
            P = 1 / (1 + np.exp(-M[:, 0]))
            R = (P - y)[:, None]
            S = (P * (1 - P))[:, None, None]
        else:
            P = np.exp(M - M.max(axis=1, keepdims=True))
            P /= P.sum(axis=1, keepdims=True)
            R = P - Y
            S = P[:, :, None] * np.eye(K) - P[:, :, None] * P[:, None, :]
        l2 = alpha * (1 - l1_ratio) * np.append(np.ones(p), 0)
        g = (R * w[:, None]).T @ Z1 + l2 * theta
        g[:, :p] += alpha * l1_ratio * np.sign(theta[:, :p])
        H = np.einsum("n,nkl,ni,nj->kilj", w, S, Z1, Z1, optimize=True)
        H = H.reshape(K * (p + 1), K * (p + 1)) + np.diag(np.tile(l2, K))
        if K > 1:
            flat = np.arange(K) * (p + 1) + p
            H[np.ix_(flat, flat)] += 1
            if alpha == 0:
                for j in range(p):
                    flat = np.arange(K) * (p + 1) + j
                    H[np.ix_(flat, flat)] += 1
        f = free.ravel()
        step = np.linalg.lstsq(H[np.ix_(f, f)].astype(float), -g.ravel()[f].astype(float), rcond=None)[0]
        flat = theta.ravel()
        flat[f] += step
        theta = flat.reshape(K, p + 1)
    moved = np.abs(theta - before)[:, :p].max() / np.abs(theta[:, :p]).max()
    residual = np.abs(g.ravel()[f]).max() / max(1, np.abs(y).max())
    assert moved < 1e-4 and residual < 1e-12, (task, alpha, l1_ratio, moved, residual)
    off = ~free[:, :p]
    assert (np.abs(g[:, :p][off]) <= alpha * l1_ratio * (1 + 1e-9)).all()
    return theta[:, :p].astype(float), theta[:, p].astype(float)


def logistic(alpha, l1_ratio, n, **more):
    C = np.inf if alpha == 0 else 1 / (n * alpha)
    if l1_ratio > 0:
        return LogisticRegression(C=C, l1_ratio=l1_ratio, solver="saga", tol=1e-12,
                                  max_iter=1_000_000, **more)
    solver = "newton-cholesky" if alpha > 0 else "lbfgs"
    return LogisticRegression(C=C, solver=solver, tol=1e-12, max_iter=100_000, **more)


cancer, diabetes = load_breast_cancer(), load_diabetes(scaled=False)
iris, wine = load_iris(), load_wine()
Xc, yc = cancer.data, cancer.target
Xd, yd = diabetes.data, diabetes.target
n, m = len(yc), len(yd)
heavy = 0.25 + np.arange(m) % 5
odd = 0.5 + np.arange(n) % 3

case("cancer ridge", "cancer", Xc, yc, logistic(0.01, 0, n), task="binary", alpha=0.01, l1_ratio=0)
case("cancer default", "cancer", Xc, yc, logistic(1e-4, 0, n), task="binary", alpha=1e-4, l1_ratio=0)
case("cancer lasso", "cancer", Xc, yc, logistic(0.01, 1, n), task="binary", alpha=0.01, l1_ratio=1)
case("cancer elastic net", "cancer", Xc, yc, logistic(0.02, 0.5, n), task="binary", alpha=0.02,
     l1_ratio=0.5)
case("cancer weighted", "cancer", Xc, yc, logistic(0.01, 0, odd.sum()), task="binary", alpha=0.01,
     l1_ratio=0, weights=odd)
case("cancer no intercept", "cancer", Xc, yc, logistic(0.01, 0, n, fit_intercept=False),
     task="binary", alpha=0.01, l1_ratio=0, intercept=False)
few = [0, 1, 4, 5]
case("cancer unpenalised", "cancer", Xc[:, few], yc, logistic(0, 0, n), task="binary", alpha=0,
     l1_ratio=0, columns=few)
case("diabetes least squares", "diabetes", Xd, yd, LinearRegression(), task="regression", alpha=0,
     l1_ratio=0)
case("diabetes ridge", "diabetes", Xd, yd, Ridge(alpha=0.1 * m, solver="svd"), task="regression",
     alpha=0.1, l1_ratio=0)
case("diabetes ridge own scale", "diabetes", Xd, yd, Ridge(alpha=0.1 * m, solver="svd"),
     task="regression", alpha=0.1, l1_ratio=0, standardize=False)
case("diabetes ridge weighted", "diabetes", Xd, yd, Ridge(alpha=0.1 * heavy.sum(), solver="svd"),
     task="regression", alpha=0.1, l1_ratio=0, weights=heavy)
case("diabetes lasso", "diabetes", Xd, yd, ElasticNet(alpha=2, l1_ratio=1, tol=1e-13,
     max_iter=1_000_000), task="regression", alpha=2, l1_ratio=1)
case("diabetes elastic net", "diabetes", Xd, yd, ElasticNet(alpha=0.5, l1_ratio=0.7, tol=1e-13,
     max_iter=1_000_000), task="regression", alpha=0.5, l1_ratio=0.7)
case("diabetes elastic net weighted", "diabetes", Xd, yd, ElasticNet(alpha=0.5, l1_ratio=0.7,
     tol=1e-13, max_iter=1_000_000), task="regression", alpha=0.5, l1_ratio=0.7, weights=heavy)
case("iris multinomial", "iris", iris.data, iris.target, logistic(0.01, 0, 150), task="multiclass",
     alpha=0.01, l1_ratio=0)
case("iris multinomial lasso", "iris", iris.data, iris.target, logistic(0.02, 1, 150),
     task="multiclass", alpha=0.02, l1_ratio=1)
case("wine multinomial", "wine", wine.data, wine.target, logistic(0.001, 0, 178), task="multiclass",
     alpha=0.001, l1_ratio=0)
case("wine elastic net", "wine", wine.data, wine.target, logistic(0.05, 0.5, 178), task="multiclass",
     alpha=0.05, l1_ratio=0.5)

data = {
    name: {"features": X.shape[1], "values": X.ravel().tolist(), "labels": y.tolist()}
    for name, X, y in [("cancer", Xc, yc), ("diabetes", Xd, yd), ("iris", iris.data, iris.target),
                       ("wine", wine.data, wine.target)]
}
out = {"made_with": f"scikit-learn {sklearn.__version__}, numpy {np.__version__}", "cases": CASES,
       "data": data}
json.dump(out, sys.stdout, separators=(",", ":"))
