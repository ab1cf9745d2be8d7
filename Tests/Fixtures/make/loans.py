"""Loans that never were, for the handbook's chapter on explanation and audit.

The mechanism is known, so that a reader can see whether an explanation finds it:

    z = 2.6 + 1.3 ln(income / 40) - 9 max(0, debt - 0.35)
        - late * (0.9 if history < 5 else 0.15) + 0.5 [purpose = home]

and a loan is repaid with the chance 1 / (1 + exp(-z)). Neither region nor branch nor group is part of
it; but people of group B earn less, on average, than those of group A.
Made with numpy 2.4.6. Run with python -P, since a sibling is named decimal.py.
"""

import sys

import numpy as np



def write(out, rng, n, rise=1.0, debts=(2.2, 4.5)):
    group = rng.choice(["A", "B"], n, p=[0.65, 0.35])
    income = np.round(rise * np.exp(rng.normal(np.where(group == "A", 3.75, 3.5), 0.38)), 1)
    debt = np.round(rng.beta(*debts, n), 3)
    late = rng.poisson(0.9, n)
    history = np.round(rng.gamma(2.4, 3.2, n), 1)
    purpose = rng.choice(["car", "home", "study"], n, p=[0.4, 0.35, 0.25])
    region = rng.choice(["east", "north", "south", "west"], n)
    branch = rng.integers(100, 1000, n)
    z = (2.6 + 1.3 * np.log(income / 40) - 9 * np.maximum(0, debt - 0.35)
         - late * np.where(history < 5, 0.9, 0.15) + 0.5 * (purpose == "home"))
    repaid = np.where(rng.random(n) < 1 / (1 + np.exp(-z)), "yes", "no")
    with open(out, "w") as f:
        f.write("income,debt,late,history,purpose,region,branch,group,repaid\n")
        for row in zip(income, debt, late, history, purpose, region, branch, group, repaid):
            f.write(",".join(str(x) for x in row) + "\n")
    print(out, (repaid == "yes").mean())


folder = sys.argv[1] if len(sys.argv) > 1 else "notebooks/data"
write(f"{folder}/loans.csv", np.random.default_rng(1907), 3000)
write(f"{folder}/loans-later.csv", np.random.default_rng(1929), 600, rise=1.12, debts=(2.6, 3.4))
