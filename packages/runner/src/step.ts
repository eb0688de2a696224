// The loop as a pure function: a checkpoint and the answers to what it asks give the next checkpoint.
import {
  UsageError,
  examplesVisited,
  firstDifference,
  inBox,
  isFiniteVector,
  resolveExamples,
  type Ask,
  type Outcome,
  type Query,
  type Vector,
} from "@basin/objective";
import { isStop, type AnyOptimizer } from "@basin/optimizer";
import type { Checkpoint, Log, Over, Purpose } from "./checkpoint.ts";
import { LazyRng } from "./lazy-rng.ts";
import { hitTargets, recordRow, untimed, type Elapsed } from "./record.ts";
import type { Run } from "./run.ts";

/** The checkpoint before the first step: it asks about the start. */
export function begin(run: Run): Checkpoint {
  const state = run.search.init(run.start, new LazyRng(run.streams, "init"));
  const zeros = run.kinds.map(() => 0);
  const planned = plan(run, state, zeros, Infinity);
  const over = isOver(planned) ? planned : undefined;
  const noisy = run.objective.noisy || seesSamples(planned);
  const checkpoint: Checkpoint = {
    state,
    steps: 0,
    cost: 0,
    answered: zeros,
    visited: zeros,
    failures: 0,
    bestX: undefined,
    bestLoss: Infinity,
    asked: run.record.asked === undefined ? undefined : [],
    log: {
      rows: [],
      grid: 0,
      firstTarget: 0,
      hits: [],
      level: Number.NaN,
      startLoss: Number.NaN,
      failure: undefined,
      probed: undefined,
      noisy,
    },
    purpose: "search",
    next: over === undefined ? (planned as Ask) : undefined,
    later: undefined,
    over,
  };
  return noisy ? lookAt(run, checkpoint, "start", run.start) : checkpoint;
}

/** What is asked now, or undefined when the run is over. */
export function question(_run: Run, checkpoint: Checkpoint): Ask | undefined {
  return checkpoint.next;
}

/**
 * One step: counts and records the answers, tells the search, asks it again. Pure but for `elapsed`, a clock (seconds
 * since the run began) whose readings go into the seconds of the trace and nowhere else.
 * @throws UsageError where the objective answers amiss or the search breaks its contract.
 */
export function step(
  run: Run,
  checkpoint: Checkpoint,
  outcomes: readonly Outcome[],
  elapsed: Elapsed = untimed,
): Checkpoint {
  const ask = checkpoint.next;
  if (ask === undefined)
    throw new UsageError("step", "the run is over", "look at question(run, checkpoint) before each step");
  if (outcomes.length !== ask.queries.length)
    throw new UsageError(
      run.objective.name,
      `it gave ${outcomes.length} answers to ${ask.queries.length} queries`,
      "let evaluate answer each query, in order",
    );
  return checkpoint.purpose === "search"
    ? transition(run, checkpoint, ask, outcomes, elapsed)
    : looked(run, checkpoint, ask.queries[0]!, outcomes[0]!);
}

