// The experiment for the terminal: as a command where names and numbers say it all, else as a file and a command that reads it.
import type { ExperimentFile } from "@basin/experiment";
import { defaultConfig, type Config } from "./config.ts";

export const fileName = "experiment.json";

const plainWord = /^[\w@%+=:,./-]+$/;
/** A word as a POSIX shell reads it. */
const quoted = (text: string): string => (plainWord.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Whether a command alone can say it: default settings, and every optimizer once, under its own name. */
export function sayable({ problem, entrants }: Config): boolean {
  const plain = (settings: object): boolean => Object.keys(settings).length === 0;
  return (
    plain(problem.settings) &&
    entrants.every(({ name, label, settings }) => plain(settings) && label === name)
  );
}

export function command(config: Config): string {
  if (!sayable(config)) return `basin run ${fileName}`;
  const words = ["basin", "run", config.problem.name];
  words.push("--optimizers", config.entrants.map(({ name }) => name).join(","));
  words.push("--seeds", String(config.replicates), "--budget", String(config.budget));
  if (config.seed !== defaultConfig.seed) words.push("--seed", String(config.seed));
  return words.map(quoted).join(" ");
}

/** The experiment as its file. */
export function fileOf(config: Config): ExperimentFile {
  return {
    problems: [config.problem],
    optimizers: config.entrants,
    replicates: config.replicates,
    budget: config.budget,
    seed: config.seed,
  };
}
