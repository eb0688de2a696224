// Wilcoxon's signed-rank test of pairs (1945), exact for few pairs whatever is tied, with Pratt's (1959) treatment of equal pairs.
import { normalTwoSided } from "./normal.ts";
import { midranks, tieTerm } from "./ranks.ts";

/**
 * What becomes of pairs that are equal. "pratt": they are ranked, and then left out (the default: equal pairs speak for no
 * difference, and so make the test more careful). "wilcox": they are left out, and then the others are ranked.
 * "split": they are ranked, and half of their ranks goes to either side.
 */
export type Zeros = "pratt" | "wilcox" | "split";

export interface WilcoxonOptions {
  readonly zeros?: Zeros;
  /** Default: for up to 50 pairs that differ. Else the normal approximation with the correction for ties, without one for continuity. */
  readonly exact?: boolean;
}

export interface SignedRank {
  /** Sum of the ranks of the pairs in which the first is larger, and in which it is smaller. */
  readonly plus: number;
  readonly minus: number;
  /** Pairs that differ, and pairs that do not. */
  readonly n: number;
  readonly zeros: number;
  /** Two-sided; 1 where no pair differs. */
  readonly p: number;
  readonly exact: boolean;
}

const EXACT_UP_TO = 50;

/**
 * Whether a[i] − b[i] lean to one side. Two that are both +Infinity (both runs were lost) are equal; where one is, the
 * difference is the largest there is, and several of those are tied. NaN counts as +Infinity.
 * @throws RangeError where there are not as many of one as of the other.
 */
export function wilcoxonSignedRank(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: WilcoxonOptions = {},
): SignedRank {
  if (a.length !== b.length)
    throw new RangeError(`wilcoxonSignedRank: ${a.length} and ${b.length} values; give pairs.`);
  const { zeros: method = "pratt" } = options;
  const all = Array.from({ length: a.length }, (_, i) => difference(a[i]!, b[i]!));
  const differences = method === "wilcox" ? all.filter((d) => d !== 0) : all;
  const { ranks } = midranks(differences.map(Math.abs));
  const signed = differences.flatMap((d, i) => (d === 0 ? [] : [{ positive: d > 0, rank: ranks[i]! }]));
  const n = signed.length;
  const zeros = all.length - n;
  let [plus, minus] = [0, 0];
  for (const { positive, rank } of signed) {
    if (positive) plus += rank;
    else minus += rank;
  }
  const exact = options.exact ?? n <= EXACT_UP_TO;
  const p =
    n === 0
      ? 1
      : exact
        ? exactTwoSided(
            signed.map(({ rank }) => rank),
            plus,
          )
        : normalTwoSided(standardised(differences, plus, minus, method));
  const half = method === "split" ? (zeros * (zeros + 1)) / 4 : 0;
  return { plus: plus + half, minus: minus + half, n, zeros, p, exact };
}

function difference(a: number, b: number): number {
  const [x, y] = [Number.isNaN(a) ? Infinity : a, Number.isNaN(b) ? Infinity : b];
  return x === y ? 0 : x - y;
}

/** The distribution of the sum when each rank is in it or not by the toss of a coin; ranks are halves, so twice them are whole. */
function exactTwoSided(ranks: readonly number[], plus: number): number {
  const doubled = ranks.map((rank) => Math.round(2 * rank));
  const total = doubled.reduce((sum, rank) => sum + rank, 0);
  const chance = new Float64Array(total + 1);
  chance[0] = 1;
  let reach = 0;
  for (const rank of doubled) {
    reach += rank;
    for (let s = reach; s >= 0; s--) chance[s] = (chance[s]! + (s >= rank ? chance[s - rank]! : 0)) / 2;
  }
  // it is symmetric: as far from the middle on either side
  const far = Math.min(Math.round(2 * plus), total - Math.round(2 * plus));
  let tail = 0;
  for (let s = 0; s <= far; s++) tail += chance[s]!;
  return Math.min(1, 2 * tail);
}

/** (plus − its mean) / its deviation, as in Cureton (1967) where equal pairs were ranked. */
function standardised(differences: readonly number[], plus: number, minus: number, method: Zeros): number {
  const count = differences.length;
  const zero = differences.filter((d) => d === 0).length;
  const { ties } = midranks(
    (method === "split" ? differences : differences.filter((d) => d !== 0)).map(Math.abs),
  );
  const variance =
    (count * (count + 1) * (2 * count + 1) -
      (method === "pratt" ? zero * (zero + 1) * (2 * zero + 1) : 0) -
      tieTerm(ties) / 2) /
    24;
  return (plus - minus) / 2 / Math.sqrt(variance);
}
