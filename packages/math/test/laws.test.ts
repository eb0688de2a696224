// Laws that hold whatever the rounding, and exact results that the method guarantees.
import {
  acos,
  asin,
  atan,
  atan2,
  cbrt,
  centralStep,
  cos,
  cosh,
  erf,
  erfc,
  exp,
  expm1,
  forwardStep,
  hypot,
  lgamma,
  log,
  log10,
  log1p,
  log2,
  logaddexp,
  logsumexp,
  norm,
  pow,
  sigmoid,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
} from "@basin/math";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const EPSILON = 2 ** -52;
const any = fc.double({ noNaN: false });
const within = (bound: number): fc.Arbitrary<number> => fc.double({ min: -bound, max: bound, noNaN: true });
const positive = fc.double({ min: Number.MIN_VALUE, max: Number.MAX_VALUE, noNaN: true });
/** |a − b| in units of ε·max(|b|, floor). */
const apart = (a: number, b: number, floor = 0): number =>
  a === b ? 0 : Math.abs(a - b) / (EPSILON * Math.max(Math.abs(b), floor));

describe("symmetry, to the bit", () => {
  test.each(Object.entries({ sin, tan, asin, atan, sinh, tanh, erf, cbrt }))("%s is odd", (_, f) => {
    fc.assert(fc.property(any, (x) => void expect(f(-x)).toBe(-f(x))));
  });
  test.each(Object.entries({ cos, cosh }))("%s is even", (_, f) => {
    fc.assert(fc.property(any, (x) => void expect(f(-x)).toBe(f(x))));
  });
  test("hypot and logaddexp do not mind the order", () => {
    fc.assert(fc.property(any, any, (x, y) => void expect(hypot(x, y)).toBe(hypot(y, x))));
    fc.assert(fc.property(any, any, (x, y) => void expect(logaddexp(x, y)).toBe(logaddexp(y, x))));
  });
});

describe("monotone", () => {
  // Errors of at most 1.5 ulp cannot turn round values that lie 4 ulp apart, and a relative step of 2⁻⁴⁶ moves each of these by more there.
  const rising: Record<string, readonly [(x: number) => number, number, number]> = {
    exp: [exp, 0.01, 700],
    log: [log, 2, 1e4],
    log2: [log2, 2, 1e4],
    log10: [log10, 2, 1e4],
    log1p: [log1p, 1e-300, 1e4],
    expm1: [expm1, 1e-300, 700],
    sinh: [sinh, 1e-300, 700],
    asin: [asin, 1e-300, 1],
    atan: [atan, 1e-300, 5],
    cbrt: [cbrt, 1e-300, 1e300],
    tanh: [tanh, 1e-300, 1.5],
    erf: [erf, 1e-300, 1],
  };
  test.each(Object.entries(rising))("%s rises", (_, [f, low, high]) => {
    fc.assert(
      fc.property(fc.double({ min: low, max: high / (1 + 2 ** -40), noNaN: true }), (x) => {
        expect(f(x * (1 + 2 ** -44))).toBeGreaterThan(f(x));
      }),
    );
  });
});

describe("identities", () => {
  test("exp and log undo each other", () => {
    fc.assert(fc.property(within(700), (x) => void expect(apart(log(exp(x)), x, 1)).toBeLessThan(2)));
    // an error of ½ ulp in ln x is one of |ln x|·½ in x
    fc.assert(
      fc.property(
        positive,
        (x) => void expect(apart(exp(log(x)), x, 2 ** -1022)).toBeLessThan(2 + Math.abs(log(x))),
      ),
    );
  });
  test("expm1 and log1p undo each other", () => {
    fc.assert(
      fc.property(within(0.5), (x) => void expect(apart(log1p(expm1(x)), x, 2 ** -1022)).toBeLessThan(4)),
    );
  });
  test("sin² + cos² = 1, cosh² − sinh² = 1", () => {
    fc.assert(
      fc.property(
        any.filter(Number.isFinite),
        (x) => void expect(apart(sin(x) ** 2 + cos(x) ** 2, 1)).toBeLessThan(3),
      ),
    );
    fc.assert(
      fc.property(within(1), (x) => void expect(apart(cosh(x) ** 2 - sinh(x) ** 2, 1)).toBeLessThan(12)),
    );
  });
  test("asin + acos = π/2, atan2 is the angle", () => {
    fc.assert(
      fc.property(within(1), (x) => void expect(apart(asin(x) + acos(x), Math.PI / 2)).toBeLessThan(3)),
    );
    fc.assert(
      fc.property(within(Math.PI), (t) => void expect(apart(atan2(sin(t), cos(t)), t, 0.5)).toBeLessThan(4)),
    );
  });
  test("σ(x) + σ(−x) = 1; softplus(x) − softplus(−x) = x; σ = (1 + tanh(x/2))/2", () => {
    fc.assert(
      fc.property(
        any.filter((x) => x === x),
        (x) => void expect(apart(sigmoid(x) + sigmoid(-x), 1)).toBeLessThan(2),
      ),
    );
    fc.assert(
      fc.property(within(1e6), (x) => void expect(apart(softplus(x) - softplus(-x), x, 1)).toBeLessThan(3)),
    );
    fc.assert(
      fc.property(
        within(50),
        (x) => void expect(apart(sigmoid(x), (1 + tanh(x / 2)) / 2, 1)).toBeLessThan(2),
      ),
    );
  });
  test("erf + erfc = 1", () => {
    fc.assert(fc.property(within(30), (x) => void expect(apart(erf(x) + erfc(x), 1)).toBeLessThan(3)));
  });
  test("ln Γ(n + 1) = ln n!", () => {
    let factorial = 1;
    for (let n = 1; n <= 18; n++) {
      factorial *= n; // exact up to 18!
      expect(apart(lgamma(n + 1), log(factorial), 2 ** -20)).toBeLessThan(3);
    }
  });
  test("Γ(x + 1) = x·Γ(x)", () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 30, noNaN: true }), (x) => {
        if (Math.abs(x - Math.round(x)) < 1e-9) return;
        expect(Math.abs(lgamma(x + 1) - lgamma(x) - log(Math.abs(x)))).toBeLessThan(1e-13);
      }),
    );
  });
});

