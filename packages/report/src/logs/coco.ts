// Logs in the format of COCO (Hansen et al. 2021; data format "bbob-new2"), which cocopp, IOHanalyzer and IOHinspector read.
import { fingerprint, version, type ExperimentResult } from "@basin/experiment";
import { bbobNumber, folderOf, functionsOf, type Cell, type LoggedFunction } from "./functions.ts";
import { gapAt, runLogOf, type RunLog } from "./progress.ts";

/**
 * The files of the logs, path → text: one folder for each optimizer. An evaluation is a cost of 1, begun counts as whole;
 * points are not logged. A run that failed or diverged has reached nothing, as everywhere here.
 * @throws RangeError where a problem is none of bbob's functions: COCO's reader refuses suites that it does not know.
 */
export function exportCoco(result: ExperimentResult): ReadonlyMap<string, string> {
  const strangers = result.spec.problems.filter(({ name }) => bbobNumber(name) === undefined);
  if (strangers.length > 0)
    throw new RangeError(
      `exportCoco: ${strangers.map(({ label }) => label).join(", ")}: not among the functions of bbob, and COCO's reader takes no others; export them for IOHprofiler.`,
    );
  const files = new Map<string, string>();
  const comment = `% made by basin ${version}, experiment ${fingerprint(result)}; the column "measured fitness" holds the best so far`;
  for (const [e, entry] of result.spec.optimizers.entries()) {
    const folder = folderOf(entry.label);
    for (const one of functionsOf(result, e)) {
      const name = `bbobexp_f${one.number}`;
      const index: string[] = [];
      for (const cell of one.cells) {
        const file = `data_f${one.number}/${name}_DIM${cell.dimension}`;
        const logs = cell.runs.map(({ record }) => runLogOf(record));
        index.push(headOf(one, cell, entry.label), comment, entriesOf(`${file}.dat`, cell, logs));
        files.set(`${folder}/${file}.dat`, logs.map((log) => runOf(log, targetLines(log))).join(""));
        files.set(
          `${folder}/${file}.tdat`,
          logs.map((log) => runOf(log, evaluationLines(log, cell.dimension))).join(""),
        );
      }
      files.set(`${folder}/${name}.info`, index.map((line) => `${line}\n`).join(""));
    }
  }
  return files;
}

function headOf({ number }: LoggedFunction, { dimension }: Cell, label: string): string {
  return [
    "suite = 'bbob'",
    `funcId = ${number}`,
    `DIM = ${dimension}`,
    "Precision = 1.000e-08",
    `algId = '${label.replaceAll(/[',=]/g, (mark) => (mark === "=" ? ":" : " "))}'`,
    "coco_version = '2.8'",
    "logger = 'bbob'",
    "data_format = 'bbob-new2'",
  ].join(", ");
}

/** The path of the data, and each run: instance:evaluations|how far above the minimum it ended. */
function entriesOf(path: string, { runs }: Cell, logs: readonly RunLog[]): string {
  const entries = runs.map(({ instance }, i) => {
    const { evaluations, improvements } = logs[i]!;
    return `${instance}:${evaluations}|${padded(improvements.at(-1)!.gap.toExponential(1))}`;
  });
  return [path, ...entries].join(", ");
}

/** Where a target was met: more lines than COCO itself writes, down to 10⁻¹⁶. */
function targetLines({ improvements }: RunLog): readonly number[] {
  return improvements.map(({ evaluation }) => evaluation);
}

/** At 1, 2, 5 times 10^j, those times n, and 10^(k/20); and at the end. */
function evaluationLines({ evaluations }: RunLog, n: number): readonly number[] {
  const at = new Set([1, evaluations]);
  const steps = [
    1, 1.12, 1.25, 1.41, 1.58, 1.77, 1.99, 2.23, 2.51, 2.81, 3.16, 3.54, 3.98, 4.46, 5.01, 5.62, 6.3, 7.07,
    7.94, 8.91,
  ];
  for (let decade = 1; decade <= evaluations; decade *= 10) {
    for (const step of steps) at.add(Math.floor(step * decade));
    for (const step of [1, 2, 5]) at.add(step * n * decade);
  }
  return [...at].filter((evaluation) => evaluation <= evaluations).sort((a, b) => a - b);
}

function runOf(log: RunLog, evaluations: readonly number[]): string {
  const head = `% f evaluations | g evaluations | best noise-free fitness - Fopt (${padded(log.above.toExponential(12))}) + sum g_i+ | measured fitness | best measured fitness or single-digit g-values | x1 | x2...`;
  const lines = evaluations.map((evaluation) => {
    const gap = gapAt(log, evaluation);
    const value = signed(gap + log.above);
    return `${evaluation} 0 ${signed(gap)} ${value} ${value}`;
  });
  return [head, ...lines].map((line) => `${line}\n`).join("");
}

/** As C prints %+10.9e. */
function signed(value: number): string {
  const text = padded(value.toExponential(9));
  return text.startsWith("-") ? text : `+${text}`;
}

/** C writes an exponent with two digits at least. */
function padded(text: string): string {
  return text.replace(/e([+-])(\d)$/, "e$10$2");
}
