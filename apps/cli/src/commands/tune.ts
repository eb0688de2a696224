// basin tune: gives each optimizer the same number of tuning runs on held-out seeds, and writes the experiment with what was chosen.
import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { UsageError } from "@basin/objective";
import {
  SpecError,
  lossInWords,
  misfits,
  settingsInWords,
  tune as choose,
  type Tuned,
  type TunedEntry,
} from "@basin/experiment";
import { expectWritable, writeFiles } from "@basin/experiment/node";
import { catalog } from "@basin/catalog";
import { Exit } from "../errors.ts";
import { experimentOf, type SpecOptions } from "../experiment-file.ts";
import { onInterrupt } from "../interrupt.ts";
import { progressOn } from "../terminal/progress.ts";
import { styleOf, wrap } from "../terminal/style.ts";
import { table } from "../terminal/table.ts";
import { counted } from "../terminal/words.ts";
import { threadsFor, workersOf } from "../threads.ts";

export interface TuneOptions extends SpecOptions {
  readonly trials: number;
  readonly tuneSeeds: number;
  readonly parameters?: string;
  readonly workers: string;
  readonly out?: string;
  readonly force?: boolean;
}

export async function tune(problem: string, options: TuneOptions): Promise<void> {
  const { trials, tuneSeeds: seeds, out } = options;
  const spec = experimentOf(problem, options);
  const wrong = misfits(spec, catalog);
  if (wrong.length > 0) throw new SpecError(wrong);
  if (out !== undefined && existsSync(out) && options.force !== true)
    throw new UsageError(out, "it is there already", "choose another name, or add --force");
  if (out !== undefined) expectWritable(out);
  const settings = parametersOf(options.parameters);
  for (const name of Object.keys(settings ?? {}))
    if (!spec.optimizers.some((entry) => entry.name === name))
      throw new UsageError(
        "--parameters",
        `${name} does not take part`,
        `the optimizers are ${spec.optimizers.map((entry) => entry.name).join(", ")}`,
      );
  const controller = new AbortController();
  const release = onInterrupt(() => controller.abort("stopped by Ctrl-C"));
  const pool = threadsFor(trials * seeds, workersOf(options.workers));
  const most = trials * seeds * spec.optimizers.length * spec.problems.length;
  const progress = progressOn(process.stderr, most, 0, () => performance.now());
  let tuned: Tuned;
  if (process.stderr.isTTY) process.stderr.write("Looking which settings change anything …");
  try {
    tuned = await choose(spec, {
      catalog,
      executor: pool,
      trials,
      seeds,
      ...(settings === undefined ? {} : { settings }),
      signal: controller.signal,
      onRecord: ({ run, result }) => progress.ended(run.index, result.ending === "failed"),
      onProgress: ({ index }, { cost, budget }) => progress.moved(index, cost / budget),
    });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    console.error("Stopped: nothing was chosen.");
    throw new Exit(130);
  } finally {
    progress.clear();
    pool.close();
    release();
  }
  // said first: it is not lost where the disk has become full
  console.log(told(tuned));
  if (out !== undefined)
    writeFiles(dirname(out), [[basename(out), `${JSON.stringify(tuned.spec, null, 2)}\n`]]);
  console.log(
    out === undefined
      ? "\nWith -o <file.json> the experiment is written with these settings."
      : `\nWritten to ${out}. The comparison, on other seeds: basin run ${out}`,
  );
}

/** "adam.rate,adam.beta1" → which are varied, by optimizer. */
function parametersOf(text: string | undefined): Record<string, string[]> | undefined {
  if (text === undefined) return undefined;
  const found: Record<string, string[]> = {};
  for (const word of text.split(",")) {
    const [name = "", setting = ""] = word.trim().split(".");
    if (name === "" || setting === "")
      throw new UsageError(
        "--parameters",
        `"${word}" is no hyperparameter`,
        "write it as optimizer.setting, for example adam.rate",
      );
    (found[name] ??= []).push(setting);
  }
  return found;
}

/** Letters of settings that have room in the table. */
const BESIDE = 32;

function told({ spec, entries, criterion }: Tuned): string {
  const style = styleOf(process.stdout);
  const loss = ({ trials }: TunedEntry, which: number): string =>
    trials[which]!.losses.map(lossInWords).join(" ");
  const settings = spec.optimizers.map((entry) => settingsInWords(entry.settings) || "its defaults");
  // settings that were cut could not be read anywhere
  const beside = settings.every((text) => text.length <= BESIDE);
  const rows = entries.map((entry, e) => [
    entry.label,
    loss(entry, 0),
    loss(entry, entry.chosen),
    `${entry.chosen + 1} of ${entry.trials.length}`,
    ...(beside ? [settings[e]!] : []),
  ]);
  const left = entries
    .filter(({ inert }) => inert.length > 0)
    .map(
      ({ label, inert }) => `Left alone, because they change nothing here: ${inert.join(", ")} of ${label}.`,
    );
  const runs = spec.optimizers.reduce((sum, { tuning }) => sum + (tuning?.runs ?? 0), 0);
  return [
    table(
      [
        { head: "optimizer", ...(beside ? {} : { flexible: true }) },
        { head: "before", right: true },
        { head: "after", right: true },
        { head: "trial", right: true },
        ...(beside ? [{ head: "chosen", flexible: true }] : []),
      ],
      rows,
      style,
    ),
    "",
    ...(beside
      ? []
      : [...entries.map(({ label }, e) => wrap(`${label}: ${settings[e]}`, style.width, "  ")), ""]),
    wrap(`Chosen: ${criterion}. ${counted(runs, "tuning run")} in all.`, style.width),
    ...left.map((text) => wrap(text, style.width)),
  ].join("\n");
}
