// The laws of a problem at one choice of settings: those of its settings, and those of the objective that they make.
import { foldIn, openStreams, rootKey } from "@basin/random";
import type { Law } from "../law.ts";
import type { Objective, Problem } from "../objective.ts";
import { parseSettings, type SettingsInput, type SettingsSchema } from "../schema.ts";
import { objectiveLaws, type ObjectiveLawOptions } from "./objective-laws.ts";
import { checkSettings } from "./settings.ts";

/**
 * The laws for a problem at one choice of settings (default: its defaults). A test of a problem is
 * `for (const law of problemLaws(rosenbrock)) test(law.name, () => law.check())`.
 * @throws UsageError for settings that do not parse, and for exceptions without a reason.
 */
export function problemLaws<S extends SettingsSchema>(
  problem: Problem<S>,
  settings?: SettingsInput<S>,
  options?: ObjectiveLawOptions,
): readonly Law[] {
  const { name } = problem;
  const chosen = parseSettings(problem.settings, settings, `problemLaws(${name})`);
  const make = (): Objective =>
    problem.create(chosen, openStreams(foldIn(rootKey("problem laws"), name)).rng("split"));
  return [
    {
      name: `${name} has settings that are JSON, described, with defaults that parse`,
      check: () => checkSettings(problem.settings, chosen, name),
    },
    ...objectiveLaws(name, make, options),
  ];
}
