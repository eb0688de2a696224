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
import { catalogIn } from "./models.mjs";
import { csv, summarise, table } from "./summary.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values } = parseArgs({
  options: {
    workers: { type: "string", default: String(availableParallelism()) },
    out: { type: "string", default: here("out") },
  },
});
const experiment = JSON.parse(readFileSync(here("experiment.json"), "utf8"));

/** The cells of the experiment: one model, one budget, one mode; the cheap ones first. */
function cellsOf({ parts, models, optimizers }) {
  const cells = parts.flatMap(({ models: chosen, budgets, seeds, noisy = false, differences = false }) =>
    chosen.flatMap((at) =>
      budgets.map((budget) => {
        const { name, weights, settings = {} } = models[at];
        return {
          model: name,
          weights,
          budget,
          mode: noisy ? "noisy" : differences ? "differences" : "exact",
          spec: {
            problems: [{ name, settings }],
            // who asks for values only has its runs among the exact ones
            optimizers: optimizers
              .filter(
                ({ mostWeights = Infinity, slopes }) => weights <= mostWeights && (slopes || !differences),
              )
              .map((one) => one.name),
            replicates: seeds,
            budget,
          },
        };
      }),
    ),
  );
  return cells.sort((a, b) => a.budget * a.weights - b.budget * b.weights);
}

const pools = new Map();
const poolOf = (mode) => {
  if (!pools.has(mode)) {
    const workerData = { mode, batch: experiment.batch };
    pools.set(
      mode,
      createPool({
        spawn: () => new Worker(new URL("worker.mjs", import.meta.url), { workerData }),
        size: Number(values.workers),
        deadline: 120_000,
      }),
    );
  }
  return pools.get(mode);
};

const done = [];
const folderOf = ({ weights, budget, mode }) => `${weights}-weights-${budget}-${mode}`;
// The cells of all modes go on at once, so that no worker waits for the last run of a cell.
await Promise.all(
  ["exact", "noisy", "differences"].map(async (mode) => {
    for (const cell of cellsOf(experiment).filter((one) => one.mode === mode)) {
      const result = await runStored(cell.spec, join(values.out, folderOf(cell)), {
        catalog: catalogIn(mode, experiment.batch),
        executor: poolOf(mode),
      });
      const found = result.records[0].result.start.x.length;
      if (found !== cell.weights)
        throw new Error(`${cell.model} has ${found} weights, not ${cell.weights}: correct experiment.json`);
      done.push({ ...cell, result });
      console.log(`${folderOf(cell)}: ${result.records.length} runs`);
    }
  }),
);
for (const pool of pools.values()) pool.close();

const rows = summarise(done, experiment);
writeFileSync(here("summary.csv"), csv(rows));
writeFileSync(here("table.md"), table(rows));
writeFileSync(here("crossover.svg"), figure(rows));
console.log(`\n${table(rows)}`);
