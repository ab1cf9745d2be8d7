"""The peers' side of the study of evaluation, for the tasks that metrics.py lacks.

Loaded by `colophon-study evaluation`; it writes no fixture. scikit-learn 1.9.1, scipy 1.17.1, numpy
2.4.6. What scikit-learn lacks is computed here from its definition; where its own way of summing is
the less exact one, which the study's chapter tells, in extended precision.
"""
import numpy as np
from scipy.spatial.distance import cdist
from sklearn import metrics as m

LENGTHS = (1, 3, 5, 10, None)


def named(family, length):
    return f"{family}_{'all' if length is None else length}"


def blocks(query):
    """The rows of each query, put together by the number of rows: lists of rows × places."""
    starts = np.flatnonzero(np.r_[True, query[1:] != query[:-1]])
    sizes = np.diff(np.r_[starts, len(query)])
    for size in np.unique(sizes):
        yield starts[sizes == size][:, None] + np.arange(size)[None, :]


def ranking(y, s, query, w, ties="file", gain="exponential"):
    """Every metric of rankings, over queries with something relevant; w is that of the query."""
    sums, total = {}, 0.0

    def add(name, values, weights):
        sums[name] = sums.get(name, 0.0) + float(np.sum(np.asarray(values, np.longdouble) * weights))

    for places in blocks(query):
        weights = w[places[:, 0]]
        mask = (y[places] > 0).any(axis=1) & (weights > 0)
        places, weights = places[mask], weights[mask]
        if not len(places):
            continue
        total += weights.sum()
        relevance, scores = y[places], s[places]
        worth = 2.0**relevance - 1 if gain == "exponential" else relevance
        size = places.shape[1]
        order = np.argsort(-scores, axis=1, kind="stable")
        # Places in the order given: what breaks ties as they stand.
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.arange(size)[None, :], axis=1)
        for length in LENGTHS:
            if size > 1:
                if ties == "averaged":
                    found = [m.ndcg_score(a[None], b[None], k=length) for a, b in zip(worth, scores)]
                else:
                    found = [m.ndcg_score(a[None], b[None], k=length, ignore_ties=True)
                             for a, b in zip(worth, -rank.astype(float))]
            else:
                found = np.ones(len(places))
            add(named("ndcg", length), found, weights)
        if ties == "averaged":
            continue
        hit = np.take_along_axis(relevance > 0, order, axis=1)
        all_relevant = hit.sum(axis=1)
        at = hit.cumsum(axis=1) / np.arange(1, size + 1)
        for length in LENGTHS:
            top = size if length is None else min(length, size)
            divisor = size if length is None else length
            found = hit[:, :top].sum(axis=1)
            add(named("precision", length), found / divisor, weights)
            add(named("recall", length), found / all_relevant, weights)
            add(named("hit", length), found > 0, weights)
            most = all_relevant if length is None else np.minimum(all_relevant, length)
            add(named("map", length), (at * hit)[:, :top].sum(axis=1) / most, weights)
        add("mrr", 1.0 / (1 + hit.argmax(axis=1)), weights)
    return {name: value / total if total else None for name, value in sums.items()}


def clustering(x, labels, clusters, w, count, shapes=True):
    """Every metric of clusters; a weight, a whole number, repeats its row."""
    times = w.astype(int)
    x, labels, clusters = (np.repeat(a, times, axis=0) for a in (x, labels, clusters))
    wide = x.astype(np.longdouble)
    parts = [wide[clusters == c] for c in range(count) if (clusters == c).any()]
    means = [part.mean(axis=0) for part in parts]
    out = {"inertia": float(sum(((p - c) ** 2).sum() for p, c in zip(parts, means)))}
    if len(parts) > 1:
        spreads = [np.sqrt(((p - c) ** 2).sum(axis=1)).mean() for p, c in zip(parts, means)]
        worst = [max((spreads[i] + spreads[j]) / np.sqrt(((means[i] - means[j]) ** 2).sum())
                     for j in range(len(parts)) if j != i) for i in range(len(parts))]
        out["davies_bouldin"] = float(sum(worst) / len(worst))
        out["calinski_harabasz"] = m.calinski_harabasz_score(x, clusters)
        if shapes:
            # Distances by differences: scikit-learn's own are the rounded ends of squares.
            out["silhouette"] = m.silhouette_score(cdist(x, x), clusters, metric="precomputed")
    else:
        out |= {"davies_bouldin": None, "calinski_harabasz": None, "silhouette": None}
    out["adjusted_rand"] = m.adjusted_rand_score(labels, clusters)
    out["nmi"] = m.normalized_mutual_info_score(labels, clusters)
    out["homogeneity"] = m.homogeneity_score(labels, clusters)
    out["completeness"] = m.completeness_score(labels, clusters)
    out["v_measure"] = m.v_measure_score(labels, clusters)
    table = m.cluster.contingency_matrix(labels, clusters)
    out["purity"] = float(table.max(axis=0).sum() / len(labels))
    return out


def forecasting(y, p, q, series, w, past, season):
    """Every metric of forecasts; q has the quantiles 0.1, 0.5 and 0.9, past a row for each series."""
    naive = np.abs(past[:, season:] - past[:, :-season]).mean(axis=1)
    s = naive[series.astype(int)]
    size = np.average(np.abs(y), weights=w)
    levels = [0.1, 0.5, 0.9]
    out = {
        "rmse": m.root_mean_squared_error(y, p, sample_weight=w),
        "mape": None if (y[w > 0] == 0).any() else
        m.mean_absolute_percentage_error(y, p, sample_weight=w),
        "wape": m.mean_absolute_error(y, p, sample_weight=w) / size,
        "mase": None if (s[w > 0] == 0).any() else
        float(np.average(np.abs(p - y) / s, weights=w)),
        "wql": float(np.mean([2 * m.mean_pinball_loss(y, q[:, k], alpha=a, sample_weight=w) / size
                              for k, a in enumerate(levels)])),
        "interval_coverage": float(np.average((q[:, 0] <= y) & (y <= q[:, 2]), weights=w)),
        "interval_width": float(np.average(q[:, 2] - q[:, 0], weights=w)),
    }
    both = np.abs(y) + np.abs(p)
    ratio = np.divide(2 * np.abs(p - y), both, out=np.zeros_like(both), where=both > 0)
    out["smape"] = float(np.average(ratio, weights=w))
    for k, a in enumerate(levels):
        out[f"coverage_{int(100 * a)}"] = float(np.average(y <= q[:, k], weights=w))
    return out


def one_class(y, s, w, threshold=0.5):
    """Binary rows that are all positive: what compares two classes has no value."""
    predicted = (s >= threshold).astype(int)
    out = {
        "accuracy": m.accuracy_score(y, predicted, sample_weight=w),
        "precision": m.precision_score(y, predicted, sample_weight=w),
        "recall": m.recall_score(y, predicted, sample_weight=w),
        "f1": m.f1_score(y, predicted, sample_weight=w),
        "f05": m.fbeta_score(y, predicted, beta=0.5, sample_weight=w),
        "f2": m.fbeta_score(y, predicted, beta=2, sample_weight=w),
        "jaccard": m.jaccard_score(y, predicted, sample_weight=w),
        "log_loss": m.log_loss(y, s, sample_weight=w, labels=[0, 1]),
        "brier": float(np.average((s - y) ** 2, weights=w)),
    }
    return out | {name: None for name in ("specificity", "fpr", "roc_auc", "gini", "ks")}
