// One short run of every optimizer on one problem of every kind: what must come out the same, bit for bit, on every engine.
import { catalog } from "@basin/catalog";
import { runOf, runToEnd, type RunResult, type RunSpec } from "@basin/runner";

/** One problem of every kind, small enough for all of them to take seconds. */
const problems: readonly RunSpec["problem"][] = [
  { name: "rosenbrock", settings: { dimension: 5 } },
  { name: "plateau", settings: {} },
  { name: "bbob-f10", settings: { dimension: 5 } },
  { name: "anscombe-linear", settings: {} },
  { name: "penguins-logistic", settings: {} },
  { name: "iris-softmax", settings: {} },
  { name: "xor-mlp", settings: {} },
  { name: "one-max", settings: {} },
  { name: "travelling-salesman", settings: {} },
];

const budgets: Readonly<Record<string, number>> = { "xor-mlp": 60 };

/** "adam on rosenbrock" → fingerprint; a pair that does not fit (an optimizer that needs slopes, another encoding) has none. */
export function fingerprints(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const problem of problems)
    for (const name of Object.keys(catalog.optimizers)) {
      const spec: RunSpec = {
        problem,
        optimizer: { name, settings: {} },
        seed: 7,
        replicate: 0,
        budget: budgets[problem.name] ?? 200,
      };
      let run;
      try {
        run = runOf(spec, catalog);
      } catch {
        continue;
      }
      found[`${name} on ${problem.name}`] = (runToEnd(run) as RunResult).fingerprint;
    }
  return found;
}
