// Several results as one comparison: what was run apart is looked at together, where it was run alike.
import {
  canonical,
  plan,
  type Entry,
  type ExperimentResult,
  type ExperimentSpec,
  type ProblemEntry,
  type RunRecord,
} from "@basin/experiment";

export interface Part {
  /** Of the folder, say: tells lines apart that have one label. */
  readonly name: string;
  readonly result: ExperimentResult;
}

/**
 * One result over all problems and lines of the parts. Problems with the same name and settings are one problem; each line stays a line of
 * its own, named after its part where labels meet.
 * @throws RangeError where budget, seed or target differ: such runs are neither paired nor equally long.
 */
export function combine(parts: readonly Part[]): ExperimentResult {
  const [first] = parts;
  if (first === undefined) throw new RangeError("combine: there is nothing; give at least one result.");
  if (parts.length === 1) return first.result;
  for (const key of ["budget", "seed", "target"] as const)
    for (const { name, result } of parts)
      if (result.spec[key] !== first.result.spec[key])
        throw new RangeError(
          `combine: ${key} is ${String(first.result.spec[key] ?? "not set")} in ${first.name} and ${String(result.spec[key] ?? "not set")} in ${name}; compare experiments that were run alike.`,
        );
  const problems: ProblemEntry[] = [];
  const placeOf = (problem: ProblemEntry, part: string): number => {
    const key = canonical([problem.name, problem.settings]);
    const known = problems.findIndex((other) => canonical([other.name, other.settings]) === key);
    if (known >= 0) return known;
    const isTaken = problems.some(({ label }) => label === problem.label);
    return problems.push(isTaken ? { ...problem, label: `${problem.label} (${part})` } : problem) - 1;
  };
  const labels = parts.flatMap(({ result }) => result.spec.optimizers.map(({ label }) => label));
  const optimizers: Entry[] = [];
  const moved = parts.flatMap(({ name, result }) => {
    const places = result.spec.problems.map((problem) => placeOf(problem, name));
    const from = optimizers.length;
    for (const line of result.spec.optimizers) {
      const isShared = labels.filter((label) => label === line.label).length > 1;
      optimizers.push(isShared ? { ...line, label: `${line.label} (${name})` } : line);
    }
    return result.records.map((record) => ({
      record,
      problem: places[record.run.problem]!,
      entry: from + record.run.entry,
    }));
  });
  const spec: ExperimentSpec = {
    ...first.result.spec,
    problems,
    optimizers,
    replicates: Math.max(...parts.map(({ result }) => result.spec.replicates)),
  };
  const runs = new Map(
    plan(spec).map((run) => [`${run.problem}/${run.entry}/${run.spec.replicate}`, run.index]),
  );
  const records = moved.map(({ record, problem, entry }): RunRecord => ({
    ...record,
    run: {
      ...record.run,
      problem,
      entry,
      index: runs.get(`${problem}/${entry}/${record.run.spec.replicate}`)!,
    },
  }));
  return { spec, records: records.sort((a, b) => a.run.index - b.run.index) };
}
