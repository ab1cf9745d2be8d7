"""Ranking metrics of scikit-learn 1.9.1 (linear gain, ties averaged) for RankingMetricTests.

Made with scikit-learn 1.9.1, numpy 2.4.6. Relevances and scores are written with the expected
values: scikit-learn's ndcg_score knows linear gains, with ties averaged or in the order given.
"""

import json
import sys

import numpy as np
from sklearn.metrics import label_ranking_average_precision_score, ndcg_score

rng = np.random.default_rng(5)
queries = []
for size, levels in [(2, 3), (5, 4), (12, 3), (12, 1000), (40, 6), (40, 1000), (7, 1)]:
    relevance = rng.integers(0, 4, size)
    relevance[0] = 1
    scores = rng.integers(0, levels, size) / 8
    # In the order given: an ever so small fall that breaks ties.
    broken = scores - np.arange(size) * 1e-9
    row = {"relevance": relevance.tolist(), "scores": scores.tolist()}
    for k in (1, 3, 5, None):
        name = "all" if k is None else str(k)
        row[f"averaged_{name}"] = ndcg_score([relevance], [scores], k=k)
        row[f"file_{name}"] = ndcg_score([relevance], [broken], k=k, ignore_ties=True)
        row[f"exponential_{name}"] = ndcg_score([2.0**relevance - 1], [broken], k=k)
    row["map_all"] = label_ranking_average_precision_score([relevance > 0], [broken])
    queries.append(row)
json.dump({"made_with": "scikit-learn 1.9.1", "queries": queries}, sys.stdout,
          separators=(",", ":"))
