// Asking an objective one thing, in tests.
import {
  parseSettings,
  type AnyProblem,
  type Evaluation,
  type Objective,
  type Outcome,
} from "@basin/objective";
import { foldIn, rngOf, rootKey } from "@basin/random";

/** The problem's objective for a seed; settings left out take their defaults. */
export const make = (problem: AnyProblem, settings: object = {}, seed = 1): Objective =>
  problem.create(
    parseSettings(problem.settings, settings, problem.name),
    rngOf(foldIn(rootKey(seed), problem.name)),
  );

const rng = rngOf(rootKey(0));

export const outcomeAt = (objective: Objective, x: ArrayLike<number>): Outcome =>
  (objective.evaluate({ queries: [{ kind: "value", x: Float64Array.from(x) }] }, rng) as Outcome[])[0]!;

export const valueAt = (objective: Objective, x: ArrayLike<number>): number =>
  (outcomeAt(objective, x) as Evaluation<"value">).value;

export function gradientAt(objective: Objective, x: ArrayLike<number>): Evaluation<"gradient"> {
  const [outcome] = objective.evaluate(
    { queries: [{ kind: "gradient", x: Float64Array.from(x) }] },
    rng,
  ) as Outcome[];
  return outcome as Evaluation<"gradient">;
}
