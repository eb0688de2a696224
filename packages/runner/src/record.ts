// Writes the record of a run as it goes: rows of the trace at the points of the grid, and the targets that were met.
import type { Vector } from "@basin/objective";
import type { Log, Row } from "./checkpoint.ts";
import { LAST_TARGET, targetAbove, targetOf } from "./grid.ts";
import type { Run } from "./run.ts";

/** Seconds since the run began: read only when something is recorded. */
export type Elapsed = () => number;

/** Where no clock was passed in, seconds are NaN. */
export const untimed: Elapsed = () => Number.NaN;

/** How things stand: the counts of a checkpoint, or of a moment between two answers of one batch. */
export interface Affairs {
  readonly answered: readonly number[];
  readonly visited: readonly number[];
  readonly cost: number;
  /** The incumbent, which the objective reports on. */
  readonly bestX: Vector | undefined;
  readonly bestLoss: number;
  readonly asked: readonly Vector[] | undefined;
}

export const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);

/** How things stood on the grid from `log.grid` up to, not including, the first point at or above `cost`. */
export function recordRow(
  run: Run,
  log: Log,
  cost: number,
  state: unknown,
  affairs: Affairs,
  elapsed: Elapsed,
): Log {
  let to = log.grid + 1;
  while (to < run.grid.length && run.grid[to]! < cost) to++;
  return { ...log, grid: to, rows: [...log.rows, rowOf(run, to, state, affairs, elapsed)] };
}

/** A row that reaches up to `to`. */
export function rowOf(run: Run, to: number, state: unknown, affairs: Affairs, elapsed: Elapsed): Row {
  const { answered, visited, cost, bestX, bestLoss, asked } = affairs;
  return {
    to,
    cost,
    loss: sum(answered) === 0 ? Number.NaN : bestLoss,
    queries: sum(answered),
    examples: sum(visited),
    seconds: elapsed(),
    report: bestX === undefined ? undefined : run.objective.report?.(bestX),
    metrics: run.search.metrics?.(state),
    point: run.record.points === true ? run.search.recommend(state) : undefined,
    asked,
  };
}

/** Notes the targets that this loss, met at this cost, is the first to meet. */
export function hitTargets(run: Run, log: Log, loss: number, cost: number): Log {
  const gap = loss - run.above;
  const firstTarget = log.hits.length === 0 ? targetAbove(gap) : log.firstTarget;
  const hits = [...log.hits];
  let k = firstTarget - hits.length;
  while (k >= LAST_TARGET && gap <= targetOf(k)) {
    hits.push(cost);
    k--;
  }
  return { ...log, firstTarget, hits, level: k < LAST_TARGET ? -Infinity : targetOf(k) };
}
