// The plan of the benchmark: which optimizer on which function, dimension, instance and seed; and how one run is carried out.
import { withFiniteDifferences } from "@basin/objective";
import { bbob } from "@basin/problems";
import { foldIn, rngOf, rootKey } from "@basin/random";
import { createRun, runToEnd } from "@basin/runner";
import { optimizers } from "./optimizers.mjs";

export const functions = [1, 2, 6, 8, 10, 15, 20, 21];
export const instances = [1, 2, 3];
export const seeds = [1, 2, 3, 4, 5];

/** What counts as reached: f − fopt at most this. */
const PRECISION = 1e-8;

/**
 * The objective, noting after how many values f first came to the target: a gradient by differences is n + 1 values, of
 * which the first is f itself, so peers that count calls of f and we count the same.
 */
function counted(objective, target) {
  const count = { values: 0, hit: undefined };
  return {
    count,
    objective: {
      ...objective,
      evaluate(ask, rng) {
        const outcomes = objective.evaluate(ask, rng);
        for (const outcome of outcomes) {
          count.values++;
          if (count.hit === undefined && outcome.failed === undefined && outcome.value <= target)
            count.hit = count.values;
        }
        return outcomes;
      },
    },
  };
}

/** One run: evaluations to f − fopt ≤ 1e-8, and the precision reached after 10², 10³ and 10⁴ n. */
export function carryOut({ optimizer, f, n, instance, seed, budget }) {
  const problem = bbob[f - 1];
  const objective = problem.create({ dimension: n, instance }, rngOf(rootKey(0)));
  const { optimizer: method, hyperparameters = {}, gradients = false } = optimizers[optimizer];
  // Value queries only: slopes, where a method wants them, are had by differences, each at its price.
  const target = objective.minimum.value + PRECISION;
  const { objective: values, count } = counted({ ...objective, answers: { value: 1 } }, target);
  const needsSlopes = method.needs.some((kind) => kind !== "value");
  const shared = foldIn(rootKey(seed), `bbob-f${f}`, n, instance);
  const run = createRun({
    objective: gradients
      ? objective
      : needsSlopes
        ? withFiniteDifferences(values, { scheme: "forward" })
        : values,
    optimizer: method,
    hyperparameters,
    key: foldIn(shared, optimizer),
    shared,
    budget,
    target,
    probe: false,
  });
  const result = runToEnd(run);
  const { hits, cost, loss } = result.trace;
  // With gradients of its own an objective is asked no values: the books of the run have the price.
  const at = hits.k.indexOf(-160);
  const priced = at >= 0 ? hits.cost[at] : null;
  const precision = (limit) => {
    let last = Number.NaN;
    for (let i = 0; i < cost.length && cost[i] <= limit * (1 + 1e-9); i++)
      last = loss[i] - objective.minimum.value;
    return last;
  };
  return {
    hit: gradients ? priced : (count.hit ?? null),
    spent: result.tally.cost,
    ending: result.ending,
    reason: result.reason,
    precision: [100 * n, 1000 * n, 10000 * n].map(precision),
  };
}

/** "11-13,20" → [11, 12, 13, 20]. */
export function listOf(text) {
  return text
    .split(",")
    .filter((part) => part !== "")
    .flatMap((part) => {
      const [from, to = from] = part.split("-").map(Number);
      if (!Number.isInteger(from) || !Number.isInteger(to))
        throw new Error(`"${text}": give a number, or numbers and ranges such as 11-13,20`);
      return Array.from({ length: to - from + 1 }, (_, k) => from + k);
    });
}

/** All jobs, in an order that gives a usable table early: seed by seed. What is not said is as it is in the published table. */
export function plan({
  short,
  only,
  seeds: chosenSeeds = short ? [1] : seeds,
  instances: chosenInstances = instances,
  functions: chosenFunctions = functions,
  dimensions: chosenDimensions = short ? [5] : [5, 10],
}) {
  const jobs = [];
  for (const seed of chosenSeeds)
    for (const instance of chosenInstances)
      for (const n of chosenDimensions)
        for (const f of chosenFunctions)
          for (const optimizer of Object.keys(optimizers)) {
            if (only.length > 0 && !only.includes(optimizer)) continue;
            jobs.push({
              optimizer,
              f,
              n,
              instance,
              seed,
              budget: (short ? 1e3 : 1e4) * n * (optimizers[optimizer].patience ?? 1),
            });
          }
  return jobs;
}

export const keyOf = ({ optimizer, f, n, instance, seed, budget }) =>
  [optimizer, f, n, instance, seed, budget].join("/");
