// The battery is proven on bad generators first, then applied to the streams: one long stream, and the first words of many
// siblings, which is what an optimizer sees of `tell/0`, `tell/1` …
import seedrandom from "seedrandom";
import { describe, expect, test } from "vitest";
import { foldIn, openStreams, rngOf, rootKey } from "@basin/random";
import { battery, chiSquareTail, normalTail, results, suspicious, uniformity } from "./battery.ts";
import type { Source } from "./battery.ts";

const long = process.env["BASIN_LONG"] !== undefined;
/** Words a test: 2¹⁷, or 2²² in the long form. */
const words = long ? 2 ** 22 : 2 ** 17;

/** Reads a few words of each sibling in turn. */
function across(sibling: (i: number) => Source, each: number): Source {
  let i = 0;
  let left = 0;
  let current: Source = sibling(0);
  return () => {
    if (left === 0) {
      current = sibling(i++);
      left = each;
    }
    left--;
    return current();
  };
}

/** Reads these sources one word each, round and round. */
function interleaved(sources: readonly Source[]): Source {
  let i = -1;
  return () => sources[(i = (i + 1) % sources.length)]!();
}

const key = foldIn(rootKey(7), "penguins-logistic", 3, "genetic-algorithm");
const streams = openStreams(key);
const siblings = Array.from({ length: 64 }, (_, i) => streams.rng("tell", i));

const sources: Record<string, () => Source> = {
  "one stream": () => {
    const rng = rngOf(key);
    return () => rng.bits();
  },
  "the first word of tell/0, tell/1 …": () => across((i) => bitsOf(streams.rng("tell", i)), 1),
  "eight words of tell/0, tell/1 …": () => across((i) => bitsOf(streams.rng("tell", i)), 8),
  "64 siblings interleaved": () => interleaved(siblings.map(bitsOf)),
  "the first word of siblings by name": () => {
    const rng = rngOf(key);
    return across((i) => bitsOf(rng.fork(`island ${i}`)), 1);
  },
  "the first word of children of children": () => {
    let rng = rngOf(key);
    return () => (rng = rng.fork("next")).bits();
  },
  "odd words of every second index": () =>
    across((i) => {
      const rng = streams.rng("evaluate", 2 * i);
      return () => (rng.bits(), rng.bits());
    }, 2),
};

const bitsOf =
  (rng: { bits(): number }): Source =>
  () =>
    rng.bits();

describe("the tails the battery judges by", () => {
  // Abramowitz & Stegun, tables 26.8 and 26.1.
  test.each([
    [3.841458821, 1, 0.05],
    [18.30703805, 10, 0.05],
    [124.342113, 100, 0.05],
    [6.634896601, 1, 0.01],
    [70.06489493, 100, 0.99],
  ])("chi-square %d, %d degrees: %d", (value, freedom, tail) => {
    expect(chiSquareTail(value, freedom)).toBeCloseTo(tail, 8);
  });
  test("normal", () => {
    expect(normalTail(1.959963985)).toBeCloseTo(0.05, 8);
    expect(normalTail(2.575829304)).toBeCloseTo(0.01, 8);
  });
});

