// Experiment files: normal form, every fault in one message, and never anything but a SpecError.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SpecError, misfits, parseSpec, plan, version } from "@basin/experiment";
import manifest from "../package.json" with { type: "json" };
import { catalog } from "./made.ts";

const faultsOf = (given: unknown): string[] => {
  try {
    parseSpec(given, catalog);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    return (error as SpecError).faults.map(({ place, message }) => `${place}: ${message}`);
  }
};

describe("normal form", () => {
  test("names alone stand for entries, and what is left out takes its default", () => {
    expect(parseSpec({ problems: ["bowl"], optimizers: ["slide"] }, catalog)).toEqual({
      problems: [{ name: "bowl", settings: {}, label: "bowl" }],
      optimizers: [{ name: "slide", settings: {}, label: "slide", family: "slopes" }],
      replicates: 15,
      budget: 2000,
      seed: 1,
    });
  });

  test("settings keep what differs from the defaults, so that one experiment has one form", () => {
    const written = { problems: [{ name: "bowl", settings: { dimension: 2 } }], optimizers: ["slide"] };
    expect(parseSpec(written, catalog)).toEqual(parseSpec({ ...written, problems: ["bowl"] }, catalog));
  });

  test("a spec that was parsed parses to itself, through JSON too", () => {
    const spec = parseSpec(
      {
        problems: ["bowl", { name: "bowl", settings: { dimension: 5 } }],
        optimizers: ["slide", { name: "slide", settings: { rate: 0.5 } }, { name: "slide", label: "mine" }],
        target: 1e-3,
        record: { points: true, asked: 3 },
      },
      catalog,
    );
    expect(parseSpec(spec, catalog)).toEqual(spec);
    expect(parseSpec(JSON.parse(JSON.stringify(spec)), catalog)).toEqual(spec);
    expect(spec.optimizers.map(({ label }) => label)).toEqual(["slide", "slide rate=0.5", "mine"]);
    expect(spec.problems.map(({ label }) => label)).toEqual(["bowl", "bowl dimension=5"]);
  });
});

describe("lists and ranges", () => {
  const labels = (optimizers: unknown[], problems: unknown[] = ["bowl"]): string[] =>
    parseSpec({ problems, optimizers }, catalog).optimizers.map(({ label }) => label);
  test("stand for one entry a value, and combine", () => {
    expect(labels([{ name: "slide", settings: { rate: [0.01, 0.1, 1] } }])).toEqual([
      "slide rate=0.01",
      "slide",
      "slide rate=1",
    ]);
    expect(labels([{ name: "slide", label: "mine", settings: { rate: [0.01, 1] } }])).toEqual([
      "mine rate=0.01",
      "mine rate=1",
    ]);
    const dimensions = parseSpec(
      {
        problems: [{ name: "bowl", settings: { dimension: { from: 2, to: 50, steps: 5, scale: "log" } } }],
        optimizers: ["slide"],
      },
      catalog,
    ).problems.map(({ settings }) => settings["dimension"] ?? 2);
    // 2·25^(i/4), whole
    expect(dimensions).toEqual([2, 4, 10, 22, 50]);
  });
  test("ranges give round numbers, ends included", () => {
    expect(
      labels([{ name: "slide", settings: { rate: { from: 1e-4, to: 1, steps: 5, scale: "log" } } }]),
    ).toEqual(["slide rate=0.0001", "slide rate=0.001", "slide rate=0.01", "slide", "slide rate=1"]);
  });
  test("are told as one fault", () => {
    expect(
      faultsOf({ problems: ["bowl"], optimizers: [{ name: "slide", settings: { rate: [-1, -2, 0.5] } }] }),
    ).toEqual(["optimizers[0].settings.rate: too small: expected number to be >0"]);
    expect(
      faultsOf({
        problems: ["bowl"],
        optimizers: [{ name: "slide", settings: { rate: { from: 1, to: 2, step: 3 } } }],
      }),
    ).toHaveLength(1);
    const many = Array.from({ length: 10_001 }, (_, i) => i + 1);
    expect(
      faultsOf({ problems: ["bowl"], optimizers: [{ name: "slide", settings: { rate: many } }] }),
    ).toEqual(["optimizers[0].settings: more than 10,000 combinations (name fewer values)"]);
  });
  test("a * at the end of a name stands for all names that begin so", () => {
    const { problems } = parseSpec({ problems: ["*"], optimizers: ["throw-*"] }, catalog);
    expect(problems.map(({ label }) => label)).toEqual(["bowl", "half-blind"]);
  });
});

