// Experiment files: normal form, every fault in one message, and never anything but a SpecError.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "@basin/objective";
import {
  SpecError,
  budgetInWords,
  budgetOf,
  curves,
  fairness,
  fingerprint,
  inProcess,
  misfits,
  parseSpec,
  parseSpecText,
  plan,
  runExperiment,
  verdict,
  version,
  type ExperimentFile,
} from "@basin/experiment";
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
    ).toEqual(["optimizers[0].settings.rate: it is -1 (give more than 0)"]);
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
      "optimizers[2].name: it is missing (give a text)",
      "optimizers[2]: nam is unknown (did you mean name)",
      "replicates: it is 0 (give 1 or more)",
      ": budgets is unknown (did you mean budget)",
      "problems[0]: there is no problem bwol (did you mean bowl)",
      "problems[1].settings.dimension: it is 0 (give 1 or more)",
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

describe("faults of a text", () => {
  const text = `{
  "problems": ["bowl",
    { "name": "bowl", "settings": { "dimension": "five" } }],
  "optimizers": "slide",
  "seeds": 3,
  "target": true
}`;
  const messageOf = (run: () => unknown): string => {
    try {
      run();
      return "";
    } catch (error) {
      return (error as Error).message;
    }
  };
  test("are told with their lines, in plain words, under the name of the file", () => {
    expect(messageOf(() => parseSpecText(text, catalog, undefined, "mine.json"))).toBe(`mine.json: 4 faults:
  line 3, problems[1].settings.dimension: it is "five" (give a number)
  line 4, optimizers: it is "slide" (give a list: ["slide"])
  line 5: seeds is unknown (did you mean seed)
  line 6, target: it is true (give a number)`);
  });
  test("that come from somewhere else stand on no line", () => {
    const change = (given: unknown): unknown => ({
      ...(given as object),
      optimizers: ["sldie"],
      target: 1,
      seeds: undefined,
    });
    expect(messageOf(() => parseSpecText(text, catalog, change))).toMatch(
      /\n {2}optimizers\[0\]: there is no optimizer sldie/,
    );
  });
  test("a choice that there is not has the nearest", () => {
    const kind = z.enum(["constant", "cosine"]).default("constant").meta({ label: "x", help: "x." });
    const own = {
      ...catalog,
      optimizers: { slide: { ...catalog.optimizers["slide"]!, hyperparameters: z.object({ kind }) } },
    };
    const of = (value: unknown): string =>
      messageOf(() =>
        parseSpec({ problems: ["bowl"], optimizers: [{ name: "slide", settings: { kind: value } }] }, own),
      );
    expect(of("cosin")).toBe('experiment: optimizers[0].settings.kind: it is "cosin" (did you mean cosine)');
    expect(of("never")).toBe(
      'experiment: optimizers[0].settings.kind: it is "never" (use one of: constant, cosine)',
    );
    expect(of(7)).toBe("experiment: optimizers[0].settings.kind: it is 7 (use one of: constant, cosine)");
  });
});

describe("a budget in multiples of n", () => {
  const written = (
    budget: unknown,
    problems: unknown[] = ["bowl", { name: "bowl", settings: { dimension: 5 } }],
  ) => ({
    problems,
    optimizers: ["slide"],
    replicates: 2,
    budget,
  });
  test("gives each problem one of its own, and says n in normal form", () => {
    const spec = parseSpec(written("100n"), catalog);
    expect(spec.budget).toBe("100n");
    expect(spec.problems.map(({ dimension }) => dimension)).toEqual([2, 5]);
    expect([budgetOf(spec, 0), budgetOf(spec, 1)]).toEqual([200, 500]);
    expect(plan(spec).map((run) => run.spec.budget)).toEqual([200, 200, 500, 500]);
    expect(parseSpec(JSON.parse(JSON.stringify(spec)), catalog)).toEqual(spec);
    expect(budgetInWords(spec.budget)).toBe("100 × n evaluations");
    // with another budget the same file is another experiment, which says no n
    const absolute = parseSpec({ ...spec, budget: 300 }, catalog);
    expect(absolute).toEqual(parseSpec(written(300), catalog));
    expect(JSON.stringify(absolute)).not.toContain('"dimension":2');
  });
  test("has one form, however it is written", () => {
    for (const [text, form] of [
      ["1e3n", "1000n"],
      [" 2.5N ", "2.5n"],
      ["0100n", "100n"],
    ])
      expect(parseSpec(written(text), catalog).budget).toBe(form);
  });
  test.each<[unknown, string]>([
    ["100 n", 'budget: it is "100 n" (write evaluations, or a multiple of the dimension: "100n")'],
    ["100*dim", 'budget: it is "100*dim" (write evaluations, or a multiple of the dimension: "100n")'],
    ["n*100", 'budget: it is "n*100" (write evaluations, or a multiple of the dimension: "100n")'],
    [
      { perDimension: 100 },
      'budget: it is {"perDimension":100} (write evaluations, or a multiple of the dimension: "100n")',
    ],
    [
      "many",
      'budget: it is "many" (write evaluations, such as 2000, or a multiple of the dimension n, such as "1000n")',
    ],
    [
      null,
      'budget: it is null (write evaluations, such as 2000, or a multiple of the dimension n, such as "1000n")',
    ],
    ["2000", 'budget: it is "2000" (write the number without quotes: 2000)'],
    ["0n", "budget: it is 0 (give a number above 0, and 1e12 at most)"],
    [-5, "budget: it is -5 (give a number above 0, and 1e12 at most)"],
    ["1e12n", "budget: it is 1000000000000n with n = 5 (give less than 1e12 in all)"],
  ])("%j is refused with a hint", (budget, fault) => expect(faultsOf(written(budget))).toEqual([fault]));
  test("an n that is not the problem's is a fault: it was meant as a setting", () => {
    expect(faultsOf(written(200, [{ name: "bowl", dimension: 7 }]))).toEqual([
      'problems[0].dimension: bowl has 2 (dimension is a setting: write "settings": { "dimension": 7 })',
    ]);
  });
  test("is compared as one in the checks, and in the words of each problem", async () => {
    const result = await runExperiment(written("10n") as ExperimentFile, {
      catalog,
      executor: inProcess(catalog, () => 0),
    });
    expect(fairness(result).find(({ statement }) => statement.startsWith("Same budget"))).toEqual({
      ok: true,
      statement: "Same budget: 10 × n evaluations each, and nobody overdrew.",
      detail: "The most that a run spent is 50. The dimension n is 2 to 5. A slope counts at its price.",
    });
    expect(
      verdict(result)
        .sentences.filter((text) => text.startsWith("On "))
        .map((text) => text.split(" evaluations")[0]),
    ).toEqual(["On bowl: after 20", "On bowl dimension=5: after 50"]);
    expect(curves(result).map(({ x }) => x.at(-1))).toEqual([20, 50]);
    // the same runs as with the absolute budget, to the last bit
    const small = await runExperiment(
      { problems: ["bowl"], optimizers: ["slide"], replicates: 2, budget: 20 },
      { catalog, executor: inProcess(catalog, () => 0) },
    );
    expect(result.records.slice(0, 2).map((one) => one.result.fingerprint)).toEqual(
      small.records.map((one) => one.result.fingerprint),
    );
    expect(fingerprint(small)).toBe("2079b1421c336581");
  });
});
