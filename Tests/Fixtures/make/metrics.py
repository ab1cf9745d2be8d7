"""Writes Tests/Fixtures/metrics.json: metrics of made-up rows by scikit-learn and scipy.

Run it with `python -P`: decimal.py beside it hides the library. The study of evaluation loads the
functions of this file.

scikit-learn 1.9.1, scipy 1.17.1, numpy 2.4.6. The rows come from a linear congruential generator
that the tests repeat, so only expected values are stored. What scikit-learn lacks (calibration
errors, weights in some metrics) is computed here from its definition, weights of whole halves by
repeating rows.
"""
import json, os
import numpy as np
from scipy import stats
from scipy.stats import _resampling
from sklearn import metrics as m

here = os.path.dirname(os.path.abspath(__file__))


class Stream:
    def __init__(self, seed):
        self.state = seed

    def __call__(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 11) * 2.0**-53


def binary_rows(seed, n, share, levels=0, weighted=False):
    u = Stream(seed)
    y, s, w = [], [], []
    for _ in range(n):
        label = 1 if u() < share else 0
        score = 0.25 * label + 0.7 * u() + 0.02
        if levels:
            score = (float(int(score * levels)) + 0.5) / levels
        y.append(label)
        s.append(score)
        w.append(0.5 * int(u() * 4) if weighted else 1.0)
    return np.array(y), np.array(s), np.array(w)


def class_rows(seed, n, k, levels=0, weighted=False):
    u = Stream(seed)
    y, p, w = [], [], []
    for _ in range(n):
        label = min(int(u() * k), k - 1)
        raw = [u() + (0.6 if c == label else 0.0) for c in range(k)]
        if levels:
            raw = [float(int(r * levels)) + 1.0 for r in raw]
        total = 0.0
        for r in raw:
            total += r
        y.append(label)
        p.append([r / total for r in raw])
        w.append(0.5 * int(u() * 4) if weighted else 1.0)
    return np.array(y), np.array(p), np.array(w)


def number_rows(seed, n, low, weighted=False, levels=0):
    u = Stream(seed)
    y, p, w = [], [], []
    for _ in range(n):
        actual = 10.0 * u() + low
        predicted = actual + 3.0 * (u() - 0.45)
        if levels:
            actual = float(int(actual * levels)) / levels
            predicted = float(int(predicted * levels)) / levels
        y.append(actual)
        p.append(predicted)
        w.append(0.5 * int(u() * 4) if weighted else 1.0)
    return np.array(y), np.array(p), np.array(w)


def calibration(p, hit, w, bins, mass=False):
    if mass:
        values, inverse = np.unique(p, return_inverse=True)
        tied = np.bincount(inverse, weights=w)
        middle = (np.cumsum(tied) - tied / 2) / w.sum()
        place = np.minimum((middle * bins).astype(int), bins - 1)[inverse]
    else:
        place = np.clip(np.searchsorted(np.arange(bins + 1) / bins, p, side="right") - 1, 0, bins - 1)
    gaps, masses = [], []
    for b in range(bins):
        mask = (place == b) & (w > 0)
        if mask.any():
            masses.append(w[mask].sum())
            gaps.append(abs(np.average(p[mask], weights=w[mask]) - np.average(hit[mask], weights=w[mask])))
    gaps, masses = np.array(gaps), np.array(masses)
    return float((gaps * masses).sum() / w.sum()), float(gaps.max())


def repeated(w, *arrays):
    return [np.repeat(a, (2 * w).astype(int), axis=0) for a in arrays]