function transition(
  run: Run,
  from: Checkpoint,
  { queries, examples }: Ask,
  given: readonly Outcome[],
  elapsed: Elapsed,
): Checkpoint {
  const { prices, grid } = run;
  const { noisy } = from.log;
  const m = examplesVisited(examples, run.objective.examples);
  const answered = from.answered.slice();
  const visited = from.visited.slice();
  let { cost, failures, bestX, bestLoss, log, asked } = from;
  let outcomes = given;

  for (let i = 0; i < queries.length; i++) {
    const query = queries[i]!;
    const k = indexOf(run.kinds, query.kind);
    const spent = Math.min(costWith(prices, visited, k, m, run.objective.examples), run.budget);
    // Entry g of the grid is how things stood when at most grid[g] was spent: before this answer, if that takes more.
    if (!noisy && spent > grid[log.grid]!) {
      log = recordRow(
        run,
        log,
        spent,
        from.state,
        { answered, visited, cost, bestX, bestLoss, asked },
        elapsed,
      );
      if (asked !== undefined) asked = [];
    }
    cost = spent;
    answered[k]!++;
    visited[k]! += m;
    if (asked !== undefined && asked.length < run.record.asked!) asked = [...asked, query.x];

    const outcome = checked(run, k, query, given[i]!);
    if (outcome !== given[i]) {
      if (outcomes === given) outcomes = given.slice();
      (outcomes as Outcome[])[i] = outcome;
    }
    if (outcome.failed !== undefined) {
      failures++;
      if (log.failure === undefined) log = { ...log, failure: outcome.message };
      if (!noisy && from.steps === 0 && i === 0) log = { ...log, startLoss: Infinity };
    } else if (!noisy) {
      const loss = outcome.value;
      if (from.steps === 0 && i === 0) log = { ...log, startLoss: loss };
      if (loss < bestLoss) {
        bestLoss = loss;
        bestX = query.x;
        // the level is NaN before the first answer
        if (!(loss - run.above > log.level)) log = hitTargets(run, log, loss, cost);
      }
    }
  }

  // Seen through noise, only what is recommended between transitions counts, once it has been looked at.
  let pending: Vector | undefined;
  if (noisy && cost > grid[log.grid]!) {
    if (from.steps > 0) pending = run.search.recommend(from.state);
    log = recordRow(run, log, cost, from.state, { ...from, bestX: pending, bestLoss: Number.NaN }, elapsed);
    if (asked !== undefined) asked = [];
  }

  const state = run.search.tell(from.state, outcomes, new LazyRng(run.streams, "tell", from.steps));
  const planned = plan(run, state, visited, noisy ? Infinity : bestLoss);
  const over = isOver(planned) ? planned : undefined;
  if (!noisy && seesSamples(planned)) log = { ...log, noisy: true };
  const next: Checkpoint = {
    state,
    steps: from.steps + 1,
    cost,
    answered,
    visited,
    failures,
    bestX,
    bestLoss,
    asked,
    log,
    purpose: "search",
    next: over === undefined ? (planned as Ask) : undefined,
    later: undefined,
    over,
  };
  if (pending !== undefined) return lookAt(run, next, "row", pending);
  return over === undefined ? next : atEnd(run, next);
}

/** The outcome, or the failure that it is: answers that are not finite are failures, whoever gave them. */
function checked(run: Run, k: number, query: Query, outcome: Outcome): Outcome {
  if (outcome.failed !== undefined) return outcome;
  const fault = run.rows[k]!.fault(outcome, query);
  if (fault === undefined) return outcome;
  if (fault.fault === "malformed")
    throw new UsageError(
      run.objective.name,
      `its answer to a query of kind ${query.kind} is malformed: ${fault.message}`,
      "let evaluate give every part of an answer",
    );
  return { failed: fault.fault, message: fault.message };
}

function indexOf(kinds: readonly string[], kind: string): number {
  for (let k = 0; k < kinds.length; k++) if (kinds[k] === kind) return k;
  return -1;
}

/**
 * What was spent once kind k has visited m more examples: Σ price · visited / N. Counted anew from whole numbers, so
 * that nothing adds up over a long run.
 */
function costWith(
  prices: readonly number[],
  visited: readonly number[],
  k: number,
  m: number,
  examples: number,
): number {
  let cost = 0;
  for (let j = 0; j < prices.length; j++)
    cost += (prices[j]! * (j === k ? visited[j]! + m : visited[j]!)) / examples;
  return cost;
}

function isOver(planned: Ask | Over): planned is Over {
  return (planned as { ending?: string }).ending !== undefined;
}

function seesSamples(planned: Ask | Over): boolean {
  return (planned as Partial<Ask>).examples !== undefined;
}

/** What the search asks in this state, cut to what fits if it may be cut; or why the run is over. */
function plan(run: Run, state: unknown, visited: readonly number[], loss: number): Ask | Over {
  if (loss <= run.target) return { ending: "target", reason: `target of ${run.target} reached` };
  const ask = run.search.ask(state);
  if (isStop(ask)) return { ending: "stopped", reason: ask.stop };
  const { queries, prefix } = ask;
  const count = run.objective.examples;
  const examples = resolveExamples(ask.examples, count);
  const m = examplesVisited(examples, count);
  if (queries.length === 0)
    throw contract(run.optimizer, "asks nothing and does not stop", "let it ask, or stop");

  const fit = fitting(run, queries, kindOfAll(run, queries), visited, m);
  if (fit === 0 || (fit < queries.length && prefix !== true))
    return { ending: "budget", reason: `budget of ${run.budget} spent` };
  if (fit === queries.length && examples === ask.examples) return ask;
  const some = fit === queries.length ? queries : queries.slice(0, fit);
  return examples === undefined ? { queries: some } : { queries: some, examples };
}

