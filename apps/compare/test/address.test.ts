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
    problem: { name: "rosenbrock", settings: {} },
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
    problem: { name: "penguins-logistic", settings: { l2: 1e-5 } },
    entrants: [{ name: "adam", label: "Adam, schnell ✓", settings: { learningRate: 0.30000000000000004 } }],
  };
  const { text, back } = await both(config);
  expect(text).toMatch(/^state=[\w-]+$/);
  expect(back).toEqual({ config, view: defaultView });
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
