// A battery of statistical tests of 32-bit words, each giving the probability of a worse result were the words random.
// Knuth, "The Art of Computer Programming" 2, § 3.3.2 (frequency, serial, gap, run tests); Marsaglia & Zaman 1993 (birthday
// spacings); Marsaglia & Tsay 1985 (ranks of binary matrices); Blackman & Vigna 2021 (dependence of Hamming weights).

/** Gives the next word, as an unsigned integer. */
export type Source = () => number;

/** ln Γ(x) for x > 0: Stirling's series after shifting x above 10. */
function logGamma(x: number): number {
  let shift = 0;
  for (; x < 10; x++) shift -= Math.log(x);
  const y = 1 / (x * x);
  return (
    shift +
    (x - 0.5) * Math.log(x) -
    x +
    0.5 * Math.log(2 * Math.PI) +
    (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x
  );
}

/** Q(a, x) = Γ(a, x) / Γ(a): a series for small x, Lentz's continued fraction for large x. */
function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; term > sum * 1e-16; n++) {
      term *= x / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 10000; i++) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return front * h;
}

/** Probability that χ² with this many degrees of freedom exceeds the value. */
export const chiSquareTail = (value: number, freedom: number): number => upperGamma(freedom / 2, value / 2);

/** Probability that a normal deviate is at least this far from 0. */
export const normalTail = (z: number): number => upperGamma(0.5, (z * z) / 2);

/** χ² of counts against their probabilities; neighbours are merged until each cell expects at least 10. */
export function chiSquare(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i++) total += counts[i]!;
  const cells: { expected: number; seen: number }[] = [];
  let [expected, seen] = [0, 0];
  for (let i = 0; i < counts.length; i++) {
    expected += probabilities[i]! * total;
    seen += counts[i]!;
    if (expected >= 10) {
      cells.push({ expected, seen });
      [expected, seen] = [0, 0];
    }
  }
  const last = cells.at(-1);
  if (last === undefined || cells.length < 2) throw new Error(`${total} observations are too few`);
  last.expected += expected;
  last.seen += seen;
  const sum = cells.reduce((all, cell) => all + (cell.seen - cell.expected) ** 2 / cell.expected, 0);
  return chiSquareTail(sum, cells.length - 1);
}

const uniformOver = (cells: number): Float64Array => new Float64Array(cells).fill(1 / cells);

/** Frequency of each byte, all four lanes apart. */
function bytes(next: Source, n: number): number {
  const counts = new Int32Array(1024);
  for (let i = 0; i < n; i++) {
    const word = next();
    for (let lane = 0; lane < 4; lane++) counts[256 * lane + ((word >>> (8 * lane)) & 255)]!++;
  }
  // The lanes' totals are fixed, so three degrees of freedom fewer than χ² over 1024 cells; too few to matter among 1020.
  return chiSquare(counts, uniformOver(1024));
}

/** Pairs of neighbours by their highest six bits: 4096 cells. */
function pairs(next: Source, n: number): number {
  const counts = new Int32Array(4096);
  for (let i = 0; i < n; i += 2) counts[((next() >>> 26) << 6) | (next() >>> 26)]!++;
  return chiSquare(counts, uniformOver(4096));
}

/** Triples of neighbours by their lowest four bits: 4096 cells. */
function lowTriples(next: Source, n: number): number {
  const counts = new Int32Array(4096);
  for (let i = 0; i < n; i += 3) counts[((next() & 15) << 8) | ((next() & 15) << 4) | (next() & 15)]!++;
  return chiSquare(counts, uniformOver(4096));
}

/** Correlation of each word with the next. */
function serialCorrelation(next: Source, n: number): number {
  let before = next() / 2 ** 32 - 0.5;
  let sum = 0;
  for (let i = 1; i < n; i++) {
    const now = next() / 2 ** 32 - 0.5;
    sum += before * now;
    before = now;
  }
  // Each product has mean 0 and variance 1/144.
  return normalTail((sum * 12) / Math.sqrt(n - 1));
}

