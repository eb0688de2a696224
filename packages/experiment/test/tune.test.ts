// Tuning: the same effort for all, on seeds that the comparison never sees, and the same choice everywhere.
import { expect, test } from "vitest";
import { z } from "@basin/objective";
import {
  experimentJsonSchema,
  fairness,
  inProcess,
  parseSpec,
  runExperiment,
  tunable,
  tune,
  type Executor,
  type Tuning,
} from "@basin/experiment";
import { catalog } from "./made.ts";

const executor = (): Executor => inProcess(catalog, () => performance.now());
/** The rate of `slide` has no usual range in the catalog: here it has. */
const rate = z
  .number()
  .positive()
  .default(0.01)
  .meta({ label: "rate", help: "Step over slope.", scale: "log", range: [1e-4, 10] });
const ranged = {
  ...catalog,
  optimizers: {
    ...catalog.optimizers,
    slide: { ...catalog.optimizers["slide"]!, hyperparameters: z.object({ rate }) },
  },
};
const spec = { problems: ["bowl"], optimizers: ["slide", "throw-darts"], replicates: 5, budget: 40, seed: 3 };

test("finds a rate that is better than the default, by trials of equal number, on held-out seeds", async () => {
  const seen = new Set<number>();
  const inner = inProcess(ranged, () => performance.now());
  const spying: Executor = {
    run: (run, options) => {
      seen.add(run.replicate);
      return inner.run(run, options);
    },
  };
  const {
    spec: tuned,
    entries,
    criterion,
  } = await tune(spec, { catalog: ranged, executor: spying, trials: 12, seeds: 2 });
  expect([...seen]).toEqual([1_000_000, 1_000_001]);
  expect(criterion).toBe("lowest median loss after 40 evaluations over 2 held-out seeds");
  const [slide, darts] = entries;
  expect(slide!.trials).toHaveLength(12);
  expect(slide!.trials[0]!.settings).toEqual({});
  // x ← x − 2·rate·x: the nearer to 0.5, the better, and 0.01 is far from it
  const chosen = tuned.optimizers[0]!.settings["rate"] as number;
  expect(Math.abs(chosen - 0.5)).toBeLessThan(0.45);
  expect(slide!.trials[slide!.chosen]!.losses[0]).toBeLessThan(slide!.trials[0]!.losses[0]!);
  // nothing to tune: one trial, its own settings
  expect([darts!.trials.length, darts!.varied]).toEqual([1, []]);
  expect(tuned.optimizers[0]!.tuning).toEqual({ runs: 24, seeds: 2, varied: ["rate"], criterion });
  // a file of it parses to itself
  expect(parseSpec(JSON.parse(JSON.stringify(tuned)), ranged)).toEqual(tuned);
});

test("is the same everywhere, and does not vary what the experiment sets", async () => {
  const options = { catalog: ranged, trials: 6, seeds: 1 };
  const run = (): ReturnType<typeof tune> => tune(spec, { ...options, executor: inProcess(ranged, () => 0) });
  expect(await run()).toEqual(await run());
  const set = { ...spec, optimizers: [{ name: "slide", settings: { rate: 0.3 } }] };
  const { entries } = await tune(set, { ...options, executor: inProcess(ranged, () => 0) });
  expect(entries[0]).toMatchObject({ trials: [{ settings: { rate: 0.3 } }], chosen: 0, varied: [] });
});

test("refuses what cannot be tuned, and chooses nothing when it is stopped", async () => {
  const options = { catalog: ranged, executor: executor(), trials: 3 };
  await expect(tune(spec, { ...options, settings: { slide: ["speed"] } })).rejects.toThrow(
    /speed has neither a range nor choices to be tuned over; choose among rate/,
  );
  const stopped = AbortSignal.abort("enough");
  await expect(
    tune(spec, { ...options, executor: inProcess(ranged, () => 0), signal: stopped }),
  ).rejects.toThrow(/nothing was chosen/);
});

const setting = (value: number): z.ZodDefault<z.ZodNumber> =>
  z
    .number()
    .default(value)
    .meta({ label: "x", help: "x.", range: [0, 1] });
const choice = (given: z.ZodType): z.ZodType => given.meta({ label: "x", help: "x." });

