"""Writes the handbook's data about a model in service: notebooks/data/service/launch.csv, later.csv.

Invented customers of a phone company, a row for each customer and month. From January to June
(launch.csv) nothing changes. In later.csv a new plan appears in August, prices rise in September, and
from September on customers who pay much leave more readily, while long contracts no longer hold them:
what was learned in spring is no longer true in autumn.

    python -P service_data.py
"""

import csv
import pathlib

import numpy as np

rng = np.random.default_rng(20)
folder = pathlib.Path(__file__).parents[3] / "notebooks/data/service"
folder.mkdir(parents=True, exist_ok=True)


def month(number, rows):
    has_plan, is_dear = number >= 8, number >= 9
    out = []
    for _ in range(rows):
        day = int(rng.integers(1, 29))
        tenure = int(min(rng.gamma(1.6, 16), 90)) + 1
        shares = [0.42, 0.33, 0.25, 0] if not has_plan else [0.34, 0.24, 0.2, 0.22]
        plan = rng.choice(["basic", "plus", "family", "unlimited"], p=shares)
        base = {"basic": 19, "plus": 34, "family": 49, "unlimited": 58}[plan]
        charge = base + rng.normal(0, 4) + (7.5 if is_dear else 0)
        calls = int(rng.poisson(1.1))
        usage = rng.gamma(3, 4.2) * (1.35 if plan == "unlimited" else 1)
        age = "" if rng.random() < 0.04 else int(np.clip(rng.normal(43, 14), 18, 88))
        hold, price = (0.055, 0.018) if not is_dear else (0.012, 0.085)
        z = -1.15 - hold * (tenure - 20) + price * (charge - 33) + 0.55 * calls - 0.03 * usage
        left = rng.random() < 1 / (1 + np.exp(-z))
        out.append([f"2025-{number:02d}-{day:02d}", tenure, plan, f"{charge:.2f}", calls,
                    f"{usage:.1f}", age, "yes" if left else "no"])
    return sorted(out)


head = ["date", "tenure", "plan", "charge", "calls", "usage_gb", "age", "left"]
for name, months in [("launch", range(1, 7)), ("later", range(7, 13))]:
    with open(folder / f"{name}.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        for number in months:
            writer.writerows(month(number, 320))
