// What runner and optimizer together add to an evaluation: every optimizer of the catalog, at n = 10 and 100, on a function
// that costs next to nothing, beside a loop written by hand that evaluates the same function as often.
// Warmed up, then medians over interleaved rounds, as a Markdown table. Build first (npm run build), then: node bench/overhead/bench.mjs [name …]
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { catalog } from "@basin/catalog";
import { makeDomain } from "@basin/objective";
import { createRun, runToEnd } from "@basin/runner";

setFlagsFromString("--expose-gc");
/** Collects what is young, so that nobody pays for what another has thrown away; a full collection would also forget compiled code. */
const collect = runInNewContext("gc");

const ROUNDS = 15;
const ANSWERS = 20_000;
/** Milliseconds of runs before anything is timed. */
const WARM_UP = 300;
/** Claimed for gradient-descent at n = 10: microseconds that runner and optimizer add to an iteration. */
const LIMIT = 1;

/**
 * Σ (xᵢ − cᵢ)² / 10⁴, answering whatever kind is asked, each at the price of one: a budget is then a number of answers. So
 * flat, that descent is still under way at the end; its minimum is not at 0, where numbers become subnormal and slow, and
 * another in every coordinate, or methods that move all alike would meet it exactly and be done.
 */
function bowl(n) {
  const centre = Float64Array.from({ length: n }, (_, i) => 1 + 1 / (i + 3));
  const gradientOf = (x) => {
    const gradient = new Float64Array(n);
    for (let i = 0; i < n; i++) gradient[i] = 2e-4 * (x[i] - centre[i]);
    return gradient;
  };
  const answer = (query) => {
    const { kind, x } = query;
    let value = 0;
    for (let i = 0; i < n; i++) value += 1e-4 * (x[i] - centre[i]) * (x[i] - centre[i]);
    if (kind === "value") return { kind, x, value };
    if (kind === "gradient") return { kind, x, value, gradient: gradientOf(x) };
    const { direction } = query;
    return { kind, x, direction, value, gradient: gradientOf(x), product: direction.map((d) => 2e-4 * d) };
  };
  return {
    name: "bowl",
    domain: makeDomain({ dimension: n, region: { lower: -5, upper: 5 } }),
    answers: { value: 1, gradient: 1, curvature: 1 },
    examples: 1,
    noisy: false,
    evaluate: ({ queries }) => queries.map(answer),
  };
}

/** What one would write without a library: the best of so many answers. */
const byHand = {
  /** Points drawn uniformly; none of it can be told apart from random search, but for what the library does besides. */
  value(objective, answers) {
    const n = objective.domain.dimension;
    let best = Infinity;
    for (let t = 0; t < answers; t++) {
      const x = new Float64Array(n);
      for (let i = 0; i < n; i++) x[i] = 10 * Math.random() - 5;
      const [{ value }] = objective.evaluate({ queries: [{ kind: "value", x }] });
      if (value < best) best = value;
    }
    return best;
  },
  /** Descent with a fixed rate. */
  gradient(objective, answers) {
    const n = objective.domain.dimension;
    let x = new Float64Array(n).fill(3);
    let best = Infinity;
    for (let t = 0; t < answers; t++) {
      const [{ value, gradient }] = objective.evaluate({ queries: [{ kind: "gradient", x }] });
      if (value < best) best = value;
      const next = new Float64Array(n);
      for (let i = 0; i < n; i++) next[i] = x[i] - 1e-4 * gradient[i];
      x = next;
    }
    return best;
  },
  /** Adam (Kingma & Ba 2015, algorithm 1), in place. */
  adam(objective, answers) {
    const n = objective.domain.dimension;
    const [x, m, v] = [new Float64Array(n).fill(3), new Float64Array(n), new Float64Array(n)];
    let best = Infinity;
    for (let t = 1; t <= answers; t++) {
      const [{ value, gradient }] = objective.evaluate({ queries: [{ kind: "gradient", x }] });
      if (value < best) best = value;
      const [first, second] = [1 / (1 - 0.9 ** t), 1 / (1 - 0.999 ** t)];
      for (let i = 0; i < n; i++) {
        m[i] = 0.9 * m[i] + (1 - 0.9) * gradient[i];
        v[i] = 0.999 * v[i] + (1 - 0.999) * gradient[i] * gradient[i];
        x[i] -= (0.01 * m[i] * first) / (Math.sqrt(v[i] * second) + 1e-8);
      }
    }
    return best;
  },
  /** The function alone: what is taken off. */
  nothing(objective, answers, kind) {
    const x = new Float64Array(objective.domain.dimension).fill(3);
    const ask = { queries: [{ kind, x, direction: x }] };
    let sum = 0;
    for (let t = 0; t < answers; t++) sum += objective.evaluate(ask)[0].value;
    return sum;
  },
};

