// Dual annealing: generalized simulated annealing whose walk is refined by local searches.
//
// Xiang, Gubian, Suomela & Hoeng, "Generalized Simulated Annealing for Global Optimization: The GenSA Package", The R Journal 5 (1), 2013; the annealing after
// Tsallis & Stariolo, "Generalized Simulated Annealing", Physica A 233, 1996.
import {
  lossOf,
  z,
  type Domain,
  type Outcome,
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
import { better, isHopeless, patienceSetting, stretchOf, type Incumbent } from "./local.ts";
import { accepted, cooled, visit } from "./visiting.ts";

type State = {
  /** The inner search is asked, or the walk. */
  readonly phase: "local" | "walk";
  /** Of the inner search; kept while walking, for its metrics. */
  readonly inner: Plain;
  readonly searches: number;
  /** Queries of the present local search since its value was last looked at, and what it was then. */
  readonly since: number;
  readonly before: number;
  readonly local: Incumbent;
  readonly best: Incumbent;
  /** Where the walk stands; the lowest point it has come to since the last local search. */
  readonly at: Incumbent;
  readonly low: Incumbent;
  /** The best value that was known when the walk went on. */
  readonly known: number;
  /** The step in question. */
  readonly trial: Vector;
  /** Chains since the temperature was last raised, steps in this chain, and chains since the last local search. */
  readonly time: number;
  readonly step: number;
  readonly chains: number;
  /** How far values of the first chain lay above the lowest, sorted; then their median alone: the unit of f. */
  readonly rises: Vector;
};

/** A longer step, in widths of the region, has lost the digits that would say where it leads: it leads anywhere. */
const LOST = 1e8;

const own = {
  chains: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(5)
    .meta({
      label: "Chains",
      help: "A local search begins after so many chains of 2 n steps, or at once after one that has found a new best point.",
      range: [1, 100],
      scale: "log",
    }),
  heat: z
    .number()
    .gt(0)
    .max(1e9)
    .default(1000)
    .meta({
      label: "Heat",
      help: "The first temperature: of steps, in widths of the region to the power 3 − q; of acceptance, in units of how far the first values lie above the lowest.",
      range: [1e-3, 1e4],
      scale: "log",
    }),
  visiting: z
    .number()
    .gt(1)
    .lt(3)
    .default(2.62)
    .meta({
      label: "Visiting q",
      help: "Tail of the steps: Gauss' near 1, Cauchy's at 2, heavier beyond.",
      range: [1.1, 2.9],
      scale: "linear",
    }),
  acceptance: z
    .number()
    .min(-1e4)
    .lt(1)
    .default(-5)
    .meta({
      label: "Acceptance q",
      help: "The lower, the fewer steps uphill are taken.",
      range: [-20, 0.9],
      scale: "linear",
    }),
  reheat: z
    .number()
    .gt(0)
    .lt(1)
    .default(2e-5)
    .meta({
      label: "Reheating",
      help: "The walk begins anew, hot, when its temperature is below this share of the first.",
      range: [1e-6, 1e-2],
      scale: "log",
    }),
  patience: patienceSetting,
};

interface Own {
  readonly chains: number;
  readonly heat: number;
  readonly visiting: number;
  readonly acceptance: number;
  readonly reheat: number;
  readonly patience: number;
}

/**
 * A global optimizer made of a local one, under the name dual-annealing-<inner>. A local search begins at the start; then a walk of steps with heavy tails goes through the
 * region, in chains of n steps in all coordinates and n in one, taking steps uphill ever more rarely; at its lowest points local
 * searches begin, whose ends it goes on from.
 *
 * It asks of f differences, in units of f's own: 4 f gives the same trace as f, if the inner optimizer's does. Bounds: steps that leave the region come in again at the other side, which keeps their
 * distribution symmetric; local searches keep the bounds as they do. It never stops by itself.
 */
export function dualAnnealing<H extends SettingsSchema, S, K extends QueryKind>(
  inner: Optimizer<H, S, K>,
): Optimizer<SettingsSchema, State, K | "value"> {
  return defineOptimizer({
    name: `dual-annealing-${inner.name}`,
    summary: `A walk by steps of all lengths, ever less often uphill, whose lowest points ${inner.name} refines.`,
    family: "multistart",
    references: [
      "Tsallis & Stariolo, Generalized Simulated Annealing, Physica A 233, 1996",
      "Xiang, Gubian, Suomela & Hoeng, Generalized Simulated Annealing for Global Optimization: The GenSA Package, The R Journal 5 (1), 2013",
      ...inner.references,
    ],
    stateVersion: inner.stateVersion,
    needs: [...new Set<K | "value">(["value", ...inner.needs])],
    requires: { ...inner.requires, encodings: ["real"] },
    hyperparameters: z.object({ ...inner.hyperparameters.shape, ...own }) as SettingsSchema,
    create: (settings, domain, horizon) =>
      searchOf(inner as AnyOptimizer, settings as Record<string, unknown> & Own, domain, horizon) as Search<
        State,
        K | "value"
      >,
  });
}

function searchOf(
  inner: AnyOptimizer,
  { chains, heat, visiting, acceptance, reheat, patience, ...rest }: Record<string, unknown> & Own,
  domain: Domain,
  horizon: number,
): Search<State> {
  const n = domain.dimension;
  const { lower, upper } = domain.region;
  const search: Search<Plain> = inner.create(rest, domain, horizon);
  const stretch = stretchOf(inner, n);

  /** Coordinate j after a step from x, inside the region. */
  function moved(x: number, j: number, temperature: number, rng: Rng): number {
    const [low, width] = [lower[j]!, upper[j]! - lower[j]!];
    if (!(width > 0)) return low;
    const step = visit(temperature, visiting, rng);
    const share = Math.abs(step) < LOST ? (x - low) / width + step : rng.uniform();
    return Math.min(upper[j]!, low + (share - Math.floor(share)) * width);
  }

  /** The next question of the walk: in all coordinates in the first half of a chain, in one in the second. */
  function walk(state: State, rng: Rng): State {
    const temperature = heat * cooled(state.time, visiting);
    const { x } = state.at;
    const only = state.step - n;
    const trial = x.map((xj, j) => (only < 0 || only === j ? moved(xj, j, temperature, rng) : xj));
    return { ...state, phase: "walk", trial };
  }

  function refine(state: State, from: Incumbent, rng: Rng): State {
    return {
      ...state,
      phase: "local",
      inner: search.init(from.x, rng.fork("search")),
      searches: state.searches + 1,
      since: 0,
      before: from.value,
      local: from,
    };
  }

  function endChain(state: State, rng: Rng): State {
    const unit = state.time === 1 && state.rises.length > 1 ? medianOf(state.rises) : state.rises;
    const next = { ...state, rises: unit, step: 0, time: state.time + 1, chains: state.chains + 1 };
    const found = state.low.value < state.known;
    if (found || next.chains >= chains)
      return state.low.value < Infinity
        ? refine({ ...next, chains: 0 }, state.low, rng)
        : walk({ ...next, chains: 0 }, rng);
    return walk(next, rng);
  }

  /** The walk goes on where a local search ended, unless that is above where it stood. */
  function resume(state: State, rng: Rng): State {
    const at = state.local.value <= state.at.value ? state.local : state.at;
    const next: State = { ...state, at, low: { x: at.x, value: Infinity }, known: state.best.value, step: 0 };
    if (cooled(next.time, visiting) >= reheat) return walk(next, rng);
    const x = rng
      .fillUniform(new Float64Array(n))
      .map((u, j) => Math.min(upper[j]!, lower[j]! + u * (upper[j]! - lower[j]!)));
    return walk({ ...next, time: 1, at: { x, value: Infinity } }, rng);
  }

  function tellWalk(state: State, outcomes: readonly Outcome[], rng: Rng): State {
    const value = lossOf(outcomes[0]!);
    const here = { x: state.trial, value };
    const temperature = (heat * cooled(state.time, visiting) * (state.rises[0] ?? 0)) / state.time;
    const rise = value - state.at.value;
    const taken =
      value < Infinity && (!(rise > 0) || rng.uniform() < accepted(rise, temperature, acceptance));
    const next: State = {
      ...state,
      at: taken ? here : state.at,
      low: value < state.low.value ? here : state.low,
      rises:
        state.time === 1 && state.searches <= 1 && Number.isFinite(rise)
          ? Float64Array.of(...state.rises, Math.abs(rise))
          : state.rises,
      step: state.step + 1,
    };
    const told = next.step < 2 * n ? walk(next, rng) : endChain(next, rng);
    return value < state.best.value ? { ...told, best: here } : told;
  }

  function tellLocal(state: State, outcomes: readonly Outcome[], rng: Rng): State {
    const ask = search.ask(state.inner);
    if (isStop(ask)) return resume(state, rng);
    const inner = search.tell(state.inner, outcomes, rng.fork("inner"));
    const local = better(state.local, ask.queries, outcomes);
    const best = local.value < state.best.value ? local : state.best;
    const since = state.since + outcomes.length;
    const looks = since >= stretch;
    const told: State = {
      ...state,
      inner,
      local,
      best,
      since: looks ? 0 : since,
      before: looks ? local.value : state.before,
    };
    const hopeless = looks && isHopeless(patience, state.before, local.value, best.value);
    return hopeless || isStop(search.ask(inner)) ? resume(told, rng) : told;
  }

  return {
    init(start, rng) {
      const nothing = { x: start.slice(), value: Infinity };
      return {
        phase: "local",
        inner: search.init(start, rng.fork("search")),
        searches: 1,
        since: 0,
        before: Infinity,
        local: nothing,
        best: nothing,
        at: nothing,
        low: nothing,
        known: Infinity,
        trial: nothing.x,
        time: 1,
        step: 0,
        chains: 0,
        rises: new Float64Array(0),
      };
    },
    ask(state) {
      if (state.phase === "walk") return { queries: [{ kind: "value", x: state.trial }] };
      const ask = search.ask(state.inner);
      // The inner search stopped before its first question.
      return isStop(ask) ? { stop: `${inner.name} stopped at once: ${ask.stop}` } : ask;
    },
    tell: (state, outcomes, rng) =>
      state.phase === "walk" ? tellWalk(state, outcomes, rng) : tellLocal(state, outcomes, rng),
    recommend: ({ best }) => best.x.slice(),
    metrics: (state) => ({
      ...search.metrics?.(state.inner),
      searches: state.searches,
      temperature: heat * cooled(state.time, visiting),
    }),
  };
}

/** The median alone. */
function medianOf(values: Vector): Float64Array {
  return Float64Array.of(values.slice().sort()[values.length >> 1]!);
}
