// The simplex that follows: which vertices it shares with the one before.
import { expect, test } from "vitest";
import { makeDomain, parseSettings, type Vector } from "@basin/objective";
import { isStop } from "@basin/optimizer";
import { nelderMead } from "@basin/direct-search";
import { centroidOfBest, isSpent, longestEdge } from "../src/simplex.ts";

const n = 6;
const domain = makeDomain({ dimension: n, region: { lower: -5, upper: 5 } });
const bowl = (x: Vector): number => x.reduce((sum, xi, i) => sum + (i + 1) * (xi - 1) * (xi - 1), 0);

test("a step copies none of the vertices that stay: it costs as little memory as the one that comes", () => {
  const search = nelderMead.create(parseSettings(nelderMead.hyperparameters, {}, "test"), domain, 1000);
  // nothing in it is left to chance
  const rng = undefined as never;
  let state = search.init(new Float64Array(n).fill(-3), rng);
  const shared: number[] = [];
  for (let t = 0; t < 200; t++) {
    const ask = search.ask(state);
    if (isStop(ask)) break;
    const next = search.tell(
      state,
      ask.queries.map(({ kind, x }) => ({ kind, x, value: bowl(x) })),
      rng,
    );
    if (ask.queries.length === 1)
      shared.push(next.simplex.rows.filter((row) => state.simplex.rows.includes(row)).length);
    state = next;
  }
  expect(Math.min(...shared)).toBe(n);
  expect(shared.filter((count) => count === n).length).toBeGreaterThan(50);
});

test("the centre, the longest edge and the end of a simplex are those of their definitions", () => {
  const rows = Array.from({ length: n + 1 }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => ((7 * i + 3 * j) % 11) / 8),
  );
  const simplex = { rows, values: Float64Array.from(rows.keys()) };
  const units = Float64Array.from({ length: n }, (_, j) => 2 + j);
  const centre = rows[0]!.map((_, j) => rows.slice(0, n).reduce((sum, row) => sum + row[j]!, 0) / n);
  expect(centroidOfBest(simplex)).toEqual(centre);
  const longest = Math.max(
    ...rows.slice(1).flatMap((row) => Array.from(row, (x, j) => Math.abs(x - rows[0]![j]!) / units[j]!)),
  );
  expect(longestEdge(simplex, units)).toBe(longest);
  expect(isSpent(simplex, longest, units)).toBe(true);
  expect(isSpent(simplex, longest * 0.999, units)).toBe(false);
  // one value everywhere ends it only once it is small
  const flat = { rows, values: new Float64Array(n + 1).fill(3) };
  expect(isSpent(flat, 1e-13, units)).toBe(false);
  const small = rows.map((row) => row.map((x, j) => 1 + 1e-7 * x * units[j]!));
  expect(isSpent({ ...flat, rows: small }, 1e-13, units)).toBe(true);
  expect(isSpent({ ...simplex, rows: small }, 1e-13, units)).toBe(false);
});