def binary(y, s, w, threshold):
    predicted = (s >= threshold).astype(int)
    tn, fp, fn, tp = m.confusion_matrix(y, predicted, sample_weight=w).ravel()
    precision, recall, _ = m.precision_recall_curve(y, s, sample_weight=w)
    fpr, tpr, _ = m.roc_curve(y, s, sample_weight=w, drop_intermediate=False)
    area = m.roc_auc_score(y, s, sample_weight=w)
    ece, mce = calibration(s, y, w, 10)
    ece15, _ = calibration(s, y, w, 15)
    mass, _ = calibration(s, y, w, 10, mass=True)
    return {
        "threshold": threshold,
        "accuracy": m.accuracy_score(y, predicted, sample_weight=w),
        "balanced_accuracy": m.balanced_accuracy_score(y, predicted, sample_weight=w),
        "precision": m.precision_score(y, predicted, sample_weight=w),
        "recall": m.recall_score(y, predicted, sample_weight=w),
        "specificity": tn / (tn + fp), "fpr": fp / (tn + fp), "fnr": fn / (fn + tp),
        "npv": tn / (tn + fn),
        "f1": m.f1_score(y, predicted, sample_weight=w),
        "f05": m.fbeta_score(y, predicted, beta=0.5, sample_weight=w),
        "f2": m.fbeta_score(y, predicted, beta=2, sample_weight=w),
        "jaccard": m.jaccard_score(y, predicted, sample_weight=w),
        "mcc": m.matthews_corrcoef(y, predicted, sample_weight=w),
        "kappa": m.cohen_kappa_score(y, predicted, sample_weight=w),
        "log_loss": m.log_loss(y, s, sample_weight=w),
        "brier": m.brier_score_loss(y, s, sample_weight=w),
        "ece": ece, "mce": mce, "ece_15": ece15, "ece_mass": mass,
        "roc_auc": area, "gini": 2 * area - 1,
        "pr_auc": m.average_precision_score(y, s, sample_weight=w),
        "pr_auc_trapezoid": m.auc(recall, precision),
        "ks": float(np.abs(tpr - fpr).max()),
    }


def classes(y, p, w):
    k = p.shape[1]
    predicted = p.argmax(axis=1)
    hot = np.eye(k)[y]
    out = {
        "accuracy": m.accuracy_score(y, predicted, sample_weight=w),
        "balanced_accuracy": m.balanced_accuracy_score(y, predicted, sample_weight=w),
        "mcc": m.matthews_corrcoef(y, predicted, sample_weight=w),
        "kappa": m.cohen_kappa_score(y, predicted, sample_weight=w),
        "log_loss": m.log_loss(y, p, sample_weight=w, labels=list(range(k))),
        "brier": float(np.average(((p - hot) ** 2).sum(axis=1), weights=w)),
        "ece": calibration(p.max(axis=1), (predicted == y).astype(float), w, 10)[0],
        "macro_roc_auc": m.roc_auc_score(y, p, multi_class="ovr", average="macro", sample_weight=w),
        "weighted_roc_auc": m.roc_auc_score(y, p, multi_class="ovr", average="weighted", sample_weight=w),
        "macro_pr_auc": m.average_precision_score(hot, p, average="macro", sample_weight=w),
    }
    ry, rp = repeated(w, y, p)
    out["macro_roc_auc_ovo"] = m.roc_auc_score(ry, rp, multi_class="ovo", average="macro")
    out["weighted_roc_auc_ovo"] = m.roc_auc_score(ry, rp, multi_class="ovo", average="weighted")
    # Ties in the classes' order: scikit-learn's own top_k_accuracy_score takes the last first.
    rank = (p > p[np.arange(len(y)), y][:, None]).sum(axis=1)
    rank += ((p == p[np.arange(len(y)), y][:, None]) & (np.arange(k) < y[:, None])).sum(axis=1)
    for top in (1, 2, 3):
        out[f"top_{top}_accuracy"] = float(np.average(rank < top, weights=w))
    for average in ("macro", "micro", "weighted"):
        for name, beta in (("f1", 1), ("f05", 0.5), ("f2", 2)):
            out[f"{average}_{name}"] = m.fbeta_score(y, predicted, beta=beta, average=average, sample_weight=w)
        out[f"{average}_precision"] = m.precision_score(y, predicted, average=average, sample_weight=w)
        out[f"{average}_recall"] = m.recall_score(y, predicted, average=average, sample_weight=w)
    for c in range(k):
        one, said = (y == c).astype(int), (predicted == c).astype(int)
        out[f"class.c{c}.precision"] = m.precision_score(one, said, sample_weight=w)
        out[f"class.c{c}.recall"] = m.recall_score(one, said, sample_weight=w)
        out[f"class.c{c}.f1"] = m.f1_score(one, said, sample_weight=w)
        out[f"class.c{c}.specificity"] = m.recall_score(1 - one, 1 - said, sample_weight=w)
        out[f"class.c{c}.roc_auc"] = m.roc_auc_score(one, p[:, c], sample_weight=w)
        out[f"class.c{c}.pr_auc"] = m.average_precision_score(one, p[:, c], sample_weight=w)
    return out


