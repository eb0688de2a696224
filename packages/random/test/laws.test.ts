// What the docstrings promise, for all arguments.
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldIn, openStreams, pathOf, rngOf, rootKey } from "@basin/random";
import type { Key, Rng } from "@basin/random";
import { seedOf } from "../src/streams.ts";
import { Stream } from "../src/stream.ts";

/** Any UTF-16, lone surrogates included, often with what has a meaning in a path. */
const part = fc.oneof(
  fc.string({ unit: fc.constantFrom("/", "\0", "%", "u", "0", "1", "a", "ũ", "i", "é", "\ud800", "😀") }),
  fc.string({ unit: "binary" }),
  fc.integer().map(String),
);
const path = fc.array(part, { minLength: 1, maxLength: 5 });
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const seed = fc.integer({ min: 0, max: 2 ** 32 });

const words = (rng: Rng, n = 4): number[] => Array.from({ length: n }, () => rng.bits());
const keyAt = ([first, ...rest]: string[]): Key => foldIn(rootKey(first!), ...rest);

describe("keys", () => {
  test("folding in twice is folding in two parts", () => {
    fc.assert(
      fc.property(
        fc.oneof(part, number),
        fc.array(fc.oneof(part, number)),
        fc.array(fc.oneof(part, number)),
        (root, a, b) => {
          expect(foldIn(foldIn(rootKey(root), ...a), ...b)).toEqual(foldIn(rootKey(root), ...a, ...b));
        },
      ),
    );
  });
  test("folding in leaves the key as it was", () => {
    const key = rootKey(7);
    foldIn(key, "a");
    expect(key).toEqual({ path: ["7"] });
  });
  test("distinct paths print distinctly, in printable ASCII, and seed distinctly", () => {
    fc.assert(
      fc.property(path, path, (a, b) => {
        const [ka, kb] = [keyAt(a), keyAt(b)];
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(pathOf(ka) === pathOf(kb)).toBe(same);
        expect(seedOf(ka) === seedOf(kb)).toBe(same);
        expect(pathOf(ka)).toMatch(/^[!-~]*$/);
      }),
      { numRuns: 2000 },
    );
  });
  test("a path prints so that it can be read back", () => {
    const read = (text: string): string =>
      text === "%"
        ? ""
        : text.replaceAll(/%(?:u(....)|(..))/g, (_, long: string, short: string) =>
            String.fromCharCode(parseInt(long ?? short, 16)),
          );
    fc.assert(
      fc.property(path, (parts) => {
        expect(pathOf(keyAt(parts)).split("/").map(read)).toEqual(parts);
      }),
    );
    expect(pathOf(foldIn(rootKey(7), "penguins-logistic", 3))).toBe("7/penguins-logistic/3");
    expect(pathOf(foldIn(rootKey("a/b"), "", "ũ"))).toBe("a%2fb/%/%u0169");
  });
  test("a number is its decimal string", () => {
    expect(foldIn(rootKey(7), 3, 0.1, -0)).toEqual({ path: ["7", "3", "0.1", "0"] });
  });
  test.each([NaN, Infinity, -Infinity])("%d is refused", (bad) => {
    expect(() => rootKey(bad)).toThrow(
      new RangeError(`rootKey: a part of the path is ${bad}; give a finite number or a string.`),
    );
    expect(() => foldIn(rootKey(1), bad)).toThrow(RangeError);
  });
  test("a key survives being copied as plain data", () => {
    const key = foldIn(rootKey(7), "ũ/\0");
    expect(words(rngOf(JSON.parse(JSON.stringify(key)) as Key))).toEqual(words(rngOf(key)));
  });
});

