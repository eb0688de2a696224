// Values of 256 candidates: asked together, and asked seven at a time, which is too few for a kernel; bits compared first. Medians of
// interleaved rounds, as a Markdown table. Build first (npm run build), then: node bench/models/population.mjs
import { catalog } from "@basin/catalog";
import { parseSettings } from "@basin/objective";
import { learningView } from "@basin/problems";
import { foldIn, rngOf, rootKey } from "@basin/random";

const ROUNDS = 15;
const CANDIDATES = 256;
const FEW = 7;

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** Microseconds a candidate, over as many calls as take some ten milliseconds. */
function timed(f, calls) {
  const began = performance.now();
  for (let i = 0; i < calls; i++) f();
  return ((performance.now() - began) * 1000) / calls / CANDIDATES;
}

console.log(
  "| problem | weights | rows | together, µs | one by one, µs | one by one / together |\n|---|--:|--:|--:|--:|--:|",
);
for (const [name, problem] of Object.entries(catalog.problems)) {
  const rng = rngOf(foldIn(rootKey(1), name));
  const objective = problem.create(parseSettings(problem.settings, {}, name), rng);
  const view = learningView(objective);
  if (view === undefined) continue;
  const { lower, upper } = objective.domain.region;
  const queries = Array.from({ length: CANDIDATES }, () => ({
    kind: "value",
    x: lower.map((low, i) => low + (upper[i] - low) * rng.uniform()),
  }));
  const whole = { queries };
  const parts = Array.from({ length: Math.ceil(CANDIDATES / FEW) }, (_, i) => ({
    queries: queries.slice(FEW * i, FEW * (i + 1)),
  }));
  const together = () => objective.evaluate(whole, rng);
  const oneByOne = () => parts.map((part) => objective.evaluate(part, rng));

  // Both hot, and kernels made, before anything is measured.
  for (const f of [oneByOne, together])
    for (const began = performance.now(); performance.now() - began < 500;) f();
  const [many, few] = [together(), oneByOne().flat()];
  for (const [i, { value }] of many.entries())
    if (!Object.is(value, few[i].value)) throw new Error(`${name}: candidate ${i} has other bits in a batch`);

  const calls = Math.max(1, Math.round(10_000 / (timed(oneByOne, 1) * CANDIDATES)));
  const times = { together: [], oneByOne: [] };
  for (let round = 0; round < ROUNDS; round++) {
    times.together.push(timed(together, calls));
    times.oneByOne.push(timed(oneByOne, calls));
  }
  const [a, b] = [median(times.together), median(times.oneByOne)];
  console.log(
    `| ${name} | ${objective.domain.dimension} | ${view.train.rows} | ${a.toFixed(2)} | ${b.toFixed(2)} | ${(b / a).toFixed(2)} |`,
  );
}
