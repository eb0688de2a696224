// Microseconds for value and gradient (values of all candidates in the last two tasks) on one thread: basin in f64 and f32
// beside the same by hand in WebAssembly and in plain JavaScript, jax-js and tfjs-wasm. Losses are compared first; then
// medians (or the best) of interleaved rounds; and what was aimed at is held against what was found.
// Build first (npm run build); for the peers, npm install in bench/autodiff/peers. Then:
//   node bench/autodiff/bench.mjs [part of a task's name] [--best] [--write: to RESULTS.md]
import { compile, trace } from "@basin/autodiff";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { byHand } from "./by-hand.mjs";
import { byHandWasm } from "./by-hand-wasm.mjs";
import { coldAims, coldParts, coldTimes } from "./cold.mjs";
import { aimsOf } from "./aims.mjs";
import { jaxJs } from "./jax-js.mjs";
import { measure } from "./measure.mjs";
import { products } from "./products.mjs";
import { tasks } from "./tasks.mjs";
import { tfjs } from "./tfjs.mjs";

const options = process.argv.slice(2).filter((word) => word.startsWith("--"));
const wantedTask = process.argv.slice(2).find((word) => !word.startsWith("--")) ?? "";
const figure = options.includes("--best") ? "best" : "median";

function program(f, { parameters, data }, precision, take = (one) => one) {
  const inputs = [...parameters.map(take), ...data];
  const made = compile(
    trace(
      f,
      inputs.map((one) => one.shape),
    ),
    { precision },
  );
  // Parameters and data lie in the module's memory, as in the code by hand that is compared with; results too.
  inputs.forEach((one, k) => made.set(k, one.data));
  return made;
}
function basin(task, precision) {
  const { execute, output } = program(task.f, task, precision);
  const value = output(0);
  return () => {
    execute();
    return value[0];
  };
}
/** The value alone; or one candidate after the other, where the task is a population. */
function plain(task, precision) {
  const { execute, output, input } = program(
    task.plain,
    task,
    precision,
    task.population
      ? ({ shape, data }) => ({ shape: shape.slice(1), data: data.slice(0, data.length / shape[0]) })
      : undefined,
  );
  const value = output(0);
  if (!task.population)
    return () => {
      execute();
      return value[0];
    };
  const count = task.parameters[0].shape[0];
  const rows = task.parameters.map(({ data }, k) => {
    const own = input(k);
    const all = own.constructor.from(data);
    return {
      own,
      parts: Array.from({ length: count }, (_, c) => all.subarray(c * own.length, (c + 1) * own.length)),
    };
  });
  return () => {
    let first = NaN;
    for (let c = 0; c < count; c++) {
      for (const { own, parts } of rows) own.set(parts[c]);
      execute();
      if (c === 0) first = value[0];
    }
    return first;
  };
}

const [jax64, jax32, tf] = [await jaxJs("f64"), await jaxJs("f32"), await tfjs()];
const arrays = (list) => list.map((one) => one.data);
const makers = {
  "basin f64": (task) => basin(task, "f64"),
  "basin f32": (task) => basin(task, "f32"),
  "WASM by hand f64": (task) => byHandWasm("f64", task),
  "WASM by hand f32": (task) => byHandWasm("f32", task),
  JavaScript: (task) => byHand[task.kind](arrays(task.parameters), arrays(task.data)),
  "jax-js f64": (task) => jax64?.(task),
  "jax-js f32": (task) => jax32?.(task),
  "tfjs f32": (task) => tf?.(task),
  "plain f64": (task) => plain(task, "f64"),
  "plain f32": (task) => plain(task, "f32"),
};

/** jax-js computes exp and log in f64 to about single precision. */
const tolerance = (name) => (name.endsWith("f32") ? 2e-4 : name.startsWith("jax") ? 1e-4 : 1e-10);

function contestants(task) {
  const runs = {};
  for (const [name, make] of Object.entries(makers)) {
    try {
      const run = make(task);
      if (run !== undefined) runs[name] = run;
    } catch (error) {
      console.error(`${name} cannot do ${task.name}: ${String(error).slice(0, 200)}`);
    }
  }
  const wanted = runs["JavaScript"]();
  for (const [name, run] of Object.entries(runs)) {
    const value = run();
    if (!(Math.abs(value - wanted) <= tolerance(name) * Math.abs(wanted)))
      throw new Error(`${task.name}: ${name} gives ${value}, JavaScript ${wanted}`);
  }
  return runs;
}

const lines = [];
const say = (line) => {
  lines.push(line);
  console.log(line);
};
const digits = (x) => (x === undefined ? "–" : x < 10 ? x.toPrecision(2) : x.toFixed(0));
const ratio = (x) => (x === undefined || Number.isNaN(x) ? "–" : x.toFixed(2));

const shown = Object.keys(makers).filter((name) => !name.startsWith("plain"));
say(
  `Microseconds (${figure} of 25 interleaved rounds), Node ${process.versions.node}, ${cpus()[0]?.model ?? "?"}, one thread\n`,
);
say(`| task | ${shown.join(" | ")} |`);
say(`|---|${shown.map(() => "---|").join("")}`);
const results = [];
for (const task of tasks) {
  if (!task.name.includes(wantedTask)) continue;
  const found = measure(contestants(task));
  const times = Object.fromEntries(Object.entries(found).map(([name, one]) => [name, one[figure]]));
  results.push({ task, times });
  say(`| ${task.name} | ${shown.map((name) => digits(times[name])).join(" | ")} |`);
}

const cold = wantedTask === "" ? coldAims.map((aim) => ({ ...aim, times: coldTimes(aim.model, 15) })) : [];
const speeds = wantedTask === "" ? products(measure, figure) : [];
say(`\n| aim | found | met |\n|---|---|---|`);
for (const { aim, found, met } of aimsOf(results, { cold, speeds, figure, ratio }))
  say(`| ${aim} | ${found} | ${met === undefined ? "–" : met ? "yes" : "**no**"} |`);
say(
  "\nBy hand in WebAssembly: by-hand-wasm.mjs, in the same run; where a task is not written there (*), the figures published in the\nissue that asked for this backend, measured on a machine like this. An aim is judged by the row that is furthest from it.",
);
if (cold.length > 0) {
  say(`\n${coldParts(cold).join("\n")}`);
  say(
    "\nThe engine's compiler makes machine code of the module. Reading code is what the engine takes to parse and compile functions\nof basin when they are first called: the difference to a process that did so when it loaded them. It is in every stage but\nthat of the module; functions are counted, and their source without that of functions inside.",
  );
}
if (options.includes("--write"))
  writeFileSync(
    new URL("RESULTS.md", import.meta.url),
    `# Value and gradient: basin beside others\n\nWritten by \`node bench/autodiff/bench.mjs --write${options.includes("--best") ? " --best" : ""}\`.\n\n${lines.join("\n")}\n`,
  );
