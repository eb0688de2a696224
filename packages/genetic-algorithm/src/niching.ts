// Niching: children compete with members that are like them, so that a population holds several optima at once.
//
// Mahfoud, "Crowding and Preselection Revisited", PPSN 2, 1992 (deterministic crowding); Harik, "Finding Multimodal Solutions Using
// Restricted Tournament Selection", ICGA 1995; mates that are alike: Deb & Goldberg, ICGA 1989.
import { lossOf, type Domain, type Outcome, type Vector, freshVector } from "@basin/objective";
import type { Rng } from "@basin/random";
import type { Ancestry } from "./mutation/mutation.ts";
import { ranked, type Members } from "./population.ts";

/** How unlike two rows are, that of `a` which begins at i and that of `b` which begins at k; comparable, no more. */
export type Distance = (a: Vector, i: number, b: Vector, k: number) => number;

/** Of real vectors and bits, squares of differences in widths of the region; of permutations, places that differ. */
export function distanceIn({ encoding, dimension: n, region: { lower, upper } }: Domain): Distance {
  const weights = upper.map((u, j) => (u > lower[j]! ? 1 / (u - lower[j]!) : 1));
  if (encoding === "permutation")
    return (a, i, b, k) => {
      let places = 0;
      for (let j = 0; j < n; j++) if (a[i + j] !== b[k + j]) places++;
      return places;
    };
  return (a, i, b, k) => {
    let sum = 0;
    for (let j = 0; j < n; j++) {
      const d = (a[i + j]! - b[k + j]!) * weights[j]!;
      sum += d * d;
    }
    return sum;
  };
}

/** The member most like a among `window` others drawn at random; a itself where there are no others. */
export function likest(
  parents: Vector,
  a: number,
  window: number,
  n: number,
  distance: Distance,
  rng: Rng,
): number {
  const count = parents.length / n;
  let [nearest, least] = [a, Infinity];
  for (let k = 0; k < Math.min(window, count - 1); k++) {
    const b = (a + 1 + rng.integer(count - 1)) % count;
    const d = distance(parents, a * n, parents, b * n);
    if (d < least) [nearest, least] = [b, d];
  }
  return nearest;
}

/** Steps as wide as two parents are apart, since the population as a whole stays as wide as its niches are. */
export function ancestryOfPair({ parents, values }: Members, a: number, b: number, n: number): Ancestry {
  const spread = freshVector(n);
  for (let j = 0; j < n; j++) {
    const [x, y] = [parents[a * n + j]!, parents[b * n + j]!];
    spread[j] = Math.max(Math.abs(x - y) / 2, 2e-16 * Math.abs(x), 1e-300);
  }
  return { parents, count: values.length, spread };
}

/** A population in which children take places one by one; the copies are its own. */
function challenged(members: Members, children: Vector, childSteps: Vector, n: number) {
  const [rows, values, steps] = [members.parents.slice(), members.values.slice(), members.steps.slice()];
  return {
    rows,
    count: values.length,
    /** Member i gives way to a child that is better. */
    challenge(i: number, child: number, outcome: Outcome<"value">): void {
      const value = lossOf(outcome);
      if (!(value < values[i]!)) return;
      values[i] = value;
      steps[i] = childSteps[child]!;
      rows.set(children.subarray(child * n, (child + 1) * n), i * n);
    },
    settled: (): Members => ranked({ parents: rows, values, steps }, n),
  };
}

/**
 * Deterministic crowding: two children compete with their two parents, each with the one that it is more like, the sum of the two distances
 * being the smaller. `rivals` holds the parents' indices, shape [children]. Children without an answer do not compete.
 */
export function crowded(
  members: Members,
  rivals: Readonly<Int32Array>,
  children: Vector,
  childSteps: Vector,
  outcomes: readonly Outcome<"value">[],
  n: number,
  distance: Distance,
): Members {
  const population = challenged(members, children, childSteps, n);
  const { parents } = members;
  for (let child = 0; child < outcomes.length; child += 2) {
    const [a, b] = [rivals[child]!, rivals[child + 1]!];
    const [c, d] = [child * n, (child + 1) * n];
    const straight = distance(parents, a * n, children, c) + distance(parents, b * n, children, d);
    const crossed = distance(parents, b * n, children, c) + distance(parents, a * n, children, d);
    const [first, second] = straight <= crossed ? [a, b] : [b, a];
    population.challenge(first, child, outcomes[child]!);
    if (child + 1 < outcomes.length) population.challenge(second, child + 1, outcomes[child + 1]!);
  }
  return population.settled();
}

/** Restricted tournaments: each child competes with the member most like it among `window` drawn at random. */
export function restricted(
  members: Members,
  children: Vector,
  childSteps: Vector,
  outcomes: readonly Outcome<"value">[],
  window: number,
  n: number,
  distance: Distance,
  rng: Rng,
): Members {
  const population = challenged(members, children, childSteps, n);
  const { rows, count } = population;
  for (let child = 0; child < outcomes.length; child++) {
    let [nearest, least] = [0, Infinity];
    for (const i of rng.sample(count, Math.min(window, count))) {
      const d = distance(rows, i * n, children, child * n);
      if (d < least) [nearest, least] = [i, d];
    }
    population.challenge(nearest, child, outcomes[child]!);
  }
  return population.settled();
}