def regression(y, p, w):
    e = p - y
    ry, rp = repeated(w, y, p)
    out = {
        "mse": m.mean_squared_error(y, p, sample_weight=w),
        "rmse": m.root_mean_squared_error(y, p, sample_weight=w),
        "mae": m.mean_absolute_error(y, p, sample_weight=w),
        "median_absolute_error": float(np.median(np.abs(rp - ry))),
        "max_error": m.max_error(ry, rp),
        "bias": float(np.average(e, weights=w)),
        "r2": m.r2_score(y, p, sample_weight=w),
        "explained_variance": m.explained_variance_score(y, p, sample_weight=w),
        "smape": float(np.average(2 * np.abs(e) / (np.abs(y) + np.abs(p)), weights=w)),
        "wape": float((w * np.abs(e)).sum() / (w * np.abs(y)).sum()),
        "huber": float(np.average(np.where(np.abs(e) <= 1, e * e / 2, np.abs(e) - 0.5), weights=w)),
        "huber_0.3": float(np.average(np.where(np.abs(e) <= 0.3, e * e / 2, 0.3 * (np.abs(e) - 0.15)), weights=w)),
        "quantile_0.9": m.mean_pinball_loss(y, p, alpha=0.9, sample_weight=w),
        "quantile_25": m.mean_pinball_loss(y, p, alpha=0.25, sample_weight=w),
        "pearson": stats.pearsonr(ry, rp)[0],
        "spearman": stats.spearmanr(ry, rp)[0],
    }
    out["mape"] = None if (ry == 0).any() else m.mean_absolute_percentage_error(y, p, sample_weight=w)
    if min(ry.min(), rp.min()) > -1:
        out["msle"] = float(np.average((np.log1p(p) - np.log1p(y)) ** 2, weights=w))
        out["rmsle"] = float(np.sqrt(out["msle"]))
    else:
        out["msle"] = out["rmsle"] = None
    return out


def delong(y, s):
    x, z = s[y == 1], s[y == 0]
    psi = (x[:, None] > z[None, :]) + 0.5 * (x[:, None] == z[None, :])
    area = psi.mean()
    variance = psi.mean(axis=1).var(ddof=1) / len(x) + psi.mean(axis=0).var(ddof=1) / len(z)
    reach = stats.norm.ppf(0.975) * np.sqrt(variance)
    logit = np.log(area / (1 - area))
    scaled = reach / (area * (1 - area))
    return {
        "area": area, "variance": variance, "low": area - reach, "high": area + reach,
        "logit_low": 1 / (1 + np.exp(scaled - logit)), "logit_high": 1 / (1 + np.exp(-scaled - logit)),
    }


def corrected(seed, n, resamples):
    u = Stream(seed)
    data = np.array([u() ** 3 for _ in range(n)])
    replicates = np.array([data.mean() + 0.2 * (u() - 0.45) for _ in range(resamples)])
    low, high, acceleration = _resampling._bca_interval(
        (data,), lambda x, axis: x.mean(axis=axis), -1, 0.025, replicates, None, np)
    return {
        "value": data.mean(), "acceleration": float(acceleration),
        "low": float(np.percentile(replicates, 100 * low)),
        "high": float(np.percentile(replicates, 100 * high)),
        "percentile_low": float(np.percentile(replicates, 2.5)),
        "percentile_high": float(np.percentile(replicates, 97.5)),
    }


def thresholds(y, s, w):
    predictable = sorted(set(s[w > 0]), reverse=True)
    candidates = [np.nextafter(predictable[0], np.inf)] + predictable
    best = {}
    for name, score in {
        "f1": lambda p: m.f1_score(y, p, sample_weight=w, zero_division=0),
        "mcc": lambda p: m.matthews_corrcoef(y, p, sample_weight=w),
        "accuracy": lambda p: m.accuracy_score(y, p, sample_weight=w),
        "cost": lambda p: -float(w @ ((p > y) * 1.0 + (p < y) * 8.0)) / w.sum(),
    }.items():
        values = [score((s >= t).astype(int)) for t in candidates]
        top = int(np.argmax(np.round(values, 12)))
        best[name] = {"threshold": candidates[top], "value": abs(values[top])}
    return best


def constant_rows(n):
    """A score that tells nothing: what has no value here is missing, where scikit-learn says 0."""
    y = np.arange(n) % 4 == 0
    return y.astype(int), np.full(n, 0.5), np.ones(n)


def apart_rows(n):
    y = np.arange(n) % 3 == 0
    return y.astype(int), np.where(y, 0.9, 0.1) + 0.05 * (np.arange(n) % 2), np.ones(n)


def without(values, *names):
    return values | {name: None for name in names}


