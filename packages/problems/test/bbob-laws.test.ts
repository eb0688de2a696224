// The BBOB functions as problems: laws, and slopes where the laws' steps are too coarse.
import { UsageError, type Evaluation, type Objective, type Outcome } from "@basin/objective";
import { problemLaws, type ObjectiveLawException } from "@basin/objective/laws";
import { rngOf, rootKey } from "@basin/random";
import { bbob } from "@basin/problems";
import { describe, expect, test } from "vitest";
import { gradientAt, make, valueAt } from "./ask.ts";

const short = (reason: string): readonly ObjectiveLawException[] => [
  { law: "has a gradient that differences of its values confirm", reason },
  { law: "has a curvature that differences of its gradients confirm", reason },
];
const exceptions: Readonly<Record<string, readonly ObjectiveLawException[]>> = {
  "bbob-f16": short("its waves, down to 3⁻¹¹ long, are shorter than the steps of the law"),
  "bbob-f19": short("the cosine of a number near 10⁵ turns within a step of the law"),
};

describe.each(bbob.map((problem) => [problem.name, problem] as const))("%s", (name, problem) => {
  for (const settings of [{ dimension: 5 }, { dimension: 2, instance: 3 }, { dimension: 20, instance: 4 }])
    for (const law of problemLaws(problem, settings, { exceptions: exceptions[name] ?? [] }))
      test(`${JSON.stringify(settings)}: ${law.name}`, () => law.check());
});

const traced = bbob.filter((problem) => make(problem).answers.gradient !== undefined);

test("all but the two whose slopes say nothing (steps; teeth finer than any step) answer gradients", () =>
  expect(bbob.filter((problem) => !traced.includes(problem)).map(({ name }) => name)).toEqual([
    "bbob-f7",
    "bbob-f23",
  ]));

test.each(traced.map((problem) => [problem.name, problem] as const))(
  "%s: slopes agree with differences over a step of 1e-8 at points of all sizes around the minimum",
  (_, problem) => {
    const objective = make(problem, { dimension: 4, instance: 2 });
    const rng = rngOf(rootKey(problem.name));
    const optimum = objective.minimum!.at[0]!;
    for (const far of [0.01, 0.3, 3]) {
      const x = optimum.map((xi) => xi + far * rng.normal());
      const { gradient, value } = gradientAt(objective, x);
      const largest = Math.max(...gradient.map(Math.abs));
      gradient.forEach((slope, i) => {
        const at = (h: number): number =>
          valueAt(
            objective,
            x.map((xi, j) => (i === j ? xi + h : xi)),
          );
        const h = 1e-8 * Math.max(1, Math.abs(x[i]!));
        const difference = (at(h) - at(-h)) / (x[i]! + h - (x[i]! - h));
        // Rounding of f (offset included) over the step, and waves that bend within it.
        const tolerance = (1e-14 * Math.abs(value) + 1e-12) / h + 1e-3 * largest;
        expect(Math.abs(difference - slope), `${slope} and ${difference}`).toBeLessThan(tolerance);
      });
    }
  },
);

test("instances and dimensions out of COCO's range are refused", () => {
  expect(() => make(bbob[0]!, { dimension: 1 })).toThrow(UsageError);
  expect(() => make(bbob[0]!, { instance: 0 })).toThrow(UsageError);
});

test("a kind that is not answered is an error of the asker's, not a failed evaluation", () => {
  const objective: Objective = make(bbob[6]!);
  const ask = { queries: [{ kind: "gradient" as const, x: new Float64Array(10) }] };
  expect(() => objective.evaluate(ask, rngOf(rootKey(0)))).toThrow(/does not answer/);
});

test("a point where f is not finite is a failure among answers", () => {
  const objective: Objective = make(bbob[0]!, { dimension: 2 });
  const points = [Float64Array.of(1e200, 0), Float64Array.of(0, 0)];
  const [bad, good] = objective.evaluate(
    { queries: points.map((x) => ({ kind: "value", x }) as const) },
    rngOf(rootKey(0)),
  ) as Outcome[];
  expect(bad).toEqual({ failed: "not-finite", message: "value is Infinity" });
  expect(Number.isFinite((good as Evaluation<"value">).value)).toBe(true);
});
