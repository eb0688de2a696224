// node run.mjs [--workers k] [--out folder]
// Runs what is missing of experiment.json (stopped, it goes on where it was), then writes summary.csv, table.md and crossover.svg.
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { runStored } from "@basin/experiment/node";
import { createPool } from "@basin/workers";
import { figure } from "./figure.mjs";
import { catalogWith } from "./models.mjs";
import { csv, summarise, table } from "./summary.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values } = parseArgs({
  options: {
    workers: { type: "string", default: String(availableParallelism()) },
    out: { type: "string", default: here("out") },
  },
});
const experiment = JSON.parse(readFileSync(here("experiment.json"), "utf8"));

/** The cells of the experiment: one model, one budget, with noise or without; the cheap ones first. */
function cellsOf({ parts, models, optimizers, batch }) {
  const cells = parts.flatMap(({ models: chosen, budgets, seeds, noisy = false }) =>
    chosen.flatMap((at) =>
      budgets.map((budget) => ({
        model: models[at],
        weights: models[at].weights,
        budget,
        batch: noisy ? batch : 0,
        spec: {
          problems: [{ name: models[at].name, settings: models[at].settings ?? {} }],
          optimizers: optimizers
            .filter(({ mostWeights = Infinity }) => models[at].weights <= mostWeights)
            .map(({ name }) => name),
          replicates: seeds,
          budget,
        },
      })),
    ),
  );
  return cells.sort((a, b) => a.budget * a.weights - b.budget * b.weights);
}

const pools = new Map();
const poolOf = (batch) => {
  if (!pools.has(batch))
    pools.set(
      batch,
      createPool({
        spawn: () => new Worker(new URL("worker.mjs", import.meta.url), { workerData: { batch } }),
        size: Number(values.workers),
        deadline: 120_000,
      }),
    );
  return pools.get(batch);
};

const done = [];
for (const cell of cellsOf(experiment)) {
  const { model, weights, budget, batch, spec } = cell;
  const folder = `${weights}-weights-${budget}${batch > 0 ? "-noisy" : ""}`;
  const result = await runStored(spec, join(values.out, folder), {
    catalog: catalogWith(batch),
    executor: poolOf(batch),
  });
  const found = result.records[0].result.start.x.length;
  if (found !== weights)
    throw new Error(`${model.name} has ${found} weights, not ${weights}: correct experiment.json`);
  done.push({ ...cell, result });
  console.log(`${folder}: ${result.records.length} runs`);
}
for (const pool of pools.values()) pool.close();

const rows = summarise(done, experiment);
writeFileSync(here("summary.csv"), csv(rows));
writeFileSync(here("table.md"), table(rows));
writeFileSync(here("crossover.svg"), figure(rows));
console.log(`\n${table(rows)}`);