describe("streams", () => {
  test("the same path gives the same numbers, in any order of asking", () => {
    fc.assert(
      fc.property(path, part, fc.nat(), (at, name, index) => {
        const [one, two] = [openStreams(keyAt(at)), openStreams(keyAt(at))];
        two.rng("another", 1).bits();
        two.rng(name).bits();
        expect(words(two.rng(name, index))).toEqual(words(one.rng(name, index)));
        expect(words(two.rng(name))).toEqual(words(one.rng(name)));
      }),
      { numRuns: 50 },
    );
  });
  test("name/index is the fork of name at index", () => {
    const streams = openStreams(rootKey(1));
    fc.assert(
      fc.property(part, fc.maxSafeNat(), (name, index) => {
        expect(words(streams.rng(name, index))).toEqual(words(streams.rng(name).fork(index)));
        expect(words(streams.rng(name, index))).toEqual(words(streams.rng(name).fork(String(index))));
      }),
    );
  });
  test("distinct names and indices give distinct streams", () => {
    const streams = openStreams(rootKey(1));
    fc.assert(
      fc.property(path, path, (a, b) => {
        const walk = (parts: string[]): Rng =>
          parts.slice(1).reduce((rng, p) => rng.fork(p), streams.rng(parts[0]!));
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(words(walk(a)).join() === words(walk(b)).join()).toBe(same);
      }),
      { numRuns: 1000 },
    );
    // Names of all lengths around the edge of a message, and numbers that look alike.
    const names = [
      ...Array.from({ length: 40 }, (_, i) => "\0".repeat(i)),
      ...Array.from({ length: 40 }, (_, i) => "a".repeat(i + 1)),

      "0",
      "00",
      "1",
      "01",
      "1.0",
      "1e0",
      "+1",
      "-1",
      "-0",
      "9007199254740991",
      "9007199254740992",
      "4294967296",
    ];
    expect(new Set(names.map((name) => words(streams.rng(name)).join())).size).toBe(names.length);
  });
  test("more names than are remembered give the same streams when they come again", () => {
    const streams = openStreams(rootKey(1));
    const all = (): string[] =>
      Array.from({ length: 600 }, (_, i) => words(streams.rng(`name ${i}`, 1)).join());
    expect(all()).toEqual(all());
  });
  test("siblings without end: the first two words of 10⁵ indices are all distinct", () => {
    const streams = openStreams(rootKey(1));
    const seen = new Set<number>();
    for (let i = 0; i < 1e5; i++) {
      const rng = streams.rng("tell", i);
      seen.add((rng.bits() >>> 11) * 2 ** 32 + rng.bits());
    }
    expect(seen.size).toBe(1e5);
  });
  test.each([-1, 0.5, NaN, 2 ** 53])("index %d is refused", (index) => {
    expect(() => openStreams(rootKey(1)).rng("tell", index)).toThrow(
      new RangeError(`streams.rng: the index is ${index}; give a whole number from 0 to 2^53 − 1.`),
    );
  });
  test("rngOf is the stream of the empty name", () => {
    expect(words(rngOf(rootKey(1)))).toEqual(words(openStreams(rootKey(1)).rng("")));
  });
});

describe("fork", () => {
  test("does not depend on what was drawn, nor does it change what will be", () => {
    fc.assert(
      fc.property(seed, part, fc.nat(50), (s, name, drawn) => {
        const [fresh, used] = [rngOf(rootKey(s)), rngOf(rootKey(s))];
        for (let i = 0; i < drawn; i++) expect(used.normal()).toBe(fresh.normal());
        const fork = used.fork(name);
        expect(words(fork)).toEqual(words(rngOf(rootKey(s)).fork(name)));
        expect(words(used)).toEqual(words(fresh));
      }),
      { numRuns: 50 },
    );
  });
  test("differs from its parent and from its siblings", () => {
    const rng = rngOf(rootKey(1));
    const streams = [
      words(rngOf(rootKey(1))),
      words(rng.fork("a")),
      words(rng.fork("b")),
      words(rng.fork("a").fork("a")),
    ];
    expect(new Set(streams.map(String)).size).toBe(4);
  });
  test("refuses what is no name", () => {
    expect(() => rngOf(rootKey(1)).fork(NaN)).toThrow(RangeError);
  });
});

describe("sfc32", () => {
  test("started at (0, 0, 0, 1), its sixteenth word is fb52c520", () => {
    // PractRand seeds sfc32 so and discards 15 words; the value is the one that the Rust crate sfc-prng documents for seed 0.
    expect(words(new Stream(0, 0, 0, 1), 16).at(-1)).toBe(0xfb52c520);
  });
});

describe("uniform", () => {
  test("is a multiple of 2⁻⁵³ in [0, 1), and fillUniform draws the same", () => {
    fc.assert(
      fc.property(seed, (s) => {
        const rng = rngOf(rootKey(s));
        const expected = Float64Array.from({ length: 20 }, () => rng.uniform());
        for (const u of expected) {
          expect(u >= 0 && u < 1).toBe(true);
          expect(Number.isInteger(u * 2 ** 53)).toBe(true);
        }
        expect(rngOf(rootKey(s)).fillUniform(new Float64Array(20))).toEqual(expected);
      }),
      { numRuns: 50 },
    );
  });
  test("stays in [lower, upper), however narrow", () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
    const next = (x: number): number => {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, x);
      view.setBigInt64(0, view.getBigInt64(0) + (x >= 0 ? 1n : -1n));
      return view.getFloat64(0);
    };
    fc.assert(
      fc.property(finite, finite, fc.boolean(), (a, b, narrow) => {
        const lower = Math.min(a, b);
        const upper = narrow ? next(Object.is(lower, -0) ? 0 : lower) : Math.max(a, b);
        for (const x of rngOf(rootKey(1)).fillUniform(new Float64Array(8), lower, upper))
          expect(lower === upper ? x === lower : x >= lower && x < upper).toBe(true);
      }),
    );
  });
  test.each([
    [1, 0],
    [NaN, 1],
    [0, Infinity],
    [-1e308, 1e308],
  ])("[%d, %d) is refused", (lower, upper) => {
    expect(() => rngOf(rootKey(1)).fillUniform(new Float64Array(1), lower, upper)).toThrow(
      new RangeError(
        `rng.fillUniform: lower is ${lower} and upper ${upper}; give finite numbers, lower ≤ upper, with a finite difference.`,
      ),
    );
  });
});

