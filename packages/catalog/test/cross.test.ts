// Every optimizer × every problem, with the defaults of both: it ends below its start, or the exception has a reason.
import { createRun, keyOf, objectiveOf, runToEnd, sharedKeyOf, type RunSpec } from "@basin/runner";
import type { Objective } from "@basin/objective";
import { afterAll, describe, expect, test } from "vitest";
import { catalog } from "@basin/catalog";
import { exceptions, tooSlow, type Exception } from "./exceptions.ts";

const long = process.env["BASIN_LONG"] !== undefined;
/** Seeds that are tried until one descends: an unlucky start is no mistake. */
const SEEDS = 3;

/** Large problems get fewer looks, and are left to the long form. */
function budgetOf({ dimension }: Objective["domain"]): number {
  return dimension > 1000 ? 40 : dimension > 100 ? 300 : 800;
}
const large = /^(digits-|spiral-mlp|bbob-)/;

const find = (list: readonly Exception[], optimizer: string, problem: string): Exception | undefined =>
  list.find(({ optimizers, problems }) => optimizers.includes(optimizer) && problems.includes(problem));

/** Exceptions that were needed. */
const needed = new Set<Exception>();
const problems = Object.keys(catalog.problems).filter((name) => long || !large.test(name));

async function descends(
  problem: string,
  optimizer: string,
  objectives: Map<number, Objective>,
): Promise<boolean> {
  for (let replicate = 0; replicate < SEEDS; replicate++) {
    const spec: RunSpec = {
      problem: { name: problem, settings: {} },
      optimizer: { name: optimizer, settings: {} },
      seed: 1,
      replicate,
      budget: 1,
    };
    const objective = objectives.get(replicate) ?? objectiveOf(spec, catalog);
    objectives.set(replicate, objective);
    const result = await runToEnd(
      createRun({
        objective,
        optimizer: catalog.optimizers[optimizer]!,
        key: keyOf(spec),
        shared: sharedKeyOf(spec),
        budget: budgetOf(objective.domain),
      }),
    );
    if (result.best.loss < result.start.loss) return true;
  }
  return false;
}

describe.each(problems)("%s", (problem) => {
  test("every optimizer that can search it descends", { timeout: 600_000 }, async () => {
    const objectives = new Map<number, Objective>();
    const first = objectiveOf(
      {
        problem: { name: problem, settings: {} },
        optimizer: { name: "", settings: {} },
        seed: 1,
        replicate: 0,
        budget: 1,
      },
      catalog,
    );
    const { encoding, dimension } = first.domain;
    const stuck: string[] = [];
    for (const [name, { requires, needs }] of Object.entries(catalog.optimizers)) {
      const fits =
        requires.encodings.includes(encoding) &&
        dimension >= requires.dimension[0] &&
        dimension <= requires.dimension[1] &&
        needs.every((kind: string) => kind in first.answers);
      if (!fits || find(tooSlow, name, problem) !== undefined) continue;
      if (await descends(problem, name, objectives)) continue;
      const exception = find(exceptions, name, problem);
      if (exception === undefined) stuck.push(name);
      else needed.add(exception);
    }
    expect(stuck).toEqual([]);
  });
});

afterAll(() => {
  if (problems.length < Object.keys(catalog.problems).length) return;
  const idle = exceptions.filter((exception) => !needed.has(exception)).map(({ reason }) => reason);
  if (idle.length > 0) throw new Error(`exceptions that are out of date: ${idle.join("; ")}`);
});

test("exceptions name what there is", () => {
  // optimizers may be listed before they come; problems are all there
  const named = [...exceptions, ...tooSlow].flatMap(({ problems: some }) => some);
  expect(named.filter((name) => !Object.hasOwn(catalog.problems, name))).toEqual([]);
});