def forecast_rows(seed, n_series, steps, past):
    """Series of unequal level that repeat after four steps, with three forecast quantiles."""
    u = Stream(seed)
    rows, history = [], []
    for series in range(n_series):
        level = 10.0 * (series + 1)
        def value(t):
            return level + 3.0 * (t % 4) + 2.0 * u()
        history.append([value(t) for t in range(past)])
        for t in range(steps):
            actual = value(past + t)
            middle = level + 3.0 * ((past + t) % 4) + 2.0 * u()
            width = 0.5 + u()
            weight = 0.5 * int(u() * 4)
            rows.append((actual, middle, [middle - width, middle, middle + 1.5 * width], series, weight))
    return rows, history


def forecasting(rows, history, season, weighted):
    y = np.array([r[0] for r in rows])
    p = np.array([r[1] for r in rows])
    q = np.array([r[2] for r in rows])
    w = np.array([r[4] for r in rows]) if weighted else np.ones(len(rows))
    scale = np.array([np.abs(np.array(h)[season:] - np.array(h)[:-season]).mean() for h in history])
    s = scale[[r[3] for r in rows]]
    size = np.average(np.abs(y), weights=w)
    levels = [0.1, 0.5, 0.9]
    out = {
        "rmse": m.root_mean_squared_error(y, p, sample_weight=w),
        "mape": m.mean_absolute_percentage_error(y, p, sample_weight=w),
        "smape": float(np.average(2 * np.abs(p - y) / (np.abs(y) + np.abs(p)), weights=w)),
        "wape": m.mean_absolute_error(y, p, sample_weight=w) / size,
        "mase": m.mean_absolute_error(y / s, p / s, sample_weight=w),
        "wql": float(np.mean([2 * m.mean_pinball_loss(y, q[:, k], alpha=a, sample_weight=w) / size for k, a in enumerate(levels)])),
        "interval_coverage": float(np.average((q[:, 0] <= y) & (y <= q[:, 2]), weights=w)),
        "interval_width": float(np.average(q[:, 2] - q[:, 0], weights=w)),
    }
    for k, a in enumerate(levels):
        out[f"coverage_{int(100 * a)}"] = float(np.average(y <= q[:, k], weights=w))
    return out


def main():
    out = {
        "binary": {
            "clean": binary(*binary_rows(1, 300, 0.4), 0.5),
            "tied": binary(*binary_rows(2, 400, 0.3, levels=6), 0.4),
            "weighted": binary(*binary_rows(3, 300, 0.5, levels=20, weighted=True), 0.5),
            "rare": binary(*binary_rows(4, 30000, 0.001), 0.7),
            "large": binary(*binary_rows(5, 200000, 0.2, levels=100000), 0.5),
            "constant": without(binary(*constant_rows(40), 0.5), "npv", "mcc"),
            "apart": binary(*apart_rows(60), 0.5),
        },
        "multiclass": {
            "clean": classes(*class_rows(11, 300, 4)),
            "tied": classes(*class_rows(12, 400, 3, levels=4)),
            "weighted": classes(*class_rows(13, 300, 5, weighted=True)),
            "large": classes(*class_rows(14, 20000, 3)),
        },
        "regression": {
            "clean": regression(*number_rows(21, 300, -2.0)),
            "positive": regression(*number_rows(22, 301, 4.0)),
            "tied": regression(*number_rows(23, 400, 3.0, levels=1)),
            "weighted": regression(*number_rows(24, 300, 5.0, weighted=True)),
            "large": regression(*number_rows(25, 100000, 2.0)),
            "constant": without(regression(number_rows(26, 80, 3.0)[0], np.full(80, 7.5), np.ones(80)), "pearson", "spearman"),
            "exact": regression(number_rows(27, 80, 3.0)[0], number_rows(27, 80, 3.0)[0], np.ones(80)),
        },
        "forecasting": {
            "seasonal": forecasting(*forecast_rows(51, 5, 24, 60), 4, False),
            "weighted": forecasting(*forecast_rows(52, 3, 40, 30), 1, True),
            "large": forecasting(*forecast_rows(53, 200, 100, 40), 4, False),
        },
        "delong": {
            "clean": delong(*binary_rows(1, 300, 0.4)[:2]),
            "tied": delong(*binary_rows(2, 400, 0.3, levels=6)[:2]),
        },
        "bca": {"skewed": corrected(31, 60, 999)},
        "thresholds": {
            "clean": thresholds(*binary_rows(1, 300, 0.4)),
            "weighted": thresholds(*binary_rows(3, 300, 0.5, levels=20, weighted=True)),
        },
    }
    with open(os.path.join(here, "..", "metrics.json"), "w") as file:
        json.dump(out, file, indent=1, default=float)
        file.write("\n")


if __name__ == "__main__":
    main()
