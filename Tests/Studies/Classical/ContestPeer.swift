import ColophonCore

/// What stands on the Python side of the contests.
enum ContestPeer {
  /// Prints the standard sets: a line `name,kind,rows,columns`, then their rows, the target last.
  static let sets = """
    from sklearn import datasets
    import sys
    for name, kind, load in [
        ("iris", "multiclass", datasets.load_iris), ("wine", "multiclass", datasets.load_wine),
        ("cancer", "binary", datasets.load_breast_cancer),
        ("digits", "multiclass", datasets.load_digits),
        ("diabetes", "regression", datasets.load_diabetes)]:
        X, y = load(return_X_y=True)
        print(f"{name},{kind},{len(X)},{X.shape[1]}")
        for row, target in zip(X.tolist(), y.tolist()):
            print(",".join(map(repr, row + [float(target)])))
    """

  /// Reads a line with the contests, then for each seed its rows; prints what each peer predicts.
  static let contests = """
    import ctypes.util, io, json, sys, types, warnings
    import numpy as np
    # The library that this study is linked with, not the wheel's build of the same version: between
    # builds the last bit of a gain may differ, and with it the choice of a split.
    shared = ctypes.util.find_library("xgboost")
    if shared:
        places = types.ModuleType("xgboost.libpath")
        places.XGBoostLibraryNotFound = type("XGBoostLibraryNotFound", (Exception,), {})
        places.find_lib_path = lambda: [shared]
        sys.modules["xgboost.libpath"] = places
    import xgboost
    from scipy.optimize import minimize
    from sklearn.cluster import KMeans
    from sklearn.ensemble import *
    from sklearn.linear_model import *
    from sklearn.neighbors import *
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import *
    from sklearn.tree import *
    warnings.filterwarnings("ignore")

    def scaled(model):
        return make_pipeline(StandardScaler(), model)

    class Huber:
        "The mean Huber loss itself: scikit-learn's estimates a scale beside it."
        def __init__(self, corner):
            self.corner = corner
        def fit(self, X, y):
            A = np.c_[X, np.ones(len(X))]
            w = np.linalg.lstsq(A, y, rcond=None)[0]
            for _ in range(500):
                r = y - A @ w
                inside = np.abs(r) <= self.corner
                bend = A[inside].T @ A[inside]
                slope = A.T @ np.clip(r, -self.corner, self.corner)
                step = np.linalg.lstsq(bend, slope, rcond=None)[0]
                def cost(v):
                    a = np.abs(y - A @ v)
                    return np.where(a <= self.corner, a * a / 2,
                                    self.corner * (a - self.corner / 2)).sum()
                size = 1.0
                while cost(w + size * step) > cost(w) and size > 1e-12:
                    size /= 2
                w = w + size * step
                if np.abs(size * step).max() < 1e-15:
                    break
            self.w = w
            return self
        def predict(self, X):
            return np.c_[X, np.ones(len(X))] @ self.w

    class Exact:
        "LIBSVM's optimum, its free support vectors solved again in 64 bits: LIBSVM's kernel has 32."
        def __init__(self, model):
            self.model = model
        def fit(self, X, y):
            from sklearn.metrics.pairwise import rbf_kernel
            model = self.model.fit(X, y)
            self.kernel = lambda A, B: rbf_kernel(A, B, gamma=model._gamma)
            self.X = X[model.support_]
            a = model.dual_coef_[0]
            y = (y if model._impl == "epsilon_svr" else 2 * y - 1)[model.support_]
            C = model.C
            K = self.kernel(self.X, self.X)
            free = np.abs(a) < C * (1 - 1e-7)
            side = np.sign(a) * model.epsilon if model._impl == "epsilon_svr" else 0
            right = (y - side)[free] - K[np.ix_(free, ~free)] @ a[~free]
            system = np.block([[K[np.ix_(free, free)], np.ones((free.sum(), 1))],
                               [np.ones((1, free.sum())), np.zeros((1, 1))]])
            found = np.linalg.solve(system, np.r_[right, -a[~free].sum()])
            if (np.sign(found[:-1]) == np.sign(a[free])).all() and np.abs(found[:-1]).max() <= C:
                a = a.copy()
                a[free] = found[:-1]
                self.a, self.b = a, found[-1]
            else:
                self.a, self.b = a, model.intercept_[0]
            return self
        def decision_function(self, X):
            return self.kernel(X, self.X) @ self.a + self.b
        def predict(self, X):
            return self.decision_function(X)

    class Boost:
        def __init__(self, rounds, **settings):
            self.rounds, self.settings = rounds, settings
        def fit(self, X, y):
            kind = {"binary": "binary:logistic", "multiclass": "multi:softprob",
                    "regression": "reg:squarederror"}[head["task"]]
            more = {"num_class": head["classes"]} if head["task"] == "multiclass" else {}
            self.model = xgboost.train({"objective": kind, "nthread": 1, **more, **self.settings},
                                       xgboost.DMatrix(X, y), self.rounds)
            return self
        def predict(self, X):
            return self.model.predict(xgboost.DMatrix(X))

    def answers(model, X):
        if hasattr(model, "inertia_"):
            return [model.inertia_]
        if head["task"] == "regression" or isinstance(model, Boost):
            return model.predict(X)
        if head["task"] == "binary" and hasattr(model, "decision_function") and not (
                hasattr(model, "predict_proba")):
            return 1 / (1 + np.exp(-model.decision_function(X)))
        if isinstance(model, SVC):
            p = np.exp(model.decision_function(X))
            return p / p.sum(axis=1, keepdims=True)
        if hasattr(model, "predict_proba"):
            p = model.predict_proba(X)
            return p[:, 1] if head["task"] == "binary" else p
        return np.eye(head["classes"])[model.predict(X).astype(int)]

    head = json.loads(sys.stdin.readline())
    while line := sys.stdin.readline():
        s, n, m = map(int, line.split(","))
        rows = np.loadtxt(io.StringIO("".join(sys.stdin.readline() for _ in range(n + m))),
                          delimiter=",", ndmin=2)
        X, y, Z = rows[:n, :-1], rows[:n, -1], rows[n:, :-1]
        for place, text in enumerate(head["peers"]):
            model = eval(text).fit(X, y)
            values = np.asarray(answers(model, Z), float).ravel().tolist()
            print(json.dumps({"seed": s, "contest": place, "values": values}))
    """
}
