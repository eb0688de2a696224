"""scipy's least_squares on NIST's fits, from both of NIST's starts: certified digits, and how many evaluations they took.

    python3 peers/least-squares.py      (in bench/search, after `npm run build`)

Needs numpy and scipy. Residuals and Jacobians are basin's (residuals.mjs), to the last bit; the methods are MINPACK's Levenberg-Marquardt
("lm") and the trust region with reflection ("trf"), each with scipy's default units and with x_scale="jac", all to the end of the digits
(tolerances of 1e-15). Written to peers/least-squares.json, which least-squares.mjs prints beside basin's.
"""

import json
import os
import subprocess
import sys

import numpy
import scipy
from scipy.optimize import least_squares

HERE = os.path.dirname(os.path.abspath(__file__))
METHODS = [("lm", 1.0), ("lm", "jac"), ("trf", 1.0), ("trf", "jac")]
WITHIN = 1 + 1e-8


class Fit:
    """A curve of NIST's, evaluated by basin, with its books."""

    def __init__(self, process, name, certified_sum):
        self.process, self.name, self.target = process, name, certified_sum * WITHIN
        self.count, self.hit = 0, None

    def ask(self, x):
        self.process.stdin.write(json.dumps({"set": self.name, "x": list(x)}) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def residuals(self, x):
        values = numpy.array(self.ask(x)["residuals"], dtype=float)
        self.count += 1
        if len(values) == 0:
            return numpy.full(self.length, numpy.inf)
        self.length = len(values)
        if self.hit is None and float(values @ values) <= self.target:
            self.hit = self.count
        return values

    def jacobian(self, x):
        return numpy.array(self.ask(x)["jacobian"], dtype=float).reshape(self.length, len(x))


def main():
    cases = json.load(sys.stdin)
    command = ["node", os.path.join(HERE, "residuals.mjs")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)
    rows = {}
    for case in cases:
        for method, scale in METHODS:
            fit = Fit(process, case["set"], case["sum"])
            label = method if scale == 1.0 else f"{method}, x_scale jac"
            try:
                found = least_squares(
                    fit.residuals, case["x"], jac=fit.jacobian, method=method, x_scale=scale,
                    xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=10000,
                )
                x, jacobians = [float(b) for b in found.x], int(found.njev)
            except ValueError as error:  # residuals that are not finite
                print(f"{case['set']}, {case['start']}, {label}: {error}", file=sys.stderr)
                x, jacobians = None, None
            rows.setdefault(f"{case['set']}, {case['start']}", {})[label] = {
                "x": x, "hit": fit.hit, "functions": fit.count, "jacobians": jacobians,
            }
    process.stdin.close()
    with open(os.path.join(HERE, "least-squares.json"), "w") as file:
        json.dump({"scipy": scipy.__version__, "rows": rows}, file, indent=1)
        file.write("\n")


main()
