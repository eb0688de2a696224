// Methods that search along lines: the conditions of Wolfe, bounds, failures, and how many evaluations they need.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inBox, makeDomain, parseSettings, type Domain, type Outcome, type Vector } from "@basin/objective";
import { isStop, type AnyOptimizer, type Search } from "@basin/optimizer";
import { optimizerLaws } from "@basin/optimizer/laws";
import { rngOf, rootKey } from "@basin/random";
import {
  bfgs,
  conjugateGradient,
  lBfgs,
  steepestDescent,
  type LineDescentState,
} from "@basin/gradient-descent";
import {
  beginWolfe,
  refused,
  told,
  type Verdict,
  type WolfeSearch,
} from "../src/line-search/wolfe-search.ts";
import { rosenbrock } from "./rosenbrock.ts";

const methods = [steepestDescent, conjugateGradient, bfgs, lBfgs] as readonly AnyOptimizer[];

const cases = [
  ...methods.map((method) => [method.name, optimizerLaws(method)] as const),
  [
    "polak-ribiere",
    optimizerLaws(conjugateGradient, { hyperparameters: { formula: "polak-ribiere", curvature: 0.5 } }),
  ],
  ["memory of one, until rounding", optimizerLaws(lBfgs, { hyperparameters: { memory: 1, tolerance: 0 } })],
] as const;
describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});

type Smooth = (x: Vector) => { readonly value: number; readonly gradient: Float64Array };
type State = LineDescentState<unknown>;

interface Run {
  readonly states: readonly State[];
  /** Gradients until f ≤ target. */
  readonly hit: number;
  readonly stop: string | undefined;
}

function run(
  method: AnyOptimizer,
  f: Smooth,
  start: readonly number[],
  options: {
    readonly domain?: Domain;
    readonly settings?: object;
    readonly target?: number;
    readonly most?: number;
    readonly fails?: (x: Vector, k: number) => boolean;
  } = {},
): Run {
  const domain = options.domain ?? makeDomain({ dimension: start.length });
  const search = method.create(
    parseSettings(method.hyperparameters, options.settings ?? {}, "test"),
    domain,
    1,
  ) as Search<State>;
  const rng = rngOf(rootKey(1));
  const states = [search.init(Float64Array.from(start), rng)];
  let gradients = 0;
  for (let k = 1; k <= (options.most ?? 2000); k++) {
    const ask = search.ask(states.at(-1)!);
    if (isStop(ask)) return { states, hit: Infinity, stop: ask.stop };
    const { kind, x } = ask.queries[0]!;
    expect(inBox(x, domain.bounds)).toBe(true);
    const answer = f(x);
    if (kind === "gradient") gradients++;
    if (answer.value <= (options.target ?? -Infinity)) return { states, hit: gradients, stop: undefined };
    const outcome: Outcome =
      options.fails?.(x, k) === true
        ? { failed: "not-finite", message: "NaN" }
        : kind === "gradient"
          ? { kind, x, ...answer }
          : { kind: "value", x, value: answer.value };
    states.push(search.tell(states.at(-1)!, [outcome], rng));
  }
  return { states, hit: Infinity, stop: undefined };
}

/** −1.2, 1, −1.2, 1 … */
const usualStart = (n: number): number[] => Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1));

describe("L-BFGS on Rosenbrock's function", () => {
  // torch's L-BFGS with its strong-Wolfe search needs 46 and 93
  test.each([
    [2, 40],
    [10, 85],
  ])("in %i dimensions reaches 1e-10 in at most %i gradients", (n, most) => {
    expect(run(lBfgs, rosenbrock, usualStart(n), { target: 1e-10 }).hit).toBeLessThanOrEqual(most);
  });
});

