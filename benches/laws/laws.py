"""Twenty laws from Feynman's lectures: how many of five seeds find each, and how fast.

    python3 benches/laws/laws.py --lab target/release/lab                   one island
    python3 benches/laws/laws.py --lab target/release/lab --islands 2       two islands, a thread each
    python3 benches/laws/laws.py --peer pyoperon                            the same rows, another program
    python3 benches/laws/laws.py --peer gplearn

Laws and ranges: Udrescu and Tegmark (2020), AI Feynman, arXiv:1905.11481, the table FeynmanEquations.csv. Rows are uniform in the
ranges, without noise, from a generator with a fixed seed. Every search gets the four operations of arithmetic and the functions that
occur in the law. A law counts as found if the one that
is suggested errs by less than a millionth of the target's spread on a thousand rows that no search has seen. A peer's law is the
best one that it has. Seconds are of processor time, of all threads together, which other work on the machine hardly changes; the limit is in
seconds that pass. `--lab` needs Python's standard library only; peers need numpy and their package from PyPI.

`--save FILE` keeps each run as a line of JSON, and `--table FILE...` prints files side by side, a column each.
"""

import argparse
import csv
import json
import math
import os
import random
import resource
import subprocess
import tempfile
import time
import types
from math import cos, exp, inf, log, pi, sin, sqrt

FUNCTIONS = ["sqrt", "exp", "log", "sin", "cos"]
FOUND = 1e-6
# What laws are printed with, of one number at a time.
NUMPY = types.SimpleNamespace(
    divide=lambda a, b: a / b, power=math.pow, where=lambda larger, then, other: then if larger else other,
    sqrt=math.sqrt, exp=math.exp, log=math.log, sin=math.sin, cos=math.cos,
)

# Name, columns with their ranges, law.
LAWS = [
    ("I.6.20a", {"theta": (1, 3)}, lambda theta: exp(-theta**2 / 2) / sqrt(2 * pi)),
    ("I.8.14", dict.fromkeys(["x1", "x2", "y1", "y2"], (1, 5)), lambda x1, x2, y1, y2: sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2)),
    ("I.10.7", {"m0": (1, 5), "v": (1, 2), "c": (3, 10)}, lambda m0, v, c: m0 / sqrt(1 - v**2 / c**2)),
    ("I.12.2", dict.fromkeys(["q1", "q2", "epsilon", "r"], (1, 5)), lambda q1, q2, epsilon, r: q1 * q2 / (4 * pi * epsilon * r**2)),
    ("I.12.11", dict.fromkeys(["q", "Ef", "B", "v", "theta"], (1, 5)), lambda q, Ef, B, v, theta: q * (Ef + B * v * sin(theta))),
    ("I.13.4", dict.fromkeys(["m", "v", "u", "w"], (1, 5)), lambda m, v, u, w: 0.5 * m * (v**2 + u**2 + w**2)),
    ("I.13.12", dict.fromkeys(["m1", "m2", "r1", "r2", "G"], (1, 5)), lambda m1, m2, r1, r2, G: G * m1 * m2 * (1 / r2 - 1 / r1)),
    ("I.15.10", {"m0": (1, 5), "v": (1, 2), "c": (3, 10)}, lambda m0, v, c: m0 * v / sqrt(1 - v**2 / c**2)),
    ("I.16.6", dict.fromkeys(["c", "v", "u"], (1, 5)), lambda c, v, u: (u + v) / (1 + u * v / c**2)),
    ("I.18.4", dict.fromkeys(["m1", "m2", "r1", "r2"], (1, 5)), lambda m1, m2, r1, r2: (m1 * r1 + m2 * r2) / (m1 + m2)),
    ("I.24.6", dict.fromkeys(["m", "omega", "omega0", "x"], (1, 3)), lambda m, omega, omega0, x: m * (omega**2 + omega0**2) * x**2 / 4),
    ("I.27.6", dict.fromkeys(["d1", "d2", "n"], (1, 5)), lambda d1, d2, n: 1 / (1 / d1 + n / d2)),
    ("I.29.16", dict.fromkeys(["x1", "x2", "theta1", "theta2"], (1, 5)),
     lambda x1, x2, theta1, theta2: sqrt(x1**2 + x2**2 - 2 * x1 * x2 * cos(theta1 - theta2))),
    ("I.30.3", dict.fromkeys(["I0", "theta", "n"], (1, 5)), lambda I0, theta, n: I0 * sin(n * theta / 2) ** 2 / sin(theta / 2) ** 2),
    ("I.34.8", dict.fromkeys(["q", "v", "B", "p"], (1, 5)), lambda q, v, B, p: q * v * B / p),
    ("I.40.1", dict.fromkeys(["n0", "m", "x", "T", "g", "kb"], (1, 5)), lambda n0, m, x, T, g, kb: n0 * exp(-m * g * x / (kb * T))),
    ("I.44.4", dict.fromkeys(["n", "kb", "T", "V1", "V2"], (1, 5)), lambda n, kb, T, V1, V2: n * kb * T * log(V2 / V1)),
    ("I.47.23", dict.fromkeys(["gamma", "pr", "rho"], (1, 5)), lambda gamma, pr, rho: sqrt(gamma * pr / rho)),
    ("II.11.3", {"q": (1, 3), "Ef": (1, 3), "m": (1, 3), "omega0": (3, 5), "omega": (1, 2)},
     lambda q, Ef, m, omega0, omega: q * Ef / (m * (omega0**2 - omega**2))),
    ("II.6.11", dict.fromkeys(["epsilon", "p", "theta", "r"], (1, 3)), lambda epsilon, p, theta, r: p * cos(theta) / (4 * pi * epsilon * r**2)),
]


