// Milliseconds from a function to a program that can be called, in a fresh process each time: the first compilation of a
// page or a worker, when the engine has not yet read the compiler's own code. Beside it the same with that code read when it
// was loaded (V8's --no-lazy), which is what the compiler itself takes; and the next model of the process. What the engine
// has to read is counted too, as it does not depend on what else the machine does.
// node bench/autodiff/cold.mjs [samples]
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The models, by names of tasks, and what the issue asks for, in milliseconds. */
export const coldAims = [
  { model: "rosenbrock 10", aim: 5 },
  { model: "logistic 1000×10", aim: 5 },
  { model: "softmax 64-10, 32 rows", aim: 5 },
  { model: "mlp 64-32-10, 32 rows", aim: 20 },
];

const self = fileURLToPath(import.meta.url);

/** The stages of a compilation, in order; what is left of the whole makes memory, and what the program is called by. */
const STAGES = ["trace", "simplify", "plan and code", "engine's compiler"];

/**
 * Sorted milliseconds of fresh processes for one model: { cold, read, next }, and { stages }, those of each stage; and what
 * was read: { functions, bytes }.
 */
export function coldTimes(model, samples) {
  const run = (what, ...flags) =>
    JSON.parse(execFileSync(process.execPath, [...flags, self, what, model], { encoding: "utf8" }));
  const all = { cold: [], read: [], next: [] };
  const stages = STAGES.map(() => []);
  for (let i = 0; i < samples; i++) {
    const { first, later } = run("--one");
    all.cold.push(first);
    all.next.push(later);
    all.read.push(run("--one", "--no-lazy").first);
    run("--stages").forEach((ms, k) => stages[k].push(ms));
  }
  for (const times of [...Object.values(all), ...stages]) times.sort((a, b) => a - b);
  return { ...all, stages, ...run("--count") };
}

const median = (sorted) => sorted[sorted.length >> 1];

/** What a first compilation is made of, of models with their times: lines of a table. */
export function coldParts(models) {
  return [
    `| first compilation, ms | ${STAGES.join(" | ")} | of all, reading code | functions read | kB read |`,
    `|---|${STAGES.map(() => "---|").join("")}---|---|---|`,
    ...models.map(({ model, times }) => {
      const figures = [...times.stages.map(median), median(times.cold) - median(times.read)];
      const read = [times.functions, Math.round(times.bytes / 1000)];
      return `| ${[model, ...figures.map((ms) => ms.toFixed(1)), ...read].join(" | ")} |`;
    }),
  ];
}

const load = async () => ({ ...(await import("@basin/autodiff")), ...(await import("./tasks.mjs")) });

/** The function of a task and the shapes of its arguments. */
function modelOf(tasks, name) {
  const { f, parameters, data } = tasks.find((task) => task.name === name);
  return { f, shapes: [...parameters, ...data].map((input) => input.shape) };
}

/** Milliseconds of one compilation. */
function time({ compile, trace, tasks }, name) {
  const { f, shapes } = modelOf(tasks, name);
  const begun = performance.now();
  compile(trace(f, shapes));
  return performance.now() - begun;
}

async function one(model) {
  const loaded = await load();
  const kindOf = (name) => loaded.tasks.find((task) => task.name === name).kind;
  const first = time(loaded, model);
  // Of the same kind but another size, so that its code is another, after the other models.
  for (const other of coldAims) if (other.model !== model) time(loaded, other.model);
  const next = loaded.tasks.find((task) => task.kind === kindOf(model) && task.name !== model).name;
  return { first, later: time(loaded, next) };
}

/** Milliseconds of each stage. */
async function stagesOf(model) {
  const { trace, tasks } = await load();
  const inside = (path) => import(new URL(path, import.meta.resolve("@basin/autodiff")));
  const { prepared } = await inside("backends/wasm/index.js");
  const { assemble } = await inside("backends/wasm/assemble.js");
  const { moduleOf } = await inside("backends/wasm/engine.js");
  const { f, shapes } = modelOf(tasks, model);
  const marks = [performance.now()];
  const mark = (result) => (marks.push(performance.now()), result);
  const graph = mark(trace(f, shapes));
  const simpler = mark(prepared(graph, "f64"));
  const { assembled } = mark(assemble(simpler, "f64", true));
  mark(moduleOf(assembled.bytes));
  return marks.slice(1).map((at, k) => at - marks[k]);
}

/** How many functions of basin's packages a first compilation calls, and the length of their source without inner functions'. */
async function count(model) {
  const { Session } = await import("node:inspector/promises");
  const loaded = await load();
  const session = new Session();
  session.connect();
  const post = (method, parameters) => session.post(`Profiler.${method}`, parameters);
  await post("enable");
  await post("startPreciseCoverage", { callCount: true, detailed: false });
  await post("takePreciseCoverage");
  time(loaded, model);
  const { result } = await post("takePreciseCoverage");
  let [functions, bytes] = [0, 0];
  for (const { url, functions: found } of result) {
    if (!/packages\/(autodiff|math)\//.test(url)) continue;
    // Initializers of classes are reported with the range of their class.
    const ranges = found
      .filter(({ functionName }) => functionName !== "<instance_members_initializer>")
      .map((one) => one.ranges[0])
      .sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
    for (const { startOffset, endOffset, count: calls } of ranges) {
      if (calls === 0) continue;
      functions++;
      bytes += endOffset - startOffset;
      let end = startOffset;
      for (const inner of ranges) {
        if (inner.startOffset <= startOffset || inner.endOffset > endOffset || inner.startOffset < end)
          continue;
        bytes -= inner.endOffset - inner.startOffset;
        end = inner.endOffset;
      }
    }
  }
  return { functions, bytes };
}

if (process.argv[2] === "--one") console.log(JSON.stringify(await one(process.argv[3])));
else if (process.argv[2] === "--stages") console.log(JSON.stringify(await stagesOf(process.argv[3])));
else if (process.argv[2] === "--count") console.log(JSON.stringify(await count(process.argv[3])));
else if (process.argv[1] === self) {
  const samples = Number(process.argv[2] ?? 15);
  const text = (times) => `${median(times).toFixed(1)} (${times[0].toFixed(1)})`;
  console.log("Medians (best), milliseconds\n");
  console.log(
    "| model | fresh process | its code read before | a later model | aim |\n|---|---|---|---|---|",
  );
  const models = [];
  for (const { model, aim } of coldAims) {
    const times = coldTimes(model, samples);
    models.push({ model, times });
    console.log(`| ${model} | ${text(times.cold)} | ${text(times.read)} | ${text(times.next)} | ${aim} |`);
  }
  console.log(`\n${coldParts(models).join("\n")}`);
}
