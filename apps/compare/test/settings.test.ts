import { expect, test } from "vitest";
import { z } from "@basin/objective";
import { settingsOf } from "../src/ui/settings.ts";

test("controls follow from the schema alone", () => {
  const schema = z.object({
    rate: z
      .number()
      .positive()
      .default(0.1)
      .meta({ label: "Rate", help: "Length of a step.", scale: "log", range: [1e-4, 10] }),
    size: z.number().int().min(2).max(50).default(20).meta({ label: "Size", help: "How many." }),
    manner: z.enum(["one-point", "uniform"]).default("uniform").meta({ label: "Manner", help: "How." }),
    ahead: z.boolean().default(false).meta({ label: "Ahead", help: "Whether." }),
    limit: z.union([z.literal("none"), z.literal("auto")]).default("auto"),
    maxSteps: z.number().int().default(5),
    shape: z.array(z.number()).default([8, 8]),
  });
  const settings = settingsOf(schema);
  expect(settings.map(({ key, kind }) => [key, kind])).toEqual([
    ["rate", "number"],
    ["size", "number"],
    ["manner", "choice"],
    ["ahead", "switch"],
    ["limit", "choice"],
    ["maxSteps", "number"],
    ["shape", "json"],
  ]);
  expect(settings[0]).toMatchObject({
    label: "Rate",
    help: "Length of a step.",
    scale: "log",
    range: [1e-4, 10],
    initial: 0.1,
    whole: false,
  });
  expect(settings[1]).toMatchObject({ scale: "linear", range: [2, 50], min: 2, max: 50, whole: true });
  expect(settings[2]).toMatchObject({ options: ["one-point", "uniform"] });
  expect(settings[4]).toMatchObject({ options: ["none", "auto"] });
  expect(settings[5]).toMatchObject({ label: "Max steps", range: undefined });
});
