// A genetic algorithm, real-coded first of all, whose mutation adapts, and which starts anew where it has converged.
//
// Holland, "Adaptation in Natural and Artificial Systems", 1975; real-coded operators: one file each, with its paper;
// self-adaptation: Schwefel, "Numerical Optimization of Computer Models", 1981; restarts with a growing population: Auger
// & Hansen, CEC 2005.
import { exp, pow } from "@basin/math";
import { type Domain, type Outcome, type Vector, freshVector } from "@basin/objective";
import { defineOptimizer, type Search } from "@basin/optimizer";
import type { Rng } from "@basin/random";
import { principalAxes, turnBack, type Axes } from "./axes.ts";
import { bringBack } from "./bounds.ts";
import { marksOf, rowsSeen } from "./duplicates.ts";
import type { Ancestry } from "./mutation/mutation.ts";
import { ancestryOfPair, crowded, distanceIn, likest, restricted } from "./niching.ts";
import { TRIES, operatorsOf, type GeneticSettings } from "./operators.ts";
import { askAbout, nobody, spreadOf, survivors, type Members } from "./population.ts";
import { hyperparameters } from "./settings.ts";

export type GeneticState = {
  readonly members: Members;
  /** The questions, shape [size or offspring × n], and the step sizes that they were made with, one for each. */
  readonly children: Vector;
  readonly childSteps: Vector;
  /** Under crowding, indices of the children's parents, one for each; otherwise empty. */
  readonly rivals: Readonly<Int32Array>;
  /** How wide steps are in each coordinate, or along each axis: the spread of the members, or what is left of former ones. Shape [n]. */
  readonly scale: Vector;
  /** Members of the population; it grows with each restart. */
  readonly size: number;
  /** Generations since the best member of this population last improved. */
  readonly stale: number;
  readonly restarts: number;
  /** Lowest point of all populations, the start before any answer; and its loss. */
  readonly best: Vector;
  readonly loss: number;
};

/** Step sizes stay within these, in units of the scale: further out they could not come back. */
const [SMALLEST, LARGEST] = [1e-3, 1e3];
/** Converged: the population is this narrow, of the region's width, or in values, of the best one's. */
const NARROW = 1e-12;
const FLAT = 1e-14;
/** Generations without improvement: many end a population, few do where all its values are equal. */
const PATIENCE = 100;
const PATIENCE_WHEN_FLAT = 20;
/** A population grows to at most so many times its first size. */
const MOST = 128;

const nobodyYet = new Int32Array(0);