/**
 * The index of the kind that all of these queries have; -1 where there are several.
 * @throws UsageError for a kind that was not declared, and for a point that is not in the bounds.
 */
function kindOfAll({ kinds, start, open, objective, optimizer }: Run, queries: readonly Query[]): number {
  const { bounds } = objective.domain;
  let all = indexOf(kinds, queries[0]!.kind);
  for (let i = 0; i < queries.length; i++) {
    const { kind, x } = queries[i]!;
    const k = kind === kinds[all] ? all : indexOf(kinds, kind);
    if (k < 0) throw contract(optimizer, `asks ${kind}, which it does not declare`, "list the kind in needs");
    if (x.length !== start.length || !((open && isFiniteVector(x)) || inBox(x, bounds)))
      throw contract(
        optimizer,
        "asks about a point that is not in the bounds",
        "clamp it: clampToBox(x, domain.bounds)",
      );
    if (k !== all) all = -1;
  }
  return all;
}

/** How many of these queries the budget has room for. `all`: the kind that they have, -1 where there are several. */
function fitting(
  { kinds, prices, limit, objective }: Run,
  queries: readonly Query[],
  all: number,
  visited: readonly number[],
  m: number,
): number {
  const { examples } = objective;
  // costs only grow: where there is room for the last of one kind, there is for all
  if (all >= 0 && costWith(prices, visited, all, m * queries.length, examples) <= limit)
    return queries.length;
  const later = visited.slice();
  for (let fit = 0; fit < queries.length; fit++) {
    const k = indexOf(kinds, queries[fit]!.kind);
    if (!(costWith(prices, later, k, m, examples) <= limit)) return fit;
    later[k]! += m;
  }
  return queries.length;
}

function contract({ name }: AnyOptimizer, found: string, advice: string): UsageError {
  return new UsageError(`optimizer ${name}`, `it ${found}`, advice);
}

/** Asks about f at x in full, for the record only; what the search asks waits. */
function lookAt(run: Run, checkpoint: Checkpoint, purpose: Purpose, x: Vector): Checkpoint {
  return {
    ...checkpoint,
    purpose,
    next: { queries: [{ kind: run.probeKind, x }] },
    later: checkpoint.next,
  };
}

/** Once the run is over: a last look at what is recommended, where its loss is not known. */
function atEnd(run: Run, checkpoint: Checkpoint): Checkpoint {
  const { log, bestX, over, state } = checkpoint;
  const x = run.search.recommend(state);
  const known = log.noisy
    ? over!.ending === "target" || firstDifference(x, log.probed?.x) === undefined
    : !run.probe || bestX === undefined || firstDifference(x, bestX) === undefined;
  return known ? checkpoint : lookAt(run, checkpoint, "end", x);
}

/** What was looked at goes into the record; then the search goes on. */
function looked(run: Run, from: Checkpoint, query: Query, outcome: Outcome): Checkpoint {
  const { purpose, later } = from;
  const value = outcome.failed === undefined ? outcome.value : Number.NaN;
  const loss = Number.isFinite(value) ? value : Infinity;
  const probed = { x: query.x, loss };
  let log: Log = { ...from.log, probed };
  let { over } = from;
  if (purpose === "start") {
    log = { ...log, startLoss: loss };
    if (loss < Infinity) log = hitTargets(run, log, loss, 0);
  }
  if (purpose === "row") {
    const row = log.rows.at(-1)!;
    log = { ...log, rows: [...log.rows.slice(0, -1), { ...row, loss }] };
    if (loss < Infinity && !(loss - run.above > log.level)) log = hitTargets(run, log, loss, row.cost);
  }
  if (log.noisy && loss <= run.target && over?.ending !== "target")
    over = { ending: "target", reason: `target of ${run.target} reached` };
  const next: Checkpoint = {
    ...from,
    log,
    purpose: "search",
    next: over === undefined ? later : undefined,
    later: undefined,
    over,
  };
  return over === undefined || purpose === "end" ? next : atEnd(run, next);
}