test("varies choices as well, among them those that others belong to", async () => {
  // by default the rate is 0; where the kind is "given" it is the power, and halved
  const hyperparameters = z.object({
    kind: choice(z.enum(["still", "given", "away"]).default("still")),
    half: choice(z.boolean().default(true)),
    power: setting(0.1),
    name: choice(z.enum(["one", "other"]).default("one")),
  });
  const plain = catalog.optimizers["slide"]!;
  const chooser = {
    ...plain,
    hyperparameters,
    create: (
      { kind, half, power }: { kind: string; half: boolean; power: number },
      ...rest: [never, never]
    ) => plain.create({ rate: { still: 1e-9, given: half ? power / 2 : power }[kind] ?? 1.5 }, ...rest),
  } as unknown as typeof plain;
  const own = { ...catalog, optimizers: { slide: chooser } };
  const inner = inProcess(own, () => 0);
  const experiment = { problems: ["bowl"], optimizers: ["slide"], budget: 20 };
  const { entries, spec: tuned } = await tune(experiment, {
    catalog: own,
    executor: inner,
    trials: 40,
    seeds: 1,
  });
  const [entry] = entries;
  expect([entry!.varied, entry!.inert]).toEqual([["kind", "half", "power"], ["name"]]);
  const tried = (name: string): unknown[] => [
    ...new Set(entry!.trials.slice(1).map(({ settings }) => settings[name])),
  ];
  expect(tried("kind").sort()).toEqual(["away", "given", "still"]);
  expect(tried("half").sort()).toEqual([false, true]);
  // each of three kinds gets its third of the Sobol points, give or take what a third of 39 can be off
  for (const kind of ["still", "given", "away"])
    expect(
      Math.abs(entry!.trials.slice(1).filter(({ settings }) => settings["kind"] === kind).length - 13),
    ).toBeLessThan(4);
  // x ← x − 2·rate·x: still stays, away leaves
  expect(tuned.optimizers[0]!.settings["kind"]).toBe("given");
  expect(parseSpec(JSON.parse(JSON.stringify(tuned)), own)).toEqual(tuned);
  // a choice that the experiment makes stands
  const set = { ...experiment, optimizers: [{ name: "slide", settings: { kind: "away" } }] };
  const stands = await tune(set, { catalog: own, executor: inner, trials: 3, seeds: 1 });
  expect(stands.entries[0]).toMatchObject({ varied: [], inert: ["half", "power", "name"] });
  // by name alone, too
  const named = await tune(experiment, {
    catalog: own,
    executor: inner,
    trials: 5,
    seeds: 1,
    settings: { slide: ["half"] },
  });
  expect(named.entries[0]).toMatchObject({ varied: [], inert: ["half"] });
});

test("leaves alone what changes no run: parameters of what is not used, whatever the others are", async () => {
  // the rate counts, and where the floor is high, which it is not by default, the warmth; the power does not, unless the kind is another
  const hyperparameters = z.object({
    rate: setting(0.1),
    floor: setting(0.5),
    warmth: setting(0.5),
    power: setting(0.5),
    kind: z.enum(["constant", "power"]).default("constant").meta({ label: "x", help: "x." }),
  });
  const plain = catalog.optimizers["slide"]!;
  const scheduled = {
    ...plain,
    hyperparameters,
    create: (given: z.output<typeof hyperparameters>, ...rest: [never, never]) =>
      plain.create(
        {
          rate:
            given.rate +
            (given.kind === "power" ? given.power : 0) +
            (given.floor > 0.5 ? 0.01 * given.warmth : 0),
        },
        ...rest,
      ),
  } as unknown as typeof plain;
  const own = { ...catalog, optimizers: { slide: scheduled } };
  const options = { catalog: own, executor: inProcess(own, () => 0), trials: 4, seeds: 1 };
  const experiment = { problems: ["bowl"], optimizers: ["slide"], budget: 20 };
  const numbers = { slide: ["rate", "floor", "warmth", "power"] };
  const { entries } = await tune(experiment, { ...options, settings: numbers });
  expect(entries[0]).toMatchObject({ varied: ["rate", "floor", "warmth"], inert: ["power"] });
  for (const { settings } of entries[0]!.trials) expect(settings).not.toHaveProperty("power");
  expect(entries[0]!.trials).toHaveLength(4);
  const set = { ...experiment, optimizers: [{ name: "slide", settings: { kind: "power" } }] };
  expect((await tune(set, options)).entries[0]).toMatchObject({ inert: [] });
  // by name, too: what changes nothing cannot be tuned
  const named = await tune(experiment, { ...options, settings: { slide: ["power"] } });
  expect(named.entries[0]).toMatchObject({ varied: [], inert: ["power"], trials: [{ settings: {} }] });
  expect(named.spec.optimizers[0]!.tuning).toMatchObject({ runs: 1, varied: [] });
});

