"""Writes Tests/Fixtures/transforms.json: what data steps make of a table, by scikit-learn.

scikit-learn 1.9.1, scipy 1.17.1, pandas 3.1.1, numpy 2.4.6. The table is stored with the answers.
Rows of weight w count as w rows: what scikit-learn can't weigh is fitted to repeated rows. A missing
number is null. Run it with python -P: a neighbour of this script is called decimal.
"""
import json, os, warnings
import numpy as np
import pandas as pd
from scipy import stats
from sklearn import feature_selection as fs
from sklearn.feature_selection._mutual_info import _compute_mi
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import (
    KBinsDiscretizer, MinMaxScaler, OneHotEncoder, OrdinalEncoder, PolynomialFeatures,
    PowerTransformer, StandardScaler)

warnings.simplefilter("ignore")
here = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(20261121)
n = 90
train = np.arange(n) < 60


def column(values):
    return [None if v != v else float(v) for v in values]


skew = np.round(np.exp(random.normal(size=n)) * 3, 4)
plain = np.round(random.normal(size=n) * 4 - 1, 4)
counts = random.integers(0, 7, n).astype(float)
gaps = np.where(random.random(n) < 0.2, np.nan, np.round(random.normal(size=n) * 2 + 30, 2))
gaps[[0, 1]] = [np.nan, 30.0]
colour = np.array(["red", "green", "blue", "grey"])[random.integers(0, 4, n)]
colour[train & (colour == "grey")] = "red"
size = np.array(["S", "M", "L"])[random.integers(0, 3, n)]
number = np.round(2 * plain + skew + random.normal(size=n), 3)
label = np.where(plain + random.normal(size=n) * 2 > 0, "yes", "no")
weight = random.integers(0, 4, n).astype(float)
day = random.permutation(n).astype(float)
site = np.array(["north", "south"])[random.integers(0, 2, n)]

table = {
    "skew": column(skew), "plain": column(plain), "counts": column(counts), "gaps": column(gaps),
    "colour": colour.tolist(), "size": size.tolist(), "number": column(number),
    "label": label.tolist(), "w": column(weight), "day": column(day), "site": site.tolist(),
    "part": np.where(train, "train", "test").tolist(),
}
cases = []


def rows(weighted):
    """The training rows, each as often as it weighs."""
    where = np.flatnonzero(train)
    return np.repeat(where, weight[where].astype(int)) if weighted else where


def case(step, config, columns, weighted=False, target="number", scores=None, tolerance=1e-12):
    cases.append({
        "step": step, "config": config, "weighted": weighted, "target": target,
        "columns": {k: column(v) for k, v in columns.items()},
        "scores": scores or {}, "tolerance": tolerance})


numeric = {"skew": skew, "plain": plain, "counts": counts}
X = np.column_stack(list(numeric.values()))
names = list(numeric)


def each(step, config, transformer, weighted, **more):
    Z = transformer.fit(X[rows(weighted)]).transform(X)
    case(step, {"columns": names, **config}, dict(zip(names, Z.T)), weighted, **more)


for weighted in (False, True):
    each("standardize", {}, StandardScaler(), weighted)
    each("standardize", {"with_mean": False}, StandardScaler(with_mean=False), weighted)
    each("standardize", {"with_std": False}, StandardScaler(with_std=False), weighted)
    each("min_max", {}, MinMaxScaler(), weighted)
    each("min_max", {"feature_range": [-1, 3], "clip": True},
         MinMaxScaler(feature_range=(-1, 3), clip=True), weighted)
    for bins in (3, 5, 7):
        each("bin", {"bins": bins, "strategy": "uniform"},
             KBinsDiscretizer(bins, encode="ordinal", strategy="uniform"), weighted)
        each("bin", {"bins": bins, "strategy": "quantile"},
             KBinsDiscretizer(bins, encode="ordinal", strategy="quantile",
                              quantile_method="averaged_inverted_cdf"), weighted)
    # The optimiser stops where the likelihood is flat: λ is known to about 1e-8.
    for standardize in (True, False):
        each("power", {"standardize": standardize}, PowerTransformer(standardize=standardize),
             weighted, tolerance=2e-6)
    P = X[:, :1]
    Z = PowerTransformer("box-cox").fit(P[rows(weighted)]).transform(P)
    case("power", {"columns": ["skew"], "method": "box-cox"}, {"skew": Z[:, 0]}, weighted,
         tolerance=2e-6)
    for strategy in ("mean", "median", "most_frequent"):
        G = gaps.reshape(-1, 1)
        made = SimpleImputer(strategy=strategy, add_indicator=True).fit(G[rows(weighted)]).transform(G)
        case("impute", {"columns": ["gaps"], "strategy": strategy, "indicator": True},
             {"gaps": made[:, 0], "missingindicator_gaps": made[:, 1]}, weighted)
