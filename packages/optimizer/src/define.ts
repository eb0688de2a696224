// defineOptimizer: fills in what is usual and refuses, at definition, what would go wrong later.
import { UsageError, kindRow, parseSettings, type QueryKind, type SettingsSchema } from "@basin/objective";
import type { Optimizer, Requirements } from "./optimizer.ts";

/** An optimizer as it is written down: what is left out takes the usual value. */
export interface OptimizerDefinition<H extends SettingsSchema, S, K extends QueryKind> extends Omit<
  Optimizer<H, S, K>,
  "stateVersion" | "requires"
> {
  /** Default 1. */
  readonly stateVersion?: number;
  /** Defaults: encodings ["real"], dimension [1, Infinity], horizon false. */
  readonly requires?: Partial<Requirements>;
}

const KEBAB = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/**
 * An optimizer, checked: name and family in kebab-case, a summary, known kinds of query, a default, label and help for
 * each hyperparameter. That the state is plain data is a law.
 * @throws UsageError that names the optimizer and what to change.
 */
export function defineOptimizer<H extends SettingsSchema, S, K extends QueryKind>(
  definition: OptimizerDefinition<H, S, K>,
): Optimizer<H, S, K> {
  const { name, family, summary, references, needs, hyperparameters } = definition;
  const who = `optimizer ${name}`;
  const refuse = (found: string, advice: string): never => {
    throw new UsageError(who, found, advice);
  };
  if (!KEBAB.test(name)) refuse(`its name is "${name}"`, "use kebab-case, as in random-search");
  if (!KEBAB.test(family)) refuse(`its family is "${family}"`, "use kebab-case, as in gradient-descent");
  if (summary.trim() === "") refuse("it has no summary", "say in one sentence what it does");
  if (references.some((reference) => reference.trim() === ""))
    refuse("a reference is empty", "name the paper, or leave it out");
  if (needs.length === 0) refuse("it needs no kind of query", "list the kinds it may ask");
  for (const kind of needs) kindRow(kind);

  const requires: Requirements = {
    encodings: ["real"],
    dimension: [1, Infinity],
    horizon: false,
    ...definition.requires,
  };
  const [least, most] = requires.dimension;
  if (!(least >= 1 && least <= most))
    refuse(`it requires a dimension from ${least} to ${most}`, "give 1 ≤ smallest ≤ largest");
  const stateVersion = definition.stateVersion ?? 1;
  if (!Number.isInteger(stateVersion) || stateVersion < 1)
    refuse(`its stateVersion is ${stateVersion}`, "give a whole number ≥ 1");

  for (const [setting, schema] of Object.entries(hyperparameters.shape)) {
    const meta = (schema as { meta(): Record<string, unknown> | undefined }).meta();
    for (const field of ["label", "help"])
      if (typeof meta?.[field] !== "string" || meta[field] === "")
        refuse(`its hyperparameter ${setting} has no ${field}`, `add .meta({ label: "…", help: "…" })`);
  }
  try {
    parseSettings(hyperparameters, {}, who);
  } catch (error) {
    refuse(
      `its defaults do not parse (${error instanceof Error ? error.message : String(error)})`,
      "give each hyperparameter a .default(…)",
    );
  }
  return { ...definition, stateVersion, requires };
}