def operators(law):
    """Arithmetic, and the functions that occur in the law."""
    return ["+", "-", "*", "/", *(name for name in FUNCTIONS if name in law[2].__code__.co_names)]


def rows_of(law, count, seed):
    """Rows of a law: its columns in their order, the target last."""
    name, columns, value = law
    generator = random.Random(f"{name} {seed}")
    rows = []
    for _ in range(count):
        row = [generator.uniform(*ends) for ends in columns.values()]
        rows.append([*row, value(*row)])
    return rows


def spread(values):
    mean = sum(values) / len(values)
    return sqrt(sum((y - mean) ** 2 for y in values) / len(values))


def error_elsewhere(law, predicted):
    """Root mean square error on a thousand fresh rows, in parts of their spread. `predicted` maps rows to values."""
    fresh = rows_of(law, 1000, "fresh")
    truth = [row[-1] for row in fresh]
    errors = [p - t for p, t in zip(predicted([row[:-1] for row in fresh]), truth)]
    return sqrt(sum(e * e for e in errors) / len(errors)) / spread(truth)


def by_lab(law, rows, seed, options):
    name, columns, _ = law
    with tempfile.TemporaryDirectory() as folder:
        table = os.path.join(folder, "table.csv")
        with open(table, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow([*columns, "y"])
            writer.writerows([repr(x) for x in row] for row in rows)
        command = [options.lab, "discover", "--csv", table, "--target", "y", "--ops", ",".join(operators(law)), "--seed", str(seed)]
        command += ["--islands", str(options.islands), "--json"]
        command += ["--evaluations", str(options.evaluations)] if options.evaluations else ["--seconds", str(options.seconds)]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    summary = json.loads(output.splitlines()[-1])
    best = summary["best"]
    if "python" not in best:  # before laws were printed as code
        return best["law"], sqrt(max(best["loss"], 0.0)) / spread([row[-1] for row in rows])
    code = compile(best["python"], "law", "eval")
    names = list(columns)

    def value(row):
        try:
            return eval(code, {"np": NUMPY, **dict(zip(names, row))})
        except (ArithmeticError, ValueError):  # no value there
            return inf

    def predicted(rows):
        return [value(row) for row in rows]

    return best["law"], error_elsewhere(law, predicted)


def by_pyoperon(law, rows, seed, options):
    import numpy as np
    from pyoperon.sklearn import SymbolicRegressor

    x = np.array([row[:-1] for row in rows])
    y = np.array([row[-1] for row in rows])
    model = SymbolicRegressor(
        allowed_symbols=",".join(["add,sub,mul,div,constant,variable", *operators(law)[4:]]),
        optimizer_iterations=10,
        max_length=50,
        generations=10**6,
        max_evaluations=options.evaluations or 10**9,
        max_time=None if options.evaluations else max(1, round(options.seconds)),
        model_selection_criterion="mean_squared_error",
        n_threads=options.islands,
        epsilon=1e-12,
        random_state=seed + 1,
    )
    model.fit(x, y)
    return model.get_model_string(model.model_, 6), error_elsewhere(law, lambda rows: model.predict(np.array(rows)))


def by_gplearn(law, rows, seed, options):
    import numpy as np
    from gplearn.functions import make_function
    from gplearn.genetic import SymbolicRegressor

    # It has no exponential, and lets none in that overflows.
    exponential = make_function(function=lambda x: np.exp(np.clip(x, -100, 100)), name="exp", arity=1)
    functions = [exponential if name == "exp" else name for name in operators(law)[4:]]
    x = np.array([row[:-1] for row in rows])
    y = np.array([row[-1] for row in rows])
    begun = time.perf_counter()
    # It has no limit in seconds: generations are added until the time is up.
    model = SymbolicRegressor(
        population_size=1000, generations=1, function_set=("add", "sub", "mul", "div", *functions),
        stopping_criteria=1e-12, metric="rmse", parsimony_coefficient=1e-4, n_jobs=1, random_state=seed, warm_start=True,
    )
    model.fit(x, y)
    while time.perf_counter() - begun < options.seconds and model._program.raw_fitness_ > 1e-12:
        model.generations += 1
        model.fit(x, y)
    return str(model._program), error_elsewhere(law, lambda rows: model.predict(np.array(rows)))


def processor_seconds():
    """Of this process and those it has waited for, all threads together."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


def table(files):
    """Runs of several files side by side: found of so many seeds, and the median of the seconds of those that found it."""
    columns = []
    for file in files:  # of one program each
        with open(file) as lines:
            runs = [json.loads(line) for line in lines]
        columns.append((runs[0]["program"], runs))
    print("| law | " + " | ".join(name for name, _ in columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    for name, _, _ in LAWS:
        cells = []
        for _, runs in columns:
            of_law = [run for run in runs if run["law"] == name]
            seconds = sorted(run["seconds"] for run in of_law if run["error"] < FOUND)
            cells.append(f"{len(seconds)} of {len(of_law)}" + (f", {seconds[len(seconds) // 2]:.1f} s" if seconds else ""))
        print(f"| {name} | " + " | ".join(cells) + " |")
    totals = [f"{sum(run['error'] < FOUND for run in runs)} of {len(runs)}" for _, runs in columns]
    print("| all | " + " | ".join(totals) + " |")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lab", default="target/release/lab", help="the program")
    parser.add_argument("--peer", choices=["pyoperon", "gplearn"], help="another program instead")
    parser.add_argument("--islands", type=int, default=1, help="searches side by side; threads of pyoperon")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--evaluations", type=int, help="of laws, as a limit instead: the same on a machine that is busy (not of gplearn)")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--only", help="names of laws, separated by commas")
    parser.add_argument("--save", help="file to keep the runs in")
    parser.add_argument("--table", nargs="+", metavar="FILE", help="print files of runs side by side instead")
    options = parser.parse_args()
    if options.table:
        return table(options.table)
    search = {None: by_lab, "pyoperon": by_pyoperon, "gplearn": by_gplearn}[options.peer]
    laws = [law for law in LAWS if not options.only or law[0] in options.only.split(",")]
    program = f"{options.peer or 'lab'}, " + (f"{options.islands} islands" if options.islands > 1 else "1 island") if not options.peer else options.peer
    file = open(options.save, "a") if options.save else None
    all_runs = []
    for law in laws:
        runs = []
        for seed in range(options.seeds):
            begun = processor_seconds()
            text, error = search(law, rows_of(law, options.rows, "rows"), seed, options)
            run = {"program": program, "law": law[0], "seed": seed, "seconds": processor_seconds() - begun, "error": error, "text": text}
            runs.append(run)
            if file:
                print(json.dumps(run), file=file, flush=True)
        found = [run for run in runs if run["error"] < FOUND]
        seconds = sorted(run["seconds"] for run in runs)
        missed = next((f"{run['text']} ({run['error']:.0e})" for run in runs if not run["error"] < FOUND), "")
        print(f"{law[0]:9} {len(found)} of {len(runs)}, median {seconds[len(seconds) // 2]:.2f} s, slowest {seconds[-1]:.2f} s  {missed}", flush=True)
        all_runs += runs
    print(f"{sum(run['error'] < FOUND for run in all_runs)} of {len(all_runs)} runs")


if __name__ == "__main__":
    main()
