import { ops } from "@basin/autodiff";
import { examples, opLaws } from "@basin/autodiff/laws";
import { describe, expect, test } from "vitest";

const leaves = ["input", "full", "constant"];

test("every op has examples, and there are examples of nothing else", () => {
  expect(Object.keys(examples).toSorted()).toEqual(
    Object.keys(ops)
      .filter((name) => !leaves.includes(name))
      .toSorted(),
  );
});

describe("every op obeys the laws", () => {
  for (const [name, rows] of Object.entries(examples))
    for (const law of opLaws(ops[name]!, rows)) test(law.name, () => law.check());
});
