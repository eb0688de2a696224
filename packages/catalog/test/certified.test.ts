// Levenberg–Marquardt against NIST's certified fits, from both of NIST's starts; and what it says where there are no residuals.
import { UsageError, type Objective } from "@basin/objective";
import { createRun, objectiveOf, runToEnd, type RunResult } from "@basin/runner";
import { describe, expect, test } from "vitest";
import { catalog } from "@basin/catalog";

const optimizer = catalog.optimizers["levenberg-marquardt"]!;

const made = (name: string, settings: object): Objective =>
  objectiveOf(
    {
      problem: { name, settings: settings as Record<string, unknown> },
      optimizer: { name: "", settings: {} },
      seed: 1,
      replicate: 0,
      budget: 1,
    },
    catalog,
  );

/** NIST's starts as NIST gives them; those of the problem's runs are drawn about them. */
const starts: Readonly<Record<string, Readonly<Record<"far" | "near", readonly number[]>>>> = {
  misra1a: { far: [500, 0.0001], near: [250, 0.0005] },
  chwirut2: { far: [0.1, 0.01, 0.02], near: [0.15, 0.008, 0.01] },
  boxbod: { far: [1, 1], near: [100, 0.75] },
  rat43: { far: [100, 10, 1, 1], near: [700, 5, 0.75, 1.3] },
  mgh09: { far: [25, 39, 41.5, 39], near: [0.25, 0.39, 0.415, 0.39] },
  eckerle4: { far: [1, 10, 500], near: [1.5, 5, 450] },
  thurber: { far: [1000, 1000, 400, 40, 0.7, 0.3, 0.03], near: [1300, 1500, 500, 75, 1, 0.4, 0.05] },
};

describe.each(Object.keys(starts))("%s", (set) => {
  test.each(["far", "near"] as const)("from NIST's %s start: the certified answer to six digits", (from) => {
    const objective = made("nist-regression", { set });
    const run = createRun({
      objective,
      optimizer,
      start: starts[set]![from],
      budget: 2000,
    });
    const { best, tally, reason } = runToEnd(run) as RunResult;
    const [certified] = objective.minimum!.at;
    for (const [i, b] of certified!.entries())
      expect(Math.abs(best.x[i]! - b) / Math.abs(b), `b${i + 1}`).toBeLessThan(1e-6);
    expect(Math.abs(best.loss / objective.minimum!.value - 1)).toBeLessThan(1e-9);
    expect(reason).toMatch(/^converged/);
    expect(tally.queries["residuals"]).toBeLessThan(140);
  });
});

test("a problem without residuals is refused, with what to use instead", () => {
  const objective = made("penguins-logistic", {});
  const refused = (): unknown => createRun({ objective, optimizer, budget: 10 });
  expect(refused).toThrow(UsageError);
  expect(refused).toThrow(/asks residuals.*has no residuals: use bfgs or l-bfgs/);
});
