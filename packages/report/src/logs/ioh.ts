// Logs in the format of IOHprofiler (de Nobel et al. 2024; version 0.3.3 and later: JSON and .dat), which IOHanalyzer and IOHinspector read.
import { fingerprint, version, type ExperimentResult } from "@basin/experiment";
import { folderOf, functionsOf } from "./functions.ts";
import { runLogOf } from "./progress.ts";

/** The version of the format that is written. */
const FORMAT = "0.3.23";

/**
 * The files of the logs, path → text: one folder for each optimizer. `raw_y` is f − the known minimum (f itself where none is known); an
 * evaluation is a cost of 1, begun counts as whole. A run that failed or diverged has reached nothing.
 */
export function exportIoh(result: ExperimentResult): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [e, entry] of result.spec.optimizers.entries())
    for (const one of functionsOf(result, e)) {
      const folder = folderOf(entry.label);
      const title = `f${one.number}_${one.name}`;
      const scenarios = one.cells.map(({ dimension, runs }) => {
        const path = `data_${title}/IOHprofiler_f${one.number}_DIM${dimension}.dat`;
        const logs = runs.map(({ record }) => runLogOf(record));
        files.set(
          `${folder}/${path}`,
          logs
            .map(({ improvements }) =>
              [
                "evaluations raw_y",
                ...improvements.map(({ evaluation, gap }) => `${evaluation} ${decimal(gap)}`),
              ]
                .map((line) => `${line}\n`)
                .join(""),
            )
            .join(""),
        );
        return {
          dimension,
          path,
          runs: runs.map(({ instance, record }, i) => {
            const { evaluations, improvements } = logs[i]!;
            const y = improvements.at(-1)!.gap;
            const first = improvements.find(({ gap }) => gap === y)!;
            const x = Array.from(record.result.best.x);
            return { instance, evals: evaluations, best: { evals: first.evaluation, y, x } };
          }),
        };
      });
      files.set(
        `${folder}/IOHprofiler_${title}.json`,
        `${JSON.stringify(
          {
            version: FORMAT,
            suite: one.suite === "bbob" ? "BBOB" : one.suite,
            function_id: one.number,
            function_name: one.name,
            maximization: false,
            algorithm: {
              name: entry.label,
              info: `basin ${version}, experiment ${fingerprint(result)}`,
            },
            attributes: ["evaluations", "raw_y"],
            scenarios,
          },
          null,
          2,
        )}\n`,
      );
    }
  return files;
}

/** Plain decimals where ten of them say it all, as IOHprofiler writes them; else with an exponent. */
function decimal(gap: number): string {
  return gap >= 1e-3 && gap < 1e15 ? gap.toFixed(10) : gap === 0 ? "0.0000000000" : gap.toExponential(9);
}
