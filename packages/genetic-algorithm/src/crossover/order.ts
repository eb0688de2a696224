// Order crossover of permutations (Davis 1985): a stretch of one parent in its place, the rest in the order of the other.
import type { Vector } from "@basin/objective";
import type { Crossover } from "./crossover.ts";

/** One child: the places from … to (going round the end) from the row at `a`, the others from that at `b`, in its order. */
function inherit(
  parents: Vector,
  a: number,
  b: number,
  children: Float64Array,
  c: number,
  n: number,
  from: number,
  length: number,
): void {
  const taken = new Uint8Array(n);
  for (let k = 0, j = from; k < length; k++, j = j + 1 === n ? 0 : j + 1) {
    children[c + j] = parents[a + j]!;
    taken[parents[a + j]!] = 1;
  }
  // both are read and filled from the place after the stretch, going round
  let to = (from + length) % n;
  for (let k = 0, j = to; k < n; k++, j = j + 1 === n ? 0 : j + 1) {
    const item = parents[b + j]!;
    if (taken[item] === 1) continue;
    children[c + to] = item;
    to = to + 1 === n ? 0 : to + 1;
  }
}

/** The stretch begins anywhere and has 1 … n − 1 places; both children have the same one. */
export const order: Crossover = (parents, a, b, children, c, n, rng) => {
  const from = rng.integer(n);
  const length = n > 1 ? 1 + rng.integer(n - 1) : 1;
  inherit(parents, a, b, children, c, n, from, length);
  inherit(parents, b, a, children, c + n, n, from, length);
};
