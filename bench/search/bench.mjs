// node bench.mjs [--short] [--only a,b] [--workers k] [--out folder]
// Runs what has not been run yet (the log is appended to, run by run), then writes the table. Ctrl-C loses only the runs in flight.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { keyOf, plan } from "./jobs.mjs";
import { markdown } from "./table.mjs";

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    workers: { type: "string", default: String(availableParallelism()) },
    out: { type: "string", default: "out" },
  },
});
const only = values.only.split(",").filter((name) => name !== "");
const jobs = plan({ short: values.short, only });
mkdirSync(values.out, { recursive: true });
const log = join(values.out, values.short ? "short.ndjson" : "runs.ndjson");

const results = new Map();
if (existsSync(log))
  for (const line of readFileSync(log, "utf8").split("\n")) {
    try {
      const { job, result } = JSON.parse(line);
      results.set(keyOf(job), result);
    } catch {
      // The last line of a run that was broken off: that job is done again.
    }
  }

const todo = jobs.filter((job) => !results.has(keyOf(job)));
console.log(`${jobs.length} runs, ${todo.length} to do`);
const began = performance.now();
let done = 0;

function work() {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.mjs", import.meta.url));
    const next = () => {
      const job = todo.shift();
      if (job === undefined) return void worker.terminate().then(resolve, reject);
      worker.postMessage(job);
    };
    worker.on("error", reject);
    worker.on("message", ({ job, result, error }) => {
      if (error !== undefined) return void reject(new Error(`${keyOf(job)}: ${error}`));
      results.set(keyOf(job), result);
      appendFileSync(log, `${JSON.stringify({ job, result })}\n`);
      if (++done % 50 === 0)
        console.log(
          `${done} done, ${todo.length} to go, ${((performance.now() - began) / 1000).toFixed(0)} s`,
        );
      next();
    });
    next();
  });
}

await Promise.all(Array.from({ length: Number(values.workers) }, work));
const table = markdown(jobs, results);
writeFileSync(join(values.out, values.short ? "short.md" : "table.md"), table);
console.log(table);
