import { expect, test } from "vitest";
import { fromAddress, toAddress } from "../src/state/address.ts";
import { defaultConfig, defaultView, freeLabel, type Config, type View } from "../src/state/config.ts";

const both = async (config: Config, view: View = defaultView): Promise<{ text: string; back: unknown }> => {
  const text = await toAddress(config, view);
  return { text, back: await fromAddress(`#${text}`) };
};

test("the default state needs no address", async () => {
  const { text, back } = await both(defaultConfig);
  expect(text).toBe("");
  expect(back).toEqual({ config: defaultConfig, view: defaultView });
});

test("names and numbers are readable", async () => {
  const config: Config = {
    ...defaultConfig,
    problems: [{ name: "rosenbrock", settings: {} }],
    entrants: ["adam", "adam", "random-walk"].map((name, i) => ({
      name,
      label: ["adam", "adam 2", "random-walk"][i]!,
      settings: {},
    })),
    replicates: 5,
    seed: 7,
  };
  const { text, back } = await both(config, { axis: "queries", xScale: "linear", yScale: "log" });
  expect(text).toBe(
    "problem=rosenbrock&optimizers=adam,adam,random-walk&seeds=5&seed=7&x=queries&xscale=linear",
  );
  expect(back).toEqual({ config, view: { axis: "queries", xScale: "linear", yScale: "log" } });
});

test("settings and labels of one's own are compressed, and come back exactly", async () => {
  const config: Config = {
    ...defaultConfig,
    problems: [{ name: "penguins-logistic", settings: { l2: 1e-5 } }],
    entrants: [{ name: "adam", label: "Adam, schnell ✓", settings: { learningRate: 0.30000000000000004 } }],
  };
  const { text, back } = await both(config);
  expect(text).toMatch(/^state=[\w-]+$/);
  expect(back).toEqual({ config, view: defaultView });
});

test("several problems, a budget in multiples of n, a target and tuning come back, too", async () => {
  const tuning = { runs: 20, seeds: 3, varied: ["rate"], criterion: "lowest median" };
  const config: Config = {
    ...defaultConfig,
    problems: [
      { name: "rosenbrock", settings: { dimension: 3 }, label: "in three dimensions" },
      { name: "branin", settings: {} },
    ],
    entrants: [{ name: "adam", label: "adam", settings: {}, tuning }],
    budget: "100n",
    target: 1e-3,
  };
  expect((await both(config)).back).toEqual({ config, view: defaultView });
  const plain: Config = {
    ...defaultConfig,
    problems: ["branin", "beale"].map((name) => ({ name, settings: {} })),
    budget: "100n",
  };
  const { text, back } = await both(plain);
  expect(text).toBe("problem=branin,beale&budget=100n");
  expect(back).toEqual({ config: plain, view: defaultView });
});

test("a link of before there were several problems still opens", async () => {
  // made by the page as it was: { problem: { name: "branin", settings: {} }, entrants: [adam, labelled "A"], replicates: 2, budget: 50, seed: 1 }
  const old = await new Response(
    new Blob([
      JSON.stringify({
        problem: { name: "branin", settings: {} },
        entrants: [{ name: "adam", label: "A", settings: {} }],
        replicates: 2,
        budget: 50,
        seed: 1,
      }),
    ])
      .stream()
      .pipeThrough(new CompressionStream("deflate-raw")),
  ).arrayBuffer();
  const { config } = await fromAddress(`#state=${Buffer.from(old).toString("base64url")}`);
  expect(config.problems).toEqual([{ name: "branin", settings: {} }]);
  expect(config.entrants[0]!.label).toBe("A");
});

test("a damaged state is an error, not another experiment", async () => {
  await expect(fromAddress("#state=AAAA")).rejects.toThrow();
});

test("numbers that are none fall back to the defaults; unknown scales too", async () => {
  const { config, view } = await fromAddress("#seeds=many&budget=&xscale=cubic&x=miles");
  expect(config).toEqual(defaultConfig);
  expect(view).toEqual(defaultView);
});

test("labels are told apart", () => {
  expect(freeLabel("adam", [])).toBe("adam");
  expect(freeLabel("adam", ["adam", "adam 2"])).toBe("adam 3");
});
