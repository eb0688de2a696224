// An experiment from a file (JSON, comments allowed) or from the words of a command line.
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError, suggest } from "@basin/objective";
import {
  canonical,
  parseSpec,
  parseSpecText,
  settingsInWords,
  type Budget,
  type ExperimentSpec,
} from "@basin/experiment";
import { catalog } from "@basin/catalog";
import { commandLine } from "./interrupt.ts";
import { presets } from "./presets.ts";
import { assign, splitOutside, valueOf, writtenEntries, type Settings, type Written } from "./settings.ts";

export interface SpecOptions {
  readonly problems?: string;
  readonly optimizers?: string;
  readonly seeds?: number;
  readonly budget?: Budget;
  readonly seed?: number;
  readonly target?: number;
  /** "2,5,10" */
  readonly dimensions?: string;
  readonly set: readonly string[];
  readonly problemSet: readonly string[];
}

const usual = "gradient-descent,random-search,genetic-algorithm";

/** The experiment that the words mean: a file, a preset, or problems by name; options stand above what a file or a preset says. */
export function experimentOf(what: string, options: SpecOptions): ExperimentSpec {
  const change = (given: unknown): unknown => changed(given, options);
  const isPreset = Object.hasOwn(presets, what) && !Object.hasOwn(catalog.problems, what);
  const spec = isFile(what)
    ? parseSpecText(textOf(what), catalog, change, what === "-" ? "standard input" : what)
    : isPreset
      ? parseSpec(change(presets[what]!.experiment), catalog)
      : parseSpec(fromWords(what, options), catalog);
  return withDimensions(spec, options);
}

/** "-": what is piped in. */
const isFile = (what: string): boolean => what === "-" || /\.jsonc?$/i.test(what);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A whole experiment, with what the options say in the place of what it says itself. */
function changed(given: unknown, options: SpecOptions): unknown {
  if (!isObject(given)) return given;
  const { seeds: replicates, budget, seed, target } = options;
  const written = {
    problems: options.problems === undefined ? undefined : writtenEntries(options.problems, "problem"),
    optimizers:
      options.optimizers === undefined ? undefined : writtenEntries(options.optimizers, "optimizer"),
  };
  const others = Object.entries({ replicates, budget, seed, target }).filter(
    ([, value]) => value !== undefined,
  );
  return {
    ...given,
    problems: withSettings("--problem-set", options.problemSet, written.problems, given["problems"]),
    optimizers: withSettings("--set", options.set, written.optimizers, given["optimizers"]),
    ...Object.fromEntries(others),
  };
}

/**
 * Entries with the settings of an option. What stands with an entry on the command line is nearer to it than the option; what stands in a
 * file is not, and settings that were tuned are so no longer once another is put among them.
 */
function withSettings(
  option: "--set" | "--problem-set",
  texts: readonly string[],
  written: readonly Written[] | undefined,
  given: unknown,
): unknown {
  if (texts.length === 0) return written ?? given;
  if (written !== undefined) return assigned(option, texts, written, false);
  if (!Array.isArray(given)) return given;
  const entries = given.map((one: unknown) => {
    if (typeof one === "string") return { name: one, settings: {} };
    if (!isObject(one)) return one;
    return { ...one, settings: isObject(one["settings"]) ? { ...one["settings"] } : {} };
  });
  const before = entries.map((one) => JSON.stringify(one));
  assigned(option, texts, entries.filter(isWritten), true);
  return entries.map((one, i) => {
    if (!isObject(one) || JSON.stringify(one) === before[i]) return given[i] as unknown;
    const { tuning: _, ...rest } = one;
    // the label of a spec in normal form was made of the settings that were
    return rest["label"] === labelBefore(before[i]!) ? { ...rest, label: undefined } : rest;
  });
}

const isWritten = (one: unknown): one is Written => isObject(one) && typeof one["name"] === "string";

function labelBefore(json: string): string {
  const { name, settings } = JSON.parse(json) as Written;
  const words = settingsInWords(settings);
  return words === "" ? name : `${name} ${words}`;
}

/** "adam.rate=0.01" into every adam; of problems "dimension=5" into all of them, too. */
function assigned(
  option: "--set" | "--problem-set",
  texts: readonly string[],
  entries: readonly Written[],
  over: boolean,
): readonly Written[] {
  for (const text of texts) {
    const [, name = "", rest = ""] = /^([a-z0-9-]+)\.(.*)$/s.exec(text) ?? [];
    const named = entries.filter((entry) => entry.name === name);
    if (named.length > 0)
      for (const entry of named) assignBelow(entry.settings, rest, `${option} ${name}`, over);
    else if (option === "--problem-set")
      for (const entry of entries) assignBelow(entry.settings, text, option, over);
    else {
      const names = [...new Set(entries.map((entry) => entry.name))];
      const near = name === "" ? `the optimizers are ${names.join(", ")}` : suggest(name, names);
      throw new UsageError(
        option,
        `"${text}" is for none of the optimizers`,
        `write it as optimizer.setting=value, for example adam.rate=0.01 (${near})`,
      );
    }
  }
  return entries;
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

function textOf(path: string): string {
  try {
    return readFileSync(path === "-" ? 0 : path, "utf8");
  } catch {
    throw new UsageError(path, "the file cannot be read", "check its name and its permissions");
  }
}

function fromWords(problem: string, options: SpecOptions): unknown {
  refuseFiles(problem);
  if (options.problems !== undefined)
    throw new UsageError(
      "--problems",
      "it stands for the problems of a file or a preset",
      `write all problems in the first place: ${problem},${options.problems}`,
    );
  const optimizers = options.optimizers ?? usual;
  return changed({}, { ...options, problems: problem, optimizers });
}

/** A folder or a file of another kind that is named like a problem was not meant as one. */
function refuseFiles(what: string): void {
  if (Object.hasOwn(catalog.problems, what) || !existsSync(what)) return;
  if (!statSync(what).isDirectory())
    throw new UsageError(what, "it is no experiment file", "give it a name that ends in .json or .jsonc");
  const spec = join(what, "spec.json");
  throw existsSync(spec)
    ? new UsageError(
        what,
        "it is a folder with an experiment",
        `${commandLine("run", spec, "-o", what)} goes on with it, and ${commandLine("report", what)} shows it`,
      )
    : new UsageError(what, "it is a folder", "name a problem, a preset or an experiment file");
}

function assignBelow(settings: Settings, text: string, who: string, over: boolean): void {
  for (const part of splitOutside(text, ",")) {
    const own: Settings = {};
    assign(own, part, who);
    for (const [key, value] of Object.entries(own))
      if (over || settings[key] === undefined) settings[key] = value;
  }
}
