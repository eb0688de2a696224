// node bench.mjs [--short] [--only a,b] [--seeds 1-3] [--workers k] [--out folder]
//                [--instances 11-13] [--seeds 101-105] [--functions 1-3,8] [--dimensions 5,20]
// The second row chooses others than the published table's: instances and seeds that nothing was tuned on, say. The table then goes to
// chosen.md, and is of what was chosen alone. Runs what has not been run yet (the log is appended to, run by run), then writes the table. Ctrl-C loses only the runs in flight.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { keyOf, listOf, plan } from "./jobs.mjs";
import { markdown } from "./table.mjs";

const { values } = parseArgs({
  options: {
    short: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    seeds: { type: "string" },
    instances: { type: "string" },
    functions: { type: "string" },
    dimensions: { type: "string" },
    workers: { type: "string", default: String(availableParallelism()) },
    out: { type: "string", default: "out" },
  },
});
const only = values.only.split(",").filter((name) => name !== "");
/** What was asked for beside the published table's; empty if nothing was. */
const chosen = Object.fromEntries(
  ["seeds", "instances", "functions", "dimensions"].flatMap((name) =>
    values[name] === undefined ? [] : [[name, listOf(values[name])]],
  ),
);
const jobs = plan({ short: values.short, only, ...chosen });
/** Fewer seeds of the published table are on the way to it; other instances, seeds, functions or dimensions are another table. */
const another =
  ["instances", "functions", "dimensions"].some((name) => name in chosen) ||
  (chosen.seeds ?? []).some((seed) => seed > 5);
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

/** What the table was made with. */
function heading() {
  const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));
  const date = new Date().toISOString().slice(0, 10);
  return `# BBOB: evaluations to a precision of 1e-8

Made on ${date} by \`node bench/search/bench.mjs${values.short ? " --short" : ""}\` with basin ${version}, Node ${process.versions.node}. Default settings of every method, found as they
are; ${(chosen.instances ?? [1, 2, 3]).length} instances × up to ${(chosen.seeds ?? [1, 2, 3, 4, 5]).length} seeds a function and dimension${another ? ` (instances ${values.instances ?? "1-3"}, seeds ${values.seeds ?? "1-5"})` : ""}; budget 10⁴ n (2·10⁴ n for the restarting CMA-ES${values.short ? "; a tenth of it in this short form" : ""}). Methods that
want slopes have them by forward differences, every value counted, unless their name says "with gradients": then by autodiff, each at
its derived price. "—": half of the runs or more did not reach it. The column "runs" says how many a median is of: where it is less than 15,
the command had not come to its end, and the first table leaves that method out: a best of many with few runs would be luck.

`;
}

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
// The table is of all that the log holds, of this call or of others before.
const table =
  heading() + markdown(another ? jobs : plan({ short: values.short, only: [] }), results, !another);
writeFileSync(join(values.out, another ? "chosen.md" : values.short ? "short.md" : "table.md"), table);
console.log(table);
