"""Other people's optimizers on the functions of this benchmark: the precision f - fopt after 10^2 n, 10^3 n and 10^4 n evaluations.

    python3 peers/peers.py [--seeds 3] [--only scipy-de,...]      (in bench/search, after `npm run build`)
    python3 peers/peers.py --seeds 10 --only pycma-bipop

Needs numpy and scipy, and of the rest what is asked for: DEAP and nlopt (Debian: python3-deap python3-nlopt), pymoo and cma (from the
Python package index, or their source folders on PYTHONPATH; pymoo's swarm calls neither its compiled modules nor moocore nor
alive_progress, which it imports). A peer whose module is absent is left out, and said so.

Every method has its own defaults but for what its own description here says, starts uniformly in the box [-5, 5]^n, and is asked no
more than 10^4 n values: from the outside, so that none can overdraw. Results are appended to peers/out/peers.ndjson, run by run; what is
there is not run again. When all is done, the medians are written to peers/peers.json, which the table of bench.mjs prints beside
basin's; figures of peers that were not run here stay as they are there.
"""

import argparse
import importlib
import importlib.metadata
import json
import os
import random
import struct
import subprocess
from functools import partial
from statistics import median
from typing import Callable, NamedTuple

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
        self.hit = None
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
            if self.hit is None and self.best <= PRECISION:
                self.hit = self.count
            if self.count in self.budgets:
                self.precision.append(self.best)
        if self.hit is not None:
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


def pymoo_problem(function, n):
    from pymoo.core.problem import Problem

    class Bowl(Problem):
        def __init__(self):
            super().__init__(n_var=n, n_obj=1, xl=-5.0, xu=5.0)

        def _evaluate(self, x, out, *args, **kwargs):
            out["F"] = numpy.array(function.values(x)).reshape(-1, 1)

    return Bowl()


def pymoo_pso(function, n, seed):
    """pymoo's adaptive PSO (25 particles, Latin hypercube), without an end of its own."""
    from pymoo.algorithms.soo.nonconvex.pso import PSO
    from pymoo.optimize import minimize

    minimize(pymoo_problem(function, n), PSO(), ("n_gen", 10**9), seed=seed)


def pymoo_pso_again(function, n, seed):
    """The same, ended where pymoo's default termination ends it; then again from another swarm."""
    from pymoo.algorithms.soo.nonconvex.pso import PSO
    from pymoo.optimize import minimize

    again = 0
    while True:
        minimize(pymoo_problem(function, n), PSO(), seed=seed + 1000 * again)
        again += 1


def pycma_bipop(function, n, seed):
    """pycma's fmin2 with BIPOP restarts; first step 2, a fifth of the box, as basin's."""
    import cma

    rng = numpy.random.default_rng(seed)
    cma.fmin2(
        None,
        lambda: rng.uniform(-5, 5, n),
        2.0,
        {"verbose": -9, "seed": seed},
        restarts=9,
        bipop=True,
        parallel_objective=lambda points: list(function.values(points)),
    )


class Peer(NamedTuple):
    search: Callable
    module: str
    functions: list[int] = FUNCTIONS
    # Whether evaluations to 1e-8 are compared (all runs are kept), or else precision (medians are).
    hits: bool = False


PEERS = {
    "scipy-de": Peer(scipy_de, "scipy"),
    "scipy-annealing": Peer(scipy_annealing, "scipy"),
    "nlopt-crs2": Peer(nlopt_crs2, "nlopt"),
    "deap-ga": Peer(deap_ga, "deap"),
    "pymoo-pso": Peer(pymoo_pso, "pymoo"),
    "pymoo-pso-again": Peer(pymoo_pso_again, "pymoo"),
    "pycma-bipop": Peer(pycma_bipop, "cma", [1, 2, 6, 8, 10], hits=True),
}


def version(module):
    """The version of a module; None where it cannot be had."""
    try:
        found = importlib.import_module(module)
        if module == "nlopt":
            return f"{found.version_major()}.{found.version_minor()}.{found.version_bugfix()}"
        return getattr(found, "__version__", None) or importlib.metadata.version(module)
    except ImportError:
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    wanted = options.only.split(",") if options.only else [name for name in PEERS if not PEERS[name].hits]
    for name in wanted:
        if name not in PEERS:
            raise SystemExit(f'no peer is called "{name}"; known are {", ".join(PEERS)}')
    versions = {PEERS[name].module: version(PEERS[name].module) for name in wanted}
    for name in wanted:
        module = PEERS[name].module
        if versions[module] is None:
            print(f"{name} is left out: Python finds no module {module} (see the head of this file for where to get it)")
    wanted = [name for name in wanted if versions[PEERS[name].module] is not None]
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
                for f in PEERS[name].functions:
                    for instance in INSTANCES:
                        key = (name, f, n, instance, seed)
                        if key in done:
                            continue
                        function = Function(f, n, instance)
                        try:
                            PEERS[name].search(function, n, 100 * instance + seed)
                        except Spent:
                            pass
                        precision = function.close()
                        run = dict(
                            peer=name, f=f, n=n, instance=instance, seed=seed, precision=precision, hit=function.hit
                        )
                        done[key] = run
                        with open(log, "a") as file:
                            file.write(json.dumps(run) + "\n")
            print(f"seed {seed}: {name} done", flush=True)

    stored = os.path.join(HERE, "peers.json")
    table = json.load(open(stored)) if os.path.exists(stored) else dict(versions={}, peers={}, hits={})
    for name in wanted:
        peer = PEERS[name]
        table["versions"][peer.module] = versions[peer.module]
        for n in DIMENSIONS:
            for f in peer.functions:
                runs = [run for key, run in sorted(done.items()) if key[:3] == (name, f, n)]
                if peer.hits:
                    cell = [run["hit"] for run in runs]
                else:
                    cell = dict(runs=len(runs), precision=[median(run["precision"][k] for run in runs) for k in range(3)])
                section = table["hits" if peer.hits else "peers"]
                section.setdefault(name, {}).setdefault(str(n), {})[str(f)] = cell
    with open(stored, "w") as file:
        json.dump(table, file, indent=1)
        file.write("\n")


main()