describe("exact", () => {
  test("powers of two and of ten", () => {
    for (let k = -1074; k <= 1023; k++) {
      expect(log2(2 ** k)).toBe(k);
      expect(pow(2, k)).toBe(2 ** k);
    }
    for (let k = 0; k <= 22; k++) {
      expect(log10(Number(`1e${k}`))).toBe(k);
      expect(pow(10, k)).toBe(Number(`1e${k}`));
    }
  });
  test("whole powers that a double holds, cubes, Pythagorean triples", () => {
    fc.assert(
      fc.property(fc.integer({ min: -3000, max: 3000 }), fc.integer({ min: 1, max: 4 }), (n, k) => {
        expect(pow(n, k)).toBe(Number(BigInt(n) ** BigInt(k)));
        expect(cbrt(n * n * n)).toBe(n);
        expect(hypot(3 * n, 4 * n)).toBe(Math.abs(5 * n));
      }),
    );
  });
  test("pow(x, 1) = x and pow(x², ½) = x", () => {
    fc.assert(fc.property(positive, (x) => void expect(pow(x, 1)).toBe(x)));
    fc.assert(fc.property(fc.integer({ min: 1, max: 2 ** 26 }), (n) => void expect(pow(n * n, 0.5)).toBe(n)));
  });
});

describe("arrays", () => {
  const array = fc.float64Array({ minLength: 1, maxLength: 20, min: -1e3, max: 1e3, noNaN: true });
  test("logsumexp folds logaddexp, and moves with its arguments", () => {
    fc.assert(
      fc.property(array, (x) => {
        const fold = x.reduce((a, b) => logaddexp(a, b), -Infinity);
        expect(Math.abs(logsumexp(x) - fold)).toBeLessThan(1e-11);
      }),
    );
    expect(logsumexp(new Float64Array())).toBe(-Infinity);
    expect(logsumexp(Float64Array.of(-Infinity, -Infinity))).toBe(-Infinity);
    expect(logsumexp(Float64Array.of(1, Infinity))).toBe(Infinity);
    expect(logsumexp(Float64Array.of(1, NaN))).toBe(NaN);
    expect(logsumexp(Float64Array.of(1e5, 1e5))).toBe(1e5 + Math.LN2);
  });
  test("norm scales with its argument, where squares overflow or vanish too", () => {
    fc.assert(
      fc.property(array, fc.constantFrom(-900, -530, 530, 900), (raw, k) => {
        const x = raw.map((v) => (Math.abs(v) < 1e-30 ? 0 : v)); // so that scaling is exact
        const scaled = x.map((v) => v * 2 ** k);
        expect(apart(norm(scaled) / 2 ** k, norm(x))).toBeLessThanOrEqual(2);
      }),
    );
    expect(norm(Float64Array.of(3, -4))).toBe(5);
    expect(norm(Float64Array.of(3 * 2 ** 700, 4 * 2 ** 700))).toBe(5 * 2 ** 700);
    expect(norm(new Float64Array(3))).toBe(0);
    expect(norm(Float64Array.of(1, -Infinity))).toBe(Infinity);
    expect(norm(Float64Array.of(1, NaN))).toBe(NaN);
  });
});

describe("finite-difference steps", () => {
  const coordinate = within(1e100);
  test("x + h is exact, and away from zero", () => {
    fc.assert(
      fc.property(coordinate, (x) => {
        for (const h of [forwardStep(x), centralStep(x)]) {
          expect(x + h - x).toBe(h);
          expect(Math.abs(x + h)).toBeGreaterThan(Math.abs(x));
        }
      }),
    );
  });
  test("are √ε and ∛ε of the coordinate, or of what is typical for it", () => {
    fc.assert(
      fc.property(coordinate, (x) => {
        const size = Math.max(Math.abs(x), 1);
        expect(Math.abs(forwardStep(x)) / size / 2 ** -26).toBeCloseTo(1, 6);
        expect((Math.abs(centralStep(x)) / size) ** 3 / EPSILON).toBeCloseTo(1, 6);
      }),
    );
    expect(forwardStep(0, 1e-3)).toBeCloseTo(1e-3 * 2 ** -26, 20);
    expect(forwardStep(0, 1, 1e-6)).toBeCloseTo(1e-3, 12);
    expect(centralStep(0, 1, 1e-6)).toBeCloseTo(1e-2, 12);
  });
  test("differentiate exp as well as theory says: errors of some √ε and some ε^⅔", () => {
    fc.assert(
      fc.property(within(5), (x) => {
        const h = forwardStep(x);
        // truncation ½·h·e^x ≤ 2.5√ε·e^x, rounding 2·ε·e^x/h ≤ 2√ε·e^x
        expect(Math.abs((exp(x + h) - exp(x)) / h / exp(x) - 1)).toBeLessThan(5 * 2 ** -26);
        const c = centralStep(x);
        const slope = (exp(x + c) - exp(x - c)) / (x + c - (x - c));
        // truncation h²/6 ≤ 25/6·ε^⅔, rounding ε/h ≤ ε^⅔
        expect(Math.abs(slope / exp(x) - 1)).toBeLessThan(6 * cbrt(EPSILON) ** 2);
      }),
    );
  });
});
