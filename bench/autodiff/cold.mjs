// Milliseconds from a function to a program that can be called, in a fresh process each time: the first compilation of a
// page or a worker, when the engine has not yet read the compiler's own code. Beside it the same with that code read when it
// was loaded (V8's --no-lazy), which is what the compiler itself takes; and the next model of the process.
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

/** Sorted milliseconds of fresh processes for one model: { cold, read, next }. */
export function coldTimes(model, samples) {
  const run = (...flags) =>
    execFileSync(process.execPath, [...flags, self, "--one", model], { encoding: "utf8" });
  const all = { cold: [], read: [], next: [] };
  for (let i = 0; i < samples; i++) {
    const [cold, next] = JSON.parse(run());
    all.cold.push(cold);
    all.next.push(next);
    all.read.push(JSON.parse(run("--no-lazy"))[0]);
  }
  for (const times of Object.values(all)) times.sort((a, b) => a - b);
  return all;
}

async function one(model) {
  const { compile, trace } = await import("@basin/autodiff");
  const { tasks } = await import("./tasks.mjs");
  const kindOf = (name) => tasks.find((task) => task.name === name).kind;
  const time = (name) => {
    const { f, parameters, data } = tasks.find((task) => task.name === name);
    const shapes = [...parameters, ...data].map((input) => input.shape);
    const begun = performance.now();
    compile(trace(f, shapes));
    return performance.now() - begun;
  };
  const first = time(model);
  // Of the same kind but another size, so that its code is another, after the other models.
  for (const other of coldAims) if (other.model !== model) time(other.model);
  const later = time(tasks.find((task) => task.kind === kindOf(model) && task.name !== model).name);
  console.log(JSON.stringify([first, later]));
}

if (process.argv[2] === "--one") await one(process.argv[3]);
else if (process.argv[1] === self) {
  const samples = Number(process.argv[2] ?? 15);
  const text = (times) => `${times[times.length >> 1].toFixed(1)} (${times[0].toFixed(1)})`;
  console.log("Medians (best), milliseconds\n");
  console.log(
    "| model | fresh process | its code read before | a later model | aim |\n|---|---|---|---|---|",
  );
  for (const { model, aim } of coldAims) {
    const { cold, read, next } = coldTimes(model, samples);
    console.log(`| ${model} | ${text(cold)} | ${text(read)} | ${text(next)} | ${aim} |`);
  }
}
