// The results as Markdown: median evaluations to 1e-8, and precision after 10², 10³, 10⁴ n evaluations.
import { functions, keyOf } from "./jobs.mjs";

/** Median with misses as +Infinity. */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const names = {
  1: "sphere",
  2: "ellipsoid, separable",
  6: "attractive sector",
  8: "Rosenbrock",
  10: "ellipsoid",
  15: "Rastrigin",
  20: "Schwefel",
  21: "Gallagher 101",
};

export function markdown(jobs, results) {
  const of = (optimizer, f, n) =>
    jobs
      .filter((job) => job.optimizer === optimizer && job.f === f && job.n === n)
      .flatMap((job) => results.get(keyOf(job)) ?? []);
  const optimizers = [...new Set(jobs.map(({ optimizer }) => optimizer))];
  const dimensions = [...new Set(jobs.map(({ n }) => n))];
  const lines = [];
  const row = (cells) => lines.push(`| ${cells.join(" | ")} |`);
  for (const n of dimensions) {
    lines.push(`### n = ${n}: median evaluations to f − fopt ≤ 1e-8 (runs that reached it)`, "");
    row(["optimizer", ...functions.map((f) => `f${f} ${names[f]}`)]);
    row(["---", ...functions.map(() => "---")]);
    for (const optimizer of optimizers)
      row([
        optimizer,
        ...functions.map((f) => {
          const runs = of(optimizer, f, n);
          if (runs.length === 0) return "";
          const reached = runs.filter(({ hit }) => hit !== null).length;
          const m = median(runs.map(({ hit }) => hit ?? Infinity));
          return `${m === Infinity ? "—" : Math.round(m)}${reached === runs.length ? "" : ` (${reached}/${runs.length})`}`;
        }),
      ]);
    lines.push("", `### n = ${n}: median precision f − fopt after 10²n, 10³n, 10⁴n evaluations`, "");
    row(["optimizer", ...functions.map((f) => `f${f}`)]);
    row(["---", ...functions.map(() => "---")]);
    for (const optimizer of optimizers)
      row([
        optimizer,
        ...functions.map((f) => {
          const runs = of(optimizer, f, n);
          return [0, 1, 2]
            .map((k) => median(runs.map(({ precision }) => precision[k] ?? Infinity)))
            .map((m) => (m <= 1e-8 ? "✓" : m.toExponential(0)))
            .join(" ");
        }),
      ]);
    lines.push("");
  }
  return lines.join("\n");
}
