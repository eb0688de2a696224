// Multistart: a local optimizer is started again and again, at samples that belong to no basin searched before.
//
// Rinnooy Kan & Timmer, "Stochastic Global Optimization Methods, Part II: Multi Level Methods", Mathematical Programming 39, 1987
// (multi-level single linkage).
import {
  lossOf,
  z,
  type Domain,
  type Outcome,
  type Query,
  type QueryKind,
  type SettingsSchema,
  type Vector,
} from "@basin/objective";
import {
  defineOptimizer,
  isStop,
  type AnyOptimizer,
  type Optimizer,
  type Plain,
  type Search,
} from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { criticalDistance, nextStart, type Pool } from "./linkage.ts";
import { better, isHopeless, patienceSetting, stretchOf, type Incumbent } from "./local.ts";

export interface MultistartSettings {
  readonly samples: number;
  readonly share: number;
  readonly reach: number;
  readonly patience: number;
}

type State = {
  /** Samples are asked about, or the inner search is. */
  readonly phase: "local" | "sample";
  /** Of the inner search; kept while sampling, for its metrics. */
  readonly inner: Plain;
  /** How many local searches have begun: the names of their streams. */
  readonly searches: number;
  /** Samples so far, in the unit cube over the region, and where searches began. */
  readonly pool: Pool;
  readonly used: Readonly<Uint8Array>;
  /** Local minima found, in the unit cube. Shape [any × n]. */
  readonly minima: Vector;
  /** The samples in question, in the unit cube. Shape [samples × n]. */
  readonly asked: Vector;
  /** Queries of the present local search since its value was last looked at, and what it was then. */
  readonly since: number;
  readonly before: number;
  /** The best point of the present local search, and of all. */
  readonly local: Incumbent;
  readonly best: Incumbent;
};

/** Samples for each dimension, and at most: more would cost more than the local searches they are for. */
const SAMPLES = 10;
const MOST_SAMPLES = 200;
const own = {
  samples: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({
      label: "Samples",
      help: "Uniform samples that are looked at before each choice of a new start; 0 means ten for each dimension, at most 200.",
      range: [0, 200],
    }),
  share: z
    .number()
    .gt(0)
    .max(1)
    .default(0.3)
    .meta({
      label: "Promising share",
      help: "Only this share of the best samples may become starts.",
      range: [0.05, 1],
      scale: "log",
    }),
  reach: z
    .number()
    .gt(0)
    .max(10)
    .default(1)
    .meta({
      label: "Reach σ",
      help: "How far a better sample excludes a start: larger means fewer, better separated searches.",
      range: [0.1, 4],
      scale: "log",
    }),
  patience: patienceSetting,
};

function appended(values: Vector, more: Vector): Float64Array {
  const out = new Float64Array(values.length + more.length);
  out.set(values);
  out.set(more, values.length);
  return out;
}

/** Points of the unit cube in the region: shape as given. */
function intoRegion(cube: Vector, { region, dimension: n }: Domain): Float64Array {
  const { lower, upper } = region;
  return cube.map((u, at) => lower[at % n]! + u * (upper[at % n]! - lower[at % n]!));
}

function intoCube(x: Vector, { region }: Domain): Float64Array {
  return Float64Array.from(x, (value, j) => {
    const width = region.upper[j]! - region.lower[j]!;
    return width > 0 ? (value - region.lower[j]!) / width : 0;
  });
}

/**
 * A global optimizer made of a local one, under the name multistart-<inner>. Its hyperparameters are the inner one's and four of its own: samples, share, reach, patience.
 * The first local search begins at the start. When one stops, `samples` uniform draws from the region are evaluated, and the next
 * begins at the best sample that no better sample and no known minimum excludes; without one, more samples are drawn.
 * A search that would take too long to come to the best known (`patience`) is given up, as if it had stopped.
 *
 * Bounds: the inner optimizer's. It never stops by itself.
 */
export function multistart<H extends SettingsSchema, S, K extends QueryKind>(
  inner: Optimizer<H, S, K>,
): Optimizer<SettingsSchema, State, K | "value"> {
  return defineOptimizer({
    name: `multistart-${inner.name}`,
    summary: `Starts ${inner.name} again and again, at samples in basins that it has not searched.`,
    family: "multistart",
    references: [
      "Rinnooy Kan & Timmer, Stochastic Global Optimization Methods, Part II: Multi Level Methods, Mathematical Programming 39, 1987",
      ...inner.references,
    ],
    stateVersion: inner.stateVersion,
    needs: [...new Set<K | "value">(["value", ...inner.needs])],
    requires: { ...inner.requires, encodings: ["real"] },
    hyperparameters: z.object({ ...inner.hyperparameters.shape, ...own }) as SettingsSchema,
    create: (settings, domain, horizon) =>
      searchOf(
        inner as AnyOptimizer,
        settings as Record<string, unknown> & MultistartSettings,
        domain,
        horizon,
      ) as Search<State, K | "value">,
  });
}