/** Lengths of gaps between visits to [0, 1/16): geometric. */
function gaps(next: Source, n: number): number {
  const counts = new Int32Array(128);
  let gap = 0;
  for (let i = 0; i < n; i++) {
    if (next() < 2 ** 28) {
      counts[Math.min(gap, 127)]!++;
      gap = 0;
    } else gap++;
  }
  const p = 1 / 16;
  const probabilities = Float64Array.from({ length: 128 }, (_, r) =>
    r < 127 ? p * (1 - p) ** r : (1 - p) ** 127,
  );
  return chiSquare(counts, probabilities);
}

/** Lengths of ascending runs; the word that ends a run is thrown away, so that runs are independent: P(r) = 1/r! − 1/(r+1)!. */
function runs(next: Source, n: number): number {
  const counts = new Int32Array(8);
  let length = 1;
  let before = next();
  for (let i = 1; i < n; i++) {
    const now = next();
    if (now > before) {
      length++;
      before = now;
    } else {
      counts[Math.min(length, 8) - 1]!++;
      length = 1;
      before = next();
      i++;
    }
  }
  let factorial = 1;
  const probabilities = Float64Array.from({ length: 8 }, (_, k) => {
    const r = k + 1;
    factorial *= r;
    return r < 8 ? 1 / factorial - 1 / (factorial * (r + 1)) : 1 / factorial;
  });
  return chiSquare(counts, probabilities);
}

/** 512 birthdays in a year of 2²⁴ days: the number of equal spacings is nearly Poisson with mean 512³ / (4·2²⁴) = 2. */
function birthdays(next: Source, n: number): number {
  const counts = new Int32Array(12);
  const days = new Uint32Array(512);
  const spacings = new Uint32Array(511);
  for (let year = 0; year < n / 512; year++) {
    for (let i = 0; i < 512; i++) days[i] = next() >>> 8;
    days.sort();
    for (let i = 1; i < 512; i++) spacings[i - 1] = days[i]! - days[i - 1]!;
    spacings.sort();
    let equal = 0;
    for (let i = 1; i < 511; i++) if (spacings[i] === spacings[i - 1]) equal++;
    counts[Math.min(equal, 11)]!++;
  }
  let term = Math.exp(-2);
  let rest = 1;
  const probabilities = Float64Array.from({ length: 12 }, (_, k) => {
    if (k === 11) return rest;
    const p = term;
    rest -= p;
    term *= 2 / (k + 1);
    return p;
  });
  return chiSquare(counts, probabilities);
}

