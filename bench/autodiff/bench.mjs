// Microseconds for value and gradient (values of all candidates in the last two tasks) on one thread: basin in f64 and f32
// beside plain JavaScript, jax-js and tfjs-wasm. Losses are compared first; then medians of interleaved rounds.
// Build first (npm run build); for the peers, npm install in bench/autodiff/peers. Then: node bench/autodiff/bench.mjs [task] [--best]
import { compile, trace } from "@basin/autodiff";
import { byHand } from "./by-hand.mjs";
import { jaxJs } from "./jax-js.mjs";
import { tasks } from "./tasks.mjs";
import { tfjs } from "./tfjs.mjs";

const ROUNDS = 25;
/** Milliseconds of one round of one contestant. */
const ROUND = 12;

function basin(task, options) {
  const shapes = [...task.parameters, ...task.data].map((one) => one.shape);
  const begun = performance.now();
  const program = compile(trace(task.f, shapes), options);
  const ready = performance.now() - begun;
  // Parameters and data lie in the module's memory, as in the code by hand that is compared with; results too.
  [...task.parameters, ...task.data].forEach(({ data }, k) => program.set(k, data));
  const run = () => {
    program.execute();
    return program.output(0)[0];
  };
  return Object.assign(run, { ready, memory: program.memory });
}

const jax64 = await jaxJs("f64");
const jax32 = await jaxJs("f32");
const tf = await tfjs();
const makers = {
  "basin f64": (task) => basin(task, {}),
  "basin f32": (task) => basin(task, { precision: "f32" }),
  JavaScript: (task) =>
    byHand[task.kind](
      task.parameters.map((one) => one.data),
      task.data.map((one) => one.data),
    ),
  "jax-js f64": (task) => jax64?.(task),
  "jax-js f32": (task) => jax32?.(task),
  "tfjs f32": (task) => tf?.(task),
};

/** Calls that fill a round, once warm. */
function calls(run) {
  const begun = performance.now();
  let count = 0;
  do {
    run();
    count++;
  } while (performance.now() - begun < 250 && count < 100_000);
  return Math.max(1, Math.round((count * ROUND) / (performance.now() - begun)));
}

const sorted = (values) => values.toSorted((a, b) => a - b);
/** The median; or, on a machine that others use too, the best (node bench.mjs --best). */
const best = process.argv.includes("--best");
const typical = (values) => sorted(values)[best ? 0 : values.length >> 1];
const digits = (x) => (x === undefined ? "–" : x < 10 ? x.toPrecision(2) : x.toFixed(0));
const names = Object.keys(makers);
const wantedTask = process.argv.slice(2).find((word) => !word.startsWith("--"));
console.log(
  `| task | ${names.join(" | ")} | f64 / WASM by hand* | f32 / WASM by hand* | JS / f64 | trace to callable, ms |`,
);
console.log(`|---|${names.map(() => "---|").join("")}---|---|---|---|`);
for (const task of tasks) {
  if (wantedTask !== undefined && !task.name.includes(wantedTask)) continue;
  const runs = {};
  for (const name of names) {
    try {
      const run = makers[name](task);
      if (run !== undefined) runs[name] = run;
    } catch (error) {
      console.error(`${name} cannot do ${task.name}: ${String(error).slice(0, 200)}`);
    }
  }
  const wanted = runs["JavaScript"]();
  for (const [name, run] of Object.entries(runs)) {
    const value = run();
    // jax-js computes exp and log in f64 to about single precision.
    const tolerance = name.endsWith("f32") ? 2e-4 : name.startsWith("jax") ? 1e-4 : 1e-10;
    if (!(Math.abs(value - wanted) <= tolerance * Math.abs(wanted)))
      throw new Error(`${task.name}: ${name} gives ${value}, JavaScript ${wanted}`);
  }
  const counts = Object.fromEntries(Object.entries(runs).map(([name, run]) => [name, calls(run)]));
  const times = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, run] of Object.entries(runs)) {
      const begun = performance.now();
      for (let i = 0; i < counts[name]; i++) run();
      times[name].push(((performance.now() - begun) / counts[name]) * 1000);
    }
  const result = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, typical(all)]));
  const ratio = (a, b) => (a === undefined || b === undefined ? "–" : (a / b).toFixed(2));
  console.log(
    `| ${task.name} | ${names.map((name) => digits(result[name])).join(" | ")} | ${ratio(result["basin f64"], task.reference?.[0])} | ${ratio(result["basin f32"], task.reference?.[1])} | ${ratio(result["JavaScript"], result["basin f64"])} | ${runs["basin f64"].ready.toFixed(1)} |`,
  );
}
console.log("\n* measured elsewhere, on a machine like this: see tasks.mjs");
