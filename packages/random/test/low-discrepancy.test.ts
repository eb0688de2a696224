// Low-discrepancy sequences: equal to what is published, as even as their theory says, and scrambled without losing it.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  HALTON_DIMENSIONS,
  SOBOL_DIMENSIONS,
  halton,
  latinHypercube,
  rngOf,
  rootKey,
  sobol,
} from "@basin/random";
import type { Sequence } from "@basin/random";
import { OF_DEGREE } from "../src/joe-kuo.ts";
import { nest, reverse, scrambling } from "../src/owen.ts";
import { directions } from "../src/sobol.ts";
import { Stream } from "../src/stream.ts";
import { chiSquare } from "./battery.ts";
import { digest } from "./digest.ts";

const points = (sequence: Sequence, rows: number, first = 0): Float64Array => {
  const out = new Float64Array(rows * sequence.dimension);
  return sequence.write(out, first);
};
const column = (all: Float64Array, dimension: number, j: number): Float64Array =>
  all.filter((_, i) => i % dimension === j);
/** How many coordinates fall into each of `cells` equal intervals. */
const histogram = (xs: Float64Array, cells: number): Int32Array => {
  const counts = new Int32Array(cells);
  for (const x of xs) counts[Math.floor(x * cells)]!++;
  return counts;
};