function searchOf(
  inner: AnyOptimizer,
  settings: Record<string, unknown> & MultistartSettings,
  domain: Domain,
  horizon: number,
): Search<State> {
  const n = domain.dimension;
  const { samples: given, share, reach, patience, ...rest } = settings;
  const samples = given === 0 ? Math.min(SAMPLES * n, MOST_SAMPLES) : given;
  const stretch = stretchOf(inner, n);
  const search: Search<Plain> = inner.create(rest, domain, horizon);

  function sampleNext(state: State, rng: Rng): State {
    return { ...state, phase: "sample", asked: rng.fillUniform(new Float64Array(samples * n)) };
  }

  /** A local search at the best sample that is free, or more samples. */
  function choose(state: State, rng: Rng): State {
    const { pool, used, minima } = state;
    const i = nextStart(pool, used, minima, share, criticalDistance(pool.values.length, n, reach), n);
    if (i < 0) return sampleNext(state, rng);
    const marked = used.slice();
    marked[i] = 1;
    const x = intoRegion(pool.points.subarray(i * n, (i + 1) * n), domain);
    const searches = state.searches + 1;
    const local = { x, value: pool.values[i]! };
    return {
      ...state,
      phase: "local",
      inner: search.init(x, rng.fork("search")),
      searches,
      used: marked,
      local,
      since: 0,
      before: local.value,
    };
  }

  function tellSamples(state: State, outcomes: readonly Outcome[], rng: Rng): State {
    const m = outcomes.length;
    const points = state.asked.slice(0, m * n);
    const at = intoRegion(points, domain);
    const queries = rowsOf(at, n);
    const pool = {
      points: appended(state.pool.points, points),
      values: appended(state.pool.values, Float64Array.from(outcomes, lossOf)),
    };
    const used = new Uint8Array(state.used.length + m);
    used.set(state.used);
    return choose({ ...state, pool, used, best: better(state.best, queries, outcomes) }, rng);
  }

  function tellLocal(state: State, outcomes: readonly Outcome[], rng: Rng): State {
    const ask = search.ask(state.inner);
    if (isStop(ask)) return sampleNext(state, rng);
    const next = search.tell(state.inner, outcomes, rng.fork("inner"));
    const local = better(state.local, ask.queries, outcomes);
    const best = local.value < state.best.value ? local : state.best;
    const since = state.since + outcomes.length;
    const looks = since >= stretch;
    const hopeless = looks && isHopeless(patience, state.before, local.value, best.value);
    const told: State = {
      ...state,
      inner: next,
      local,
      best,
      since: looks ? 0 : since,
      before: looks ? local.value : state.before,
    };
    if (!hopeless && !isStop(search.ask(next))) return told;
    return sampleNext({ ...told, minima: appended(told.minima, intoCube(local.x, domain)) }, rng);
  }

  return {
    init(start, rng) {
      const nothing = { x: start.slice(), value: Infinity };
      const none = new Float64Array(0);
      return {
        phase: "local",
        inner: search.init(start, rng.fork("search")),
        searches: 1,
        pool: { points: none, values: none },
        used: new Uint8Array(0),
        minima: none,
        asked: none,
        since: 0,
        before: Infinity,
        local: nothing,
        best: nothing,
      };
    },
    ask(state) {
      if (state.phase === "local") {
        const ask = search.ask(state.inner);
        if (!isStop(ask)) return ask;
        // The inner search stopped before its first question.
        return { stop: `${inner.name} stopped at once: ${ask.stop}` };
      }
      return { queries: rowsOf(intoRegion(state.asked, domain), n), prefix: true };
    },
    tell: (state, outcomes, rng) =>
      state.phase === "local" ? tellLocal(state, outcomes, rng) : tellSamples(state, outcomes, rng),
    recommend: ({ best }) => best.x.slice(),
    metrics: (state) => ({ ...search.metrics?.(state.inner), searches: state.searches }),
  };
}

function rowsOf(points: Float64Array, n: number): readonly Query<"value">[] {
  const queries: Query<"value">[] = [];
  for (let at = 0; at < points.length; at += n)
    queries.push({ kind: "value", x: points.subarray(at, at + n) });
  return queries;
}
