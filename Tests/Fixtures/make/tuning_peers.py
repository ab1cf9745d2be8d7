"""Regrets of Optuna's samplers on the functions of the tuning study, in the study's virtual time.

    python tuning_peers.py tuning-peers.csv [--minutes M] [--parallel N …]

Adds to the table what it lacks, one row a run, and ends when nothing is missing (or after M minutes,
to be called again). `make study` calls it; GPSampler takes most of two hours for all of it, so the
table is kept. Made with optuna 5.0.0, torch 2.15.0 (one thread), scipy and numpy.
"""
import argparse, csv, math, os, time, warnings
warnings.filterwarnings("ignore")
import optuna
try:
    import torch
    torch.set_num_threads(1)
except ImportError:
    pass
optuna.logging.set_verbosity(optuna.logging.ERROR)

def splitmix(z):
    z = (z + 0x9E3779B97F4A7C15) & (2**64 - 1)
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & (2**64 - 1)
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & (2**64 - 1)
    return z ^ (z >> 31)

def noise(seed, job):
    return sum((splitmix((seed * 1000 + job) * 12 + k) >> 11) * 2.0**-53 for k in range(12)) - 6

def duration(seed, job):
    x = (job + 1) * 0.6180339887498949 + seed * 0.7548776662466927
    return 1 + x - math.floor(x)

def box(trial, n, low, high):
    return [trial.suggest_float(f"x{i}", low, high) for i in range(n)]

def branin(trial):
    x, y = trial.suggest_float("x0", -5, 10), trial.suggest_float("x1", 0, 15)
    a = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return a * a + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10 - 0.397887357729739

A = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
P = [[1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991], [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381]]
def hartmann6(trial):
    x = box(trial, 6, 0, 1)
    return 3.322368011415512 - sum(c * math.exp(-sum(a[j] * (x[j] - p[j] * 1e-4) ** 2 for j in range(6))) for c, a, p in zip([1.0, 1.2, 3.0, 3.2], A, P))

def ackley5(trial):
    x = [v - s for v, s in zip(box(trial, 5, -32.768, 32.768), [5.1, -7.3, 2.9, 9.7, -4.4])]
    return -20 * math.exp(-0.2 * math.sqrt(sum(v * v for v in x) / 5)) - math.exp(sum(math.cos(2 * math.pi * v) for v in x) / 5) + 20 + math.e

def rosenbrock4(trial):
    x = box(trial, 4, -5, 10)
    return sum(100 * (x[i + 1] - x[i] ** 2) ** 2 + (1 - x[i]) ** 2 for i in range(3))

def levy8(trial):
    w = [1 + (v - 1) / 4 for v in box(trial, 8, -10, 10)]
    return math.sin(math.pi * w[0]) ** 2 + sum((v - 1) ** 2 * (1 + 10 * math.sin(math.pi * v + 1) ** 2) for v in w[:-1]) + (w[-1] - 1) ** 2 * (1 + math.sin(2 * math.pi * w[-1]) ** 2)

def mixed(trial):
    rate = math.log10(trial.suggest_float("rate", 1e-5, 1, log=True))
    depth = trial.suggest_int("depth", 1, 15)
    width = math.log2(trial.suggest_int("width", 8, 512, log=True))
    kind = trial.suggest_categorical("kind", [0, 1, 2])
    drop = trial.suggest_float("drop", 0, 0.6)
    return (0.5 * (rate + [2.5, 2.8, 2.2][kind]) ** 2 + (depth - [6, 9, 4][kind]) ** 2 / 30 + (width - 6) ** 2 / 10
            + 8 * (drop - 0.04 * depth) ** 2 + [0.15, 0, 0.3][kind])

def conditional(trial):
    kind = trial.suggest_categorical("kind", [0, 1, 2])
    if kind == 0:
        a, b = trial.suggest_float("a", 0, 1), math.log10(trial.suggest_float("b", 1e-4, 1, log=True))
        return 0.3 + 4 * (a - 0.3) ** 2 + 0.2 * (b + 2) ** 2
    if kind == 1:
        c, d = trial.suggest_int("c", 1, 20), trial.suggest_float("d", 0, 1)
        return 0.1 + (c - 13) ** 2 / 100 + 3 * (d - 0.8) ** 2
    e, g, h = (trial.suggest_float(n, 0, 1) for n in "egh")
    return 2 * (e - 0.2) ** 2 + 2 * (g - 0.9) ** 2 + 4 * (h - e) ** 2

FUNCTIONS = {f.__name__: (f, 0) for f in [branin, hartmann6, ackley5, rosenbrock4, levy8, mixed, conditional]}
FUNCTIONS["noisy"] = (branin, 1.0)

def run(name, sampler, parallel, jobs, seed):
    function, deviation = FUNCTIONS[name]
    if sampler == "gp":
        sampler = optuna.samplers.GPSampler(seed=seed)
    elif sampler == "tpe":
        sampler = optuna.samplers.TPESampler(seed=seed, constant_liar=parallel > 1)
    else:
        sampler = optuna.samplers.RandomSampler(seed=seed)
    study = optuna.create_study(sampler=sampler)
    running, now, started, regrets = [], 0.0, 0, []
    seen, best = math.inf, math.inf
    while len(regrets) < jobs:
        while len(running) < parallel and started < jobs:
            trial = study.ask()
            running.append((now + duration(seed, started), started, trial, function(trial)))
            started += 1
        running.sort(key=lambda r: r[:2])
        now, index, trial, value = running.pop(0)
        shown = value + deviation * noise(seed, index)
        study.tell(trial, shown)
        if shown < seen:
            seen, best = shown, value
        regrets.append(best)
    return regrets


SEEDS = range(10)
JOBS = 60
FIELDS = ["function", "sampler", "parallel", "seed", "regret_30", "regret_60"]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("table")
    options.add_argument("--minutes", type=float, default=math.inf)
    options.add_argument("--parallel", type=int, nargs="*", default=[4, 16, 1])
    options = options.parse_args()
    end = time.monotonic() + 60 * options.minutes
    done = set()
    if os.path.exists(options.table):
        with open(options.table) as file:
            done = {(r["function"], r["sampler"], int(r["parallel"]), int(r["seed"])) for r in csv.DictReader(file)}
    else:
        with open(options.table, "w") as file:
            file.write(",".join(FIELDS) + "\n")
    wanted = [(f, s, p, seed) for s in ["tpe", "gp"] for p in options.parallel for f in FUNCTIONS for seed in SEEDS]
    for unit in wanted:
        if unit in done:
            continue
        if time.monotonic() > end:
            return
        name, sampler, parallel, seed = unit
        regrets = run(name, sampler, parallel, JOBS, seed)
        with open(options.table, "a") as file:
            file.write(f"{name},{sampler},{parallel},{seed},{regrets[29]!r},{regrets[59]!r}\n")


main()
