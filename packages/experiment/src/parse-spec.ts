// An experiment file, read: names are looked up, settings are checked against their own schemas, and every fault is listed.
import { firstDifference, parseSettings, z, type UsageError, type SettingsSchema } from "@basin/objective";
import type { Catalog, Named } from "@basin/runner";
import { MOST, multipleOf, parseBudget } from "./budget.ts";
import { dimensionOf } from "./dimension.ts";
import { SpecError, faultsOf, hint, type Fault } from "./fault.ts";
import { expand } from "./grid.ts";
import { readJsonc } from "./jsonc.ts";
import { settingsInWords } from "./settings-in-words.ts";
import type { Budget, Entry, ExperimentSpec, ProblemEntry, Tuning } from "./spec.ts";

const entry = z.strictObject({
  name: z.string(),
  settings: z.record(z.string(), z.unknown()).default({}),
  label: z.string().min(1).optional(),
});
const tuning = z.strictObject({
  runs: z.int().min(0),
  seeds: z.int().min(0),
  varied: z.array(z.string()),
  criterion: z.string(),
});
const contestant = entry.extend({ tuning: tuning.optional() });
/** A name alone stands for the name with default settings. */
const named = (given: unknown): unknown => (typeof given === "string" ? { name: given } : given);
const lists = {
  // a spec in normal form says n where its budget is a multiple of it
  problems: z.preprocess(named, entry.extend({ dimension: z.unknown().optional() })),
  optimizers: z.preprocess(named, contestant),
};

const file = z.strictObject({
  /** For editors. */
  $schema: z.string().optional(),
  problems: z.array(lists.problems).min(1, "give at least one problem"),
  optimizers: z.array(lists.optimizers).min(1, "give at least one optimizer"),
  replicates: z.int().min(1).max(100_000).default(15),
  budget: z
    .unknown()
    .default(2000)
    .transform((given, context): Budget => {
      try {
        return parseBudget(given);
      } catch (error) {
        const { found, advice } = error as UsageError;
        context.addIssue({ code: "custom", message: `${found} (${advice})` });
        return z.NEVER;
      }
    }),
  seed: z.int().min(0).default(1),
  target: z.number().optional(),
  record: z.strictObject({ points: z.boolean().optional(), asked: z.int().min(1).optional() }).optional(),
});

/** What may be written: every part but problems and optimizers has a default, and a name alone stands for an entry. */
export interface ExperimentFile {
  readonly problems: readonly (string | EntryFile)[];
  readonly optimizers: readonly (string | EntryFile)[];
  readonly replicates?: number;
  /** 2000, or "1000n": a multiple of the dimension of each problem. */
  readonly budget?: Budget;
  readonly seed?: number;
  readonly target?: number;
  readonly record?: ExperimentSpec["record"];
}

export interface EntryFile {
  /** "bbob-*": all that begin so. */
  readonly name: string;
  /** A list of values or a range (`{ from, to, steps, scale }`) stands for several entries, one for each value. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly label?: string;
  /** Of optimizers: how their settings were chosen. */
  readonly tuning?: Tuning;
}

type Parsed = z.output<typeof contestant>;

/**
 * The experiment that a text holds: JSON, in which comments and trailing commas may stand. `change` may put other values into what was
 * read before it is looked at; `who` is the name of the file in the message.
 * @throws SpecError that lists every fault with its place and line (and column where it is not even JSON).
 */
