// basin plan: what an experiment will run, and about how long that takes here.
import {
  SpecError,
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

/** Milliseconds that the calibration of one pair may take, about. */
const PATIENCE = 250;

export async function plan(problem: string, options: PlanOptions): Promise<void> {
  const spec = experimentOf(problem, options);
  const workers = workersOf(options.workers);
  const wrong = misfits(spec, catalog);
  if (wrong.length > 0) throw new SpecError(wrong);
  const runs = runsOf(spec);
  const pairs = runs.filter((run) => run.spec.replicate === 0);
  const seconds = await Promise.all(pairs.map(secondsOf));
  const all = seconds.reduce((sum, one) => sum + one, 0) * spec.replicates;
  const wall = all / Math.min(workers, runs.length);
  if (options.json === true) {
    console.log(JSON.stringify({ runs: runs.length, workers, seconds: wall, spec }, null, 2));
    return;
  }
  const style = styleOf(process.stdout);
  const rows = pairs.map((pair, i) => [
    spec.problems[pair.problem]!.label,
    spec.optimizers[pair.entry]!.label,
    settingsOf(spec, pair),
    String(spec.replicates),
    inTime(seconds[i]! * spec.replicates),
  ]);
  console.log(
    bold(`${counted(runs.length, "run")}, ${spec.budget.toLocaleString("en-US")} evaluations each`, style),
  );
  console.log(
    table(
      [
        { head: "problem" },
        { head: "optimizer" },
        { head: "settings", flexible: true },
        { head: "seeds", right: true },
        { head: "core time", right: true },
      ],
      rows,
      style,
    ),
  );
  console.log(`\nAbout ${inTime(wall)} on ${counted(workers, "worker")} here, by a short calibration.`);
}

function settingsOf(spec: ExperimentSpec, { problem, entry }: PlannedRun): string {
  const words = [spec.problems[problem]!.settings, spec.optimizers[entry]!.settings]
    .map(settingsInWords)
    .filter((text) => text !== "");
  return words.length === 0 ? "defaults" : words.join("; ");
}

/** Seconds that one run of a pair takes: budgets that grow until there is something to measure, then in proportion. */
async function secondsOf({ spec }: PlannedRun): Promise<number> {
  for (let budget = Math.min(spec.budget, 20); ; budget = Math.min(spec.budget, budget * 4)) {
    const began = performance.now();
    // what depends on the budget itself (populations, schedules) is that of the whole run
    const controller = new AbortController();
    const result = await runToEnd(runOf(spec, catalog), {
      signal: controller.signal,
      onProgress: ({ cost }) => {
        if (cost >= budget || performance.now() - began > PATIENCE) controller.abort();
      },
    });
    const taken = performance.now() - began;
    const spent = Math.max(result.tally.cost, 1);
    if (result.ending !== "cancelled") return taken / 1000;
    if (taken > PATIENCE / 4) return (taken * spec.budget) / spent / 1000;
  }
}