describe("sobol", () => {
  test("begins as Joe and Kuo's program prints it for three dimensions", () => {
    const published = [
      [0, 0, 0],
      [0.5, 0.5, 0.5],
      [0.75, 0.25, 0.25],
      [0.25, 0.75, 0.75],
      [0.375, 0.375, 0.625],
      [0.875, 0.875, 0.125],
      [0.625, 0.125, 0.875],
      [0.125, 0.625, 0.375],
      [0.1875, 0.3125, 0.9375],
      [0.6875, 0.8125, 0.4375],
    ];
    expect([...points(sobol(3), 10)]).toEqual(published.flat());
  });
  test("equals scipy 1.17.1's Sobol(scramble=False, bits=32): 256 points in 1,111 dimensions, and far out", () => {
    expect(digest(points(sobol(1111), 256))).toBe("020467f07f999854");
    expect(digest(points(sobol(8), 64, 1_000_000))).toBe("9bb47a618e2bc66c");
  });
  test("fewer dimensions are the first of more, and any part is the same as part of the whole", () => {
    const whole = points(sobol(7, 9), 100);
    expect(column(points(sobol(40, 9), 100), 40, 6)).toEqual(column(whole, 7, 6));
    fc.assert(
      fc.property(fc.nat(90), fc.nat(10), (first, rows) => {
        expect(points(sobol(7, 9), rows, first)).toEqual(whole.slice(7 * first, 7 * (first + rows)));
      }),
    );
    const last = points(sobol(2), 4, 2 ** 32 - 4);
    expect(points(sobol(2), 1, 2 ** 32 - 1)).toEqual(last.slice(6));
  });

  test("the polynomials are all the primitive ones, once each", () => {
    // The order of x modulo a primitive polynomial of degree s is 2^s − 1. There are φ(2^s − 1)/s of them.
    const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
    OF_DEGREE.forEach((count, index) => {
      const order = 2 ** (index + 1) - 1;
      let phi = 0;
      for (let i = 1; i <= order; i++) if (gcd(i, order) === 1) phi++;
      expect(count).toBe(phi / (index + 1));
    });
    // Each direction number past the initial ones obeys its polynomial; so the least recurrence of the highest digits (Berlekamp & Massey)
    // is the polynomial itself, which is irreducible: as long as its degree, and different for each coordinate.
    const seen = new Set<string>();
    const bits = firstDigits(SOBOL_DIMENSIONS, 64);
    let j = 1;
    OF_DEGREE.forEach((count, index) => {
      for (let i = 0; i < count; i++, j++) {
        const taps = recurrence(bits[j]!);
        expect(taps.length - 1).toBe(index + 1);
        expect(orderOfX(taps)).toBe(2 ** (index + 1) - 1);
        seen.add(taps.join(""));
      }
    });
    expect(seen.size).toBe(SOBOL_DIMENSIONS - 1);
  });
  test("Sobol's property A holds in all 1,111 dimensions", () => {
    // The first digits of v_1 … v_d of d coordinates form a regular matrix over GF(2): any damage to the table would likely break it.
    const d = SOBOL_DIMENSIONS;
    const rows = firstDigits(d, d).map((bits) => {
      const words = new Int32Array(Math.ceil(d / 32));
      bits.forEach((bit, k) => (words[k >> 5]! |= bit << (k & 31)));
      return words;
    });
    for (let column = 0; column < d; column++) {
      const [word, bit] = [column >> 5, 1 << (column & 31)];
      const pivot = rows.findIndex((row, i) => i >= column && (row[word]! & bit) !== 0);
      expect(pivot).toBeGreaterThanOrEqual(0);
      [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
      const top = rows[column]!;
      for (let i = column + 1; i < d; i++) {
        const row = rows[i]!;
        if ((row[word]! & bit) !== 0) for (let w = word; w < row.length; w++) row[w]! ^= top[w]!;
      }
    }
  });

  test.each([undefined, 0, 1, 12345, 2 ** 53 - 1])(
    "scramble %s: every block of 2^m points is stratified in every coordinate",
    (seed) => {
      const sequence = sobol(50, seed);
      for (const [m, block] of [
        [3, 5],
        [6, 0],
        [8, 3],
      ] as const) {
        const all = points(sequence, 2 ** m, block * 2 ** m);
        for (let j = 0; j < 50; j++)
          expect([...histogram(column(all, 50, j), 2 ** m)]).toEqual(Array(2 ** m).fill(1));
      }
    },
  );
  test.each([undefined, 1, 2])(
    "scramble %s: two coordinates are a (0, m, 2)-net: each elementary interval has its point",
    (seed) => {
      const m = 8;
      const all = points(sobol(2, seed), 2 ** m);
      for (let a = 0; a <= m; a++) {
        const cells = new Set<number>();
        for (let i = 0; i < 2 ** m; i++)
          cells.add(
            Math.floor(all[2 * i]! * 2 ** a) * 2 ** (m - a) + Math.floor(all[2 * i + 1]! * 2 ** (m - a)),
          );
        expect(cells.size).toBe(2 ** m);
      }
    },
  );
  test("refusals say what is possible", () => {
    const intoTwo = sobol(2).write;
    expect(() => sobol(1112)).toThrow(
      new RangeError("sobol: the dimension is 1112; give a whole number from 1 to 1111."),
    );
    expect(() => sobol(2, -1)).toThrow(
      new RangeError(
        "sobol: the scramble is -1; give a whole number from 0 to 2^53 − 1, such as rng.bits().",
      ),
    );
    expect(() => intoTwo(new Float64Array(3), 0)).toThrow(
      new RangeError("sobol: out has 3 numbers; give a multiple of the dimension, 2."),
    );
    expect(() => intoTwo(new Float64Array(2), 2 ** 32)).toThrow(RangeError);
    expect(() => intoTwo(new Float64Array(2), 0.5)).toThrow(RangeError);
  });
});

/** First digits of v_1 … v_count of each coordinate: they obey the polynomial's recurrence alone, so they go on without end. */
function firstDigits(dimension: number, count: number): number[][] {
  const v = directions(dimension);
  return Array.from({ length: dimension }, (_, j) => {
    const bits = Array.from({ length: 32 }, (_, k) => v[k * dimension + j]! & 1);
    if (j === 0) return Array.from({ length: count }, (_, k) => (k === 0 ? 1 : 0));
    const taps = recurrence(bits);
    while (bits.length < count) {
      let next = 0;
      for (let i = 1; i < taps.length; i++) next ^= taps[i]! & bits[bits.length - i]!;
      bits.push(next);
    }
    return bits.slice(0, count);
  });
}

/** The shortest recurrence of a sequence over GF(2): taps c with Σ c_i b_(k−i) = 0 (Massey, IEEE Trans. Inf. Theory 15, 1969). */
function recurrence(bits: readonly number[]): number[] {
  let [c, b] = [[1], [1]];
  let [length, since] = [0, 1];
  bits.forEach((_, n) => {
    let discrepancy = 0;
    for (let i = 0; i <= length; i++) discrepancy ^= (c[i] ?? 0) & bits[n - i]!;
    if (discrepancy === 0) return void since++;
    const before = c;
    c = Array.from(
      { length: Math.max(c.length, b.length + since) },
      (_, i) => (c[i] ?? 0) ^ (b[i - since] ?? 0),
    );
    if (2 * length <= n) [length, b, since] = [n + 1 - length, before, 1];
    else since++;
  });
  return Array.from({ length: length + 1 }, (_, i) => c[i] ?? 0);
}

/** The order of x modulo the polynomial of these taps, by counting. */
function orderOfX(taps: readonly number[]): number {
  const s = taps.length - 1;
  const low = taps.slice(1).reduce((value, tap, i) => value | (tap << (s - 1 - i)), 0);
  let [x, order] = [1, 0];
  do {
    x <<= 1;
    if ((x >>> s) & 1) x = x ^ (1 << s) ^ low;
    order++;
  } while (x !== 1 && order < 2 ** s);
  return order;
}

describe("Owen's scrambling", () => {
  const scrambled = scrambling(1, () => new Stream(1, 2, 3, 4));
  const owen = (x: number): number => reverse(nest(scrambled, 0, reverse(x | 0))) >>> 0;

  test("keeps what two numbers share at their beginning, and parts them where they part", () => {
    fc.assert(
      fc.property(
        fc.nat(2 ** 32 - 1),
        fc.integer({ min: 0, max: 31 }),
        fc.nat(2 ** 32 - 1),
        (x, digit, other) => {
          // y agrees with x in the digits above `digit`, differs there, and is anything below.
          const y =
            ((x ^ (1 << (31 - digit))) & ~((1 << (31 - digit)) - 1)) | (other & ((1 << (31 - digit)) - 1));
          expect(Math.clz32(owen(x) ^ owen(y))).toBe(digit);
        },
      ),
      { numRuns: 2000 },
    );
  });
  test("reversing twice is nothing", () => {
    fc.assert(fc.property(fc.integer(), (x) => Object.is(reverse(reverse(x)), x)));
    expect(reverse(1)).toBe(1 << 31);
    expect(reverse(0b1011)).toBe(0b1101 << 28);
  });
  /** Over 40,000 seeds, the flips of the seven nodes of three levels below a prefix of `top` digits. */
  const flipsBelow = (top: number): number[][] =>
    Array.from({ length: 40000 }, (_, seed) => {
      const s = scrambling(1, (j) => new Stream(seed, 5, 6, 7).belowIndex(j));
      return [
        [0, 0],
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
        [2, 2],
        [2, 3],
      ].map(([level, above]) => {
        // Reversed: the prefix in the lowest bits, the digits above next, then the digit itself, a zero.
        const x = (0xa5a5 & ((1 << top) - 1)) | (above! << top);
        return (nest(s, 0, x) >>> (top + level!)) & 1;
      });
    });
  test.each([0, 5, 6, 8, 10])("all seven flips of three levels below %d digits are independent", (top) => {
    const counts = new Int32Array(128);
    for (const flips of flipsBelow(top)) counts[flips.reduce((cell, flip) => 2 * cell + flip)]!++;
    expect(chiSquare(counts, new Float64Array(128).fill(1 / 128))).toBeGreaterThan(1e-4);
  });
  test.each([11, 13, 16, 20, 29])("any two flips of three levels below %d digits are", (top) => {
    const all = flipsBelow(top);
    for (let i = 0; i < 7; i++)
      for (let j = 0; j < i; j++) {
        const counts = new Int32Array(4);
        for (const flips of all) counts[2 * flips[i]! + flips[j]!]!++;
        expect(chiSquare(counts, new Float64Array(4).fill(1 / 4))).toBeGreaterThan(1e-5);
      }
  });
  test("each point is uniform over seeds, in every coordinate, and coordinates are independent", () => {
    const dimension = 4;
    const all = new Float64Array(20000 * dimension);
    for (let seed = 0; seed < 20000; seed++) all.set(points(sobol(dimension, seed), 1, 0), seed * dimension);
    for (let j = 0; j < dimension; j++)
      expect(
        chiSquare(histogram(column(all, dimension, j), 100), new Float64Array(100).fill(0.01)),
      ).toBeGreaterThan(1e-4);
    const pairs = new Int32Array(256);
    for (let i = 0; i < 20000; i++)
      pairs[16 * Math.floor(16 * all[4 * i + 1]!) + Math.floor(16 * all[4 * i + 3]!)]!++;
    expect(chiSquare(pairs, new Float64Array(256).fill(1 / 256))).toBeGreaterThan(1e-4);
  });
});

describe("halton", () => {
  test("is the radical inverse of the index in the first primes", () => {
    // Halton 1960: φ_2 = 0, 1/2, 1/4, 3/4, 1/8 …, φ_3 = 0, 1/3, 2/3, 1/9 …
    const published = [
      [0, 0, 0],
      [1 / 2, 1 / 3, 1 / 5],
      [1 / 4, 2 / 3, 2 / 5],
      [3 / 4, 1 / 9, 3 / 5],
      [1 / 8, 4 / 9, 4 / 5],
      [5 / 8, 7 / 9, 1 / 25],
      [3 / 8, 2 / 9, 6 / 25],
    ];
    expect([...points(halton(3), 7)]).toEqual(published.flat());
  });
  test("exactly, for any index: against rational arithmetic on digits as text", () => {
    const bases = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31];
    fc.assert(
      fc.property(fc.nat(2 ** 32 - 1), (index) => {
        const expected = bases.map((base) => {
          const mirrored = [...index.toString(base)].toReversed().map((digit) => parseInt(digit, base));
          const numerator = mirrored.reduce((sum, digit) => sum * BigInt(base) + BigInt(digit), 0n);
          return Number(numerator) / Number(BigInt(base) ** BigInt(mirrored.length));
        });
        expect([...points(halton(11), 1, index)]).toEqual(index === 0 ? bases.map(() => 0) : expected);
      }),
    );
  });
  test("the last base is the thousandth prime", () => {
    expect(1 / points(halton(HALTON_DIMENSIONS), 1, 1).at(-1)!).toBeCloseTo(7919, 6);
  });
  test.each([undefined, 0, 7, 2 ** 53 - 1])(
    "scramble %s: every block of b^k points is stratified in base b",
    (seed) => {
      const sequence = halton(5, seed);
      for (const [j, base, k] of [
        [0, 2, 7],
        [1, 3, 4],
        [2, 5, 3],
        [3, 7, 2],
        [4, 11, 2],
      ] as const) {
        const all = column(points(sequence, base ** k, 3 * base ** k), 5, j);
        // Half a cell away from the edges, so that the rounding of i/b^k does not matter.
        const cells = new Set(Array.from(all, (x) => Math.floor(x * base ** k + 1e-9)));
        expect(cells.size).toBe(base ** k);
      }
    },
  );
  test("scrambled points are in [0, 1), the same in any portion, and uniform over seeds", () => {
    const whole = points(halton(30, 3), 500);
    for (const x of whole) expect(x >= 0 && x < 1).toBe(true);
    expect(points(halton(30, 3), 77, 123)).toEqual(whole.slice(30 * 123, 30 * 200));
    const all = new Float64Array(4000 * 6);
    for (let seed = 0; seed < 4000; seed++) all.set(points(halton(6, seed), 1, 5), seed * 6);
    for (let j = 0; j < 6; j++)
      expect(chiSquare(histogram(column(all, 6, j), 50), new Float64Array(50).fill(0.02))).toBeGreaterThan(
        1e-4,
      );
  });
  test("scrambling breaks the correlation of large neighbouring bases", () => {
    const correlation = (all: Float64Array): number => {
      const [x, y] = [column(all, 29, 27), column(all, 29, 28)];
      const mean = (v: Float64Array): number => v.reduce((a, b) => a + b) / v.length;
      const [mx, my] = [mean(x), mean(y)];
      let [xx, yy, xy] = [0, 0, 0];
      x.forEach((value, i) => {
        xx += (value - mx) ** 2;
        yy += (y[i]! - my) ** 2;
        xy += (value - mx) * (y[i]! - my);
      });
      return xy / Math.sqrt(xx * yy);
    };
    // Bases 107 and 109, 100 points: both coordinates climb together.
    expect(correlation(points(halton(29), 100, 1))).toBeGreaterThan(0.99);
    // Of 100 independent points the correlation has deviation 0.1.
    for (let seed = 0; seed < 20; seed++)
      expect(Math.abs(correlation(points(halton(29, seed), 100, 1)))).toBeLessThan(0.45);
  });
  test("refusals say what is possible", () => {
    expect(() => halton(1001)).toThrow(
      new RangeError("halton: the dimension is 1001; give a whole number from 1 to 1000."),
    );
    expect(() => halton(0)).toThrow(RangeError);
    expect(() => halton(2, 0.5)).toThrow(RangeError);
  });
});

