// The experiment as a command for the terminal.
import { defaultConfig, type Config } from "./config.ts";

const plainWord = /^[\w@%+=:,./-]+$/;
/** A word as a POSIX shell reads it. */
const quoted = (text: string): string => (plainWord.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

export function command(config: Config): string {
  const words = ["basin", "run", config.problem.name];
  words.push("--optimizers", config.entrants.map(({ name }) => name).join(","));
  words.push("--seeds", String(config.replicates), "--budget", String(config.budget));
  if (config.seed !== defaultConfig.seed) words.push("--seed", String(config.seed));
  return words.map(quoted).join(" ");
}
