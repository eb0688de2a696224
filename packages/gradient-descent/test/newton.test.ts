// Newton's family: truncated Newton and Levenberg–Marquardt, against closed forms.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  inBox,
  makeDomain,
  parseSettings,
  type Domain,
  type Objective,
  type Outcome,
  type Query,
  type Vector,
} from "@basin/objective";
import { isStop, type AnyOptimizer, type Search } from "@basin/optimizer";
import { optimizerLaws } from "@basin/optimizer/laws";
import { rngOf, rootKey } from "@basin/random";
import { levenbergMarquardt, truncatedNewton } from "@basin/gradient-descent";
import { normalEquations } from "../src/descent/normal-equations.ts";
import { rosenbrock } from "./rosenbrock.ts";

describe("truncated-newton", () => {
  for (const law of optimizerLaws(truncatedNewton)) test(law.name, law.check);
  for (const law of optimizerLaws(truncatedNewton, {
    hyperparameters: { most: 1, radius: 100, tolerance: 0 },
  }))
    test(`one product a step: ${law.name}`, law.check);
});

/** r = x − c with the centre that the laws' own sphere has. */
function residualSphere(domain: Domain): Objective {
  const n = domain.dimension;
  const identity = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  return {
    name: "sphere",
    domain,
    answers: { residuals: 2 },
    examples: 1,
    noisy: false,
    evaluate: ({ queries }) =>
      queries.map(({ x }) => {
        const residuals = x.map((xi, i) => xi - (1 + (i % 3)) / 2);
        return {
          kind: "residuals",
          x,
          value: residuals.reduce((sum, r) => sum + r * r, 0),
          residuals,
          jacobian: identity,
        };
      }),
  };
}

describe("levenberg-marquardt", () => {
  for (const law of optimizerLaws(levenbergMarquardt, { objective: residualSphere }))
    test(law.name, law.check);
  for (const law of optimizerLaws(levenbergMarquardt, {
    objective: residualSphere,
    hyperparameters: { radius: 1e-6, tolerance: 0 },
  }))
    test(`by short steps: ${law.name}`, law.check);
});

interface Ended {
  readonly x: Vector;
  readonly stop: string;
  readonly asked: readonly Query[];
}

function solve(
  optimizer: AnyOptimizer,
  answer: (query: Query) => Outcome,
  start: readonly number[],
  options: { readonly domain?: Domain; readonly settings?: object } = {},
): Ended {
  const domain = options.domain ?? makeDomain({ dimension: start.length });
  const search = optimizer.create(
    parseSettings(optimizer.hyperparameters, options.settings ?? {}, "test"),
    domain,
    1,
  ) as Search<unknown>;
  const rng = rngOf(rootKey(1));
  let state = search.init(Float64Array.from(start), rng);
  const asked: Query[] = [];
  for (let k = 0; k < 3000; k++) {
    const ask = search.ask(state);
    if (isStop(ask)) return { x: search.recommend(state), stop: ask.stop, asked };
    const query = ask.queries[0]!;
    expect(inBox(query.x, domain.bounds)).toBe(true);
    asked.push(query);
    state = search.tell(state, [answer(query)], rng);
  }
  throw new Error("it does not end");
}

/** A quadratic ½ (x − c)ᵀ A (x − c), A symmetric. */
function quadratic(a: readonly (readonly number[])[], c: readonly number[]): (query: Query) => Outcome {
  const times = (v: ArrayLike<number>): Float64Array =>
    Float64Array.from(a, (row) => row.reduce((sum, aij, j) => sum + aij * v[j]!, 0));
  return (query) => {
    const d = query.x.map((xi, i) => xi - c[i]!);
    const gradient = times(d);
    const value = 0.5 * d.reduce((sum, di, i) => sum + di * gradient[i]!, 0);
    if (query.kind === "curvature") return { ...query, value, gradient, product: times(query.direction) };
    return { kind: "gradient", x: query.x, value, gradient };
  };
}