describe("integer", () => {
  test("is in range and reaches every value", () => {
    const rng = rngOf(rootKey(1));
    for (const n of [1, 2, 3, 5, 7, 8, 100]) {
      const seen = new Set(Array.from({ length: 40 * n }, () => rng.integer(n)));
      expect([...seen].toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    }
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 32 }), (n) => {
        const i = rng.integer(n);
        expect(Number.isInteger(i) && i >= 0 && i < n).toBe(true);
      }),
    );
  });
  test("2³² gives every word as it is", () => {
    expect(rngOf(rootKey(1)).integer(2 ** 32)).toBe(rngOf(rootKey(1)).bits());
  });
  // Where n does not divide 2³², a result that is not rejected would be too likely by 1/2³² ⌈2³²/n⌉: worst for n near 2³¹·(1 + ½).
  test.each([3 * 2 ** 20 - 1, 2 ** 21, 2 ** 21 + 1, 3 * 2 ** 30, 2 ** 31 + 1])(
    "of %d is without bias",
    (n) => {
      const rng = rngOf(rootKey(2));
      const thirds = [0, 0, 0];
      for (let i = 0; i < 30000; i++) thirds[Math.floor((3 * rng.integer(n)) / n)]!++;
      // Binomial with p = 1/3: deviation 82; five of them.
      for (const count of thirds) expect(Math.abs(count - 10000)).toBeLessThan(410);
    },
  );
  test("rejects exactly the words that would bias it", () => {
    // A stream of known words: n = 3 takes ⌊3w/2³²⌋ unless 3w mod 2³² < 2³² mod 3 = 1, that is w = 0 only.
    const scripted = (...list: number[]): Rng =>
      Object.assign(new Stream(0, 0, 0, 0), { bits: () => list.shift()! });
    expect(scripted(0, 2 ** 31).integer(3)).toBe(1);
    expect(scripted(1).integer(3)).toBe(0);
    expect(scripted(2 ** 32 - 1).integer(3)).toBe(2);
    // Beyond 2²¹ by as many of the highest bits as n − 1 has.
    expect(scripted(2 ** 32 - 1, 5 * 2 ** 9).integer(2 ** 22 + 1)).toBe(5);
  });
  test.each([0, -1, 1.5, NaN, 2 ** 32 + 1])("of %d is refused", (n) => {
    expect(() => rngOf(rootKey(1)).integer(n)).toThrow(
      new RangeError(`rng.integer: n is ${n}; give a whole number from 1 to 2^32.`),
    );
  });
});

describe("permutation, sample, choice", () => {
  test("a permutation holds each number once; it is the sample of all", () => {
    fc.assert(
      fc.property(seed, fc.nat(200), (s, n) => {
        const order = rngOf(rootKey(s)).permutation(n);
        expect(order.toSorted()).toEqual(Int32Array.from({ length: n }, (_, i) => i));
        expect(rngOf(rootKey(s)).sample(n, n)).toEqual(order);
      }),
      { numRuns: 60 },
    );
  });
  test("a sample is distinct, in range, and the beginning of a longer one", () => {
    fc.assert(
      fc.property(seed, fc.nat(200), fc.nat(200), (s, a, b) => {
        const [k, n] = [Math.min(a, b), Math.max(a, b)];
        const drawn = rngOf(rootKey(s)).sample(n, k);
        expect(drawn.length).toBe(k);
        expect(new Set(drawn).size).toBe(k);
        for (const i of drawn) expect(i >= 0 && i < n).toBe(true);
        expect(rngOf(rootKey(s)).permutation(n).slice(0, k)).toEqual(drawn);
      }),
      { numRuns: 60 },
    );
  });
  test("a small sample of very many costs no memory", () => {
    const drawn = rngOf(rootKey(1)).sample(2 ** 31 - 1, 20);
    expect(new Set(drawn).size).toBe(20);
  });
  test("all 24 permutations of four are equally likely", () => {
    const rng = rngOf(rootKey(1));
    const counts = new Map<string, number>();
    for (let i = 0; i < 24000; i++) {
      const order = rng.permutation(4).join();
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // Binomial with p = 1/24: deviation 31; five of them.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(155);
  });
  test("a choice is one of the items", () => {
    fc.assert(
      fc.property(fc.array(fc.anything(), { minLength: 1 }), (items) => {
        expect(items.some((item) => Object.is(item, rngOf(rootKey(1)).choice(items)))).toBe(true);
      }),
    );
    expect(() => rngOf(rootKey(1)).choice([])).toThrow(
      new RangeError("rng.choice: there are no items; give at least one."),
    );
  });
  test.each([
    [3, 4],
    [3, -1],
    [3, 1.5],
    [-1, 0],
    [NaN, 0],
    [2 ** 31, 1],
  ])("sample(%d, %d) is refused", (n, k) => {
    expect(() => rngOf(rootKey(1)).sample(n, k)).toThrow(
      new RangeError(`rng.sample: n is ${n} and k is ${k}; give whole numbers, 0 ≤ k ≤ n ≤ 2^31 − 1.`),
    );
  });
  test.each([-1, 1.5, NaN, 2 ** 31])("permutation(%d) is refused", (n) => {
    expect(() => rngOf(rootKey(1)).permutation(n)).toThrow(RangeError);
  });
});