G = gaps.reshape(-1, 1)
made = SimpleImputer(strategy="constant", fill_value=-7.5).fit(G[train]).transform(G)
case("impute", {"columns": ["gaps"], "strategy": "constant", "value": -7.5}, {"gaps": made[:, 0]})

case("log", {"columns": names[:1] + ["counts"]}, {"skew": np.log1p(skew), "counts": np.log1p(counts)})
case("log", {"columns": ["skew"], "offset": 0.5}, {"skew": np.log(skew + 0.5)})
for degree, only in ((2, False), (3, False), (2, True), (3, True)):
    poly = PolynomialFeatures(degree, interaction_only=only, include_bias=False).fit(X[train])
    case("polynomial", {"columns": names, "degree": degree, "interactions_only": only},
         dict(zip(poly.get_feature_names_out(names), poly.transform(X).T)))
for drop in (None, "first", "if_binary"):
    C = np.column_stack([colour, size])
    hot = OneHotEncoder(drop=drop, handle_unknown="ignore", sparse_output=False).fit(C[train])
    made = [f"{c}={l}" for i, c in enumerate(["colour", "size"])
            for j, l in enumerate(hot.categories_[i])
            if hot.drop_idx_ is None or hot.drop_idx_[i] is None or j != hot.drop_idx_[i]]
    case("one_hot", {"drop": drop or "none", "columns": ["colour", "size"]},
         dict(zip(made, hot.transform(C).T)))
code = OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=np.nan).fit(C[train])
Z = code.transform(C)
case("ordinal", {"columns": ["colour", "size"]}, {"colour": Z[:, 0], "size": Z[:, 1]})
code = OrdinalEncoder(categories=[["S", "M", "L"]]).fit(size[train].reshape(-1, 1))
case("ordinal", {"columns": ["size"], "categories": {"size": ["S", "M", "L"]}},
     {"size": code.transform(size.reshape(-1, 1))[:, 0]})

# Scores. scikit-learn adds noise to continuous numbers before it looks for neighbours, so the
# estimates without noise are asked for one by one, features and targets scaled as it scales them.
for weighted in (False, True):
    r = rows(weighted)
    case("select", {"columns": names, "method": "variance", "keep": 2}, {}, weighted,
         scores=dict(zip(names, X[r].var(axis=0))))
    C2 = np.column_stack([skew, counts])
    case("select", {"columns": ["skew", "counts"], "method": "chi2", "keep": 1}, {}, weighted,
         "label", dict(zip(["skew", "counts"], fs.chi2(C2[r], label[r])[0])), 1e-11)
    case("select", {"columns": ["colour", "counts"], "method": "mutual_information", "keep": 1}, {},
         weighted, "label",
         {"colour": fs.mutual_info_classif(OrdinalEncoder().fit_transform(colour[r].reshape(-1, 1)),
                                           label[r], discrete_features=True)[0],
          "counts": fs.mutual_info_classif(counts[r].reshape(-1, 1), label[r],
                                           discrete_features=True)[0]})
r = rows(False)
for k in (3, 5):
    y = np.unique(label[r], return_inverse=True)[1]
    case("select", {"columns": ["skew", "plain"], "method": "mutual_information", "keep": 1,
                    "n_neighbors": k}, {}, False, "label",
         {c: _compute_mi(v[r], y, False, True, k) for c, v in (("skew", skew), ("plain", plain))})
    scaled = number[r] / number[r].std()
    case("select", {"columns": ["skew", "plain", "counts"], "method": "mutual_information",
                    "keep": 1, "n_neighbors": k}, {}, False, "number",
         {"skew": _compute_mi(skew[r] / skew[r].std(), scaled, False, False, k),
          "plain": _compute_mi(plain[r] / plain[r].std(), scaled, False, False, k),
          "counts": _compute_mi(counts[r], scaled, True, False, k)})

# Looking back in time, each site for itself.
frame = pd.DataFrame({"site": site, "day": day, "plain": plain, "gaps": gaps}).sort_values(
    ["site", "day"])
sites = frame.groupby("site")
case("lag", {"columns": ["plain", "gaps"], "lags": [1, 3]}, {
    f"{c}_lag{k}": sites[c].shift(k).sort_index().values for c in ("plain", "gaps") for k in (1, 3)})
for statistic in ("mean", "sum", "std", "min", "max", "median"):
    for shift, least in ((1, None), (0, 2), (2, 1)):
        made = {}
        for c in ("plain", "gaps"):
            values = sites[c].transform(
                lambda s: getattr(s.shift(shift).rolling(4, min_periods=least), statistic)())
            made[f"{c}_rolling_{statistic}_4"] = values.sort_index().values
        config = {"columns": ["plain", "gaps"], "window": 4, "statistic": statistic, "shift": shift}
        if least:
            config["min_periods"] = least
        case("rolling", config, made)

with open(os.path.join(here, "..", "transforms.json"), "w") as f:
    json.dump({"table": table, "cases": cases}, f, indent=0, sort_keys=True)
    f.write("\n")
print(len(cases))
