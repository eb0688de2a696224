// Many problems at a glance.
import { expect, test } from "vitest";
import { overview, report } from "@basin/report";
import { bbobExperiment } from "./made.ts";

test("an overview has a row for each function, ends as in the tables, and mean ranks over the rows", async () => {
  const result = await bbobExperiment();
  const { rows, optimizers, p } = overview(result);
  expect(rows.map(({ label }) => label)).toEqual(
    ["f1 dimension=2", "f1 dimension=3", "f8 dimension=2", "f8 dimension=3"].map(
      (text) => `bbob-${text} (5 instances)`,
    ),
  );
  const table = report(result).tables.find(({ title }) => title === `Loss at the end on ${rows[2]!.label}`)!;
  const { columns, rows: data } = table.data!;
  expect(rows[2]!.ends).toEqual(data.map((row) => row[columns.indexOf("median")]));
  // ranks by hand: equal ends, to six digits or both within 1e-12 of the minimum, share theirs
  const ranksIn = (ends: readonly (number | undefined)[]): number[] =>
    ends.map((end) => {
      const six = (value: number | undefined): number =>
        value! <= 1e-12 ? 0 : Number(value!.toPrecision(6));
      const lower = ends.filter((other) => six(other) < six(end)).length;
      return lower + (ends.filter((other) => six(other) === six(end)).length + 1) / 2;
    });
  const ranks = rows.map(({ ends }) => ranksIn(ends));
  for (const [entry, { label, rank, lowest, runs, lost }] of optimizers.entries()) {
    expect([label, runs, lost]).toEqual([result.spec.optimizers[entry]!.label, 20, expect.any(Number)]);
    expect(rank).toBeCloseTo(ranks.reduce((sum, row) => sum + row[entry]!, 0) / 4, 12);
    expect(lowest).toBe(rows.filter(({ lowest: first }) => first.includes(entry)).length);
  }
  expect(p).toBeLessThan(1);
});
