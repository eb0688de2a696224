"""Other people's optimizers on the functions of this benchmark: the precision f - fopt after 10^2 n, 10^3 n and 10^4 n evaluations.

    python3 peers/peers.py [--seeds 2] [--only scipy-de,...]      (in bench/search, after `npm run build`)

Needs numpy, scipy, DEAP and nlopt (Debian: python3-scipy python3-deap python3-nlopt). Every method has its own defaults but for what
its table line says, starts uniformly in the box [-5, 5]^n, and is asked no more than 10^4 n values: from the outside, so that none can
overdraw. Results are appended to peers/out/peers.ndjson, run by run; what is there is not run again. When all is done, the medians
are written to peers/peers.json, which the table of bench.mjs prints beside basin's.
"""

import argparse
import json
import os
import random
import struct
import subprocess
from functools import partial
from statistics import median

import numpy
import scipy
import scipy.optimize

HERE = os.path.dirname(os.path.abspath(__file__))
FUNCTIONS = [1, 2, 6, 8, 10, 15, 20, 21]
INSTANCES = [1, 2, 3]
DIMENSIONS = [5, 10]
PRECISION = 1e-8


class Spent(Exception):
    """The budget is spent, or the target reached: peers are stopped by it from the outside."""


class Function:
    """A function of the benchmark, evaluated by basin, with its books."""

    def __init__(self, f, n, instance):
        command = ["node", os.path.join(HERE, "values.mjs"), str(f), str(n), str(instance)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        self.n = n
        self.minimum = self.receive(1)[0]
        self.budgets = [100 * n, 1000 * n, 10000 * n]
        self.best = float("inf")
        self.count = 0
        self.precision = []

    def receive(self, count):
        data = b""
        while len(data) < 8 * count:
            part = self.process.stdout.read(8 * count - len(data))
            if not part:
                raise SystemExit("values.mjs ended: build first (npm run build), then run this again; what is done stays done")
            data += part
        return struct.unpack(f"<{count}d", data)

    def values(self, points):
        points = numpy.ascontiguousarray(points, dtype="<f8").reshape(-1, self.n)
        points = points[: self.budgets[-1] - self.count]
        if len(points) == 0:
            raise Spent
        self.process.stdin.write(struct.pack("<I", len(points)) + points.tobytes())
        values = self.receive(len(points))
        for value in values:
            self.count += 1
            self.best = min(self.best, value - self.minimum)
            if self.count in self.budgets:
                self.precision.append(self.best)
        if self.best <= PRECISION:
            raise Spent
        return values

    def __call__(self, x, *_):
        return self.values(x)[0]

    def close(self):
        self.process.stdin.close()
        self.process.wait()
        return self.precision + [self.best] * (3 - len(self.precision))


def scipy_de(function, n, seed):
    """scipy.optimize.differential_evolution, best1bin, population 15 n; again from another population where it converges early.

    Its default tolerance is relative to the mean of f: with f_opt far from 0 it would stop a hundredth short, so it is set to 0.
    """
    again = 0
    while True:
        scipy.optimize.differential_evolution(
            function, [(-5, 5)] * n, maxiter=10**9, tol=0, atol=1e-10, seed=seed + 1000 * again, polish=False
        )
        again += 1


def scipy_annealing(function, n, seed):
    """scipy.optimize.dual_annealing with its local search (L-BFGS-B), which is its default."""
    again = 0
    while True:
        scipy.optimize.dual_annealing(function, [(-5, 5)] * n, maxiter=10**9, maxfun=10**9, seed=seed + 1000 * again)
        again += 1


def nlopt_crs2(function, n, seed):
    """NLopt's GN_CRS2_LM."""
    import nlopt

    nlopt.srand(seed)
    rng = numpy.random.default_rng(seed)
    failed = []

    def value(x, _):
        try:
            return function(x)
        except Spent as spent:
            failed.append(spent)
            raise nlopt.ForcedStop

    while not failed:
        search = nlopt.opt(nlopt.GN_CRS2_LM, n)
        search.set_lower_bounds([-5.0] * n)
        search.set_upper_bounds([5.0] * n)
        search.set_min_objective(value)
        search.set_maxeval(10**9)
        search.set_xtol_rel(1e-14)
        try:
            search.optimize(rng.uniform(-5, 5, n))
        except nlopt.ForcedStop:
            pass
        except RuntimeError:
            pass


def deap_ga(function, n, seed):
    """DEAP: population 100, tournament 3, SBX (eta 15, p = 0.9), polynomial mutation (eta 20, 1/n a gene), the best one kept."""
    from deap import base, creator, tools

    if not hasattr(creator, "Loss"):
        creator.create("Loss", base.Fitness, weights=(-1.0,))
        creator.create("Individual", list, fitness=creator.Loss)
    random.seed(seed)
    mate = partial(tools.cxSimulatedBinaryBounded, eta=15, low=-5, up=5)
    mutate = partial(tools.mutPolynomialBounded, eta=20, low=-5, up=5, indpb=1 / n)

    def evaluate(individuals):
        todo = [one for one in individuals if not one.fitness.valid]
        if todo:
            for one, value in zip(todo, function.values(todo)):
                one.fitness.values = (value,)

    population = [creator.Individual(random.uniform(-5, 5) for _ in range(n)) for _ in range(100)]
    evaluate(population)
    while True:
        best = tools.selBest(population, 1)[0]
        children = [
            creator.Individual(one) for one in tools.selTournament(population, len(population) - 1, tournsize=3)
        ]
        for a, b in zip(children[::2], children[1::2]):
            if random.random() < 0.9:
                mate(a, b)
        for one in children:
            mutate(one)
        evaluate(children)
        population = [best] + children


PEERS = {"scipy-de": scipy_de, "scipy-annealing": scipy_annealing, "nlopt-crs2": nlopt_crs2, "deap-ga": deap_ga}


def versions():
    import importlib.metadata

    import nlopt

    return {
        "scipy": scipy.__version__,
        "deap": importlib.metadata.version("deap"),
        "nlopt": f"{nlopt.version_major()}.{nlopt.version_minor()}.{nlopt.version_bugfix()}",
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    wanted = [name for name in PEERS if not options.only or name in options.only.split(",")]
    os.makedirs(os.path.join(HERE, "out"), exist_ok=True)
    log = os.path.join(HERE, "out", "peers.ndjson")
    done = {}
    if os.path.exists(log):
        for line in open(log):
            try:
                run = json.loads(line)
            except json.JSONDecodeError:
                continue  # the last line of a run that was broken off
            done[(run["peer"], run["f"], run["n"], run["instance"], run["seed"])] = run
    for seed in range(1, options.seeds + 1):
        for name in wanted:
            for n in DIMENSIONS:
                for f in FUNCTIONS:
                    for instance in INSTANCES:
                        key = (name, f, n, instance, seed)
                        if key in done:
                            continue
                        function = Function(f, n, instance)
                        try:
                            PEERS[name](function, n, 100 * instance + seed)
                        except Spent:
                            pass
                        precision = function.close()
                        run = dict(peer=name, f=f, n=n, instance=instance, seed=seed, precision=precision)
                        done[key] = run
                        with open(log, "a") as file:
                            file.write(json.dumps(run) + "\n")
            print(f"seed {seed}: {name} done", flush=True)
    table = {}
    for name in PEERS:
        for n in DIMENSIONS:
            for f in FUNCTIONS:
                runs = [run["precision"] for key, run in done.items() if key[:3] == (name, f, n)]
                if runs:
                    cell = dict(runs=len(runs), precision=[median(run[k] for run in runs) for k in range(3)])
                    table.setdefault(name, {}).setdefault(str(n), {})[str(f)] = cell
    with open(os.path.join(HERE, "peers.json"), "w") as file:
        json.dump(dict(versions=versions(), peers=table), file, indent=1)
        file.write("\n")


main()
