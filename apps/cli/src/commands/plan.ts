// basin plan: what an experiment will run, and about how long that takes here.
import {
  SpecError,
  budgetInWords,
  misfits,
  plan as runsOf,
  settingsInWords,
  type ExperimentSpec,
  type PlannedRun,
} from "@basin/experiment";
import { runOf, runToEnd } from "@basin/runner";
import { catalog } from "@basin/catalog";
import { experimentOf, type SpecOptions } from "../experiment-file.ts";
import { inTime } from "../terminal/progress.ts";
import { bold, styleOf } from "../terminal/style.ts";
import { table } from "../terminal/table.ts";
import { counted } from "../terminal/words.ts";
import { workersOf } from "../threads.ts";

export interface PlanOptions extends SpecOptions {
  readonly workers: string;
  readonly json?: boolean;
}

/** Milliseconds that the calibration of one pair may take, about, and that of all pairs. */
const PATIENCE = 250;
const PATIENCE_IN_ALL = 5000;
/** More rows than this nobody reads. */
const ROWS = 40;

export async function plan(problem: string, options: PlanOptions): Promise<void> {
  const spec = experimentOf(problem, options);
  const workers = workersOf(options.workers);
  const wrong = misfits(spec, catalog);
  if (wrong.length > 0) throw new SpecError(wrong);
  const runs = runsOf(spec);
  const pairs = runs.filter((run) => run.spec.replicate === 0);
  const patience = Math.max(10, Math.min(PATIENCE, PATIENCE_IN_ALL / pairs.length));
  const seconds: number[] = [];
  // one after the other: together they would wait for each other, and count it
  for (const pair of pairs) seconds.push(await secondsOf(pair, patience));
  const all = seconds.reduce((sum, one) => sum + one, 0) * spec.replicates;
  const wall = all / Math.min(workers, runs.length);
  if (options.json === true) {
    console.log(JSON.stringify({ runs: runs.length, workers, seconds: wall, spec }, null, 2));
    return;
  }
  const style = styleOf(process.stdout);
  console.log(bold(`${counted(runs.length, "run")}, ${budgetInWords(spec.budget)} each`, style));
  console.log(
    table(
      [
        { head: "problem", flexible: true },
        { head: "optimizer" },
        { head: "runs", right: true },
        { head: "core time", right: true },
      ],
      rowsOf(spec, pairs, seconds),
      style,
    ),
  );
  console.log(`\nAbout ${inTime(wall)} on ${counted(workers, "worker")} here, by a short calibration.`);
}

/** A row for each problem and optimizer; where these are too many, for each name of a problem, or for all problems together. */
function rowsOf(
  { problems, optimizers, replicates }: ExperimentSpec,
  pairs: readonly PlannedRun[],
  seconds: readonly number[],
): string[][] {
  const nameIn = [
    ({ problem }: PlannedRun) => withSettings(problems[problem]!),
    ({ problem }: PlannedRun) => {
      const { name } = problems[problem]!;
      const count = problems.filter((other) => other.name === name).length;
      return count === 1 ? name : `${name} (${count})`;
    },
    () => counted(problems.length, "problem"),
  ];
  const tables = nameIn.map((name) => {
    const rows = new Map<string, { problem: string; entry: number; runs: number; seconds: number }>();
    for (const [i, pair] of pairs.entries()) {
      const key = `${pair.entry} ${name(pair)}`;
      const row = rows.get(key) ?? { problem: name(pair), entry: pair.entry, runs: 0, seconds: 0 };
      rows.set(key, {
        ...row,
        runs: row.runs + replicates,
        seconds: row.seconds + seconds[i]! * replicates,
      });
    }
    return [...rows.values()];
  });
  const shown = tables.find((rows) => rows.length <= ROWS) ?? tables.at(-1)!;
  return shown.map((row) => [
    row.problem,
    withSettings(optimizers[row.entry]!),
    String(row.runs),
    inTime(row.seconds),
  ]);
}

/** The label, and the settings where it does not name them. */
function withSettings({ label, settings }: ExperimentSpec["problems"][number]): string {
  const words = settingsInWords(settings);
  return words === "" || label.endsWith(words) ? label : `${label} (${words})`;
}

/** Seconds that one run of a pair takes: budgets that grow until there is something to measure, then in proportion. */
async function secondsOf({ spec }: PlannedRun, patience: number): Promise<number> {
  for (let budget = Math.min(spec.budget, 20); ; budget = Math.min(spec.budget, budget * 4)) {
    const started = performance.now();
    const run = runOf(spec, catalog);
    const began = performance.now();
    // what depends on the budget itself (populations, schedules) is that of the whole run
    const controller = new AbortController();
    const result = await runToEnd(run, {
      signal: controller.signal,
      onProgress: ({ cost }) => {
        if (cost >= budget || performance.now() - began > patience) controller.abort();
      },
    });
    const taken = performance.now() - began;
    const spent = Math.max(result.tally.cost, 1);
    const whole = result.ending === "cancelled" ? (taken * spec.budget) / spent : taken;
    if (result.ending !== "cancelled" || taken > patience / 4) return (whole + began - started) / 1000;
  }
}