function searchOf(settings: GeneticSettings, domain: Domain): Search<GeneticState, "value"> {
  const n = domain.dimension;
  const { bounds, region } = domain;
  const { crossoverRate, mutationRate, niching } = settings;
  // what is kept in niches is not thrown away
  const restartGrowth = niching === "none" ? settings.restartGrowth : 0;
  const { select, cross, exchange, mutate, first, anew } = operatorsOf(settings, domain);
  const blockRate = exchange === undefined ? 0 : settings.blockRate;
  const turned = settings.axes === "principal" && domain.encoding === "real";
  const [distance, marks] = [distanceIn(domain), marksOf(domain.encoding, n)];
  const firstSize = settings.populationSize + (settings.populationSize % 2);
  /** Children in a generation of so many members. */
  const offspringOf = (size: number): number =>
    settings.offspring === 0 ? size : settings.offspring + (settings.offspring % 2);
  // Schwefel's rate of learning for one step size
  const learning = 1 / Math.sqrt(2 * n);
  const patience = PATIENCE + 5 * n;
  // A population that narrows faster than it can learn has lost its variety by chance, and steps that narrowed with it
  // would never bring it back. Elitist methods approach the minimum of a sphere no faster than 1 − 1/n a generation or so.
  const narrowing = Math.max(0.5, 1 - 1 / n);

  /** Writes two children of members a and b into rows of the caller's own `children`, and their step sizes. */
  function breed(
    { parents, steps }: Members,
    ancestry: Ancestry,
    axes: Axes | undefined,
    a: number,
    b: number,
    children: Float64Array,
    childSteps: Float64Array,
    child: number,
    rng: Rng,
  ): void {
    const c = child * n;
    const crossed = rng.uniform() < crossoverRate;
    if (!crossed)
      for (let j = 0; j < n; j++) {
        children[c + j] = parents[a * n + j]!;
        children[c + n + j] = parents[b * n + j]!;
      }
    else if (blockRate > 0 && rng.uniform() < blockRate)
      exchange!(parents, a * n, b * n, children, c, n, rng);
    else if (axes === undefined) cross(parents, a * n, b * n, children, c, n, rng);
    else {
      cross(axes.members, a * n, b * n, children, c, n, rng);
      turnBack(children, c, n, axes.basis, parents);
      turnBack(children, c + n, n, axes.basis, parents);
    }
    for (let second = 0; second < 2; second++) {
      const parent = second === 0 ? a : b;
      // σ ← √(σₐ σ_b) · exp(N(0, 1) / √2n)
      const inherited = crossed ? Math.sqrt(steps[a]! * steps[b]!) : steps[parent]!;
      const mutated = !crossed || rng.uniform() < mutationRate;
      const at = c + second * n;
      const step = mutated
        ? Math.min(Math.max(inherited * exp(learning * rng.normal()), SMALLEST), LARGEST)
        : inherited;
      childSteps[child + second] = step;
      if (mutated) mutate(children, at, n, step, ancestry, rng);
      bringBack(children, at, n, bounds, parents, parent * n);
    }
  }

  /** Scratch of `differ`: what is in it between calls means nothing. */
  let room = 2 * firstSize;
  let seen = rowsSeen(room, marks);

  /** Mutates children that are copies of a member or of a child before them; the children are the caller's own. */
  function differ(
    { parents }: Members,
    ancestry: Ancestry,
    children: Float64Array,
    childSteps: Vector,
    rng: Rng,
  ): void {
    const rows = (parents.length + children.length) / n;
    if (rows > room) seen = rowsSeen((room = rows), marks);
    else seen.clear();
    for (let at = 0; at < parents.length; at += n) seen.add(parents, at);
    for (let child = 0, at = 0; at < children.length; child++, at += n)
      for (let tries = 0; !seen.add(children, at) && tries < TRIES; tries++) {
        mutate(children, at, n, childSteps[child]!, ancestry, rng);
        bringBack(children, at, n, bounds, parents, 0);
      }
  }

  /** Who lives on after these answers. */
  function successors(
    { members, children, childSteps, rivals, size }: GeneticState,
    outcomes: readonly Outcome<"value">[],
    rng: Rng,
  ): Members {
    const settled = members.values.length > 0;
    if (settled && niching === "crowding")
      return crowded(members, rivals, children, childSteps, outcomes, n, distance);
    if (settled && niching === "restricted-tournament")
      return restricted(members, children, childSteps, outcomes, settings.window, n, distance, rng);
    // where there are fewer children than members, more members live on
    const elites = Math.max(1, Math.round(settings.elites * size), size - offspringOf(size));
    return survivors(members, elites, children, childSteps, outcomes, size, n, roomFor);
  }

  /** Rows of members that no state holds any more. */
  let spare: Float64Array | undefined;
  function roomFor(length: number): Float64Array {
    if (spare?.length !== length) return freshVector(length);
    const rows = spare;
    spare = undefined;
    return rows;
  }

  /** Whether nothing more can come of this population. */
  function isDone({ parents, values }: Members, spread: Vector, generations: number, size: number): boolean {
    if (restartGrowth === 0) return false;
    // a generation is as many children as there are members
    const stale = (generations * offspringOf(size)) / size;
    if (stale > patience) return true;
    const [best, worst] = [values[0]!, values.at(-1)!];
    // where all have failed, the difference is NaN, and patience decides
    if (stale > PATIENCE_WHEN_FLAT && worst - best <= FLAT * Math.abs(best)) return true;
    for (let j = 0; j < n; j++) {
      const rounding = 4e-16 * Math.abs(parents[j]!);
      if (spread[j]! > Math.max(NARROW * (region.upper[j]! - region.lower[j]!), rounding)) return false;
    }
    return stale > 0;
  }

  return {
    init: (start, rng): GeneticState => ({
      members: nobody,
      children: first(start, firstSize, rng),
      scale: freshVector(n),
      childSteps: freshVector(firstSize).fill(1),
      rivals: nobodyYet,
      size: firstSize,
      stale: 0,
      restarts: 0,
      best: start,
      loss: Infinity,
    }),
    ask: (state) => askAbout(state.children, n),
    tell(state, outcomes: readonly Outcome<"value">[], rng): GeneticState {
      const { size } = state;
      const members = successors(state, outcomes, rng);
      const { parents, values } = members;
      const improved = values[0]! < state.loss;
      const best = improved ? parents.slice(0, n) : state.best;
      const loss = improved ? values[0]! : state.loss;
      const before = state.members.values;
      const stale = before.length === 0 || values[0]! < before[0]! ? 0 : state.stale + 1;
      const spread = spreadOf(parents, n);
      const offspring = offspringOf(size);
      const axes = turned ? principalAxes(parents, n) : undefined;
      const scale = axes === undefined ? spread.slice() : Float64Array.from(axes.spread);
      if (before.length > 0) {
        const least = offspring === size ? narrowing : pow(narrowing, offspring / size);
        // of axes, the narrowest is compared with the narrowest before, and so on
        for (let j = 0; j < n; j++) scale[j] = Math.max(scale[j]!, least * state.scale[j]!);
      }

      if (isDone(members, spread, stale, size)) {
        const larger = 2 * Math.round(Math.min(MOST * firstSize, restartGrowth * size) / 2);
        const next = Math.max(2, larger);
        return {
          members: nobody,
          children: anew(next, rng),
          scale: state.scale,
          childSteps: freshVector(next).fill(1),
          rivals: nobodyYet,
          size: next,
          stale: 0,
          restarts: state.restarts + 1,
          best,
          loss,
        };
      }

      const children = freshVector(offspring * n);
      const childSteps = freshVector(offspring);
      const count = values.length;
      const ancestry: Ancestry = { parents, count, spread: scale, axes: axes?.basis };
      const crowding = niching === "crowding";
      const rivals = crowding ? new Int32Array(offspring) : nobodyYet;
      const pairs = crowding ? rng.permutation(count) : nobodyYet;
      const draw = select(values, count);
      for (let child = 0; child < offspring; child += 2) {
        let a: number, b: number;
        if (crowding) {
          [a, b] = [pairs[child % count]!, pairs[(child + 1) % count]!];
          rivals[child] = a;
          rivals[child + 1] = b;
        } else if (niching === "restricted-tournament") {
          // all members with the same chance, and with one that is like them
          a = rng.integer(count);
          b = likest(parents, a, settings.window, n, distance, rng);
        } else {
          a = draw(rng);
          b = draw(rng);
          // two different parents, if there are two
          if (b === a && count > 1) b = (a + 1 + rng.integer(count - 1)) % count;
        }
        const around = niching === "none" || a === b ? ancestry : ancestryOfPair(members, a, b, n);
        breed(members, around, axes, a, b, children, childSteps, child, rng);
      }
      if (!settings.duplicates) differ(members, ancestry, children, childSteps, rng);
      const { restarts } = state;
      return { members, children, childSteps, rivals, scale, size, stale, restarts, best, loss };
    },
    recommend: (state) => state.best,
    recycle({ members }, present) {
      if (members.parents !== present.members.parents) spare = members.parents as Float64Array;
    },
    metrics: ({ members, size, restarts }) => ({
      step: members.steps[0] ?? 1,
      spread: members.values.length === 0 ? 1 : widest(spreadOf(members.parents, n), domain),
      population: size,
      restarts,
    }),
  };
}

