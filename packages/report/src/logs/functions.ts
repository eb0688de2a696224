// The problems of an experiment as benchmark suites know them: a function with a number, in several dimensions, with instances.
import { settingsInWords, type ExperimentResult, type RunRecord } from "@basin/experiment";

/** Runs of one optimizer on one function in one dimension, in the order of their instances and replicates. */
export interface Cell {
  readonly dimension: number;
  readonly runs: readonly { readonly instance: number; readonly record: RunRecord }[];
}

export interface LoggedFunction {
  /** "bbob" for its 24 functions, "basin" for all others. */
  readonly suite: "bbob" | "basin";
  /** The number in bbob; others are numbered from 1 in the order of the experiment. */
  readonly number: number;
  /** In letters, digits and hyphens. */
  readonly name: string;
  /** By dimension, upwards. */
  readonly cells: readonly Cell[];
}

/** 1 … 24 for the functions of bbob. */
export function bbobNumber(problem: string): number | undefined {
  const found = /^bbob-f(\d+)$/.exec(problem);
  return found === null ? undefined : Number(found[1]);
}

/** What one optimizer did, by function; runs whose dimension nobody knows (nothing of the problem could be made) are left out. */
export function functionsOf(result: ExperimentResult, entry: number): LoggedFunction[] {
  const functions = new Map<
    string,
    Omit<LoggedFunction, "cells"> & { cells: Map<number, Cell["runs"][number][]> }
  >();
  let others = 0;
  for (const [p, problem] of result.spec.problems.entries()) {
    const { dimension: _, instance, ...settings } = problem.settings;
    const bbob = bbobNumber(problem.name);
    // another instance of a bbob function is the same function; of others instances are the replicates
    const own = bbob === undefined && instance !== undefined ? { ...settings, instance } : settings;
    const name = [problem.name, settingsInWords(own)]
      .join(" ")
      .trim()
      .replaceAll(/[^\w.]+/g, "-");
    const known = functions.get(name);
    // numbered over all problems, so that the number of a function is the same for every optimizer
    const found = known ?? {
      suite: bbob === undefined ? ("basin" as const) : ("bbob" as const),
      number: bbob === undefined ? ++others : bbob,
      name,
      cells: new Map<number, Cell["runs"][number][]>(),
    };
    functions.set(name, found);
    const dimension = dimensionOf(result, p);
    const records = result.records.filter(
      ({ run, result: one }) => run.problem === p && run.entry === entry && one.ending !== "cancelled",
    );
    if (dimension === undefined || records.length === 0) continue;
    const runs = found.cells.get(dimension) ?? [];
    found.cells.set(dimension, runs);
    for (const record of records)
      runs.push({
        instance:
          bbob === undefined ? record.run.spec.replicate + 1 : typeof instance === "number" ? instance : 1,
        record,
      });
  }
  return [...functions.values()]
    .map(({ cells, ...rest }) => ({
      ...rest,
      cells: [...cells]
        .map(([dimension, runs]) => ({
          dimension,
          runs: runs.sort(
            (a, b) => a.instance - b.instance || a.record.run.spec.replicate - b.record.run.spec.replicate,
          ),
        }))
        .sort((a, b) => a.dimension - b.dimension),
    }))
    .filter(({ cells }) => cells.length > 0);
}

/** From a run that began, of whatever optimizer; else from the settings. */
function dimensionOf({ spec, records }: ExperimentResult, problem: number): number | undefined {
  const begun = records.find(({ run, result }) => run.problem === problem && result.start.x.length > 0);
  if (begun !== undefined) return begun.result.start.x.length;
  const { dimension } = spec.problems[problem]!.settings;
  return typeof dimension === "number" ? dimension : undefined;
}

/** A label as the name of a folder: letters, digits, dot, hyphen, equals. */
export function folderOf(label: string): string {
  return label.replaceAll(/[^\w.=-]+/g, "_");
}
