"""What scikit-learn's LIBSVM says of support vector machines, for SupportVectorMachineFixtureTests.

Made with scikit-learn 1.9.1, numpy 2.4.6 (run with `python -P`), at tol 1e-10. LIBSVM keeps kernel values as 32-bit
numbers, so that its optimum is known to about 1e-7 alone. Data are those of linear.json,
standardised; rows of place 0, 4, 8 ... are asked for, the others are learned from.
"""

import json
import sys

import numpy as np
from sklearn.svm import SVC, SVR

DATA = json.load(open(sys.argv[1] + "/linear.json"))["data"]
CASES = []


def dual_objective(model, K, y, epsilon):
    """The minimum of the dual of a machine with one output."""
    beta = np.zeros(len(y))
    beta[model.support_] = model.dual_coef_[0]
    value = 0.5 * beta @ K @ beta
    if epsilon is None:
        return value - np.abs(beta).sum()
    return value + epsilon * np.abs(beta).sum() - y @ beta


def gram(A, B, kernel, gamma, degree, coef0):
    if kernel == "linear":
        return A @ B.T
    if kernel == "rbf":
        return np.exp(-gamma * ((A[:, None] - B[None]) ** 2).sum(-1))
    if kernel == "poly":
        return (gamma * A @ B.T + coef0) ** degree
    return np.tanh(gamma * A @ B.T + coef0)


def case(name, task, weighted=False, **settings):
    data = DATA[name]
    X = np.array(data["values"], float).reshape(-1, data["features"])
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    y = np.array(data["labels"])
    if task == "regression":
        y = (y - y.mean()) / y.std()
    test = np.arange(len(y)) % 4 == 0
    A, b = X[~test], y[~test]
    weights = 0.5 + (np.arange(len(b)) % 3) if weighted else None
    kind = SVR if task == "regression" else SVC
    model = kind(tol=1e-10, cache_size=500, **settings).fit(A, b, sample_weight=weights)
    entry = {"data": name, "task": task, "settings": settings,
             "weights": None if weights is None else weights.tolist()}
    entry["support"] = model.support_.tolist()
    entry["intercepts"] = model.intercept_.tolist()
    asked = X[test][:30]
    gamma = model._gamma
    if task == "multiclass":
        model.decision_function_shape = "ovo"
        entry["decisions"] = model.decision_function(asked).tolist()
        entry["predictions"] = model.predict(asked).tolist()
    else:
        shape = (settings.get("kernel", "rbf"), gamma, settings.get("degree", 3),
                 settings.get("coef0", 0.0))
        entry["decisions"] = (model.predict(asked) if task == "regression"
                              else model.decision_function(asked)).tolist()
        epsilon = settings.get("epsilon", 0.1) if task == "regression" else None
        entry["objective"] = float(dual_objective(model, gram(A, A, *shape), b, epsilon))
        entry["coefficients"] = model.dual_coef_[0].tolist()
    CASES.append(entry)


for task, name in [("binary", "cancer"), ("multiclass", "wine"), ("regression", "diabetes")]:
    if name not in DATA:
        name = "iris"
    case(name, task)
    case(name, task, kernel="linear", C=0.5)
    case(name, task, kernel="poly", degree=2, coef0=1.0, C=2.0)
    case(name, task, kernel="sigmoid", gamma=0.01, coef0=0.1)
    case(name, task, kernel="rbf", gamma=0.05, C=10.0, weighted=True)
case("cancer", "binary", class_weight="balanced", kernel="linear", C=0.1)
case("diabetes", "regression", epsilon=0.4, C=3.0, gamma="auto")
json.dump({"cases": CASES}, open(sys.argv[1] + "/machines.json", "w"))
