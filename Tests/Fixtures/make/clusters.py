"""What scikit-learn says of clusters, for KMeansFixtureTests and ClusterMetricFixtureTests.

Made with scikit-learn 1.9.1, numpy 2.4.6; run with `python -P`. Data are those of linear.json.
"""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics
from sklearn.cluster import KMeans

warnings.filterwarnings("ignore")
DATA = json.load(open(sys.argv[1] + "/linear.json"))["data"]
FITS, MEASURES = [], []


def rows(name):
    data = DATA[name]
    return np.array(data["values"], float).reshape(-1, data["features"]), np.array(data["labels"])


def fit(name, k, tol=1e-4, weighted=False, max_iter=300, start=None):
    X, _ = rows(name)
    start = [(7 + 13 * i) % len(X) for i in range(k)] if start is None else start
    weights = 1.0 + (np.arange(len(X)) % 3) if weighted else None
    model = KMeans(k, init=X[start], n_init=1, tol=tol, max_iter=max_iter, algorithm="lloyd")
    model.fit(X, sample_weight=weights)
    FITS.append({
        "data": name, "k": k, "tol": tol, "max_iter": max_iter, "start": start,
        "weights": None if weights is None else weights.tolist(),
        "centres": model.cluster_centers_.ravel().tolist(), "inertia": float(model.inertia_),
        "n_iter": int(model.n_iter_),
        "labels": model.labels_.tolist() if name == "iris" else None,
    })


for name in ["iris", "cancer", "diabetes"]:
    for k in [1, 3, 8, 17] if name == "iris" else [2, 5]:
        fit(name, k)
    fit(name, 5, tol=0.0)
    fit(name, 5, tol=0.0, weighted=True)
    fit(name, 6, max_iter=3)


def measure(name, labels, k, note):
    X, y = rows(name)
    labels = np.array(labels)
    means = np.array([X[labels == c].mean(axis=0) if (labels == c).any() else X[0] * 0
                      for c in range(k)])
    entry = {
        "data": name, "assigned": labels.tolist(), "clusters": k, "note": note,
        "inertia": float(((X - means[labels]) ** 2).sum()),
    }
    if len(set(labels.tolist())) > 1:
        entry["silhouette"] = float(metrics.silhouette_score(X, labels))
    if len(set(labels.tolist())) > 1 and name == "iris":
        entry["silhouettes"] = metrics.silhouette_samples(X, labels).tolist()
    if len(set(labels.tolist())) > 1:
        entry["davies_bouldin"] = float(metrics.davies_bouldin_score(X, labels))
        entry["calinski_harabasz"] = float(metrics.calinski_harabasz_score(X, labels))
    if name != "diabetes":
        entry["adjusted_rand"] = float(metrics.adjusted_rand_score(y, labels))
        entry["nmi"] = float(metrics.normalized_mutual_info_score(y, labels))
        entry["homogeneity"] = float(metrics.homogeneity_score(y, labels))
        entry["completeness"] = float(metrics.completeness_score(y, labels))
        entry["v_measure"] = float(metrics.v_measure_score(y, labels))
        entry["purity"] = float(metrics.cluster.contingency_matrix(y, labels).max(axis=0).sum()
                                / len(y))
    MEASURES.append(entry)


for name in ["iris", "cancer", "diabetes"]:
    X, y = rows(name)
    n = len(X)
    for k in [2, 3, 7]:
        model = KMeans(k, n_init=3, random_state=1).fit(X)
        measure(name, model.labels_, k, "k-means")
        measure(name, np.arange(n) % k, k, "by place")
    measure(name, [0] * n, 1, "one cluster")
    measure(name, [1] + [0] * (n - 1), 2, "a cluster of one row")
    measure(name, [2 if i % 2 else 0 for i in range(n)], 3, "a cluster without rows")
    if name != "diabetes":
        measure(name, y.astype(int), int(y.max()) + 1, "the classes themselves")
json.dump({"fits": FITS, "measures": MEASURES}, open(sys.argv[1] + "/clusters.json", "w"))
