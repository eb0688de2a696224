// What the catalog promises: names that are unique and say what they are, defaults that parse, a JSON Schema for each.
import { describe, expect, test } from "vitest";
import { parseSettings, z, type SettingsSchema } from "@basin/objective";
import { catalog } from "@basin/catalog";

const entries = [
  ...Object.entries(catalog.optimizers).map(
    ([key, it]) => [key, it.name, it.summary, it.hyperparameters] as const,
  ),
  ...Object.entries(catalog.problems).map(([key, it]) => [key, it.name, it.summary, it.settings] as const),
] as readonly (readonly [string, string, string, SettingsSchema])[];

test("names are unique, optimizers and problems together", () => {
  expect(new Set(entries.map(([key]) => key)).size).toBe(entries.length);
});

describe.each(entries)("%s", (key, name, summary, schema) => {
  test("has its name as key, in kebab-case, and says in a sentence what it is", () => {
    expect(name).toBe(key);
    expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
    expect(summary).toMatch(/^\S.{10,}[.?]$/);
  });
  test("has settings with defaults, and a JSON Schema that survives JSON", () => {
    const defaults = parseSettings(schema, {}, name);
    expect(parseSettings(schema, JSON.parse(JSON.stringify(defaults)), name)).toEqual(defaults);
    const json = z.toJSONSchema(schema, { io: "input" });
    expect(Object.keys(json.properties ?? {})).toEqual(Object.keys(schema.shape));
    for (const property of Object.values(json.properties ?? {}))
      expect(property).toMatchObject({ label: expect.any(String), help: expect.any(String) });
  });
});
