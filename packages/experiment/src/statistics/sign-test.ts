// The sign test (Arbuthnott 1710; Conover 1999, § 3.4): whether one of two is lower more often than chance would have it.

/**
 * P(X ≥ k) for X ~ Bin(n, ½), exactly as sums of binomial coefficients over 2ⁿ; from + − × ÷ alone.
 * Terms below 10⁻³⁰⁰ of the largest are lost for n in the thousands, far below what any decision needs.
 */
export function binomialTail(k: number, n: number): number {
  if (k <= 0) return 1;
  if (k > n) return 0;
  // P(X = i) relative to the middle term, outwards, so that nothing underflows where it matters
  const middle = Math.floor(n / 2);
  const weights = new Float64Array(n + 1);
  weights[middle] = 1;
  for (let i = middle; i < n; i++) weights[i + 1] = (weights[i]! * (n - i)) / (i + 1);
  for (let i = middle; i > 0; i--) weights[i - 1] = (weights[i]! * i) / (n - i + 1);
  let [tail, all] = [0, 0];
  // from the small terms to the large ones on either side
  for (let i = n; i > middle; i--) {
    all += weights[i]!;
    if (i >= k) tail += weights[i]!;
  }
  let rest = 0;
  let restTail = 0;
  for (let i = 0; i <= middle; i++) {
    rest += weights[i]!;
    if (i >= k) restTail += weights[i]!;
  }
  return Math.min(1, (tail + restTail) / (all + rest));
}

/** Two-sided p-value of `wins` against `losses`; ties have been left out (they say nothing about which is lower). */
export function signTest(wins: number, losses: number): number {
  const n = wins + losses;
  return n === 0 ? 1 : Math.min(1, 2 * binomialTail(Math.max(wins, losses), n));
}

/**
 * How many more decided pairs, won at the same rate, would bring the p-value to `level`; undefined where even 1,000 would not.
 */
export function pairsToTell(wins: number, losses: number, level: number): number | undefined {
  const n = wins + losses;
  if (n === 0) return undefined;
  const share = Math.max(wins, losses) / n;
  for (let more = 1; more <= 1000; more++) {
    const won = Math.floor(share * (n + more));
    if (2 * binomialTail(won, n + more) <= level) return more;
  }
  return undefined;
}