function weight(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

const BINOMIAL = (() => {
  const p = new Float64Array(33);
  p[0] = 2 ** -32;
  for (let k = 1; k <= 32; k++) p[k] = (p[k - 1]! * (33 - k)) / k;
  return p;
})();

/** The number of ones in a word: binomial. */
function weights(next: Source, n: number): number {
  const counts = new Int32Array(33);
  for (let i = 0; i < n; i++) counts[weight(next())]!++;
  return chiSquare(counts, BINOMIAL);
}

/** Whether few, medium and many ones in a word depend on the six words before: 3⁷ cells, overlapping only within blocks. */
function weightDependence(next: Source, n: number): number {
  const [few, many] = [BINOMIAL.subarray(0, 15), BINOMIAL.subarray(18)].map((part) =>
    part.reduce((a, b) => a + b, 0),
  );
  const kinds = [few!, 1 - few! - many!, many!];
  const counts = new Int32Array(3 ** 7);
  const probabilities = new Float64Array(3 ** 7).fill(1);
  for (let cell = 0; cell < counts.length; cell++)
    for (let i = 0, rest = cell; i < 7; i++, rest = Math.floor(rest / 3))
      probabilities[cell]! *= kinds[rest % 3]!;
  for (let i = 0; i + 7 <= n; i += 7) {
    let cell = 0;
    for (let j = 0; j < 7; j++) {
      const w = weight(next());
      cell = 3 * cell + (w < 15 ? 0 : w < 18 ? 1 : 2);
    }
    counts[cell]!++;
  }
  return chiSquare(counts, probabilities);
}

/** Ranks of random 32 × 32 matrices over GF(2). */
function ranks(next: Source, n: number): number {
  const counts = new Int32Array(4);
  const rows = new Int32Array(32);
  for (let m = 0; m < n / 32; m++) {
    for (let i = 0; i < 32; i++) rows[i] = next() | 0;
    let rank = 0;
    for (let column = 0; column < 32; column++) {
      const bit = 1 << column;
      let pivot = rank;
      while (pivot < 32 && (rows[pivot]! & bit) === 0) pivot++;
      if (pivot === 32) continue;
      [rows[rank], rows[pivot]] = [rows[pivot]!, rows[rank]!];
      for (let i = pivot + 1; i < 32; i++) if ((rows[i]! & bit) !== 0) rows[i]! ^= rows[rank]!;
      rank++;
    }
    counts[Math.min(32 - rank, 3)]!++;
  }
  // P(deficit d) = 2^(−d²) ∏ over i < r of (1 − 2^(i−32))² / (1 − 2^(i−r)) with r = 32 − d.
  const probability = (d: number): number => {
    let p = 2 ** -(d * d);
    for (let i = 0; i < 32 - d; i++) p *= (1 - 2 ** (i - 32)) ** 2 / (1 - 2 ** (i - 32 + d));
    return p;
  };
  const p = [0, 1, 2].map(probability);
  return chiSquare(counts, [...p, 1 - p.reduce((a, b) => a + b, 0)]);
}

/** Each bit is one half the time, and equal to its neighbour, and to itself in the next word, half the time: the worst of 96. */
function singleBits(next: Source, n: number): number {
  const counts = new Int32Array(96);
  let before = next();
  for (let i = 1; i < n; i++) {
    const now = next();
    const side = now ^ ((now << 1) | (now >>> 31));
    const time = now ^ before;
    for (let bit = 0; bit < 32; bit++) {
      counts[bit]! += (now >>> bit) & 1;
      counts[32 + bit]! += (side >>> bit) & 1;
      counts[64 + bit]! += (time >>> bit) & 1;
    }
    before = now;
  }
  let worst = 0;
  for (const count of counts) worst = Math.max(worst, Math.abs(2 * count - (n - 1)) / Math.sqrt(n - 1));
  return 1 - (1 - normalTail(worst)) ** 96;
}

/** Test → probability of a worse result; each takes about n words. */
export const battery: Readonly<Record<string, (next: Source, n: number) => number>> = {
  bytes,
  pairs,
  "low triples": lowTriples,
  "serial correlation": serialCorrelation,
  gaps,
  runs,
  birthdays,
  weights,
  "weight dependence": weightDependence,
  ranks,
  "single bits": singleBits,
};

/** Below this a single result speaks against the source. With some 200 results in all, chance gives one in 5000 suites. */
const SUSPICIOUS = 1e-6;

/** Runs the battery; every test goes on where the one before left off. */
export function results(next: Source, n: number): Record<string, number> {
  return Object.fromEntries(Object.entries(battery).map(([name, test]) => [name, test(next, n)]));
}

/** The tests whose result is too bad, or too good, to be chance. */
export function suspicious(found: Record<string, number>): string[] {
  return Object.entries(found)
    .filter(([, p]) => !(p > SUSPICIOUS && p < 1 - SUSPICIOUS))
    .map(([name, p]) => `${name}: p = ${p}`);
}

/** Kolmogorov's test that these probabilities are themselves uniform (asymptotic, with Stephens's correction). */
export function uniformity(probabilities: readonly number[]): number {
  const sorted = probabilities.toSorted((a, b) => a - b);
  const n = sorted.length;
  let d = 0;
  sorted.forEach((p, i) => (d = Math.max(d, p - i / n, (i + 1) / n - p)));
  const lambda = (Math.sqrt(n) + 0.12 + 0.11 / Math.sqrt(n)) * d;
  let tail = 0;
  for (let k = 1; k <= 100; k++) tail += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * lambda * lambda);
  return Math.min(1, tail);
}
