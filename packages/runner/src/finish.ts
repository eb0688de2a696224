// The result of a run, from where it stands: at its end, or wherever it was broken off.
import type { QueryKind, Vector } from "@basin/objective";
import type { Checkpoint, Over, Row } from "./checkpoint.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { gridOf } from "./grid.ts";
import { rowOf, sum, untimed, type Elapsed } from "./record.ts";
import type { RunResult, Tally, Trace } from "./result.ts";
import type { Run } from "./run.ts";

/** The counts so far. */
export function tallyOf(run: Run, { cost, answered, visited, failures, steps }: Checkpoint): Tally {
  return { cost, queries: byKind(run, answered), examples: sum(visited), failures, steps };
}

/** The best point so far and its loss: the best evaluated, or, where f is noisy, the last one looked at in full. */
export function bestOf(
  run: Run,
  { bestX, bestLoss, log }: Checkpoint,
): { readonly x: Vector; readonly loss: number } {
  return (log.noisy ? log.probed : undefined) ?? { x: bestX ?? run.start, loss: bestLoss };
}

/**
 * The result of a run that stands here. The last row reaches to the end of the grid: a run that ends early stays
 * where it is. `over` says why it was broken off, where it is not over of itself.
 */
export function resultOf(
  run: Run,
  checkpoint: Checkpoint,
  elapsed: Elapsed = untimed,
  over: Over = { ending: "cancelled", reason: "broken off" },
): RunResult {
  const { log, state, answered, failures } = checkpoint;
  const best = bestOf(run, checkpoint);
  const rows = log.rows.map((row) =>
    // broken off while this row was being looked at
    Number.isNaN(row.loss) && row.queries > 0 ? { ...row, loss: best.loss } : row,
  );
  if (log.grid < run.grid.length)
    rows.push(
      rowOf(run, run.grid.length, state, { ...checkpoint, bestX: best.x, bestLoss: best.loss }, elapsed),
    );
  const nothing = failures > 0 && failures === sum(answered);
  const { ending, reason } = nothing
    ? ({ ending: "failed", reason: `no evaluation succeeded: ${log.failure}` } as const)
    : (checkpoint.over ?? over);
  const last = log.probed?.loss ?? best.loss;
  const tally = tallyOf(run, checkpoint);
  const trace = traceOf(run, rows, checkpoint);
  const result = {
    ending,
    reason,
    diverged: !Number.isFinite(last) || last > log.startLoss,
    best: { x: best.x.slice(), loss: best.loss },
    start: { x: run.start.slice(), loss: log.startLoss },
    tally,
    trace,
    prices: byKind(run, run.prices),
  };
  return { ...result, fingerprint: fingerprintOf(result) };
}

function byKind(run: Run, counts: readonly number[]): { readonly [K in QueryKind]?: number } {
  return Object.fromEntries(run.kinds.map((kind, k) => [kind, counts[k]!]));
}

function traceOf(run: Run, rows: readonly Row[], { log }: Checkpoint): Trace {
  const m = run.grid.length;
  const n = run.start.length;
  const column = (entry: (row: Row) => number): Float64Array => {
    const out = new Float64Array(m);
    let from = 0;
    for (const row of rows) {
      out.fill(entry(row), from, row.to);
      from = row.to;
    }
    return out;
  };
  const group = (entries: (row: Row) => Readonly<Record<string, number>> | undefined) => {
    const names = new Set(rows.flatMap((row) => Object.keys(entries(row) ?? {})));
    return Object.fromEntries(
      [...names].map((name) => [name, column((row) => entries(row)?.[name] ?? Number.NaN)]),
    );
  };
  const trace: Trace = {
    cost: run.grid.slice(),
    loss: column((row) => row.loss),
    queries: column((row) => row.queries),
    examples: column((row) => row.examples),
    seconds: column((row) => row.seconds),
    report: group((row) => row.report),
    metrics: group((row) => row.metrics),
    hits: {
      k: Int32Array.from(log.hits, (_, i) => log.firstTarget - i),
      cost: Float64Array.from(log.hits),
      above: run.above,
    },
  };
  const points = run.record.points === true ? { points: pointsOf(rows, m, n) } : {};
  const asked = run.record.asked === undefined ? {} : { asked: askedOf(rows, n) };
  return { ...trace, ...points, ...asked };
}

function pointsOf(rows: readonly Row[], m: number, n: number): Float64Array {
  const points = new Float64Array(m * n);
  let from = 0;
  for (const { to, point } of rows) for (; from < to; from++) points.set(point as Float64Array, from * n);
  return points;
}

function askedOf(rows: readonly Row[], n: number): NonNullable<Trace["asked"]> {
  const all = rows.flatMap(({ asked }, r) =>
    (asked ?? []).map((x) => ({ x, interval: r === 0 ? 0 : rows[r - 1]!.to })),
  );
  const points = new Float64Array(all.length * n);
  for (const [i, { x }] of all.entries()) points.set(x as Float64Array, i * n);
  return { interval: Int32Array.from(all, ({ interval }) => interval), points };
}

/** The result of a run that could not be carried out: its objective could not be made, its worker died. */
export function failedResult(reason: string, { budget }: { readonly budget: number }): RunResult {
  const cost = gridOf(budget);
  const nothing = (): Float64Array => new Float64Array(cost.length).fill(Number.NaN);
  const nowhere = { x: new Float64Array(0), loss: Number.NaN };
  const result = {
    ending: "failed" as const,
    reason,
    diverged: true,
    best: nowhere,
    start: nowhere,
    tally: { cost: 0, queries: {}, examples: 0, failures: 0, steps: 0 },
    trace: {
      cost,
      loss: nothing(),
      queries: new Float64Array(cost.length),
      examples: new Float64Array(cost.length),
      seconds: nothing(),
      report: {},
      metrics: {},
      hits: { k: new Int32Array(0), cost: new Float64Array(0), above: 0 },
    },
    prices: {},
  };
  return { ...result, fingerprint: fingerprintOf(result) };
}