describe("the battery catches", () => {
  const lcg = (multiplier: number, increment: number): Source => {
    let state = 1;
    return () => (state = (Math.imul(state, multiplier) + increment) >>> 0);
  };
  const bad: Record<string, readonly [() => Source, readonly string[]]> = {
    "a linear congruential generator": [
      () => lcg(1664525, 1013904223),
      ["bytes", "low triples", "single bits"],
    ],
    "a 32-bit xorshift": [
      () => {
        let x = 1;
        return () => {
          x ^= x << 13;
          x ^= x >>> 17;
          x ^= x << 5;
          return x >>> 0;
        };
      },
      ["ranks"],
    ],
    "a stuck bit": [
      () => {
        const rng = rngOf(key);
        return () => (rng.bits() | 1024) >>> 0;
      },
      ["bytes", "weights", "weight dependence", "single bits"],
    ],
    "a little too much memory": [
      () => {
        const rng = rngOf(key);
        let before = 0;
        return () => (before = rng.uniform() < 0.9 ? rng.bits() : before);
      },
      ["pairs", "serial correlation", "birthdays", "single bits"],
    ],
    "a counter": [
      () => {
        let i = 0;
        return () => Math.imul(i++, 0x9e3779b1) >>> 0;
      },
      ["gaps", "runs", "pairs"],
    ],
    "siblings of seedrandom's xor128": [
      () =>
        across((i) => {
          const rng = seedrandom.xor128(`tell/${i}`);
          return () => rng.int32() >>> 0;
        }, 1),
      ["bytes"],
    ],
    "siblings of seedrandom's xorshift7": [
      () =>
        across((i) => {
          const rng = seedrandom.xorshift7(`tell/${i}`);
          return () => rng.int32() >>> 0;
        }, 1),
      ["bytes"],
    ],
  };
  test.each(Object.entries(bad))("%s", (_, [source, tests]) => {
    const caught = tests.filter(
      (name) => suspicious({ [name]: battery[name]!(source(), 2 ** 15) }).length === 1,
    );
    expect(caught).toEqual(tests);
  });
  test("something with each of its tests", () => {
    const proven = new Set(Object.values(bad).flatMap(([, tests]) => tests));
    expect(Object.keys(battery).filter((name) => !proven.has(name))).toEqual([]);
  });
});

describe("the streams pass", () => {
  const all: number[] = [];
  test.each(Object.entries(sources))("%s", (_, source) => {
    const found = results(source(), words);
    expect(suspicious(found)).toEqual([]);
    all.push(...Object.values(found));
  });
  test("siblings by key: one word of each run", () => {
    // Each opens seedrandom, so fewer words.
    const next = across((i) => bitsOf(openStreams(foldIn(rootKey(i), "problem")).rng("init")), 1);
    const found = results(next, long ? 2 ** 17 : 2 ** 14);
    expect(suspicious(found)).toEqual([]);
    all.push(...Object.values(found));
  });
  test("the probabilities found are themselves uniform", () => {
    expect(all.length).toBe(Object.keys(battery).length * (Object.keys(sources).length + 1));
    expect(uniformity(all)).toBeGreaterThan(1e-4);
  });
});

describe("avalanche", () => {
  /** Flips one bit of the path at a time; every bit of the first 128 must change half the time. */
  function avalanche(first: (path: number) => Source, bits: number, trials: number): number {
    let worst = 0;
    for (let bit = 0; bit < bits; bit++) {
      const flips = new Int32Array(128);
      for (let t = 0; t < trials; t++) {
        const path = (Math.imul(t, 0x9e3779b1) >>> 0) % 2 ** bits;
        const [a, b] = [first(path), first((path ^ (1 << bit)) >>> 0)];
        for (let word = 0; word < 4; word++) {
          const change = a() ^ b();
          for (let i = 0; i < 32; i++) flips[32 * word + i]! += (change >>> i) & 1;
        }
      }
      for (const count of flips) worst = Math.max(worst, Math.abs(2 * count - trials) / Math.sqrt(trials));
    }
    return 1 - (1 - normalTail(worst)) ** (128 * bits);
  }
  test("of the index", () => {
    expect(avalanche((i) => bitsOf(streams.rng("tell", i)), 24, long ? 2 ** 15 : 2 ** 11)).toBeGreaterThan(
      1e-4,
    );
  });
  test("of a name", () => {
    const rng = rngOf(key);
    expect(avalanche((i) => bitsOf(rng.fork(`x${String.fromCharCode(i)}y`)), 16, 2 ** 10)).toBeGreaterThan(
      1e-4,
    );
  });
  test("of the seed", () => {
    expect(
      avalanche((i) => bitsOf(openStreams(rootKey(i)).rng("init")), long ? 16 : 8, 2 ** 8),
    ).toBeGreaterThan(1e-4);
  });
  test("and the test catches a generator that mixes too little", () => {
    expect(
      avalanche(
        (i) => {
          let n = 0;
          return () => Math.imul(i + 1, ++n * 0x9e3779b1) >>> 0;
        },
        8,
        256,
      ),
    ).toBeLessThan(1e-6);
  });
});
