// One experiment on 1, 2 … workers and without any: seconds, and how many times faster than one worker; beside it a plain loop
// written by hand that shares nothing, on as many workers: what this machine has to give at this moment. Medians over interleaved
// rounds, so that what else the machine does falls on all alike. Build first (npm run build), then:
// node bench/scaling/bench.mjs [workers] [rounds]
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { catalog } from "@basin/catalog";
import { fingerprint, inProcess, runExperiment } from "@basin/experiment";
import { createPool, THREAD_OPTIONS } from "@basin/workers";

const most = Number(process.argv[2] ?? availableParallelism());
const rounds = Number(process.argv[3] ?? 7);

/** Runs of one length, many enough to share evenly: what is measured is the pool, not the remainder. */
const experiment = (replicates) => ({
  problems: ["penguins-mlp"],
  optimizers: ["adam"],
  replicates,
  budget: 6000,
});
const REPLICATES = 24;

const pools = Array.from({ length: most }, (_, i) =>
  createPool({
    spawn: () => new Worker(new URL("worker.mjs", import.meta.url), THREAD_OPTIONS),
    size: i + 1,
    deadline: 60_000,
  }),
);
const executors = [
  ["this thread", inProcess(catalog, () => performance.now())],
  ...pools.map((pool) => [`${pool.size} worker${pool.size === 1 ? "" : "s"}`, pool]),
];
/** The plain loop: as many tasks as there are runs, each sent to the next free worker. */
const loopers = pools.map(({ size }) =>
  Array.from({ length: size }, () => new Worker(new URL("plain-loop.mjs", import.meta.url))),
);
async function plainLoops(workers) {
  let left = REPLICATES;
  await Promise.all(
    workers.map(async (worker) => {
      while (left-- > 0) {
        worker.postMessage(0);
        await new Promise((done) => worker.once("message", done));
      }
    }),
  );
}
const plain = pools.map(() => []);
const prints = new Set();
const times = executors.map(() => []);
/** Seconds of processor time, all threads together: they tell a pool that wastes work from a machine that is busy. */
const work = executors.map(() => []);

// every worker compiles the model and warms up before anything is timed
for (const [, executor] of executors) await runExperiment(experiment(2 * most), { catalog, executor });
for (const workers of loopers) await plainLoops(workers);
for (let round = 0; round < rounds; round++) {
  for (const [k, workers] of loopers.entries()) {
    const began = performance.now();
    await plainLoops(workers);
    plain[k].push((performance.now() - began) / 1000);
  }
  for (const [k, [, executor]] of executors.entries()) {
    const began = performance.now();
    const before = process.cpuUsage();
    const result = await runExperiment(experiment(REPLICATES), { catalog, executor });
    times[k].push((performance.now() - began) / 1000);
    const { user, system } = process.cpuUsage(before);
    work[k].push((user + system) / 1e6);
    prints.add(fingerprint(result));
  }
}
for (const pool of pools) pool.close();
for (const worker of loopers.flat()) await worker.terminate();

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const one = median(times[1]);
console.log(
  `${REPLICATES} runs of adam on penguins-mlp, 6,000 evaluations each; median of ${rounds} rounds\n`,
);
console.log("| on | seconds | times one worker | seconds of processor time |\n|---|---|---|---|");
for (const [k, [name]] of executors.entries())
  console.log(
    `| ${name} | ${median(times[k]).toFixed(3)} | ${(one / median(times[k])).toFixed(2)} | ${median(work[k]).toFixed(3)} |`,
  );
console.log("\n| a plain loop on | seconds | times one worker |\n|---|---|---|");
for (const [k, { size }] of pools.entries())
  console.log(
    `| ${size} worker${size === 1 ? "" : "s"} | ${median(plain[k]).toFixed(3)} | ${(median(plain[0]) / median(plain[k])).toFixed(2)} |`,
  );
console.log(
  `\nFingerprints: ${[...prints].join(", ")} (${prints.size === 1 ? "all the same" : "THEY DIFFER"}).`,
);
if (prints.size !== 1) process.exitCode = 1;
