"""Optima of linear models with corners in their losses, for LinearLossFixtureTests.

Made with scikit-learn 1.9.1, numpy 2.4.6, scipy 1.17.1. HuberRegressor's own scale is put into
epsilon and alpha, so that the objectives are the same; QuantileRegressor is exact (HiGHS); what has
a quadratic penalty beside corners is polished as a linear system on the rows in the corners, and
the script fails where the optimality conditions then miss by more than 1e-9.
"""

import json
import sys
import warnings

import numpy as np
import scipy
import sklearn
from scipy.optimize import linprog
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.linear_model import HuberRegressor, LogisticRegression, QuantileRegressor
from sklearn.svm import LinearSVC, SVC

warnings.filterwarnings("ignore")
CASES = []


def scaled(X, weights=None):
    w = np.ones(len(X)) if weights is None else weights
    mean = np.average(X, axis=0, weights=w)
    return mean, np.sqrt(np.average((X - mean) ** 2, axis=0, weights=w))


def add(name, data, task, mean, sd, W, b, **keys):
    W = np.atleast_2d(W) / sd
    b = np.atleast_1d(b) - W @ mean
    CASES.append({"name": name, "data": data, "task": task, "coefficients": W.tolist(),
                  "intercepts": b.tolist(), **keys})


def corner_qp(Z, t, lo, hi, s, lam2, w, b, lam1=0.0):
    """Solves exactly for the rows in their corners (m = t), starting from a near optimum.

    loss_i = max over v in [lo, hi] of v (m - t); penalty lam2/2 |w|^2 + lam1 |w|_1.
    """
    n, p = Z.shape
    Z1 = np.hstack([Z, np.ones((n, 1))])
    theta = np.append(w, b)
    free = np.append(np.abs(w) > 1e-7 * np.abs(w).max() if lam1 > 0 else np.ones(p, bool), True)
    d = Z1 @ theta - t
    for width in 10.0 ** np.arange(-9, -1, 0.125):
        inner = np.abs(d) < width
        k, f = inner.sum(), free.sum()
        A = np.zeros((f + k, f + k))
        A[:f, :f] = np.diag(np.append(np.full(p, lam2), 0)[free])
        A[:f, f:] = Z1[inner][:, free].T
        A[f:, :f] = Z1[inner][:, free]
        v = np.where(d > 0, hi, lo)
        v[inner] = 0
        g = -(Z1.T @ (s * v))[free] - lam1 * np.append(np.sign(w), 0)[free]
        try:
            sol = np.linalg.solve(A, np.append(g, t[inner]))
        except np.linalg.LinAlgError:
            continue
        v[inner] = sol[f:] / s[inner]
        full = np.zeros(p + 1)
        full[free] = sol[:f]
        m = Z1 @ full - t
        grad = Z1.T @ (s * v) + np.append(lam2 * full[:p], 0)
        ok = (np.all(v >= lo - 1e-9) and np.all(v <= hi + 1e-9)
              and np.all(m[~inner] * np.where(v[~inner] == hi[~inner], 1, -1) >= -1e-9)
              and np.all(np.abs(grad[~free]) <= lam1 * (1 + 1e-9))
              and np.abs(full[:p] - w).max() < 1e-2 * max(1, np.abs(w).max()))
        if ok:
            return full[:p], full[p]
    raise AssertionError("no exact solution near the given one")


cancer, diabetes, wine = load_breast_cancer(), load_diabetes(scaled=False), load_wine()
Xc, yc = cancer.data, cancer.target
Xd, yd = diabetes.data, diabetes.target.astype(float)
n, m = len(yc), len(yd)

mean, sd = scaled(Xd)
Z = (Xd - mean) / sd
for tau, alpha in [(0.5, 0.0), (0.9, 0.0), (0.25, 0.03), (0.5, 0.1)]:
    # scikit-learn's objective is pinball + alpha |w|_1 itself.
    fit = QuantileRegressor(quantile=tau, alpha=alpha, solver="highs",
                            solver_options={"primal_feasibility_tolerance": 1e-10,
                                            "dual_feasibility_tolerance": 1e-10}).fit(Z, yd)
    w, b = corner_qp(Z, yd, np.full(m, -tau), np.full(m, 1 - tau), np.full(m, 1 / m), 0.0,
                     fit.coef_, fit.intercept_, alpha)
    add(f"quantile {tau} lasso {alpha}", "diabetes", "regression", mean, sd, w, b,
        loss="quantile", quantile=tau, alpha=alpha, l1_ratio=1)

for alpha in [0.001, 0.1]:
    fit = HuberRegressor(epsilon=1.35, alpha=alpha * m, tol=1e-10, max_iter=100_000).fit(Z, yd)
    sigma = fit.scale_
    eps, ours = 1.35 * sigma, alpha * m * sigma / m
    theta = np.append(fit.coef_, fit.intercept_)
    Z1 = np.hstack([Z, np.ones((m, 1))])
    for _ in range(50):
        r = Z1 @ theta - yd
        inner = np.abs(r) <= eps
        H = Z1[inner].T @ Z1[inner] / m + np.diag(np.append(np.full(Z.shape[1], ours), 0))
        g = Z1.T @ np.clip(r, -eps, eps) / m + np.append(ours * theta[:-1], 0)
        theta = theta - np.linalg.solve(H, g)
    assert np.abs(g).max() < 1e-9
    assert np.abs(theta[:-1] - fit.coef_).max() < 1e-2 * np.abs(theta).max()
    add(f"huber {alpha}", "diabetes", "regression", mean, sd, theta[:-1], theta[-1],
        loss="huber", epsilon=eps, alpha=ours, l1_ratio=0)

