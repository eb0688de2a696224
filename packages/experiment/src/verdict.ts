// What an experiment says, in words whose every number is computed: who is lowest, in how many seeds, at what cost, and whether it is luck.
import { countInWords, counted, listed, lossInWords, nameInWords, sentence } from "./prose.ts";
import type { ExperimentResult } from "./spec.ts";
import { LEVEL, standingsOf, type Standing, type Standings } from "./standings.ts";

export interface Verdict {
  /** Short sentences, the most important first. Empty only for an experiment without records. */
  readonly sentences: readonly string[];
  /** The numbers that the sentences are made of, one entry for each problem that has records. */
  readonly problems: readonly Standings[];
}

/** The verdict on what has been run so far. */
export function verdict(result: ExperimentResult): Verdict {
  const problems = result.spec.problems
    .map((_, problem) => standingsOf(result, problem))
    .filter(({ rows }) => rows.length > 0);
  const several = result.spec.problems.length > 1;
  return {
    problems,
    sentences: problems.flatMap((standings) => {
      const words = describe(standings);
      if (!several) return words;
      return words.map((text, i) =>
        i === 0 ? `On ${standings.problem}: ${text.charAt(0).toLowerCase()}${text.slice(1)}` : text,
      );
    }),
  };
}

const nameOf = ({ label, optimizer }: Standing): string => nameInWords(label, optimizer);

function describe(standings: Standings): string[] {
  const { rows, budget, seeds } = standings;
  const [leader, ...others] = rows as [Standing, ...Standing[]];
  const after = `After ${counted(budget, "evaluation")}`;
  const n = rows.reduce((sum, row) => sum + row.n, 0);
  if (rows.every(({ lost, n: all }) => lost === all))
    return [
      `${n === 1 ? "The one run" : `All ${countInWords(n)} runs`} failed or diverged: no optimizer ended below its start.`,
    ];
  if (others.length === 0) return [alone(leader, after), ...lost(rows)];
  if (seeds === 0) return ["No seed has been run by every optimizer yet."];
  return [
    lead(standings, leader, after),
    ...costs(standings, leader, others),
    ...luck(others, seeds),
    ...lost(rows),
  ];
}

function alone(row: Standing, after: string): string {
  const from = `from ${lossInWords(row.startLoss)} to ${lossInWords(row.medianLoss)}`;
  if (row.medianLoss === Infinity)
    return `${after} half or more of the runs of ${nameOf(row)} have failed or diverged.`;
  return row.n === 1
    ? `${after} ${nameOf(row)} has brought the loss ${from} in its one run.`
    : `${after} ${nameOf(row)} has brought the loss ${from} (medians of ${counted(row.n, "seed")}).`;
}

function lead({ rows, seeds }: Standings, leader: Standing, after: string): string {
  const name = nameOf(leader);
  if (leader.shared > leader.wins) {
    const equals = rows.filter(({ shared, wins }) => shared > wins).map(nameOf);
    const where = seeds === 1 ? "the one seed that all ran" : `${leader.shared} of ${seeds} seeds`;
    return equals.length > 1
      ? `${after} ${listed(equals)} end equally low in ${where}.`
      : `${after} ${name} shares the lowest loss in ${where}.`;
  }
  if (seeds === 1) return `${after} ${name} is lowest in the one seed that all ran.`;
  const tied = leader.shared > 0 ? `, and shares the lowest loss in ${leader.shared}` : "";
  const count = `lowest in ${leader.wins} of ${seeds} seeds${tied}`;
  return leader.wins * 2 > seeds
    ? `${after} ${name} is ${count}.`
    : `${after} ${name} has the lowest median loss, ${lossInWords(leader.medianLoss)}, but is ${count}.`;
}

/** What reaching one loss costs, each in multiples of the leader. */
function costs({ target }: Standings, leader: Standing, others: readonly Standing[]): string[] {
  if (target === undefined || leader.medianCost === Infinity) return [];
  const never = others.filter((row) => row.reached === 0).map(nameOf);
  const parts = others
    .filter((row) => row.reached > 0)
    .map((row) => {
      const ratio = row.against!.costRatio;
      const name = nameOf(row);
      if (ratio === Infinity || row.medianCost === Infinity)
        return `${name} has reached it in ${row.reached} of ${counted(row.n, "seed")}`;
      return `${name} needs ${times(ratio)}`;
    });
  if (never.length > 0) parts.push(`${listed(never)} ${never.length === 1 ? "has" : "have"} not reached it`);
  const loss = lossInWords(target);
  const reach = `${sentence(nameOf(leader))} reaches a loss of ${loss} after ${counted(leader.medianCost, "evaluation")}`;
  return [`${reach}; ${parts.join("; ")}.`];
}

function times(ratio: number): string {
  if (ratio >= 0.95 && ratio < 1.05) return "as many";
  return `${countInWords(Number(ratio.toPrecision(2)))} times as many`;
}

const TEST = "Wilcoxon's signed-rank test, paired by seed, with Holm's correction over all pairs";

function luck(others: readonly Standing[], seeds: number): string[] {
  if (seeds === 1) return ["One run is an anecdote: more seeds would tell."];
  const equal = others.filter(({ against }) => against!.wins + against!.losses === 0);
  const sure = others.filter(({ against }) => against!.p <= LEVEL && against!.wins > against!.losses);
  // that they are equal has been said
  const open = others.filter((row) => !sure.includes(row) && !equal.includes(row));
  if (open.length + sure.length === 0) return [];
  const notLuck = (whom: string): string =>
    `${whom === "" ? "That" : `Against ${whom} that`} is almost surely not luck (p ≤ ${LEVEL}: ${TEST}).`;
  if (open.length === 0) return [notLuck(equal.length > 0 ? listed(sure.map(nameOf)) : "")];
  const unsure = new Map<string, string[]>();
  for (const row of open) {
    const { wins, losses, ties, moreSeeds } = row.against!;
    const equals = ties > 0 ? ` (${ties} equal)` : "";
    const what =
      losses > wins
        ? `${seeds} seeds say little: it ends lower in ${losses} of them${equals}`
        : moreSeeds === undefined || moreSeeds === 0
          ? `${seeds} seeds do not tell`
          : `${seeds} seeds are not enough to tell: about ${moreSeeds} more would`;
    unsure.set(what, [...(unsure.get(what) ?? []), nameOf(row)]);
  }
  const certain = sure.length === 0 ? [] : [notLuck(listed(sure.map(nameOf)))];
  return [...certain, ...[...unsure].map(([what, names]) => `Against ${listed(names)} ${what}.`)];
}

function lost(rows: readonly Standing[]): string[] {
  const parts = rows
    .filter((row) => row.lost > 0)
    .map((row) => `${row.lost} of ${counted(row.n, "run")} of ${nameOf(row)}`);
  const many = rows.reduce((sum, row) => sum + row.lost, 0);
  if (many === 0) return [];
  return [
    `${sentence(listed(parts))} failed or diverged, and ${many === 1 ? "counts" : "count"} as not reached.`,
  ];
}
