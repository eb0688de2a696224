// What residuals buy. First, how far Levenberg and Marquardt's method comes on NIST's fits from NIST's own starts, beside scipy's least_squares
// (python3 peers/least-squares.py makes its figures: node least-squares.mjs starts | python3 peers/least-squares.py). Then the price of
// coming within 1e-6 of NIST's certified sums of squares, by optimizer; medians of five starts about NIST's near and far ones. As Markdown tables.
// Build first (npm run build), then: node bench/search/least-squares.mjs
import { existsSync, readFileSync } from "node:fs";
import { nelderMead } from "@basin/direct-search";
import { cmaEs } from "@basin/evolution-strategies";
import { geneticAlgorithm } from "@basin/genetic-algorithm";
import { bfgs, lBfgs, levenbergMarquardt, truncatedNewton } from "@basin/gradient-descent";
import { nistRegression } from "@basin/problems";
import { createRun, keyOf, objectiveOf, runToEnd, sharedKeyOf } from "@basin/runner";

const BUDGET = 10_000;
const REPLICATES = 5;
const optimizers = [levenbergMarquardt, lBfgs, bfgs, truncatedNewton, nelderMead, cmaEs, geneticAlgorithm];
const catalog = { optimizers: {}, problems: { [nistRegression.name]: nistRegression } };
const sets = ["misra1a", "chwirut2", "boxbod", "rat43", "mgh09", "eckerle4", "thurber"];
const cases = sets.flatMap((set) => ["near", "far"].map((start) => [set, start]));

const specOf = (set, start, optimizer, replicate) => ({
  problem: { name: nistRegression.name, settings: { set, start } },
  optimizer: { name: optimizer.name, settings: {} },
  seed: 1,
  replicate,
  budget: BUDGET,
});

/** NIST's own start: the middle of the box that starts are drawn from. */
function startOf({ domain }) {
  const { lower, upper } = domain.initial;
  return Float64Array.from(lower, (l, i) => Number(((l + upper[i]) / 2).toPrecision(12)));
}

/** The digits in which all parameters agree with the certified ones, which have eleven. */
function digitsOf(x, certified) {
  const errors = Array.from(x, (b, i) => Math.abs(b / certified[i] - 1));
  return Math.min(11, -Math.log10(Math.max(...errors, 1e-11)));
}

/** Answers until Σ r² was within 1e-8 of the certified sum, answers in all, and the certified digits of where it ended. */
function fit(set, start) {
  const objective = objectiveOf(specOf(set, start, levenbergMarquardt, 0), catalog);
  const { value, at } = objective.minimum;
  let [hit, count] = [undefined, 0];
  const counted = {
    ...objective,
    evaluate(ask, rng) {
      const outcomes = objective.evaluate(ask, rng);
      for (const outcome of outcomes) {
        count++;
        if (outcome.value <= value * (1 + 1e-8)) hit ??= count;
      }
      return outcomes;
    },
  };
  const { best } = runToEnd(
    createRun({
      objective: counted,
      optimizer: levenbergMarquardt,
      start: startOf(objective),
      budget: BUDGET,
    }),
  );
  return { hit, count, digits: digitsOf(best.x, at[0]) };
}

/** Evaluations, each answer at its price; Infinity where the budget ends before. */
function costOf(set, start, optimizer, replicate) {
  const spec = specOf(set, start, optimizer, replicate);
  const objective = objectiveOf(spec, catalog);
  const { ending, tally } = runToEnd(
    createRun({
      objective,
      optimizer,
      key: keyOf(spec),
      shared: sharedKeyOf(spec),
      budget: BUDGET,
      target: objective.minimum.value * (1 + 1e-6),
    }),
  );
  return ending === "target" ? tally.cost : Infinity;
}

function fitsTable() {
  const file = new URL("./peers/least-squares.json", import.meta.url);
  const peers = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { rows: {} };
  const labels = Object.keys(Object.values(peers.rows)[0] ?? {});
  const heads = labels.map((label) => `scipy ${peers.scipy}, ${label}`);
  console.log(
    "Certified digits of the parameters at the end, and answers until Σ r² was within 1e-8 of the certified sum / answers in all. An answer is the residuals and their Jacobian; scipy asks the two apart, and what is counted is residuals (+ Jacobians in all).\n",
  );
  console.log(`| set, NIST's start | levenberg-marquardt | ${heads.join(" | ")} |`);
  console.log(`|---|${["", ...labels].map(() => "--:").join("|")}|`);
  for (const [set, start] of cases) {
    const { at } = objectiveOf(specOf(set, start, levenbergMarquardt, 0), catalog).minimum;
    const own = fit(set, start);
    const others = labels.map((label) => {
      const { x, hit, functions, jacobians } = peers.rows[`${set}, ${start}`][label];
      if (x === null) return "failed";
      const digits = digitsOf(x, at[0]);
      return digits < 4 ? "elsewhere" : `${digits.toFixed(1)}: ${hit ?? "—"} / ${functions} (+ ${jacobians})`;
    });
    console.log(
      `| ${set}, ${start} | ${own.digits.toFixed(1)}: ${own.hit ?? "—"} / ${own.count} | ${others.join(" | ")} |`,
    );
  }
}

function pricesTable() {
  console.log(`\n| set, start | ${optimizers.map(({ name }) => `\`${name}\``).join(" | ")} |`);
  console.log(`|---|${optimizers.map(() => "--:").join("|")}|`);
  for (const [set, start] of cases) {
    const cells = optimizers.map((optimizer) => {
      const costs = Array.from({ length: REPLICATES }, (_, r) => costOf(set, start, optimizer, r));
      const median = costs.sort((a, b) => a - b)[REPLICATES >> 1];
      return median === Infinity ? "—" : median.toFixed(0);
    });
    console.log(`| ${set}, ${start} | ${cells.join(" | ")} |`);
  }
}

if (process.argv[2] === "starts") {
  const starts = cases.map(([set, start]) => {
    const objective = objectiveOf(specOf(set, start, levenbergMarquardt, 0), catalog);
    return { set, start, x: [...startOf(objective)], sum: objective.minimum.value };
  });
  console.log(JSON.stringify(starts));
} else {
  fitsTable();
  pricesTable();
}