describe("latinHypercube", () => {
  test("each coordinate has one point in each interval", () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 6 }),
        (seed, count, dimension) => {
          const all = latinHypercube(rngOf(rootKey(seed)), count, dimension);
          expect(all.length).toBe(count * dimension);
          for (let j = 0; j < dimension; j++) {
            const cells = Array.from(column(all, dimension, j), (x) =>
              Math.floor(x * count + 1e-12),
            ).toSorted((a, b) => a - b);
            expect(cells).toEqual(Array.from({ length: count }, (_, i) => i));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
  test("is uniform, within intervals too, and its coordinates are independent", () => {
    const rng = rngOf(rootKey(1));
    const within = new Int32Array(50);
    const pairs = new Int32Array(100);
    for (let i = 0; i < 2000; i++) {
      const all = latinHypercube(rng, 10, 2);
      for (const x of all) within[Math.floor((x * 10 - Math.floor(x * 10)) * 50)]!++;
      // One point of each cube only: the others depend on it.
      pairs[Math.floor(all[0]! * 10) * 10 + Math.floor(all[1]! * 10)]!++;
    }
    expect(chiSquare(within, new Float64Array(50).fill(0.02))).toBeGreaterThan(1e-4);
    expect(chiSquare(pairs, new Float64Array(100).fill(0.01))).toBeGreaterThan(1e-4);
  });
  test.each([0, 1.5, 2 ** 20 + 1])("of %d points is refused", (count) => {
    expect(() => latinHypercube(rngOf(rootKey(1)), count, 2)).toThrow(
      new RangeError(`latinHypercube: the count is ${count}; give a whole number from 1 to 2^20.`),
    );
  });
});

test("all three integrate a smooth function far better than random points", () => {
  // ∏ (1 + (x_j − ½)/2) over five dimensions has mean 1; root mean square error over 40 scramblings at 512 points.
  const [n, d] = [512, 5];
  const error = (all: Float64Array): number => {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      let product = 1;
      for (let j = 0; j < d; j++) product *= 1 + (all[i * d + j]! - 0.5) / 2;
      sum += product;
    }
    return sum / n - 1;
  };
  const rms = (draw: (seed: number) => Float64Array): number =>
    Math.sqrt(Array.from({ length: 40 }, (_, seed) => error(draw(seed)) ** 2).reduce((a, b) => a + b) / 40);
  const random = rms((seed) => rngOf(rootKey(seed)).fillUniform(new Float64Array(n * d)));
  // The function's variance is (1 + 1/48)^5 − 1 = 0.109, so 0.0146 is expected of random points, give or take 11 %.
  expect(random).toBeGreaterThan(0.008);
  expect(random).toBeLessThan(0.021);
  expect(rms((seed) => points(sobol(d, seed), n))).toBeLessThan(random / 20);
  expect(rms((seed) => points(halton(d, seed), n))).toBeLessThan(random / 8);
  expect(rms((seed) => latinHypercube(rngOf(rootKey(seed)), n, d))).toBeLessThan(random / 4);
});