describe("faults", () => {
  test("all of them are listed, each with its place and the nearest name", () => {
    expect(
      faultsOf({
        problems: ["bwol", { name: "bowl", settings: { dimension: 0, dimensions: 3 } }],
        optimizers: [{ name: "slide", settings: { rte: 1 } }, { name: "sldie" }, { nam: "slide" }],
        replicates: 0,
        budgets: 5,
      }),
    ).toEqual([
      "optimizers[2].name: invalid input: expected string, received undefined",
      "optimizers[2]: nam is unknown (did you mean name)",
      "replicates: too small: expected number to be >=1",
      ": budgets is unknown (did you mean budget)",
      "problems[0]: there is no problem bwol (did you mean bowl)",
      "problems[1].settings.dimension: too small: expected number to be >=1",
      "problems[1].settings: dimensions is unknown (did you mean dimension)",
      "optimizers[0].settings: rte is unknown (did you mean rate)",
      "optimizers[1]: there is no optimizer sldie (did you mean slide)",
    ]);
  });

  test("the same line twice is a fault", () => {
    expect(faultsOf({ problems: ["bowl"], optimizers: ["slide", "slide"] })).toEqual([
      "optimizers[1]: slide is there twice (give one of them other settings, or a label of its own)",
    ]);
  });

  test("names of Object.prototype are no entries", () => {
    expect(faultsOf({ problems: ["constructor"], optimizers: ["toString"] })).toHaveLength(2);
  });

  test("anything at all either parses or gives a SpecError that says something", () => {
    const name = fc.constantFrom("bowl", "slide", "throw-darts", "nothing", "");
    const entry = fc.oneof(
      name,
      fc.record(
        { name, settings: fc.dictionary(fc.string(), fc.anything()), label: fc.string() },
        { requiredKeys: [] },
      ),
      fc.anything(),
    );
    const spec = fc.oneof(
      fc.anything(),
      fc.record(
        {
          problems: fc.oneof(fc.array(entry), fc.anything()),
          optimizers: fc.oneof(fc.array(entry), fc.anything()),
          replicates: fc.anything(),
          budget: fc.anything(),
          seed: fc.anything(),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(spec, (given) => {
        for (const fault of faultsOf(given)) expect(fault.length).toBeGreaterThan(5);
      }),
      { numRuns: process.env["BASIN_LONG"] === undefined ? 500 : 20_000, seed: 1 },
    );
  });
});

test("the plan is problem × optimizer × replicate", () => {
  const spec = parseSpec(
    { problems: ["bowl", "half-blind"], optimizers: ["slide", "throw-darts"], replicates: 3 },
    catalog,
  );
  const runs = plan(spec);
  expect(runs.map(({ index }) => index)).toEqual([...runs.keys()]);
  expect(
    runs.map(({ problem, entry, spec: run }) => [problem, entry, run.replicate].join("")).join(" "),
  ).toBe("000 001 002 010 011 012 100 101 102 110 111 112");
  expect(runs[7]!.spec).toEqual({
    problem: { name: "half-blind", settings: {} },
    optimizer: { name: "slide", settings: {} },
    seed: 1,
    replicate: 1,
    budget: 2000,
  });
});

test("pairs that would be refused are found before the first run", () => {
  const spec = parseSpec({ problems: ["bowl", "half-blind"], optimizers: ["slide", "throw-darts"] }, catalog);
  const found = misfits(spec, catalog);
  expect(found.map(({ place }) => place)).toEqual(["optimizers[0]"]);
  expect(found[0]!.message).toMatch(/slide on half-blind: the optimizer asks gradient/);
});

test("the version is the package's", () => expect(version).toBe(manifest.version));
