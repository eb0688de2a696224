// The law of settings and hyperparameters: JSON-able, described, each with a default that parses.
import { firstDifference } from "../bits.ts";
import { demand } from "../law.ts";
import { parseSettings, z, type SettingsSchema } from "../schema.ts";

/** Checks a schema of settings and one choice of them, parsed. */
export function checkSettings(schema: SettingsSchema, chosen: unknown, who: string): void {
  const same = (a: unknown, b: unknown, what: string): void => {
    const found = firstDifference(a, b);
    demand(found === undefined, () => `${what} differ: ${found!}`);
  };
  const defaults = parseSettings(schema, {}, who);
  same(parseSettings(schema, defaults, who), defaults, "the defaults and what they parse to");
  same(JSON.parse(JSON.stringify(chosen)), chosen, "settings and what JSON makes of them");
  for (const [name, drawn] of Object.entries(z.toJSONSchema(schema, { io: "input" }).properties ?? {}))
    for (const field of ["default", "label", "help"])
      demand(
        (drawn as Record<string, unknown>)[field] !== undefined,
        `the JSON Schema of ${name} has no ${field}`,
      );
}
