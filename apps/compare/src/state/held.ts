// Runs that wait in the middle because of a pause, and what they have come to so far: what a step advances.
import type { PlannedRun, RunRecord } from "@basin/experiment";
import type { Thread } from "@basin/charts";
import type { RunResult, RunSpec } from "@basin/runner";
import type { XAxis } from "./config.ts";
import type { Results } from "./results.ts";

/** One of them. Its result is as if it had been broken off here. */
export interface HeldRun extends RunRecord {
  /** The best point after each step that was looked at, the start first. Shape [m][n], row-major. */
  readonly trail: Float64Array;
}

export interface HeldRuns {
  /** Takes the word of the run with this spec. */
  hear(spec: RunSpec, result: RunResult): void;
  /** It has ended. */
  release(run: PlannedRun): void;
  clear(): void;
  /** In the order of the plan. The same list until something changes. */
  list(): readonly HeldRun[];
}

/** Two lines of an experiment may be one optimizer with equal settings: then their runs are equal, too. */
const keyOf = ({ problem, optimizer, replicate }: RunSpec): string =>
  JSON.stringify([problem, optimizer, replicate]);

export function createHeldRuns(planned: readonly PlannedRun[]): HeldRuns {
  const byKey = new Map<string, PlannedRun[]>();
  for (const run of planned) {
    const key = keyOf(run.spec);
    byKey.set(key, [...(byKey.get(key) ?? []), run]);
  }
  const held = new Map<number, HeldRun>();
  let list: readonly HeldRun[] | undefined;
  return {
    hear(spec, result) {
      for (const run of byKey.get(keyOf(spec)) ?? []) {
        const before = held.get(run.index);
        if (before !== undefined && before.result.tally.steps === result.tally.steps) continue;
        // one that lost its worker begins anew
        const on = before !== undefined && before.result.tally.steps < result.tally.steps;
        const start = on ? before.trail : Float64Array.from(result.start.x);
        const trail = new Float64Array(start.length + result.best.x.length);
        trail.set(start);
        trail.set(result.best.x as Float64Array, start.length);
        held.set(run.index, { run, result, attempts: 1, trail });
      }
      list = undefined;
    },
    release(run) {
      if (held.delete(run.index)) list = undefined;
    },
    clear() {
      held.clear();
      list = undefined;
    },
    list: () => (list ??= [...held.values()].sort((a, b) => a.run.index - b.run.index)),
  };
}

/** Their losses so far on an axis, to be drawn beside the lines. */
export function threadsOf(
  held: readonly HeldRun[],
  { spec, styles }: Pick<Results, "spec" | "styles">,
  axis: XAxis,
  problem: number,
): Thread[] {
  return held
    .filter(({ run, result }) => run.problem === problem && result.tally.steps > 0)
    .map(({ run, result }) => {
      const { trace, tally, best } = result;
      const along = trace[axis];
      // beyond what was spent the trace is filled up with what comes last
      const m = trace.cost.findIndex((cost) => cost > tally.cost);
      const reached = m < 0 ? trace.cost.length : m;
      const here = axis === "cost" ? tally.cost : along.at(-1)!;
      return {
        label: spec.optimizers[run.entry]!.label,
        style: styles[run.entry]!,
        x: [...along.subarray(0, reached), here],
        loss: [...trace.loss.subarray(0, reached), best.loss],
      };
    });
}
