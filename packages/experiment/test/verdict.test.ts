// The verdict on results that are made up number by number: every sentence is computed, so every case has its own.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verdict } from "@basin/experiment";
import { madeOf, times, type Made } from "./made.ts";

const test01 =
  "(p ≤ 0.01: Wilcoxon's signed-rank test, paired by seed, with Holm's correction over all pairs)";
const said = (optimizers: Record<string, readonly Made[]>, options = {}): readonly string[] =>
  verdict(madeOf(optimizers, options)).sentences;

test("the leader, what others need for the same loss, and who never gets there", () => {
  expect(
    said({
      "gradient-descent": times(15, { losses: [1, 0.1, 0.001, 0.0001] }),
      "genetic-algorithm": times(15, { losses: [1, 0.9, 0.1, 0.1] }),
      "random-search": times(15, { losses: [1, 0.9, 0.8, 0.8] }),
    }),
  ).toEqual([
    "After 1,000 evaluations gradient-descent is lowest in 15 of 15 seeds.",
    "gradient-descent reaches a loss of 0.1 after 10 evaluations; genetic-algorithm needs 10 times as many; random-search has not reached it.",
    `That is almost surely not luck ${test01}.`,
  ]);
});

test("names of the catalog are words; labels that someone wrote stay", () => {
  const result = madeOf({ "throw-darts": [{}], mine: [{ losses: [0.5] }] });
  expect(verdict(result).sentences[0]).toBe(
    "After 1,000 evaluations mine is lowest in the one seed that all ran.",
  );
  expect(verdict(madeOf({ "throw-darts": times(3, { losses: [1, 0.5] }) })).sentences).toEqual([
    "After 1,000 evaluations throw darts has brought the loss from 1 to 0.5 (medians of 3 seeds).",
  ]);
});

test("one seed is an anecdote", () => {
  expect(said({ a: [{ losses: [1, 0.1] }], b: [{ losses: [1, 0.5] }] })).toEqual([
    "After 1,000 evaluations a is lowest in the one seed that all ran.",
    "A reaches a loss of 0.501 after 10 evaluations; b needs as many.",
    "One run is an anecdote: more seeds would tell.",
  ]);
});

test("one optimizer, one run", () => {
  expect(said({ a: [{ losses: [1, 0.1] }] })).toEqual([
    "After 1,000 evaluations a has brought the loss from 1 to 0.1 in its one run.",
  ]);
});

test("all diverged", () => {
  expect(said({ a: times(2, { lost: "diverged" }), b: times(2, { lost: "failed" }) })).toEqual([
    "All 4 runs failed or diverged: no optimizer ended below its start.",
  ]);
  expect(said({ a: [{ lost: "diverged" }] })).toEqual([
    "The one run failed or diverged: no optimizer ended below its start.",
  ]);
});

test("a tie is a tie, to six digits", () => {
  expect(said({ a: times(15, { losses: [1, 0.25] }), b: times(15, { losses: [1, 0.25 + 1e-12] }) })).toEqual([
    "After 1,000 evaluations a and b end equally low in 15 of 15 seeds.",
    "A reaches a loss of 0.251 after 10 evaluations; b needs as many.",
  ]);
});

test("what is within 10⁻¹² of the minimum is solved: costs are compared there, not at the sixteenth digit", () => {
  expect(
    said({
      a: times(10, { losses: [1, 1e-12, 1e-16] }),
      b: times(10, { losses: [1, 1e-12, 1e-13] }),
      c: times(10, {}),
    }),
  ).toEqual([
    "After 1,000 evaluations a and b end equally low in 10 of 10 seeds.",
    "A reaches a loss of 1e−12 after 10 evaluations; b needs as many; c has not reached it.",
    `Against c that is almost surely not luck ${test01}.`,
  ]);
});

test("too few seeds to tell, and how many more would", () => {
  const sentences = said({
    a: times(5, { losses: [1, 0.1] }),
    b: times(5, { losses: [1, 0.2] }),
  });
  expect(sentences.at(-1)).toBe("Against b 5 seeds are not enough to tell: about 3 more would.");
});

test("the test sees how much lower, not only how often: of ten seeds two that are lost by a hair do not make luck of it", () => {
  // signed ranks: eight large differences one way, the two smallest the other; the sum of the smaller side is 1 + 2 = 3, and of the
  // 2¹⁰ ways to give signs to 1 … 10 five have a sum of at most 3: p = 2 · 5/1024 = 0.0098. By signs alone p = 112/1024 = 0.11.
  const mine = times(10, { losses: [1, 0.1] });
  const theirs = [0.0999, 0.0998, 0.2, 0.21, 0.22, 0.23, 0.24, 0.25, 0.26, 0.27].map((loss) => ({
    losses: [1, loss],
  }));
  const result = madeOf({ a: mine, b: theirs });
  const [first, second] = verdict(result).problems[0]!.rows;
  expect([first!.label, second!.against!.wins, second!.against!.losses]).toEqual(["a", 8, 2]);
  expect(second!.against!.p).toBeCloseTo(10 / 1024, 12);
  expect(verdict(result).sentences.at(-1)).toBe(`That is almost surely not luck ${test01}.`);
});

test("the correction is for all pairs, also those that the leader is not in", () => {
  // five seeds, all one way: 2 / 2⁵ in each of three pairs, and Holm's raises the smallest threefold
  const { rows } = verdict(
    madeOf({
      a: times(5, { losses: [1, 0.1] }),
      b: times(5, { losses: [1, 0.2] }),
      c: times(5, { losses: [1, 0.3] }),
    }),
  ).problems[0]!;
  expect(rows.slice(1).map(({ against }) => against!.p)).toEqual([3 / 16, 3 / 16]);
});

