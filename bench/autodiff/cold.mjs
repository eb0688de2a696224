// Milliseconds from a function to a program that can be called, in a fresh process each time: the first compilation of a
// page or a worker, before any of the compiler's own code is warm. Median and best. Then: node bench/autodiff/cold.mjs [samples]
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

/** Milliseconds of fresh processes for one model, sorted. */
export function coldTimes(model, samples) {
  return Array.from({ length: samples }, () =>
    Number(execFileSync(process.execPath, [self, "--one", model], { encoding: "utf8" })),
  ).toSorted((a, b) => a - b);
}

async function one(model) {
  const { compile, trace } = await import("@basin/autodiff");
  const { tasks } = await import("./tasks.mjs");
  const { f, parameters, data } = tasks.find(({ name }) => name === model);
  const shapes = [...parameters, ...data].map((input) => input.shape);
  const begun = performance.now();
  compile(trace(f, shapes));
  console.log(performance.now() - begun);
}

if (process.argv[2] === "--one") await one(process.argv[3]);
else if (process.argv[1] === self) {
  const samples = Number(process.argv[2] ?? 15);
  console.log(`| model | median, ms | best, ms | aim, ms |\n|---|---|---|---|`);
  for (const { model, aim } of coldAims) {
    const times = coldTimes(model, samples);
    console.log(`| ${model} | ${times[samples >> 1].toFixed(1)} | ${times[0].toFixed(1)} | ${aim} |`);
  }
}
