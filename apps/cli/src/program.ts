// The commands and their options, as commander reads them.
import { Command, InvalidArgumentError, Option } from "commander";
import { parseBudget, version, type Budget } from "@basin/experiment";
import { UsageError } from "@basin/objective";

function whole(least: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+(e\d+)?$/i.test(text) || !Number.isSafeInteger(value) || value < least)
      throw new InvalidArgumentError(`Give a whole number, ${least} or more.`);
    return value;
  };
}

function budget(text: string): Budget {
  try {
    return parseBudget(text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new InvalidArgumentError(`${error.advice.charAt(0).toUpperCase()}${error.advice.slice(1)}.`);
  }
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) throw new InvalidArgumentError("Give a number.");
  return value;
}

/** A command that is loaded when it is called: help, and words about wrong usage, need none of them. */
function lazily<A extends unknown[]>(
  load: () => Promise<(...given: A) => void | Promise<void>>,
): (...given: A) => Promise<void> {
  return async (...given) => (await load())(...given);
}

const collect = (value: string, previous: readonly string[]): string[] => [...previous, value];

export function program(): Command {
  const basin = new Command("basin")
    .description(
      "Compares optimizers on real models: fairly, in parallel, the same to the last bit on every machine.",
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError("(basin --help shows how)")
    .addHelpText(
      "after",
      `
Examples:
  basin run penguins-logistic
  basin run penguins-logistic --optimizers adam,adam:rate=0.01,random-search --seeds 15 --budget 2000 -o out/
  basin run bbob --dimensions 2,5 -o out/
  basin list adam
  basin check ./my-optimizer.js`,
    );

  experimentCommand(basin, "run", "Runs an experiment and says what it shows.")
    .option(
      "-o, --out <folder>",
      "keeps spec.json, runs.ndjson, summary.csv, runs.csv, curves.csv and pictures there; goes on where it was stopped, and adds seeds where it has fewer",
    )
    .option("--shard <i/n>", "only every n-th run, from the i-th: for several machines, see merge")
    .option(
      "--reuse <folder>",
      "takes over the runs that another folder has of it: for more optimizers or problems",
    )
    .option("--force", "replaces another experiment in the folder")
    .option("--json", "one JSON event a line instead of words")
    .option("--no-plot", "leaves the picture out")
    .action(lazily(async () => (await import("./commands/run.ts")).run));

  experimentCommand(
    basin,
    "tune",
    "Tunes each optimizer with the same effort, on seeds that no comparison uses.",
  )
    .addOption(
      new Option("--trials <n>", "settings that each optimizer tries, its own among them")
        .argParser(whole(1))
        .default(20),
    )
    .addOption(
      new Option("--tune-seeds <n>", "held-out seeds that each trial runs on").argParser(whole(1)).default(3),
    )
    .option("--parameters <names>", "what is varied, as optimizer.setting with commas between")
    .option("-o, --out <file>", "writes the experiment with the settings that were chosen")
    .option("--force", "replaces the file")
    .action(lazily(async () => (await import("./commands/tune.ts")).tune));

  experimentCommand(basin, "plan", "Says what an experiment will run, and about how long that takes here.")
    .option("--json", "as JSON")
    .action(lazily(async () => (await import("./commands/plan.ts")).plan));

  basin
    .command("merge")
    .description("Brings parts of one experiment together: the same bytes as one run.")
    .argument("<folders...>", "folders that basin run --shard has written")
    .requiredOption("-o, --out <folder>", "where to")
    .option("--json", "one JSON event a line instead of words")
    .option("--no-plot", "leaves the picture out")
    .action(lazily(async () => (await import("./commands/merge.ts")).merge));

  basin
    .command("verify")
    .description("Runs again what a folder holds, and compares every bit.")
    .argument("<folder>", "written by basin run -o")
    .addOption(new Option("--sample <n>", "only so many of its runs, drawn by --seed").argParser(whole(1)))
    .addOption(new Option("--seed <n>", "which sample").argParser(whole(0)).default(undefined, "1"))
    .option("--workers <n>", "threads, or auto: one for each core", "auto")
    .option("--json", "one JSON event a line instead of words")
    .action(lazily(async () => (await import("./commands/verify.ts")).verify));

  basin
    .command("export")
    .description("Writes logs that other tools read.")
    .argument("<folder>", "written by basin run -o")
    .addOption(new Option("--format <name>", "whose logs").choices(["coco", "ioh"]).makeOptionMandatory())
    .requiredOption("-o, --out <folder>", "where to")
    .action(lazily(async () => (await import("./commands/export.ts")).exportLogs));

  basin
    .command("report")
    .description("Makes a page to read, figures and tables of one folder, or of several that were run alike.")
    .argument("<folders...>", "written by basin run -o")
    .option("-o, --out <folder>", "where to; by default into the folder itself, if it is one")
    .option("--png", "figures as PNG too, drawn by the Chrome or Chromium that is installed")
    .action(lazily(async () => (await import("./commands/report.ts")).report));

  basin
    .command("show")
    .description("Says which command draws a figure anew.")
    .argument("<figure>", "an .svg or .png that basin drew")
    .option("--spec", "the experiment behind it instead, as a file to run")
    .action(lazily(async () => (await import("./commands/show.ts")).show));

  basin
    .command("list")
    .description("Lists problems and optimizers, or one of them with its settings.")
    .argument("[name]", "a problem or an optimizer")
    .option("--json", "as JSON, with a JSON Schema for each")
    .option("--schema", "the JSON Schema of experiment files, for editors")
    .action(lazily(async () => (await import("./commands/list.ts")).list));

  basin
    .command("check")
    .description("Holds the optimizers and problems that a module exports to the laws.")
    .argument("<module>", "a file, an installed package, or a name from basin list")
    .option("--json", "one JSON event a line instead of words")
    .action(lazily(async () => (await import("./commands/check.ts")).check));

  for (const command of basin.commands)
    command.exitOverride().showHelpAfterError(`(basin ${command.name()} --help shows how)`);
  return basin;
}

/** A command about an experiment, in words or from a file. */
function experimentCommand(basin: Command, name: string, description: string): Command {
  return basin
    .command(name)
    .description(description)
    .argument(
      "<problem>",
      "a problem, several with commas between, a preset, or an experiment file (.json, .jsonc; - for what is piped in); options beside a file or a preset stand above what it says",
    )
    .option("--problems <names>", "other problems than those of the file or preset")
    .addOption(
      new Option(
        "--optimizers <names>",
        "with commas between; name:setting=value:… for other hyperparameters",
      ).default(undefined, "gradient-descent, random-search, genetic-algorithm"),
    )
    .option("--dimensions <list>", "each problem in these dimensions: 2,5,10")
    .addOption(
      new Option("--seeds <n>", "how many seeds each optimizer runs")
        .argParser(whole(1))
        .default(undefined, "15"),
    )
    .addOption(
      new Option(
        "--budget <evaluations>",
        "what a run may spend; 1000n: a thousand for each dimension of its problem",
      )
        .argParser(budget)
        .default(undefined, "2000"),
    )
    .addOption(new Option("--seed <n>", "root of all randomness").argParser(whole(0)).default(undefined, "1"))
    .addOption(
      new Option("--target <loss>", "a run stops once its loss is at or below this").argParser(number),
    )
    .option(
      "--set <name.setting=value>",
      "a hyperparameter of every line of that optimizer; repeatable",
      collect,
      [],
    )
    .option(
      "--problem-set <setting=value>",
      "a setting of the problem; problem.setting=value for one of several; repeatable",
      collect,
      [],
    )
    .option("--workers <n>", "threads, or auto: one for each core", "auto");
}
