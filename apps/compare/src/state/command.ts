// The experiment for the terminal: as a command where names and numbers say it all, else as a file and a command that reads it.
import { defaultConfig, type Config } from "./config.ts";

export const fileName = "experiment.json";

const plainWord = /^[\w@%+=:,./-]+$/;
/** A word as a POSIX shell reads it. */
const quoted = (text: string): string => (plainWord.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** Whether a command alone can say it: default settings, and every problem and optimizer once, under its own name. */
export function sayable({ problems, entrants }: Config): boolean {
  const plain = (settings: object): boolean => Object.keys(settings).length === 0;
  const names = (items: readonly { readonly name: string }[]): boolean =>
    new Set(items.map(({ name }) => name)).size === items.length;
  return (
    problems.every(({ settings, label }) => plain(settings) && label === undefined) &&
    entrants.every(
      ({ name, label, settings, tuning }) => plain(settings) && label === name && tuning === undefined,
    ) &&
    names(problems) &&
    names(entrants)
  );
}

export function command(config: Config): string {
  if (!sayable(config)) return `basin run ${fileName}`;
  const names = (items: readonly { readonly name: string }[]): string =>
    items.map(({ name }) => name).join(",");
  const words = ["basin", "run", names(config.problems)];
  words.push("--optimizers", names(config.entrants));
  words.push("--seeds", String(config.replicates), "--budget", String(config.budget));
  if (config.seed !== defaultConfig.seed) words.push("--seed", String(config.seed));
  if (config.target !== undefined) words.push("--target", String(config.target));
  return words.map(quoted).join(" ");
}