/** Rosenbrock's function with ∇²f · v: 1200 x² − 400 y + 2 and 200 on the diagonal, −400 x beside it. */
function rosenbrock2(query: Query): Outcome {
  const [x, y] = [query.x[0]!, query.x[1]!];
  const { value, gradient } = rosenbrock(query.x);
  if (query.kind !== "curvature") return { kind: "gradient", x: query.x, value, gradient };
  const [u, v] = [query.direction[0]!, query.direction[1]!];
  const product = Float64Array.of((1200 * x * x - 400 * y + 2) * u - 400 * x * v, -400 * x * u + 200 * v);
  return { ...query, value, gradient, product };
}

describe("truncated Newton", () => {
  const bowl = [
    [10, 2, 0],
    [2, 5, 1],
    [0, 1, 1],
  ];

  test("solves a quadratic in as many products as it has dimensions, where the region allows it", () => {
    const { x, asked } = solve(truncatedNewton as AnyOptimizer, quadratic(bowl, [1, -2, 3]), [4, 4, 4], {
      settings: { radius: 1000 },
    });
    for (const [i, c] of [1, -2, 3].entries()) expect(x[i]).toBeCloseTo(c, 9);
    // each of a few ever more exact steps takes at most three products
    expect(asked.filter(({ kind }) => kind === "curvature").length).toBeLessThanOrEqual(9);
  });

  test("minimises Rosenbrock's function exactly", () => {
    const { x, stop, asked } = solve(truncatedNewton as AnyOptimizer, rosenbrock2, [-1.2, 1]);
    expect(stop).toMatch(/^converged/);
    expect([...x]).toEqual([1, 1]);
    expect(asked.length).toBeLessThan(100);
  });

  test("does not call a function converged whose curvature along its slope is beyond the numbers", () => {
    const steep = bowl.map((row) => row.map((aij) => 1e140 * aij));
    const { stop } = solve(truncatedNewton as AnyOptimizer, quadratic(steep, [1, -2, 3]), [4, 4, 4]);
    expect(stop).toMatch(/^diverged/);
  });

  test("follows negative curvature away from a saddle", () => {
    // x⁴/4 − x²/2 + y²/2 from beside its saddle at the origin: to (±1, 0)
    const saddle = (query: Query): Outcome => {
      const [x, y] = [query.x[0]!, query.x[1]!];
      const value = x ** 4 / 4 - (x * x) / 2 + (y * y) / 2;
      const gradient = Float64Array.of(x ** 3 - x, y);
      if (query.kind !== "curvature") return { kind: "gradient", x: query.x, value, gradient };
      return {
        ...query,
        value,
        gradient,
        product: Float64Array.of((3 * x * x - 1) * query.direction[0]!, query.direction[1]!),
      };
    };
    const { x } = solve(truncatedNewton as AnyOptimizer, saddle, [1e-5, 2]);
    expect(Math.abs(x[0]!)).toBeCloseTo(1, 9);
    expect(x[1]).toBeCloseTo(0, 9);
  });

  test("holds what a bound holds, and finds the rest", () => {
    // minimum over x₀ ≤ 0.5: there x₁, x₂ solve [5 1; 1 1] d = −2 (−0.5) e₁, so d = (0.25, −0.25)
    const domain = makeDomain({ dimension: 3, bounds: { lower: [-9, -9, -9], upper: [0.5, 9, 9] } });
    for (const start of [
      [0.5, 4, 4],
      [-9, 9, -9],
      [0, 0, 0],
    ]) {
      const { x } = solve(truncatedNewton as AnyOptimizer, quadratic(bowl, [1, -2, 3]), start, { domain });
      expect(x[0]).toBe(0.5);
      expect(x[1]).toBeCloseTo(-1.75, 9);
      expect(x[2]).toBeCloseTo(2.75, 9);
    }
  });
});

