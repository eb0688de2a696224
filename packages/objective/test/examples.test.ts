import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import {
  UsageError,
  exampleCache,
  exampleIndices,
  examplesVisited,
  resolveExamples,
  type Minibatch,
} from "@basin/objective";
import { openStreams, rootKey } from "@basin/random";

const streams = openStreams(rootKey("examples"));
const count = fc.integer({ min: 1, max: 60 });
const size = fc.integer({ min: 1, max: 70 });

/** The batches of an epoch, drawn as the runner has them drawn. */
function epochOf(size: number, count: number, epoch: number, cache = exampleCache()): number[][] {
  return Array.from({ length: Math.ceil(count / size) }, (_, index) => [
    ...exampleIndices({ size, draw: "sequence", epoch, index }, count, streams.rng("epoch", epoch), cache),
  ]);
}

describe("exampleIndices", () => {
  test("an epoch in sequence visits each example once", () => {
    fc.assert(
      fc.property(count, size, fc.nat(20), (count, size, epoch) => {
        const batches = epochOf(size, count, epoch);
        expect(batches.flat().toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
        for (const batch of batches.slice(0, -1)) expect(batch.length).toBe(size);
      }),
    );
  });

  test("a draw at random has no example twice, and its number is that of examplesVisited", () => {
    fc.assert(
      fc.property(count, size, fc.nat(), (count, size, id) => {
        const examples: Minibatch = { size, draw: "random", id };
        const drawn = exampleIndices(examples, count, streams.rng("examples", id));
        expect(drawn.length).toBe(examplesVisited(examples, count));
        expect(new Set(drawn).size).toBe(drawn.length);
        for (const i of drawn) expect(i >= 0 && i < count).toBe(true);
      }),
    );
  });

  test("the cache changes nothing, whatever was asked before", () => {
    const cache = exampleCache();
    const other = openStreams(rootKey("another run"));
    for (const epoch of [0, 1, 0, 2]) {
      expect(epochOf(4, 10, epoch, cache)).toEqual(epochOf(4, 10, epoch));
      // another run's epoch of the same number has an order of its own
      const examples = { size: 4, draw: "sequence", epoch, index: 0 } as const;
      expect([...exampleIndices(examples, 10, other.rng("epoch", epoch), cache)]).toEqual([
        ...exampleIndices(examples, 10, other.rng("epoch", epoch)),
      ]);
    }
  });
});

describe("resolveExamples", () => {
  test("an index beyond the epoch goes on into those that follow, in the same order", () => {
    const counted = count.chain((n) => fc.tuple(fc.constant(n + 1), fc.integer({ min: 1, max: n })));
    fc.assert(
      fc.property(counted, fc.nat(5), fc.nat(50), ([count, size], epoch, index) => {
        const resolved = resolveExamples({ size, draw: "sequence", epoch, index }, count);
        const batches = Math.ceil(count / size);
        expect(resolved).toMatchObject({ draw: "sequence", size });
        const { epoch: e, index: i } = resolved as Extract<Minibatch, { draw: "sequence" }>;
        expect(e * batches + i).toBe(epoch * batches + index);
        expect(i).toBeLessThan(batches);
      }),
    );
  });

  test("what is in range stays the same object; all examples are no mini-batch", () => {
    const examples = { size: 3, draw: "random", id: 5 } as const;
    expect(resolveExamples(examples, 4)).toBe(examples);
    expect(resolveExamples(examples, 3)).toBe(undefined);
    expect(resolveExamples(undefined, 3)).toBe(undefined);
    expect(examplesVisited(undefined, 3)).toBe(3);
  });

  test.each([
    { size: 0, draw: "random", id: 0 },
    { size: 1.5, draw: "random", id: 0 },
    { size: 1, draw: "random", id: -1 },
    { size: 1, draw: "sequence", epoch: Number.NaN, index: 0 },
    { size: 1, draw: "sequence", epoch: 0, index: 0.5 },
  ] as const)("refuses %j", (examples) => {
    expect(() => resolveExamples(examples, 10)).toThrow(UsageError);
  });
});
