// From runs to numbers: what share of the possible improvement is left, in the median over seeds, and who leads.
import { FULL_LOSS } from "./models.mjs";

/** In the order of the figure. */
export const modes = ["exact", "noisy", "differences"];
export const modeInWords = {
  exact: "Gradients by autodiff at their price; all examples",
  noisy: "Gradients by autodiff at their price; each answer about 32 examples, drawn anew",
  differences: "Values only: a gradient by differences costs n + 1 evaluations; all examples",
};

/** What is left of the possible improvement when a model counts as trained. */
export const TRAINED = 1e-3;

/** Families in the words and the order of the figure; an optimizer's family in its package's words is finer. */
export const families = ["gradient", "random", "genetic", "evolution strategy", "differential evolution"];
const familyOf = {
  "gradient-descent": "gradient",
  "random-search": "random",
  "genetic-algorithm": "genetic",
  "evolution-strategies": "evolution strategy",
  "differential-evolution": "differential evolution",
};

const quantile = (values, q) => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = q * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below === above ? below : below + (at - Math.floor(at)) * (above - below);
};

/** The full loss along the run; lowest so far where there is no noise, at the recommended point where there is. */
const lossesOf = ({ trace }, noisy) => (noisy ? trace.report[FULL_LOSS] : trace.loss);

/** One row a model, budget, noise and optimizer. */
export function summarise(cells, { optimizers }) {
  // The lowest full loss that any run of this model and seed came to, at any budget: where 0 % is left.
  const lowest = new Map();
  const keyOf = (weights, { run }) => `${weights}/${run.spec.replicate}`;
  for (const { weights, mode, result } of cells)
    for (const record of result.records) {
      const key = keyOf(weights, record);
      for (const loss of lossesOf(record.result, mode === "noisy"))
        if (loss < (lowest.get(key) ?? Infinity)) lowest.set(key, loss);
    }

  const rows = cells.flatMap(({ model, weights, budget, mode, result }) =>
    result.spec.optimizers.map(({ name, family }, entry) => {
      const runs = result.records.filter(({ run }) => run.entry === entry);
      const measured = runs.map((record) => {
        const losses = lossesOf(record.result, mode === "noisy");
        const best = lowest.get(keyOf(weights, record));
        const start = startOf(cells, weights, record);
        const left = (loss) =>
          Number.isFinite(loss) ? Math.max(0, (loss - best) / (start - best)) : Infinity;
        const trained = losses.findIndex((loss) => left(loss) <= TRAINED);
        return {
          left: left(losses.at(-1)),
          cost: trained < 0 ? Infinity : record.result.trace.cost[trained],
        };
      });
      const left = measured.map((one) => one.left);
      return {
        model,
        weights,
        budget,
        mode,
        optimizer: name,
        short: optimizers.find((one) => one.name === name).short,
        family: familyOf[family],
        seeds: runs.length,
        left: quantile(left, 0.5),
        low: quantile(left, 0.25),
        high: quantile(left, 0.75),
        trained: measured.filter(({ cost }) => cost < Infinity).length,
        cost: quantile(
          measured.map(({ cost }) => cost),
          0.5,
        ),
      };
    }),
  );
  // Who asks for values only does the same where there is nothing else to be had.
  const slopes = new Set(optimizers.filter((one) => one.slopes).map(({ name }) => name));
  const valuesOnly = rows.filter(({ mode, optimizer }) => mode === "exact" && !slopes.has(optimizer));
  return [...rows, ...valuesOnly.map((row) => ({ ...row, mode: "differences" }))];
}

/** f at the start, from an exact run of the same model and seed: with noise nobody looks at it in full. */
function startOf(cells, weights, { run }) {
  for (const cell of cells) {
    if (cell.weights !== weights || cell.mode !== "exact") continue;
    const same = cell.result.records.find((other) => other.run.spec.replicate === run.spec.replicate);
    if (same !== undefined) return same.result.start.loss;
  }
  return undefined;
}

/** Lower is better: of those that trained the model the one that spent less, else who has less left. */
const compare = (a, b) =>
  a.left <= TRAINED && b.left <= TRAINED
    ? a.cost - b.cost || a.left - b.left
    : a.left <= TRAINED
      ? -1
      : b.left <= TRAINED
        ? 1
        : a.left - b.left;

/** The rows of one cell, best first. */
export const ranking = (rows, weights, budget, mode) =>
  rows.filter((row) => row.weights === weights && row.budget === budget && row.mode === mode).sort(compare);

/** The best optimizer of each family in a cell, best family first. */
export function standings(rows, weights, budget, mode) {
  const ranked = ranking(rows, weights, budget, mode);
  return ranked.filter((row, at) => ranked.findIndex(({ family }) => family === row.family) === at);
}

export const distinct = (rows, name) => [...new Set(rows.map((row) => row[name]))].sort((a, b) => a - b);

export function csv(rows) {
  const columns = [
    "model",
    "weights",
    "budget",
    "mode",
    "optimizer",
    "family",
    "seeds",
    "left",
    "low",
    "high",
    "trained",
    "cost",
  ];
  const say = (value) =>
    typeof value === "number" && !Number.isInteger(value) ? String(Number(value.toPrecision(6))) : value;
  const sorted = [...rows].sort(
    (a, b) => modes.indexOf(a.mode) - modes.indexOf(b.mode) || a.weights - b.weights || a.budget - b.budget,
  );
  return `${[columns, ...sorted.map((row) => columns.map((column) => say(row[column])))].map((cells) => cells.join(",")).join("\n")}\n`;
}

export const percent = (left) =>
  left === Infinity
    ? "lost"
    : left <= TRAINED
      ? "≤ 0.1 %"
      : `${left < 0.0995 ? (100 * left).toFixed(1) : Math.round(100 * left)} %`;

const count = (value) => Math.round(value).toLocaleString("en");

/** Who leads each cell, and the best of every other family, as Markdown. */
export function table(rows) {
  const lines = [];
  for (const mode of modes) {
    lines.push(`**${modeInWords[mode]}**`, "");
    lines.push(
      "| weights | budget | leads | left (trained at) | next family | left (trained at) |",
      "| --: | --: | --- | --- | --- | --- |",
    );
    for (const weights of distinct(rows, "weights"))
      for (const budget of distinct(rows, "budget")) {
        const [first, second] = standings(rows, weights, budget, mode);
        if (second === undefined) continue;
        const say = (row) => `${percent(row.left)}${row.cost < Infinity ? ` (${count(row.cost)})` : ""}`;
        lines.push(
          `| ${count(weights)} | ${count(budget)} | ${first.optimizer} | ${say(first)} | ${second.optimizer} | ${say(second)} |`,
        );
      }
    lines.push("");
  }
  return lines.join("\n");
}