test("a default at an end of its range is a switch that is off; choices are tuned", () => {
  const number = (value: number, range?: [number, number]): z.ZodDefault<z.ZodNumber> =>
    z
      .number()
      .default(value)
      .meta({ label: "x", help: "x.", ...(range === undefined ? {} : { range }) });
  expect(
    tunable(
      z.object({
        a: number(0, [0, 1]),
        b: number(0.5, [0, 1]),
        c: number(1, [0, 1]),
        d: number(0.5),
        e: choice(z.boolean().default(true)),
        f: choice(z.enum(["one", "other"]).default("one")),
        g: choice(z.string().default("free")),
        h: choice(z.union([z.literal(1), z.literal(2)]).default(2)),
      }),
    ),
  ).toEqual(["b", "e", "f", "h"]);
});

test("fairness tells equal effort from unequal effort", async () => {
  const tuning = (runs: number, varied = ["rate"]): Tuning => ({
    runs,
    seeds: 3,
    varied,
    criterion: "lowest median loss",
  });
  const checked = async (
    first: Tuning | undefined,
    second: Tuning | undefined,
  ): Promise<[boolean, string]> => {
    const optimizers = [
      { name: "slide", settings: { rate: 0.2 }, ...(first === undefined ? {} : { tuning: first }) },
      { name: "throw-darts", ...(second === undefined ? {} : { tuning: second }) },
    ];
    const result = await runExperiment(
      { ...spec, optimizers },
      {
        catalog,
        executor: executor(),
      },
    );
    const check = fairness(result).find(({ statement }) => statement.startsWith("Same care"))!;
    return [check.ok, check.detail];
  };
  expect(await checked(tuning(60), tuning(60))).toEqual([
    true,
    "60 tuning runs each on 3 held-out seeds, counted. Chosen: lowest median loss.",
  ]);
  expect(await checked(tuning(60), tuning(3))).toEqual([false, "Tuning runs: slide 60, throw darts 3."]);
  expect(await checked(tuning(60), tuning(3, []))).toEqual([
    true,
    "60 tuning runs each on 3 held-out seeds, counted. Chosen: lowest median loss. Nothing to tune: throw darts.",
  ]);
  expect(await checked(tuning(60), undefined)).toEqual([
    false,
    "Tuned: slide (60 runs). A method looks good if someone tuned it.",
  ]);
});

test("the JSON Schema of experiment files takes names and settings of the catalog, lists and ranges", () => {
  const schema = experimentJsonSchema(ranged) as {
    properties: Record<string, { items: { anyOf: { enum?: string[] }[] } }>;
  };
  expect(schema.properties["optimizers"]!.items.anyOf[0]!.enum).toEqual(["slide", "throw-darts"]);
  expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  // read back by zod, it takes what parseSpec takes, and refuses what it refuses
  const check = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  const file = (optimizer: unknown): unknown => ({ problems: ["bowl"], optimizers: [optimizer] });
  for (const good of [
    "slide",
    "throw-*",
    { name: "slide", settings: { rate: [0.1, 1] } },
    { name: "slide", settings: { rate: { from: 0.1, to: 1, steps: 3 } } },
  ])
    expect(check.safeParse(file(good)).success || good).toBe(true);
  for (const bad of [
    "slid",
    { name: "slide", settings: { rte: 1 } },
    { name: "slide", settings: { rate: "fast" } },
    {},
  ])
    expect(check.safeParse(file(bad)).success && bad).toBe(false);
  // budgets as parseSpec has them, and what it returns is a file itself
  const budget = (given: unknown): boolean =>
    check.safeParse({ ...(file("slide") as object), budget: given }).success;
  expect([2000, 0.5, "1000n", "2.5n", "1e3n"].map(budget)).toEqual([true, true, true, true, true]);
  expect([0, "1000", "1000 n", "n", { perDimension: 3 }, null].map(budget)).toEqual([
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
  const whole = {
    ...(file("slide") as object),
    budget: "10n",
    target: 1,
    record: { points: true, asked: 2 },
  };
  expect(check.safeParse(parseSpec(whole, ranged)).success).toBe(true);
});