describe("normal equations", () => {
  test("are sums in the order of the residuals, to the last bit", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer(),
        (m, n, seed) => {
          const rng = rngOf(rootKey(seed));
          const r = rng.fillNormal(new Float64Array(m));
          const j = rng.fillNormal(new Float64Array(m * n));
          const { gradient, normal } = normalEquations(r, j, n);
          const sum = (term: (k: number) => number): number => {
            let total = 0;
            for (let k = 0; k < m; k++) total += term(k);
            return total;
          };
          for (let a = 0; a < n; a++) {
            expect(gradient[a]).toBe(sum((k) => j[k * n + a]! * r[k]!));
            for (let b = 0; b < n; b++)
              expect(normal[a * n + b]).toBe(sum((k) => j[k * n + a]! * j[k * n + b]!));
          }
        },
      ),
    );
  });
});

describe("Levenberg–Marquardt", () => {
  /** Residuals and Jacobian as rows. */
  const answering =
    (r: (x: Vector) => readonly (readonly [number, readonly number[]])[]) =>
    ({ kind, x }: Query): Outcome => {
      const rows = r(x);
      expect(kind).toBe("residuals");
      const residuals = Float64Array.from(rows, ([value]) => value);
      return {
        kind: "residuals",
        x,
        value: residuals.reduce((sum, ri) => sum + ri * ri, 0),
        residuals,
        jacobian: Float64Array.from(rows.flatMap(([, row]) => row)),
      };
    };
  const points = [0, 1, 2, 3, 4];

  test("fits a line as the normal equations do", () => {
    const y = [1, 2.9, 5.2, 7, 8.9];
    const line = answering((x) => points.map((t, i) => [x[0]! + x[1]! * t - y[i]!, [1, t]] as const));
    // mean of t is 2, Σ (t − 2)² = 10, Σ (t − 2) y = −2 − 2.9 + 7 + 17.8 = 19.9; mean of y is 5
    const { x, asked } = solve(levenbergMarquardt as AnyOptimizer, line, [100, -100]);
    expect(x[1]).toBeCloseTo(1.99, 10);
    expect(x[0]).toBeCloseTo(5 - 2 * 1.99, 10);
    expect(asked.length).toBeLessThan(15);
  });

  test("fits an exponential without noise exactly", () => {
    const curve = answering((x) =>
      points.map(
        (t) =>
          [
            x[0]! * Math.exp(x[1]! * t) - 3 * Math.exp(-0.7 * t),
            [Math.exp(x[1]! * t), x[0]! * t * Math.exp(x[1]! * t)],
          ] as const,
      ),
    );
    const { x, stop } = solve(levenbergMarquardt as AnyOptimizer, curve, [1, 0]);
    expect(stop).toMatch(/^converged/);
    expect(x[0]).toBeCloseTo(3, 9);
    expect(x[1]).toBeCloseTo(-0.7, 9);
  });

  test("minimises Rosenbrock's function, which is a sum of two squares", () => {
    const valley = answering((x) => [
      [10 * (x[1]! - x[0]! * x[0]!), [-20 * x[0]!, 10]],
      [1 - x[0]!, [-1, 0]],
    ]);
    const { x, asked } = solve(levenbergMarquardt as AnyOptimizer, valley, [-1.2, 1]);
    expect(x[0]).toBeCloseTo(1, 9);
    expect(x[1]).toBeCloseTo(1, 9);
    expect(asked.length).toBeLessThan(40);
  });

  test("bears residuals that do not depend on a coordinate, or depend on two in the same way", () => {
    const same = answering((x) => [[x[0]! + x[1]! - 3, [1, 1, 0]]]);
    const { x } = solve(levenbergMarquardt as AnyOptimizer, same, [0, 1, 7]);
    expect(x[0]! + x[1]!).toBeCloseTo(3, 9);
    expect(x[2]).toBe(7);
  });

  test("keeps the bounds", () => {
    const y = [1, 2.9, 5.2, 7, 8.9];
    const line = answering((x) => points.map((t, i) => [x[0]! + x[1]! * t - y[i]!, [1, t]] as const));
    const domain = makeDomain({ dimension: 2, bounds: { lower: 0, upper: [10, 1.5] } });
    // at the slope 1.5, the best intercept is 5 − 2 · 1.5
    const { x } = solve(levenbergMarquardt as AnyOptimizer, line, [10, 0], { domain });
    expect(x[1]).toBe(1.5);
    expect(x[0]).toBeCloseTo(2, 10);
  });

  test("a failure shrinks the region", () => {
    // √x − 2 from far off: the first Gauss–Newton step from 100 leads to −60, where the root fails
    const root = ({ x }: Query): Outcome => {
      if (x[0]! < 0) return { failed: "not-finite", message: "value is NaN" };
      const r = Math.sqrt(x[0]!) - 2;
      return {
        kind: "residuals",
        x,
        value: r * r,
        residuals: Float64Array.of(r),
        jacobian: Float64Array.of(0.5 / Math.sqrt(x[0]!)),
      };
    };
    const { x } = solve(levenbergMarquardt as AnyOptimizer, root, [100]);
    expect(x[0]).toBeCloseTo(4, 8);
  });

  /** BoxBOD (NIST's reference datasets): y = b₁ (1 − e^{−b₂ t}), without dependence on b₂ where that is large. */
  const saturation = (unit: number): ((query: Query) => Outcome) => {
    const [days, demand] = [
      [1, 2, 3, 5, 7, 10],
      [109, 149, 149, 191, 213, 224],
    ] as const;
    return answering((x) =>
      days.map((t, i) => {
        const decay = Math.exp(-x[1]! * t);
        return [unit * (x[0]! * (1 - decay) - demand[i]!), [unit * (1 - decay), unit * x[0]! * t * decay]];
      }),
    );
  };

  test("does not leap onto a plain where residuals no longer depend on a coordinate", () => {
    const { x, stop, asked } = solve(levenbergMarquardt as AnyOptimizer, saturation(1), [1, 1]);
    expect(stop).toMatch(/^converged/);
    // NIST's certified parameters
    expect(Math.abs(x[0]! / 213.80940889 - 1)).toBeLessThan(1e-7);
    expect(Math.abs(x[1]! / 0.54723748542 - 1)).toBeLessThan(1e-7);
    expect(asked.length).toBeLessThan(40);
  });

  test.each([-466, 466])("goes the same way in other units of the residuals: 2 to the %s", (power) => {
    // up to 1e140, whose squares are still numbers; a power of two changes no digit
    const settings = { tolerance: 0 };
    const [one, other] = [0, power].map((p) =>
      solve(levenbergMarquardt as AnyOptimizer, saturation(2 ** p), [1, 1], { settings }),
    );
    expect(other!.asked.map(({ x }) => x)).toEqual(one!.asked.map(({ x }) => x));
  });

  test.each([1e-150, 1e-6, 1e6, 1e150])("finds a place that is measured in units of %s", (unit) => {
    const valley = answering((x) => {
      const [u, v] = [x[0]! / unit, x[1]! / unit];
      return [
        [10 * (v - u * u), [(-20 * u) / unit, 10 / unit]],
        [1 - u, [-1 / unit, 0]],
      ];
    });
    // the tolerance is one of slopes, which are in units of 1 / unit
    const settings = { tolerance: 0 };
    const { x, asked } = solve(levenbergMarquardt as AnyOptimizer, valley, [-1.2 * unit, unit], { settings });
    expect(x[0]! / unit).toBeCloseTo(1, 8);
    expect(x[1]! / unit).toBeCloseTo(1, 8);
    expect(asked.length).toBeLessThan(60);
  });

  test("begins at zero, which is no length, as far as the residuals are", () => {
    const y = [1, 2.9, 5.2, 7, 8.9];
    const line = answering((x) => points.map((t, i) => [x[0]! + x[1]! * t - y[i]!, [1, t]] as const));
    const { x, asked } = solve(levenbergMarquardt as AnyOptimizer, line, [0, 0]);
    expect(x[1]).toBeCloseTo(1.99, 10);
    expect(asked.length).toBeLessThan(8);
  });
});
