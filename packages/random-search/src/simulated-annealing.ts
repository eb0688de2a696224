// Simulated annealing: uphill steps are taken by chance, ever more rarely as a temperature falls; the steps learn their shape on the way.
//
// Acceptance: Kirkpatrick, Gelatt & Vecchi, "Optimization by Simulated Annealing", Science 220, 1983, after Metropolis et al. 1953.
// Steps: Vihola, "Robust adaptive Metropolis algorithm with coerced acceptance rate", Statistics and Computing 22 (5), 2012, and along
// single coordinates Ingber, "Very fast simulated re-annealing", Mathematical and Computer Modelling 12 (8), 1989.
import { exp, expm1, log, pow } from "@basin/math";
import { lossOf, z, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { identity, normalized, stretched, times } from "./factor.ts";
import { LONGEST, mirror, uniformRows, unitsOf } from "./steps.ts";

/** Exponent of time in the logarithm of the temperature. Below 1: fast while it is hot, slow in the end. */
const SLOWING = 0.7;
/** Ingber's generating temperature for moves of one coordinate: shorter ones than this, in widths of the region, are rare. */
const FINEST = 1e-7;
/** Standard deviation of the first steps, in widths of the region. */
const WIDE = 0.3;

/** Steps never become shorter than this, so that they can grow again. */
const SHORTEST = 1e-18;

/** How steps are drawn: x + units · σ A z with z normal. */
export type Shape = {
  readonly sigma: number;
  /** A, shape [n × n]; the mean square of its rows' lengths is 1. Empty for the identity that stays. */
  readonly factor: Vector;
};

type State = {
  /** Where the walk stands, and f there; +Infinity while unknown. */
  readonly x: Vector;
  readonly loss: number;
  /** The best point of all, and f there. */
  readonly best: Vector;
  readonly lowest: number;
  readonly shape: Shape;
  /** First temperature of this cycle, in units of f. */
  readonly hottest: number;
  readonly cycle: number;
  /** Answers in this cycle. */
  readonly asked: number;
  /** Finite answers of this cycle's sample, from which the first temperature follows. */
  readonly sample: Vector;
  /** The question, and z that led there; empty where A did not lead there. */
  readonly trial: Vector;
  readonly z: Vector;
};

const none = new Float64Array(0);

/** min(1, e^{−(f' − f)/T}), the probability with which a step is taken; at T = 0 uphill steps are not (Metropolis et al. 1953). */
export function acceptance(loss: number, next: number, temperature: number): number {
  if (next <= loss) return next < Infinity ? 1 : 0;
  return temperature > 0 ? exp((loss - next) / temperature) : 0;
}

/** T = hottest · depth^{(time)^0.7}, time from 0 to 1: from the hottest to `depth` times it. */
export function temperatureAt(time: number, hottest: number, depth: number): number {
  return hottest * exp(log(depth) * pow(Math.min(1, time), SLOWING));
}

/**
 * A (I + η (α − α*) z zᵀ / |z|²) Aᵀ as the next A Aᵀ (Vihola 2012): longer steps along z where they are taken more often than at
 * the rate α*, shorter ones where less. The scale is also changed as a whole, by e^{(α − α*)/d}, since annealing has to follow the
 * temperature down. `z` has shape [n].
 */
export function adapted(
  { sigma, factor }: Shape,
  z: Vector,
  surplus: number,
  eta: number,
  damping: number,
): Shape {
  const { factor: next, size } = normalized(stretched(factor, z, eta * surplus), z.length);
  const grown = sigma * size * exp(surplus / damping);
  return { sigma: Math.min(LONGEST, Math.max(SHORTEST, grown)), factor: next };
}

/** y in (−1, 1) with density 1 / (2 (|y| + T) ln(1 + 1/T)): nearly all scales down to T are equally likely (Ingber 1989). */
function veryFast(rng: Rng): number {
  const u = 2 * rng.uniform() - 1;
  const y = FINEST * expm1(Math.abs(u) * log(1 + 1 / FINEST));
  return u < 0 ? -y : y;
}

/** Steps of one length in all directions. */
const round = (n: number): Shape => ({ sigma: WIDE, factor: identity(n) });

/** How far the median lies above the lowest: a natural unit of f, which scales as f does. 0 where all are one. */
function typicalRise(values: Vector): number {
  const sorted = values.slice().sort();
  return sorted.length === 0 ? 0 : sorted[sorted.length >> 1]! - sorted[0]!;
}

/**
 * Simulated annealing in several cycles, each from a new place: a uniform sample of the region gives its first temperature (the median
 * above the lowest) and where it begins; then the temperature falls, by the budget's clock, to `depth` times that.
 *
 * Why these steps: those of Corana et al. (1987) and of Ingber know coordinates only, and stand still in a rotated valley; with steps
 * that learn their shape, a walk follows the valleys of an ellipsoid of condition 10⁶ and of Rosenbrock's function to the end of f's
 * digits. Ingber's heavy-tailed moves along one coordinate, a share of all, go on finding other valleys after those steps have shrunk.
 *
 * Its trace depends on the budget. It asks of f differences, and takes them in units of f's own: 4 f gives the same trace as f.
 * Bounds: steps are reflected at them, which keeps their distribution symmetric, as Metropolis' rule demands. Memory and work: n² a step up to
 * 200 dimensions; beyond, only the length of steps is learned.
 */
export const simulatedAnnealing = defineOptimizer({
  name: "simulated-annealing",
  family: "random-search",
  summary:
    "A walk that goes uphill by chance, ever more rarely as it cools, by steps that learn their shape.",
  references: [
    "Kirkpatrick, Gelatt & Vecchi, Optimization by Simulated Annealing, Science 220, 1983",
    "Vihola, Robust adaptive Metropolis algorithm with coerced acceptance rate, Statistics and Computing 22 (5), 2012",
    "Ingber, Very fast simulated re-annealing, Mathematical and Computer Modelling 12 (8), 1989",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { encodings: ["real"], dimension: [1, Infinity], horizon: true },
  hyperparameters: z.object({
    cycle: z
      .number()
      .gt(0)
      .max(1e9)
      .default(200)
      .meta({
        label: "Cycle",
        help: "Evaluations of one cycle of cooling, in multiples of n², since a shape has that many numbers to learn. The budget is divided into equal cycles of about this length.",
        scale: "log",
        range: [20, 2000],
      }),
    heat: z
      .number()
      .min(0)
      .max(1e6)
      .default(1)
      .meta({
        label: "Heat",
        help: "The first temperature, in units of how far the median of a sample lies above its lowest value.",
        scale: "log",
        range: [0.01, 10],
      }),
    depth: z
      .number()
      .min(1e-300)
      .max(1)
      .default(1e-16)
      .meta({
        label: "Depth",
        help: "The last temperature of a cycle as a share of the first: about the precision that is wanted.",
        scale: "log",
        range: [1e-16, 1e-2],
      }),
    coordinates: z
      .number()
      .min(0)
      .max(1)
      .default(0.3)
      .meta({
        label: "Coordinate moves",
        help: "The share of moves that change one coordinate only, by steps of any length.",
        scale: "linear",
        range: [0, 0.5],
      }),
    acceptance: z
      .number()
      .min(0.01)
      .max(0.9)
      .default(0.234)
      .meta({
        label: "Acceptance",
        help: "The share of steps that are taken once their length has adapted (0.234 mixes best in many dimensions).",
        scale: "linear",
        range: [0.1, 0.5],
      }),
  }),
  create(settings, { dimension: n, region, bounds }, horizon) {
    const units = unitsOf(region);
    const cycles = Math.max(1, Math.round(horizon / (settings.cycle * n * n)));
    /** Answers of a cycle, and of the sample at its beginning. */
    const length = Math.max(2, Math.floor(horizon / cycles));
    const samples = Math.max(1, Math.min(20 + 2 * n, Math.floor(length / 20)));
    const [eta, damping] = [Math.min(0.5, 3 / n), 1 + n / 2];

    /** The next question of a walk at x. */
    function move(
      x: Vector,
      { sigma, factor }: Shape,
      rng: Rng,
    ): { readonly trial: Vector; readonly z: Vector } {
      const trial = x.slice();
      if (settings.coordinates > 0 && rng.uniform() < settings.coordinates) {
        const j = rng.integer(n);
        trial[j] = trial[j]! + units[j]! * veryFast(rng);
        return { trial: mirror(trial, bounds), z: none };
      }
      const z = rng.fillNormal(freshVector(n));
      const y = times(factor, z);
      for (let j = 0; j < n; j++) trial[j] = trial[j]! + units[j]! * sigma * y[j]!;
      return { trial: mirror(trial, bounds), z };
    }

    return {
      init: (start): State => ({
        x: start,
        loss: Infinity,
        best: start,
        lowest: Infinity,
        shape: round(n),
        hottest: 0,
        cycle: 0,
        asked: 0,
        sample: none,
        trial: start,
        z: none,
      }),
      ask: ({ trial }) => ({ queries: [{ kind: "value", x: trial }] }),
      tell(state, outcomes, rng): State {
        const value = lossOf(outcomes[0]!);
        const asked = state.asked + 1;
        const [best, lowest] = value < state.lowest ? [state.trial, value] : [state.best, state.lowest];
        if (asked >= length)
          return {
            ...state,
            loss: Infinity,
            best,
            lowest,
            shape: round(n),
            hottest: 0,
            cycle: state.cycle + 1,
            asked: 0,
            sample: none,
            trial: uniformRows(1, region, rng),
            z: none,
          };

        let { x, loss, shape, hottest, sample } = state;
        if (asked <= samples) {
          if (value < loss || asked === 1) [x, loss] = [state.trial, value];
          if (value < Infinity) sample = Float64Array.of(...sample, value);
          if (asked < samples)
            return { ...state, x, loss, best, lowest, asked, sample, trial: uniformRows(1, region, rng) };
          hottest = Math.min(Number.MAX_VALUE, settings.heat * typicalRise(sample));
          sample = none;
        } else {
          const time = (asked - samples) / (length - samples);
          const alpha = acceptance(loss, value, temperatureAt(time, hottest, settings.depth));
          if (alpha === 1 || rng.uniform() < alpha) [x, loss] = [state.trial, value];
          if (state.z.length > 0) shape = adapted(shape, state.z, alpha - settings.acceptance, eta, damping);
        }
        return { ...state, x, loss, best, lowest, shape, hottest, asked, sample, ...move(x, shape, rng) };
      },
      recommend: ({ best }) => best,
      metrics: ({ loss, hottest, asked, shape, cycle }) => ({
        // f where the walk stands, to be held against the best
        energy: loss < Infinity ? loss : Number.MAX_VALUE,
        temperature: temperatureAt(
          Math.max(0, asked - samples) / Math.max(1, length - samples),
          hottest,
          settings.depth,
        ),
        sigma: shape.sigma,
        cycle,
      }),
    };
  },
});
