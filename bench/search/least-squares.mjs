// What residuals buy: the price of coming within 1e-6 of NIST's certified sums of squares, by optimizer; medians of five starts about
// NIST's near and far ones, as a Markdown table. Build first (npm run build), then: node bench/search/least-squares.mjs
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

/** Evaluations, each answer at its price; Infinity where the budget ends before. */
function costOf(set, start, optimizer, replicate) {
  const spec = {
    problem: { name: nistRegression.name, settings: { set, start } },
    optimizer: { name: optimizer.name, settings: {} },
    seed: 1,
    replicate,
    budget: BUDGET,
  };
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

console.log(`| set, start | ${optimizers.map(({ name }) => `\`${name}\``).join(" | ")} |`);
console.log(`|---|${optimizers.map(() => "--:").join("|")}|`);
for (const set of sets)
  for (const start of ["near", "far"]) {
    const cells = optimizers.map((optimizer) => {
      const costs = Array.from({ length: REPLICATES }, (_, r) => costOf(set, start, optimizer, r));
      const median = costs.sort((a, b) => a - b)[REPLICATES >> 1];
      return median === Infinity ? "—" : median.toFixed(0);
    });
    console.log(`| ${set}, ${start} | ${cells.join(" | ")} |`);
  }
