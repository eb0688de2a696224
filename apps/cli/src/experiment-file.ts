// An experiment from a file (JSON, comments allowed) or from the words of a command line.
import { readFileSync } from "node:fs";
import { UsageError, suggest } from "@basin/objective";
import { canonical, parseSpec, type ExperimentSpec } from "@basin/experiment";
import { catalog } from "@basin/catalog";
import { presets } from "./presets.ts";
import { assign, splitOutside, valueOf, writtenEntries, type Settings } from "./settings.ts";

export interface SpecOptions {
  readonly optimizers?: string;
  readonly seeds?: number;
  readonly budget?: number;
  readonly seed?: number;
  readonly target?: number;
  /** "2,5,10" */
  readonly dimensions?: string;
  readonly set: readonly string[];
  readonly problemSet: readonly string[];
}

const usual = "gradient-descent,random-search,genetic-algorithm";

/** The experiment that the words mean: a file, a preset, or problems by name. */
export function experimentOf(problem: string, options: SpecOptions): ExperimentSpec {
  if (/\.jsonc?$/i.test(problem)) {
    refuseBeside(problem, { "--optimizers": options.optimizers });
    return changed(problem, fromFile(problem), options);
  }
  const isPreset = Object.hasOwn(presets, problem) && !Object.hasOwn(catalog.problems, problem);
  return isPreset ? changed(problem, presets[problem]!.experiment, options) : fromWords(problem, options);
}

function refuseBeside(what: string, others: Readonly<Record<string, unknown>>): void {
  const extra = Object.entries(others).find(([, value]) => value !== undefined);
  if (extra !== undefined)
    throw new UsageError(
      what,
      `${extra[0]} was given beside it`,
      "change the experiment, or name the problem instead",
    );
}

/** A whole experiment, with other numbers and perhaps other optimizers. */
function changed(what: string, given: unknown, options: SpecOptions): ExperimentSpec {
  refuseBeside(what, { "--set": options.set[0], "--problem-set": options.problemSet[0] });
  const { seeds: replicates, budget, seed, target } = options;
  const optimizers =
    options.optimizers === undefined ? undefined : writtenEntries(options.optimizers, "optimizer");
  const numbers = Object.entries({ replicates, budget, seed, target, optimizers }).filter(
    ([, value]) => value !== undefined,
  );
  const whole =
    typeof given === "object" && given !== null && !Array.isArray(given)
      ? { ...withoutSchema(given as Record<string, unknown>), ...Object.fromEntries(numbers) }
      : given;
  return withDimensions(parseSpec(whole, catalog), options);
}

/** The problems in these dimensions, those that have one. */
function withDimensions(spec: ExperimentSpec, { dimensions }: SpecOptions): ExperimentSpec {
  if (dimensions === undefined) return spec;
  const values = dimensions.split(",").map((text) => valueOf(text.trim()));
  const seen = new Set<string>();
  const problems = spec.problems.flatMap(({ name, settings }) => {
    if (!Object.hasOwn(catalog.problems[name]!.settings.shape as object, "dimension"))
      throw new UsageError("--dimensions", `${name} has no dimension to set`, `see basin list ${name}`);
    return values.flatMap((dimension) => {
      const one = { name, settings: { ...settings, dimension } };
      const key = canonical(one);
      return seen.has(key) || !seen.add(key) ? [] : [one];
    });
  });
  return parseSpec({ ...spec, problems }, catalog);
}

function fromFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    throw new UsageError(path, "the file cannot be read", "check its name and its permissions");
  }
  try {
    return JSON.parse(withoutComments(text)) as unknown;
  } catch (error) {
    throw new UsageError(path, `it is not JSON: ${(error as Error).message}`, "correct it");
  }
}

/** "$schema" is for editors. */
function withoutSchema(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name !== "$schema"));
}

function fromWords(problem: string, options: SpecOptions): ExperimentSpec {
  const problems = writtenEntries(problem, "problem");
  const optimizers = writtenEntries(options.optimizers ?? usual, "optimizer");
  for (const text of options.set) {
    const name = text.slice(0, Math.max(0, text.indexOf(".")));
    const meant = optimizers.filter((entry) => entry.name === name);
    if (meant.length === 0)
      throw new UsageError(
        "--set",
        `"${text}" is for none of the optimizers`,
        `write it as optimizer.setting=value, for example adam.rate=0.01 (${
          name === ""
            ? `the optimizers are ${optimizers.map((entry) => entry.name).join(", ")}`
            : suggest(
                name,
                optimizers.map((entry) => entry.name),
              )
        })`,
      );
    // what stands with an entry itself is nearer to it
    for (const entry of meant) assignBelow(entry.settings, text.slice(name.length + 1), `--set ${name}`);
  }
  for (const text of options.problemSet) {
    const [, name, rest] = /^([a-z0-9-]+)\.(.*)$/s.exec(text) ?? [];
    const named = problems.filter((entry) => entry.name === name);
    for (const entry of named.length > 0 ? named : problems)
      assignBelow(entry.settings, named.length > 0 ? rest! : text, "--problem-set");
  }
  const { seeds: replicates, budget, seed, target } = options;
  const spec = parseSpec(
    {
      problems,
      optimizers,
      ...(replicates === undefined ? {} : { replicates }),
      ...(budget === undefined ? {} : { budget }),
      ...(seed === undefined ? {} : { seed }),
      ...(target === undefined ? {} : { target }),
    },
    catalog,
  );
  return withDimensions(spec, options);
}

function assignBelow(settings: Settings, text: string, who: string): void {
  for (const part of splitOutside(text, ",")) {
    const own: Settings = {};
    assign(own, part, who);
    for (const [key, value] of Object.entries(own)) settings[key] ??= value;
  }
}

/** JSON with comments and trailing commas → JSON; positions stay. */
export function withoutComments(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (match) =>
      match.startsWith('"') ? match : match.replaceAll(/[^\n]/g, " "),
    )
    .replaceAll(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[\]}])/g, (match) => (match === "," ? " " : match));
}
