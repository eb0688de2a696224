import { describe, expect, test } from "vitest";
import { makeDomain, UsageError, parseSettings, z } from "@basin/objective";

describe("makeDomain", () => {
  test("clips the initial box to the bounds", () => {
    const domain = makeDomain({
      dimension: 2,
      bounds: { lower: 0, upper: 1 },
      initial: { lower: -1, upper: 0.5 },
    });
    expect([...domain.initial.lower]).toEqual([0, 0]);
    expect([...domain.initial.upper]).toEqual([0.5, 0.5]);
  });
  test("an empty box is an error that names the coordinate", () => {
    expect(() => makeDomain({ dimension: 1, bounds: { lower: 2, upper: 1 } })).toThrow(UsageError);
    expect(() => makeDomain({ dimension: 1, bounds: { lower: 2, upper: 1 } })).toThrow(
      /coordinate 0: lower 2, upper 1/,
    );
  });
});

describe("parseSettings", () => {
  const schema = z.object({ rate: z.number().positive().default(0.1), size: z.int().min(1).default(3) });
  test("gives the defaults", () => expect(parseSettings(schema, {}, "adam")).toEqual({ rate: 0.1, size: 3 }));
  test("names the nearest setting and every fault", () => {
    expect(() => parseSettings(schema, { raet: 1, size: 0 }, "adam")).toThrow(
      /raet is unknown \(did you mean rate\).*|size/,
    );
  });
});
