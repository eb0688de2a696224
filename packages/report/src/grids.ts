// Grids over one hyperparameter: lines of the comparison that are one optimizer and differ in one number or choice.
import { type ExperimentResult } from "@basin/experiment";
import { quantile, sortedLosses } from "@basin/experiment/statistics";
import { endOf, recordsIn, type Group } from "./groups.ts";

export interface Grid {
  readonly optimizer: string;
  readonly hyperparameter: string;
  /** Where values span more than a decade they are read on a logarithmic scale. */
  readonly scale: "log" | "linear";
  /** Where the values are no numbers: value i is the i-th of these. */
  readonly names?: readonly string[];
  /** By value, rising: at least three numbers, or two names. */
  readonly lines: readonly { readonly value: number; readonly entry: number }[];
}

/**
 * The grids of an experiment. A line with the default value says nothing of it in its settings; `defaultOf` knows it, and without it that
 * line is left out.
 */
export function gridsOf(
  { spec }: ExperimentResult,
  defaultOf?: (optimizer: string, hyperparameter: string) => unknown,
): Grid[] {
  const names = [...new Set(spec.optimizers.map(({ name }) => name))];
  return names.flatMap((optimizer) => {
    const lines = spec.optimizers.flatMap((line, entry) =>
      line.name === optimizer ? [{ ...line, entry }] : [],
    );
    const keys = [...new Set(lines.flatMap(({ settings }) => Object.keys(settings)))];
    return keys.flatMap((hyperparameter) => {
      const given = lines.map(({ settings, entry }) => {
        const { [hyperparameter]: value = defaultOf?.(optimizer, hyperparameter), ...others } = settings;
        return { value, entry, others: JSON.stringify(others) };
      });
      const choices = given.filter(({ value }) => typeof value === "string" || typeof value === "boolean");
      if (choices.length > 0) return choicesOf(optimizer, hyperparameter, choices);
      const varied = given
        .filter((line): line is typeof line & { value: number } => Number.isFinite(line.value))
        .sort((a, b) => a.value - b.value);
      // one curve for each choice of the others
      return [...new Set(varied.map(({ others }) => others))].flatMap((others) => {
        const mine = varied.filter((line) => line.others === others);
        if (mine.length < 3) return [];
        const [low, high] = [mine[0]!.value, mine.at(-1)!.value];
        const scale = low > 0 && high / low >= 10 ? ("log" as const) : ("linear" as const);
        return [
          { optimizer, hyperparameter, scale, lines: mine.map(({ value, entry }) => ({ value, entry })) },
        ];
      });
    });
  });
}

/** Names in the order of the experiment; one figure for each choice of the other settings. */
function choicesOf(
  optimizer: string,
  hyperparameter: string,
  choices: readonly { readonly value: unknown; readonly entry: number; readonly others: string }[],
): Grid[] {
  return [...new Set(choices.map(({ others }) => others))].flatMap((others) => {
    const mine = choices.filter((line) => line.others === others);
    const names = [...new Set(mine.map(({ value }) => String(value)))];
    if (names.length < 2) return [];
    const lines = mine.map(({ value, entry }) => ({ value: names.indexOf(String(value)), entry }));
    return [
      { optimizer, hyperparameter, scale: "linear", names, lines: lines.sort((a, b) => a.value - b.value) },
    ];
  });
}

/** What the runs with each value ended with, in one group. */
export function pointsOf(
  result: ExperimentResult,
  group: Group,
  { lines }: Grid,
): { readonly value: number; readonly median: number; readonly q25: number; readonly q75: number }[] {
  return lines.flatMap(({ value, entry }) => {
    const ends = sortedLosses(recordsIn(result, group, entry).map((record) => endOf(record, group)));
    if (ends.length === 0) return [];
    return [{ value, median: quantile(ends, 0.5), q25: quantile(ends, 0.25), q75: quantile(ends, 0.75) }];
  });
}
