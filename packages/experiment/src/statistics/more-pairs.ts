// How many more pairs would tell: quickly, from z, which grows with the root of their number; power by simulation is moreSeeds'.
import { normalQuantile } from "./normal.ts";
import { wilcoxonSignedRank } from "./wilcoxon.ts";

/** Up to here the estimate is put right by the exact test. */
const EXACT_UP_TO = 50;
/** Beyond as many more nobody would go. */
const MOST = 1000;

/**
 * How many more pairs that differ as these do (a[i], b[i]) would bring the two-sided p of the signed-rank test to `level`; undefined
 * where not even 1,000 would. At least 1.
 */
export function morePairs(a: ArrayLike<number>, b: ArrayLike<number>, level: number): number | undefined {
  const n = a.length;
  const z = n === 0 ? 0 : -normalQuantile(wilcoxonSignedRank(a, b, { exact: false }).p / 2);
  if (!(z > 0)) return undefined;
  const root = normalQuantile(level / 2) / z;
  let wanted = Math.max(n + 1, Math.ceil(n * root * root));
  if (wanted > n + MOST) return undefined;
  // the same pairs again and again
  const repeated = (from: ArrayLike<number>, count: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => from[i % n]!);
  const tells = (count: number): boolean =>
    wilcoxonSignedRank(repeated(a, count), repeated(b, count)).p <= level;
  while (wanted <= EXACT_UP_TO && !tells(wanted)) wanted++;
  while (wanted <= EXACT_UP_TO && wanted - 1 > n && tells(wanted - 1)) wanted--;
  return wanted - n;
}