mean, sd = scaled(Xc)
Z = (Xc - mean) / sd
for alpha in [0.01, 0.1]:
    # SVC's linear kernel leaves the intercept unpenalised, as LinearSVC's hinge does not quite.
    fit = SVC(kernel="linear", C=1 / (n * alpha), tol=1e-10, max_iter=-1).fit(Z, yc)
    y = np.where(yc == 1, 1.0, -1.0)
    w, b = corner_qp(Z, y, np.where(y > 0, -1.0, 0.0), np.where(y > 0, 0.0, 1.0),
                     np.full(n, 1 / n), alpha, fit.coef_[0], fit.intercept_[0])
    near = LinearSVC(loss="hinge", C=1 / (n * alpha), intercept_scaling=1e3, tol=1e-8,
                     max_iter=10_000_000).fit(Z, yc)
    assert np.abs(near.coef_[0] - w).max() < 2e-2, np.abs(near.coef_[0] - w).max()
    add(f"hinge {alpha}", "cancer", "binary", mean, sd, w, b, loss="hinge", alpha=alpha, l1_ratio=0)

# Hinge and lasso as a linear program.
for alpha in [0.01, 0.05]:
    y = np.where(yc == 1, 1.0, -1.0)
    p = Z.shape[1]
    A = np.hstack([-y[:, None] * Z, y[:, None] * Z, -y[:, None], y[:, None], -np.eye(n)])
    c = np.concatenate([np.full(2 * p, alpha), [0, 0], np.full(n, 1 / n)])
    res = linprog(c, A_ub=A, b_ub=-np.ones(n), bounds=(0, None), method="highs-ds",
                  options={"primal_feasibility_tolerance": 1e-10,
                           "dual_feasibility_tolerance": 1e-10})
    w, b = res.x[:p] - res.x[p:2 * p], res.x[2 * p] - res.x[2 * p + 1]
    w, b = corner_qp(Z, y, np.where(y > 0, -1.0, 0.0), np.where(y > 0, 0.0, 1.0),
                     np.full(n, 1 / n), 0.0, w, b, alpha)
    add(f"hinge lasso {alpha}", "cancer", "binary", mean, sd, w, b, loss="hinge", alpha=alpha,
        l1_ratio=1)

# Squared hinge with an unpenalised intercept: Newton from LinearSVC's neighbourhood.
alpha = 0.05
y = np.where(yc == 1, 1.0, -1.0)
fit = LinearSVC(loss="squared_hinge", dual=False, C=1 / (n * alpha), intercept_scaling=1e3,
                tol=1e-10, max_iter=1_000_000).fit(Z, yc)
Z1 = np.hstack([Z, np.ones((n, 1))])
theta = np.append(fit.coef_[0], fit.intercept_[0])
for _ in range(50):
    short = np.maximum(0, 1 - y * (Z1 @ theta))
    inner = short > 0
    H = 2 * Z1[inner].T @ Z1[inner] / n + np.diag(np.append(np.full(Z.shape[1], alpha), 0))
    g = -2 * Z1.T @ (y * short) / n + np.append(alpha * theta[:-1], 0)
    theta = theta - np.linalg.solve(H, g)
assert np.abs(g).max() < 1e-13 and np.abs(theta[:-1] - fit.coef_[0]).max() < 1e-3
add("squared hinge", "cancer", "binary", mean, sd, theta[:-1], theta[-1], loss="squared_hinge",
    alpha=alpha, l1_ratio=0)

# Class weights. The mean divides by the sum of weights, so C is over that sum.
odd = np.ones(n)
for name, cw in [("balanced", "balanced"), ("map", {"0": 3.0, "1": 0.5})]:
    inner = cw if cw == "balanced" else {int(k): v for k, v in cw.items()}
    total = n if cw == "balanced" else np.where(yc == 0, 3.0, 0.5).sum()
    fit = LogisticRegression(C=1 / (0.01 * total), class_weight=inner, solver="newton-cholesky",
                             tol=1e-14, max_iter=1000).fit(Z, yc)
    add(f"class weights {name}", "cancer", "binary", mean, sd, fit.coef_, fit.intercept_,
        loss="logistic", alpha=0.01, l1_ratio=0, class_weight=cw)

Xi, yi = wine.data, wine.target
mean, sd = scaled(Xi)
Zi = (Xi - mean) / sd
W, B = [], []
for k in range(3):
    fit = SVC(kernel="linear", C=1 / (178 * 0.02), tol=1e-10).fit(Zi, yi == k)
    y = np.where(yi == k, 1.0, -1.0)
    w, b = corner_qp(Zi, y, np.where(y > 0, -1.0, 0.0), np.where(y > 0, 0.0, 1.0),
                     np.full(178, 1 / 178), 0.02, fit.coef_[0], fit.intercept_[0])
    W.append(w)
    B.append(b)
add("hinge one against the rest", "wine", "multiclass", mean, sd, np.array(W), np.array(B),
    loss="hinge", alpha=0.02, l1_ratio=0)

made = f"scikit-learn {sklearn.__version__}, numpy {np.__version__}, scipy {scipy.__version__}"
json.dump({"made_with": made, "cases": CASES}, sys.stdout, separators=(",", ":"))
