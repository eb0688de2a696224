// Settings and hyperparameters are zod schemas with metadata; everyone imports `z` from here, so that there is one copy, set to work without `eval`.
import { z } from "zod";
import { UsageError, suggest } from "./errors.ts";

// zod compiles parsers with `new Function` unless told not to; a strict Content-Security-Policy reports even the attempt.
z.config({ jitless: true });

export { z };

/** Metadata of one setting: what a control needs that the type does not say. */
export interface SettingMeta {
  /** Shown beside the control: a few words. */
  readonly label: string;
  /** One sentence on what it does. */
  readonly help: string;
  /** How a slider or a tuning draw spreads over the range. */
  readonly scale?: "linear" | "log";
  /** The usual range, for sliders and tuning, where the type's own bounds are wider. */
  readonly range?: readonly [number, number];
}

/** A schema of named settings, each with a default: parsing {} gives the defaults. */
export type SettingsSchema = z.ZodObject;
export type Settings<S extends SettingsSchema> = z.output<S>;
/** Settings as a user may give them: any left out takes its default. */
export type SettingsInput<S extends SettingsSchema> = z.input<S>;

/**
 * Parses settings; every fault is listed, with its place.
 * @throws UsageError for unknown names (with the nearest known one) and for values out of range.
 */
export function parseSettings<S extends SettingsSchema>(schema: S, given: unknown, who: string): Settings<S> {
  const strict = schema.strict();
  const result = strict.safeParse(given ?? {});
  if (result.success) return result.data as Settings<S>;
  const faults = result.error.issues.map((issue) => {
    if (issue.code === "unrecognized_keys")
      return issue.keys
        .map((key) => `${key} is unknown (${suggest(key, Object.keys(schema.shape))})`)
        .join(", ");
    return `${issue.path.join(".") || "settings"}: ${issue.message}`;
  });
  throw new UsageError(
    who,
    faults.join("; "),
    `see its settings: ${Object.keys(schema.shape).join(", ") || "it has none"}`,
  );
}
