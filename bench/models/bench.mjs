// One value and gradient of each model, full batch, beside plain loops written by hand; losses and gradients compared first. Medians of
// interleaved rounds, as a Markdown table. Build first (npm run build), then: node bench/models/bench.mjs
import { catalog } from "@basin/catalog";
import { parseSettings } from "@basin/objective";
import { learningView } from "@basin/problems";
import { foldIn, rngOf, rootKey } from "@basin/random";
import { layersOf, lossAndGradient } from "./by-hand.mjs";

const ROUNDS = 9;
const tasks = [
  ["wages-linear", "squared"],
  ["penguins-logistic", "logistic"],
  ["penguins-softmax", "softmax"],
  ["iris-mlp", "softmax"],
  ["digits-softmax", "softmax"],
  ["digits-mlp", "softmax"],
];

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Microseconds a call, over as many calls as take some ten milliseconds. */
function timed(f, calls) {
  const began = performance.now();
  for (let i = 0; i < calls; i++) f();
  return ((performance.now() - began) * 1000) / calls;
}

console.log(
  "| problem | weights | rows | basin, µs | by hand, µs | by hand / basin |\n|---|---|---|---|---|---|",
);
for (const [name, kind] of tasks) {
  const problem = catalog.problems[name];
  const settings = parseSettings(problem.settings, {}, name);
  const objective = problem.create(settings, rngOf(foldIn(rootKey(1), name)));
  const { train } = learningView(objective);
  const { domain } = objective;
  const weights = domain.initial.lower.map((low, i) => low + 0.37 * (domain.initial.upper[i] - low));
  const ask = { queries: [{ kind: "gradient", x: weights }] };
  const layers = layersOf(domain.layout);
  const gradient = new Float64Array(domain.dimension);
  const byHand = () => lossAndGradient(weights, layers, train, kind, settings.l2 ?? 0, gradient);
  const basin = () => objective.evaluate(ask)[0];

  const [ours, theirs] = [basin(), byHand()];
  const off = Math.max(
    Math.abs(ours.value - theirs),
    ...ours.gradient.map((g, i) => Math.abs(g - gradient[i])),
  );
  if (!(off < 1e-9)) throw new Error(`${name}: the two differ by ${off}`);

  // Both hot before anything is measured.
  for (const f of [byHand, basin])
    for (const began = performance.now(); performance.now() - began < 300;) f();
  const calls = Math.max(1, Math.round(10_000 / timed(byHand, 3)));
  const times = { basin: [], byHand: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.basin.push(timed(basin, calls));
    times.byHand.push(timed(byHand, calls));
  }
  const [mine, plain] = [median(times.basin), median(times.byHand)];
  console.log(
    `| ${name} | ${domain.dimension} | ${train.rows} | ${mine.toFixed(1)} | ${plain.toFixed(1)} | ${(plain / mine).toFixed(1)} |`,
  );
}
