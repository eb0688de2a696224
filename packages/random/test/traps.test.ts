// What seedrandom 3.0.5 does that would break "distinct paths, distinct numbers", each shown on seedrandom itself, and avoided.
import seedrandom from "seedrandom";
import { describe, expect, test, vi } from "vitest";
import { foldIn, openStreams, pathOf, rootKey } from "@basin/random";
import type { Key } from "@basin/random";
import { seedOf } from "../src/streams.ts";
import { battery } from "./battery.ts";

const words = (key: Key): number[] => {
  const rng = openStreams(key).rng("tell", 0);
  return Array.from({ length: 4 }, () => rng.bits());
};
const raw = (seed: string): number => seedrandom(seed).int32();

describe("a string that repeats itself", () => {
  test.each([
    ["1", "11"],
    ["1", "111"],
    ["7/7/", "7/7/7/7/"],
  ])("%s and %s are one seed to seedrandom, and two keys here", (a, b) => {
    expect(raw(a)).toBe(raw(b));
    expect(words(rootKey(a))).not.toEqual(words(rootKey(b)));
  });
  test("the end is marked by a \\0 that occurs nowhere else", () => {
    for (const name of ["1", "a\0", "\0\0", "", "x".repeat(500), "\0".repeat(100)]) {
      const seed = seedOf(foldIn(rootKey(name), name));
      expect(seed.indexOf("\0")).toBe(seed.length - 1);
    }
  });
});

describe("a character beyond a byte", () => {
  test.each([
    ["i", "ũ"],
    ["A", "\u0141"],
    ["\0", "\u0100"],
  ])("%s and %s are one seed to seedrandom, and two keys here", (a, b) => {
    expect(raw(a)).toBe(raw(b));
    expect(words(rootKey(a))).not.toEqual(words(rootKey(b)));
  });
});

describe("variants whose sibling keys are correlated", () => {
  /** Frequencies of the bytes, all lanes, of the first numbers of 2¹⁵ siblings. */
  const firstBytes = (first: (i: number) => number): number => {
    let i = 0;
    const p = battery["bytes"]!(() => first(i++) >>> 0, 2 ** 15);
    // Too even is as unlike chance as too uneven: xorshift7's siblings are.
    return Math.min(p, 1 - p);
  };
  test.each([
    ["xor128", seedrandom.xor128],
    ["xorshift7", seedrandom.xorshift7],
  ] as const)("%s fails over them; the variant used does not, nor do the streams", (_, variant) => {
    expect(firstBytes((i) => variant(`7/tell/${i}`).int32())).toBeLessThan(1e-10);
    expect(firstBytes((i) => seedrandom(`7/tell/${i}\0`).int32())).toBeGreaterThan(1e-4);
    expect(firstBytes((i) => words(foldIn(rootKey(7), "tell", i))[0]!)).toBeGreaterThan(1e-4);
  });
});

describe("a string longer than 256 characters", () => {
  // Its end is folded onto its beginning: key[0] becomes 19·k₀ + c₂₅₆ and key[1] (19·k₀ xor 19·k₁) + c₂₅₇, modulo 256. Found here.
  const [a, b] = [`!"${"a".repeat(254)}4`, `"!${"a".repeat(254)}!`] as const;
  test("two such paths are one seed to seedrandom, even with a \\0 at the end, and two keys here", () => {
    expect(a).toHaveLength(257);
    expect(raw(`${a}\0`)).toBe(raw(`${b}\0`));
    expect(pathOf(rootKey(a))).toBe(a);
    expect(words(rootKey(a))).not.toEqual(words(rootKey(b)));
  });
  test("seeds fit seedrandom's key, and no short path looks like a long one's digest", () => {
    for (let n = 250; n < 260; n++) expect(seedOf(rootKey("a".repeat(n))).length).toBeLessThanOrEqual(256);
    const digest = seedOf(rootKey(a)).slice(0, -1);
    expect(seedOf(rootKey(digest))).not.toBe(seedOf(rootKey(a)));
  });
  test("the digest depends on every character and on the length", () => {
    const base = "a".repeat(300);
    const all = new Set([seedOf(rootKey(base))]);
    for (let i = 0; i < 300; i++) all.add(seedOf(rootKey(`${base.slice(0, i)}b${base.slice(i + 1)}`)));
    for (let n = 301; n < 340; n++) all.add(seedOf(rootKey("a".repeat(n))));
    expect(all.size).toBe(340);
  });
});

describe("seedrandom", () => {
  test("is asked once, when the streams are opened", async () => {
    vi.resetModules();
    const asked = vi.fn<(seed: string) => ReturnType<typeof seedrandom>>((seed) => seedrandom(seed));
    vi.doMock("seedrandom", () => ({ default: asked }));
    const { openStreams: open } = await import("../src/streams.ts");
    const streams = open(foldIn(rootKey(7), "a b"));
    for (let i = 0; i < 100; i++) streams.rng("tell", i).fork("x").normal();
    expect(asked.mock.calls).toEqual([["7/a%20b\0"]]);
    vi.doUnmock("seedrandom");
  });
});
