// Nanoseconds a call of each function of @basin/math, beside the engine's own, or beside what one would write with the engine's own.
// Best of interleaved rounds over 4096 arguments, as a Markdown table. Build first (npm run build), then: node bench/math/bench.mjs
import * as math from "@basin/math";

const functions = { ...math };
const COUNT = 4096;
const ROUNDS = 200;

/** Name → the interval its arguments are spread over. */
const domains = {
  exp: [-20, 20],
  expm1: [-5, 5],
  log: [0.001, 100],
  log1p: [-0.9, 10],
  log2: [0.001, 100],
  log10: [0.001, 100],
  sin: [-10, 10],
  cos: [-10, 10],
  tan: [-10, 10],
  asin: [-1, 1],
  acos: [-1, 1],
  atan: [-5, 5],
  atan2: [-5, 5],
  sinh: [-5, 5],
  cosh: [-5, 5],
  tanh: [-3, 3],
  pow: [0.1, 10],
  cbrt: [-10, 10],
  hypot: [-10, 10],
  sigmoid: [-6, 6],
  softplus: [-6, 6],
  logaddexp: [-5, 5],
  erf: [-4, 4],
  erfc: [-4, 10],
  lgamma: [0.1, 20],
};

/** By hand, from the engine's functions. */
const byHand = {
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
  logaddexp: (x, y) => Math.max(x, y) + Math.log1p(Math.exp(-Math.abs(x - y))),
};

/** A loop of its own for each function: a loop shared by all could inline none. */
function loop(f, name) {
  const call = f.length === 2 ? "f(x[i], y[i])" : "f(x[i])";
  return new Function(
    "f",
    "x",
    "y",
    "out",
    `/* ${name} */ for (let i = 0; i < out.length; i++) out[i] = ${call};`,
  );
}

function spread([from, to], stride) {
  return Float64Array.from(
    { length: COUNT },
    (_, i) => from + ((to - from) * ((i * stride) % COUNT)) / COUNT,
  );
}

const out = new Float64Array(COUNT);
const jobs = Object.entries(domains).flatMap(([name, domain]) => {
  const x = spread(domain, 2539);
  const y = spread([-3, 3], 1237);
  const engine = Math[name] ?? byHand[name];
  const job = (f, whose) => ({ name, whose, f, run: loop(f, `${whose} ${name}`), x, y, best: Infinity });
  return [
    job(functions[name], "basin"),
    ...(engine ? [job(engine.length === 2 ? (a, b) => engine(a, b) : engine, "engine")] : []),
  ];
});

for (let round = 0; round < ROUNDS; round++)
  for (const job of jobs) {
    const begun = process.hrtime.bigint();
    job.run(job.f, job.x, job.y, out);
    job.best = Math.min(job.best, Number(process.hrtime.bigint() - begun) / COUNT);
  }

console.log(
  `Node ${process.version}\n\n| function | @basin/math, ns | engine, ns | ratio |\n| --- | ---: | ---: | ---: |`,
);
for (const job of jobs.filter(({ whose }) => whose === "basin")) {
  const other = jobs.find(({ name, whose }) => name === job.name && whose === "engine");
  const rest = other ? `${other.best.toFixed(1)} | ${(job.best / other.best).toFixed(2)}` : "– | –";
  console.log(`| ${job.name} | ${job.best.toFixed(1)} | ${rest} |`);
}