describe.each(methods.map((method) => [method.name, method] as const))("%s", (_, method) => {
  test("reaches the minimum of Rosenbrock's function", () => {
    expect(run(method, rosenbrock, [-1.2, 1], { target: 1e-10, most: 6000 }).hit).toBeLessThan(6000);
  });

  test("keeps the strong conditions of Wolfe at each step that no bound cuts short", () => {
    const c2 = method === (conjugateGradient as AnyOptimizer) ? 0.1 : 0.9;
    let wolfe = 0;
    const bowl = fc.record({
      scales: fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: 2, maxLength: 5 }),
      quartic: fc.double({ min: 0, max: 3, noNaN: true }),
      wave: fc.double({ min: 0, max: 5, noNaN: true }),
      start: fc.double({ min: -4, max: 4, noNaN: true }),
      bounded: fc.boolean(),
    });
    fc.assert(
      fc.property(bowl, ({ scales, quartic, wave, start, bounded }) => {
        // Σ a x²/2 + q x⁴/4 + w cos(x + i): smooth, with valleys of its own
        const f: Smooth = (x) => ({
          value: x.reduce(
            (sum, xi, i) =>
              sum + (scales[i]! * xi * xi) / 2 + (quartic * xi ** 4) / 4 + wave * Math.cos(xi + i),
            0,
          ),
          gradient: Float64Array.from(
            x,
            (xi, i) => scales[i]! * xi + quartic * xi ** 3 - wave * Math.sin(xi + i),
          ),
        });
        const n = scales.length;
        const domain = makeDomain({
          dimension: n,
          ...(bounded ? { bounds: { lower: -4, upper: 0.3 } } : {}),
        });
        const { states } = run(method, f, new Array<number>(n).fill(Math.min(start, bounded ? 0.3 : 4)), {
          domain,
          most: 120,
        });
        for (let k = 1; k < states.length; k++) {
          const [before, after] = [states[k - 1]!, states[k]!];
          if (after.iterations === before.iterations) continue;
          const { now, direction } = before;
          const next = after.now;
          expect(next.loss).toBeLessThanOrEqual(now.loss);
          const move = next.x.map((xi, i) => xi - now.x[i]!);
          const fall = now.gradient.reduce((sum, g, i) => sum + g * move[i]!, 0);
          // rounding of values next to the minimum: a few units in the last place of f
          const rounding = 1e-14 * Math.max(1, Math.abs(now.loss));
          const promised = after.last === "best" ? 0 : 1e-4 * fall;
          expect(next.loss).toBeLessThanOrEqual(now.loss + promised + rounding);
          if (after.last !== "wolfe") continue;
          wolfe++;
          const slope0 = now.gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
          const slope = next.gradient.reduce((sum, g, i) => sum + g * direction[i]!, 0);
          expect(Math.abs(slope)).toBeLessThanOrEqual(c2 * Math.abs(slope0) * (1 + 1e-12));
        }
      }),
      { numRuns: 150 },
    );
    // backtracking promises decrease only; the others were tested indeed
    expect(wolfe > 50).toBe(method !== (steepestDescent as AnyOptimizer));
  });

  test("finds the corner, the edge and the inside that a quadratic's minimum over a box asks for", () => {
    // (x₀ + 2)² + 10 (x₁ − 3)² + 100 (x₂ − 0.25)² + x₀ x₁ over [−1, 1]³: at (−1, 1, 0.25), where both slopes point outward
    const f: Smooth = (x) => {
      const [a, b, c] = [x[0]!, x[1]!, x[2]!];
      return {
        value: (a + 2) ** 2 + 10 * (b - 3) ** 2 + 100 * (c - 0.25) ** 2 + a * b,
        gradient: Float64Array.of(2 * (a + 2) + b, 20 * (b - 3) + a, 200 * (c - 0.25)),
      };
    };
    const domain = makeDomain({ dimension: 3, bounds: { lower: -1, upper: 1 } });
    for (const start of [
      [1, -1, 1],
      [0, 0, 0],
      [-1, 1, -1],
      [1, 1, 1],
    ]) {
      const { states, stop } = run(method, f, start, { domain });
      expect(stop).toMatch(/^converged/);
      const { x } = states.at(-1)!.now;
      expect([x[0], x[1]]).toEqual([-1, 1]);
      expect(x[2]).toBeCloseTo(0.25, 10);
    }
  });

  test("goes round a region without values", () => {
    // log barriers: f = Σ x − log x, NaN for x ≤ 0, minimum at 1
    const f: Smooth = (x) => ({
      value: x.reduce((sum, xi) => sum + xi - Math.log(xi), 0),
      gradient: Float64Array.from(x, (xi) => 1 - 1 / xi),
    });
    const { states } = run(method, f, [30, 0.02, 7], { fails: (x) => x.some((xi) => xi <= 0) });
    for (const xi of states.at(-1)!.now.x) expect(xi).toBeCloseTo(1, 5);
  });
});

describe("the search of Moré and Thuente", () => {
  /** Steps tried until the verdict. */
  function search(
    phi: (t: number) => readonly [number, number],
    first: number,
    c2: number,
  ): { readonly verdict: string; readonly step: number; readonly tries: number } {
    const [value0, slope0] = phi(0);
    let state: WolfeSearch = beginWolfe(value0, slope0, first, 1e10);
    for (let tries = 1; ; tries++) {
      const [value, slope] = phi(state.step);
      const verdict = told(state, value, slope, c2);
      if (typeof verdict === "string") return { verdict, step: state.step, tries };
      state = verdict;
    }
  }
  // their function (5.1) with β = 2, whose minimum is at √2, and (5.2) with β = 0.004, at 1.6
  const first = (t: number): readonly [number, number] => [-t / (t * t + 2), (t * t - 2) / (t * t + 2) ** 2];
  const second = (t: number): readonly [number, number] => {
    const u = t + 0.004;
    return [u ** 5 - 2 * u ** 4, 5 * u ** 4 - 8 * u ** 3];
  };

  test.each([
    ["5.1", first],
    ["5.2", second],
  ] as const)(
    "satisfies its conditions on function %s from steps that are far too short or too long",
    (_, phi) => {
      for (const start of [1e-3, 1e-1, 1e1, 1e3]) {
        const { verdict, step, tries } = search(phi, start, 1e-3);
        expect(verdict).toBe("accepted");
        expect(Math.abs(phi(step)[1])).toBeLessThanOrEqual(1e-3 * Math.abs(phi(0)[1]));
        expect(phi(step)[0]).toBeLessThanOrEqual(phi(0)[0] + 1e-4 * step * phi(0)[1]);
        // their table I: 4 to 8 calls for the first at this tolerance, and up to 12 for the second; a few more for a shorter reach
        expect(tries).toBeLessThanOrEqual(16);
      }
    },
  );

  test("halves what cannot be evaluated, and gives up in the end", () => {
    const steps: number[] = [];
    let state: Verdict = beginWolfe(0, -1, 1, 1e10);
    while (typeof state !== "string") {
      steps.push(state.step);
      state = refused(state);
    }
    expect(state).toBe("failed");
    expect(steps).toEqual(Array.from({ length: 31 }, (_, k) => 2 ** -k));
  });
});