test("the lowest median need not win most seeds", () => {
  const a = [1, 2, 3, 4, 5].map((loss) => ({ losses: [9, loss] }));
  const b = [0.9, 9, 9, 9, 9].map((loss) => ({ losses: [9, loss] }));
  const c = [9, 1.9, 2.9, 9, 9].map((loss) => ({ losses: [9, loss] }));
  expect(said({ a, b, c })[0]).toBe(
    "After 1,000 evaluations a has the lowest median loss, 3, but is lowest in 2 of 5 seeds.",
  );
});

test("runs that are lost count as not reached, and are told", () => {
  const sentences = said({
    a: [...times(8, { losses: [1, 0.1] }), ...times(7, { lost: "diverged" as const })],
    b: times(15, { losses: [1, 0.5] }),
  });
  expect(sentences[0]).toBe("After 1,000 evaluations a is lowest in 8 of 15 seeds.");
  expect(sentences.at(-1)).toBe("7 of 15 runs of a failed or diverged, and count as not reached.");
  const more = said({
    a: [...times(7, { losses: [1, 0.1] }), ...times(8, { lost: "failed" as const })],
    b: times(15, { losses: [1, 0.5] }),
  });
  expect(more[0]).toBe("After 1,000 evaluations b is lowest in 8 of 15 seeds.");
});

test("several problems have a verdict each; records that are not there yet are no losses", () => {
  const result = madeOf({ a: times(3, {}), b: times(3, {}) }, { problems: ["bowl", "half-blind"] });
  const part = {
    ...result,
    records: result.records.filter(({ run }) => run.problem === 0 || run.entry === 0),
  };
  const { problems, sentences } = verdict(part);
  expect(problems.map(({ rows }) => rows.length)).toEqual([2, 1]);
  expect(sentences.some((text) => text.startsWith("On half-blind: after 1,000 evaluations a has"))).toBe(
    true,
  );
  expect(verdict({ ...result, records: [] })).toEqual({ problems: [], sentences: [] });
});

test("on the way there may be no seed yet that all have run, and then some", () => {
  const result = madeOf({ a: times(3, { losses: [1, 0.1] }), b: times(3, {}), c: times(3, {}) });
  for (let count = 0; count <= result.records.length; count++) {
    // any order of ending: here a's runs, then b's, then c's, and the other way round
    for (const records of [result.records.slice(0, count), result.records.toReversed().slice(0, count)]) {
      const { sentences, problems } = verdict({ ...result, records });
      expect(sentences.length > 0).toBe(count > 0);
      for (const { rows, seeds } of problems)
        for (const { against } of rows.slice(1))
          expect([seeds > 0 || against!.p === 1, against!.p > 0 && against!.p <= 1]).toEqual([true, true]);
    }
  }
  const { sentences } = verdict({ ...result, records: result.records.slice(2, 4) });
  expect(sentences).toEqual(["No seed has been run by every optimizer yet."]);
});

describe("for any results", () => {
  const made = fc.record({
    losses: fc.array(fc.double({ min: 1e-9, max: 10, noNaN: true }), { minLength: 1, maxLength: 3 }),
    lost: fc.constantFrom(undefined, undefined, undefined, "failed" as const, "diverged" as const),
  });
  const results = fc.array(fc.array(made, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 });

  test("sentences are whole, counts add up and the leader has the lowest median", () => {
    fc.assert(
      fc.property(results, (all) => {
        const { sentences, problems } = verdict(
          madeOf(
            Object.fromEntries(
              all.map((runs, i) => [
                `m${i}`,
                runs.map(({ losses, lost }) => ({ losses, ...(lost === undefined ? {} : { lost }) })),
              ]),
            ),
          ),
        );
        for (const text of sentences) {
          expect(text).toMatch(/\.$/);
          expect(text).not.toMatch(/undefined|NaN|null|\[object/);
        }
        for (const { rows, seeds } of problems) {
          const wins = rows.reduce((sum, row) => sum + row.wins, 0);
          expect(wins).toBeLessThanOrEqual(seeds);
          for (const row of rows) {
            expect(Number(rows[0]!.medianLoss.toPrecision(6))).toBeLessThanOrEqual(
              Number(row.medianLoss.toPrecision(6)),
            );
            const against = row.against ?? { wins: seeds, ties: 0, losses: 0, p: 1 };
            expect(against.wins + against.ties + against.losses).toBe(seeds);
            expect(against.p).toBeGreaterThan(0);
            expect(against.p).toBeLessThanOrEqual(1);
          }
        }
      }),
      { seed: 1 },
    );
  });

  test("the order of the optimizers changes no number", () => {
    fc.assert(
      fc.property(results, (all) => {
        const of = (order: readonly number[]): unknown =>
          verdict(
            madeOf(
              Object.fromEntries(order.map((i) => [`m${i}`, all[i]!.map(({ losses }) => ({ losses }))])),
            ),
          ).problems.map(({ rows }) =>
            rows
              .map(({ label, medianLoss, wins, shared, reached, medianCost }) => [
                label,
                medianLoss,
                wins,
                shared,
                reached,
                medianCost,
              ])
              .sort(),
          );
        const order = [...all.keys()];
        expect(of(order.toReversed())).toEqual(of(order));
      }),
      { seed: 2 },
    );
  });
});