export function parseSpecText(
  text: string,
  catalog: Catalog,
  change: (given: unknown) => unknown = (given) => given,
  who?: string,
): ExperimentSpec {
  const found: Fault[] = [];
  let spec: ExperimentSpec | undefined;
  try {
    const { value, faults, lines } = readJsonc(text);
    found.push(...faults);
    const changed = change(value);
    const isOf = (fault: Fault): Fault => {
      const [, key = ""] = /^(.+) is unknown/.exec(fault.message) ?? [];
      const part = /^[^.[]*/.exec(fault.place === "" ? key : fault.place)![0];
      // what stands on a command line stands on no line of the file
      if (isObject(value) && isObject(changed) && value[part] !== changed[part]) return fault;
      const line = lines.get(fault.place === "" ? key : `${fault.place}.${key}`) ?? lines.get(fault.place);
      return line === undefined ? fault : { ...fault, line };
    };
    try {
      spec = parseSpec(changed, catalog);
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      found.push(...error.faults.map(isOf));
    }
  } catch (error) {
    if (!(error instanceof SpecError)) throw error;
    found.push(...error.faults);
  }
  // from top to bottom, as one reads
  found.sort(({ line: a = Infinity }, { line: b = Infinity }) => (a === b ? 0 : a - b));
  if (spec === undefined || found.length > 0) throw new SpecError(found, who);
  return spec;
}

/**
 * The experiment in normal form. Accepts what `ExperimentFile` says, and what it returned before.
 * @throws SpecError that lists every fault with its place and the nearest valid name.
 */
export function parseSpec(given: unknown, catalog: Catalog): ExperimentSpec {
  const result = file.safeParse(withoutFamilies(given));
  const faults = result.success ? [] : faultsOf(result.error, given, "", knownAt);
  // Names and settings are looked at although something else is wrong, so that one message lists it all.
  const problems = readEntries(given, result.data?.problems, "problems", catalog.problems, (p) => p.settings);
  const optimizers = readEntries(
    given,
    result.data?.optimizers,
    "optimizers",
    catalog.optimizers,
    (o) => o.hyperparameters,
  );
  const measured = withDimensions(problems.entries, problems.given, result.data?.budget, catalog);
  faults.push(...problems.faults, ...optimizers.faults, ...measured.faults);
  if (faults.length > 0 || !result.success) throw new SpecError(faults);
  const { replicates, budget, seed, target, record } = result.data;
  return {
    problems: measured.entries,
    optimizers: optimizers.entries.map((one): Entry => ({
      ...one,
      family: catalog.optimizers[one.name]!.family,
    })),
    replicates,
    budget,
    seed,
    ...(target === undefined ? {} : { target }),
    ...(record === undefined ? {} : { record: record as NonNullable<ExperimentSpec["record"]> }),
  };
}

/** A spec in normal form has families, which follow from the names. */
function withoutFamilies(given: unknown): unknown {
  if (!isObject(given) || !Array.isArray(given["optimizers"])) return given;
  return {
    ...given,
    optimizers: given["optimizers"].map((one: unknown) => {
      if (!isObject(one) || typeof one["family"] !== "string") return one;
      const { family: _, ...rest } = one;
      return rest;
    }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function knownAt(path: readonly PropertyKey[]): readonly string[] {
  if (path.length === 0) return Object.keys(file.shape);
  if (path[0] === "record") return ["points", "asked"];
  return Object.keys((path[0] === "optimizers" ? contestant : entry).shape);
}

/** The entries of one list: looked up, settings parsed and brought to normal form, labelled. */
function readEntries<T>(
  given: unknown,
  parsed: readonly Parsed[] | undefined,
  list: "problems" | "optimizers",
  table: Readonly<Record<string, T>>,
  schemaOf: (item: T) => SettingsSchema,
): { entries: (ProblemEntry & { readonly tuning?: Tuning })[]; given: Given[]; faults: Fault[] } {
  const faults: Fault[] = [];
  const singular = list.slice(0, -1);
  const raw = parsed ?? rawEntries(list, isObject(given) ? given[list] : undefined);
  const found: Found[] = [];
  for (const [i, one] of raw.entries()) {
    if (one === undefined) continue;
    const place = `${list}[${i}]`;
    const names = matching(one.name, Object.keys(table));
    if (names.length === 0)
      faults.push({
        place,
        message: `there is no ${singular} ${one.name} (${hint(one.name, Object.keys(table))})`,
      });
    for (const name of names) {
      const schema = schemaOf(table[name]!);
      const all = expand(one.settings, schema);
      if (all === undefined)
        faults.push({
          place: `${place}.settings`,
          message: "more than 10,000 combinations (name fewer values)",
        });
      for (const settings of all ?? []) {
        const read = schema.strict().safeParse(settings);
        if (!read.success) {
          const known = Object.keys(schema.shape);
          faults.push(...faultsOf(read.error, settings, `${place}.settings`, () => known));
          continue;
        }
        const several = all!.length > 1 || names.length > 1;
        found.push({
          name,
          settings: beyondDefaults(schema, read.data, name),
          label: one.label,
          tuning: "tuning" in one ? one.tuning : undefined,
          dimension: "dimension" in one ? one.dimension : undefined,
          several,
          place,
        });
      }
    }
  }
  const entries = found.map(({ name, settings, label, several, tuning: effort }) => ({
    name,
    settings,
    ...(effort === undefined ? {} : { tuning: effort }),
    label:
      label === undefined
        ? labelOf(name, settings, found)
        : several
          ? `${label} ${wordsFor(name, settings)}`
          : label,
  }));
  for (const [i, { label }] of entries.entries())
    if (entries.findIndex((other) => other.label === label) < i)
      faults.push({
        place: found[i]!.place,
        message: `${label} is there twice (give one of them other settings, or a label of its own)`,
      });
  return { entries, given: found, faults: unique(faults) };
}

/** What was written of an entry, and where. */
interface Given {
  readonly dimension: unknown;
  readonly place: string;
}

/** Problems with their dimension, where the budget is a multiple of it; one that was written must be right. */
function withDimensions(
  entries: readonly ProblemEntry[],
  given: readonly Given[],
  budget: Budget | undefined,
  catalog: Catalog,
): { readonly entries: readonly ProblemEntry[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const perDimension = typeof budget === "string";
  const measured = entries.map((problem, i): ProblemEntry => {
    const { dimension: written, place } = given[i]!;
    if (!perDimension && written === undefined) return problem;
    let n: number;
    try {
      n = dimensionOf(problem, catalog);
    } catch (error) {
      faults.push({ place, message: (error as Error).message });
      return problem;
    }
    if (written !== undefined && written !== n)
      faults.push({
        place: `${place}.dimension`,
        message: `${problem.label} has ${n} (dimension is a setting: write "settings": { "dimension": ${JSON.stringify(written)} })`,
      });
    return perDimension ? { ...problem, dimension: n } : problem;
  });
  const [most] = measured.map(({ dimension = 0 }) => dimension).toSorted((a, b) => b - a);
  if (perDimension && most !== undefined && multipleOf(budget) * most > MOST)
    faults.push({
      place: "budget",
      message: `it is ${budget} with n = ${most} (give less than 1e12 in all)`,
    });
  return { entries: measured, faults: unique(faults) };
}

interface Found extends Named, Given {
  readonly label: string | undefined;
  readonly tuning: Tuning | undefined;
  /** Whether what was written stands for several entries. */
  readonly several: boolean;
}

/** The name itself, or with a * at its end all names that begin so: "bbob-*". */
function matching(name: string, known: readonly string[]): readonly string[] {
  if (known.includes(name)) return [name];
  return name.endsWith("*") ? known.filter((one) => one.startsWith(name.slice(0, -1))) : [];
}

function wordsFor(name: string, settings: Named["settings"]): string {
  const words = settingsInWords(settings);
  return words === "" ? name : words;
}

/** A fault of a list of values is one fault, not one for each combination. */
function unique(faults: readonly Fault[]): Fault[] {
  const said = new Set<string>();
  return faults.filter(({ place, message }) => {
    const text = `${place} ${message.replace(/^it is \S+ /, "")}`;
    return !said.has(text) && said.add(text);
  });
}

/** What can be looked up of a list in a file that does not parse. */
function rawEntries(list: "problems" | "optimizers", given: unknown): readonly (Parsed | undefined)[] {
  if (!Array.isArray(given)) return [];
  return given.map((one: unknown) => {
    const result = lists[list].safeParse(one);
    return result.success ? result.data : undefined;
  });
}

function beyondDefaults(
  schema: SettingsSchema,
  settings: Readonly<Record<string, unknown>>,
  who: string,
): Record<string, unknown> {
  const defaults: Readonly<Record<string, unknown>> = parseSettings(schema, {}, who);
  // in the order of the schema, whatever order they were given in
  return Object.fromEntries(
    Object.keys(schema.shape)
      .filter((name) => firstDifference(settings[name], defaults[name]) !== undefined)
      .map((name) => [name, settings[name]]),
  );
}

/** The name, and the settings too where another entry without a label has the same name. */
function labelOf(
  name: string,
  settings: Named["settings"],
  all: readonly { name: string; label: string | undefined }[],
): string {
  const alone = all.filter((other) => other.label === undefined && other.name === name).length === 1;
  const words = settingsInWords(settings);
  return alone || words === "" ? name : `${name} ${words}`;
}