/**
 * Microseconds an answer, as one waits for them; `call` says how many answers. Processor time would be less moved by what else the
 * machine does, but it counts the threads that collect garbage beside the work, and more of them the more cores are free.
 */
function timed(call) {
  collect({ type: "minor" });
  const began = performance.now();
  const answers = call();
  return ((performance.now() - began) * 1000) / answers;
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const micro = (value) => value.toFixed(2).padStart(8);

function measure(optimizer, n, loop) {
  const objective = bowl(n);
  const kind = optimizer.needs.includes("value") ? "value" : optimizer.needs[0];
  const hand = loop ?? (kind === "value" ? "value" : "gradient");
  const start = new Float64Array(n).fill(3);
  const times = { basin: [], hand: [], nothing: [] };
  let answers = 0;
  // the slow ones are given less to do: a second or so for each
  let budget = 500;
  /** Whole runs, made and finished: those that converge early, several. */
  const run = () => {
    let all = 0;
    while (all < budget) {
      const { tally } = runToEnd(createRun({ objective, optimizer, start, budget, probe: false }));
      answers = Object.values(tally.queries).reduce((a, b) => a + b, 0);
      all += Math.max(answers, 1);
    }
    return all;
  };
  // an engine compiles what runs often only after a while, on a thread of its own: that is not what an answer costs
  const warm = performance.now() + WARM_UP;
  do timed(run);
  while (performance.now() < warm);
  budget = Math.max(500, Math.min(ANSWERS, Math.round(2e5 / Math.max(timed(run), 0.1))));
  timed(run);
  for (let round = 0; round < ROUNDS; round++) {
    times.basin.push(timed(run));
    times.hand.push(timed(() => (byHand[hand](objective, budget), budget)));
    times.nothing.push(timed(() => (byHand.nothing(objective, budget, kind), budget)));
  }
  return {
    answers,
    basin: median(times.basin),
    hand: median(times.hand),
    nothing: median(times.nothing),
  };
}

const wanted = process.argv.slice(2);
const chosen = Object.values(catalog.optimizers).filter(
  ({ name, requires }) =>
    requires.encodings.includes("real") && (wanted.length === 0 || wanted.includes(name)),
);

console.log(
  `Microseconds an answer on a free function; medians of ${ROUNDS} rounds. Node ${process.version}.\n`,
);
console.log(
  "| optimizer | n | answers a run | in all | function alone | added | by hand | in all / by hand |",
);
console.log("|---|---:|---:|---:|---:|---:|---:|---:|");
let late = false;
for (const optimizer of chosen)
  for (const n of [10, 100]) {
    const { answers, basin, hand, nothing } = measure(optimizer, n);
    const added = basin - nothing;
    console.log(
      `| ${optimizer.name} | ${n} | ${answers} | ${micro(basin)} | ${micro(nothing)} | ${micro(added)} | ${micro(hand)} | ${(basin / hand).toFixed(1)} |`,
    );
    if (optimizer.name === "gradient-descent" && n === 10 && added > LIMIT) late = true;
  }

if (wanted.length === 0 || wanted.includes("adam")) {
  const { basin, hand, nothing } = measure(catalog.optimizers.adam, 10_000, "adam");
  console.log(
    `\nAdam at n = 10,000: ${basin.toFixed(1)} µs an iteration, the same in a loop by hand that overwrites its vectors ${hand.toFixed(1)}: ${(basin / hand).toFixed(2)} times; without the function itself ${((basin - nothing) / (hand - nothing)).toFixed(2)} times.`,
  );
}
if (late) {
  console.error(`gradient-descent at n = 10 adds more than ${LIMIT} µs to an iteration`);
  process.exitCode = 1;
}
