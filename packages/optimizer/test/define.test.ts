import { describe, expect, test } from "vitest";
import { UsageError, z, type Ask } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";

interface State {
  readonly x: Readonly<Float64Array>;
  readonly ask: Ask<"value">;
  readonly phase: { readonly name: "a" } | { readonly name: "b"; readonly n: number };
  readonly history: readonly (readonly [number, string | null])[];
}

const definition = {
  name: "stay",
  family: "stay",
  summary: "Stays where it is.",
  references: [],
  needs: ["value"] as const,
  hyperparameters: z.object({
    size: z.number().default(1).meta({ label: "size", help: "Of nothing." }),
  }),
  create: () => ({
    init: (x: Readonly<Float64Array>): State => ({
      x,
      ask: { queries: [{ kind: "value", x }] },
      phase: { name: "a" },
      history: [],
    }),
    ask: (state: State) => state.ask,
    tell: (state: State) => state,
    recommend: (state: State) => state.x,
  }),
};

describe("defineOptimizer", () => {
  test("fills in what is usual", () => {
    const stay = defineOptimizer(definition);
    expect(stay.stateVersion).toBe(1);
    expect(stay.requires).toEqual({ encodings: ["real"], dimension: [1, Infinity], horizon: false });
    expect(defineOptimizer({ ...definition, requires: { horizon: true } }).requires).toEqual({
      encodings: ["real"],
      dimension: [1, Infinity],
      horizon: true,
    });
  });

  test.each([
    ["its name", { name: "Stay" }],
    ["its family", { family: "a b" }],
    ["no summary", { summary: " " }],
    ["a reference is empty", { references: [""] }],
    ["needs no kind", { needs: [] }],
    ["there is no kind of query valeu", { needs: ["valeu" as "value"] }],
    ["a dimension from 0", { requires: { dimension: [0, 1] as const } }],
    ["stateVersion is 0", { stateVersion: 0 }],
    ["hyperparameter a has no label", { hyperparameters: z.object({ a: z.number().default(1) }) }],
    [
      "defaults do not parse",
      { hyperparameters: z.object({ a: z.number().meta({ label: "a", help: "It." }) }) },
    ],
  ])("%s", (found, change) => {
    const define = () => defineOptimizer({ ...definition, ...change } as typeof definition);
    expect(define).toThrow(UsageError);
    expect(define).toThrow(found);
  });
});