/** The largest spread of a coordinate, in widths of the region. */
function widest(spread: Vector, { region: { lower, upper } }: Domain): number {
  let most = 0;
  for (let j = 0; j < spread.length; j++) {
    const width = upper[j]! - lower[j]!;
    if (width > 0) most = Math.max(most, spread[j]! / width);
  }
  return Math.min(most, Number.MAX_VALUE);
}

/**
 * Genetic algorithm. The first individual of the first population is the start; of the others, half lie around
 * it at all distances and half anywhere in the region. Steps of mutation are as wide in each coordinate as the
 * population is (or was of late, so that variety lost by chance comes back), times a size that each member inherits, varies and passes on; so it converges at a steady rate wherever
 * the minimum lies and whatever the scales. Once converged, a larger population is drawn from the region.
 * With `offspring: 2` it is a steady-state method; with `niching`, it keeps several optima, which are in `state.members`; with `axes:
 * "principal"`, crossover and steps follow oblique valleys. No member is a copy of another, unless `duplicates` are allowed.
 * Bounds: children outside are mirrored at the edge. Failures rank last. Bits are exchanged (uniform or one-point crossover)
 * and flipped, as many as the step size says; permutations are crossed in order and inverted in part.
 */
export const geneticAlgorithm = defineOptimizer({
  name: "genetic-algorithm",
  family: "genetic-algorithm",
  summary: "A population whose best members are crossed and mutated, generation after generation.",
  references: [
    "Holland, Adaptation in Natural and Artificial Systems, University of Michigan Press, 1975",
    "Eshelman & Schaffer, Real-Coded Genetic Algorithms and Interval-Schemata, Foundations of Genetic Algorithms 2, 1993",
    "Davis, Applying Adaptive Algorithms to Epistatic Domains, IJCAI 1985",
    "Schwefel, Numerical Optimization of Computer Models, Wiley, 1981",
    "Mahfoud, Crowding and Preselection Revisited, PPSN 2, 1992",
    "Harik, Finding Multimodal Solutions Using Restricted Tournament Selection, ICGA 1995",
    "Takahashi & Kita, A Crossover Operator Using Independent Component Analysis for Real-Coded Genetic Algorithms, CEC 2001",
    "Auger & Hansen, A Restart CMA Evolution Strategy With Increasing Population Size, CEC 2005",
  ],
  needs: ["value"],
  requires: { encodings: ["real", "bits", "permutation"] },
  hyperparameters,
  create: searchOf,
});
