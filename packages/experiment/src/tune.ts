// Tuning, counted: every optimizer gets the same number of tuning runs on seeds that the comparison never sees.
import { pow } from "@basin/math";
import { UsageError, parseSettings, z, type SettingMeta, type SettingsSchema } from "@basin/objective";
import { SOBOL_DIMENSIONS, foldIn, rngOf, rootKey, sobol } from "@basin/random";
import type { Catalog, RunProgress, Signal } from "@basin/runner";
import { budgetInWords, budgetOf } from "./budget.ts";
import { counted } from "./prose.ts";
import { finalLoss, rankedLoss, recordsOf } from "./losses.ts";
import { parseSpec, type ExperimentFile } from "./parse-spec.ts";
import { runExperiment } from "./run-experiment.ts";
import type { Entry, ExperimentResult, ExperimentSpec, Executor, PlannedRun, RunRecord } from "./spec.ts";
import { median } from "./statistics/quantile.ts";

export interface TuneOptions {
  readonly catalog: Catalog;
  readonly executor: Executor;
  /** Settings that each optimizer tries, its own among them as the first. Default 20. */
  readonly trials?: number;
  /** Held-out seeds that each trial runs on. Default 3. */
  readonly seeds?: number;
  /** Which hyperparameters are tuned, by optimizer; by default `tunable`. */
  readonly settings?: Readonly<Record<string, readonly string[]>>;
  readonly signal?: Signal;
  readonly onRecord?: (record: RunRecord) => void;
  readonly onProgress?: (run: PlannedRun, progress: RunProgress) => void;
}

export interface Trial {
  readonly settings: Readonly<Record<string, unknown>>;
  /** Median over the held-out seeds of the loss at the end, for each problem. */
  readonly losses: readonly number[];
  /** Mean over the problems of its rank among the trials, 1 the best; equal losses share their ranks. */
  readonly rank: number;
}

export interface TunedEntry {
  readonly label: string;
  readonly trials: readonly Trial[];
  /** Index of the trial that was chosen. */
  readonly chosen: number;
  /** Names of what was varied; none: it has nothing to tune, and its one trial stands. */
  readonly varied: readonly string[];
  /** Names of what was left alone, because it changes no run here: a parameter of a schedule that is not used, say. */
  readonly inert: readonly string[];
}

export interface Tuned {
  /** The experiment with what was chosen, and how much effort that took. */
  readonly spec: ExperimentSpec;
  readonly entries: readonly TunedEntry[];
  readonly criterion: string;
}

/** Replicates from here on belong to tuning: an experiment has at most 100,000. */
const HELD_OUT = 1_000_000;

/**
 * Chooses hyperparameters for each optimizer of an experiment: the trials are its own settings and points of a scrambled
 * Sobol sequence over the ranges, scales and choices of its schema; the winner has the lowest mean rank. The same experiment
 * gives the same choice everywhere. What the experiment itself sets is not varied, nor what changes no run (`inert`): that is found out by runs whose losses
nobody looks at, so that they do not count as effort.
 * @throws SpecError for an experiment that cannot be run, and UsageError for settings that cannot be tuned, or if it was cancelled.
 */
export async function tune(experiment: ExperimentFile, options: TuneOptions): Promise<Tuned> {
  const { catalog, executor, trials = 20, seeds = 3, signal, onRecord, onProgress } = options;
  const spec = parseSpec(experiment, catalog);
  const plans = await Promise.all(spec.optimizers.map((_, e) => candidatesOf(spec, e, trials, options)));
  const flat = plans.flatMap(({ candidates }, e) =>
    candidates.map((settings, t) => ({ name: spec.optimizers[e]!.name, settings, label: `${e}/${t}` })),
  );
  const result = await runExperiment(
    { ...spec, optimizers: flat, replicates: seeds },
    {
      catalog,
      executor: heldOut(executor),
      ...(signal === undefined ? {} : { signal }),
      ...(onRecord === undefined ? {} : { onRecord }),
      ...(onProgress === undefined ? {} : { onProgress }),
    },
  );
  if (result.records.length < flat.length * spec.problems.length * seeds) throw stopped();
  let at = 0;
  const entries = plans.map(({ candidates, varied, inert }, e): TunedEntry => {
    const from = at;
    at += candidates.length;
    const judged = judge(result, from, candidates);
    const chosen = judged.reduce((best, trial, t) => (trial.rank < judged[best]!.rank ? t : best), 0);
    return { label: spec.optimizers[e]!.label, trials: judged, chosen, varied, inert };
  });
  const criterion = `lowest median loss after ${typeof spec.budget === "number" ? `${spec.budget} evaluations` : budgetInWords(spec.budget)} over ${counted(seeds, "held-out seed")}${spec.problems.length > 1 ? `, by mean rank over ${spec.problems.length} problems` : ""}`;
  const tuned = spec.optimizers.map((entry, e) => {
    const { trials: tried, chosen, varied } = entries[e]!;
    return {
      ...entry,
      settings: tried[chosen]!.settings,
      tuning: { runs: tried.length * seeds * spec.problems.length, seeds, varied: [...varied], criterion },
    };
  });
  return { spec: parseSpec({ ...spec, optimizers: tuned }, catalog), entries, criterion };
}

/**
 * The hyperparameters that are tuned unless others are named: choices, and numbers with a usual range whose default lies inside of it.
 * A default at an end of its range is a switch that is off (no mini-batches, no weight decay), and is left so.
 */
export function tunable(schema: SettingsSchema): string[] {
  const defaults = parseSettings(schema, {}, "tune") as Readonly<Record<string, unknown>>;
  return Object.keys(schema.shape).filter((name) => {
    if (choicesOf(schema, name) !== undefined) return true;
    const { range } = metaOf(schema, name);
    const value = defaults[name];
    return range !== undefined && typeof value === "number" && value > range[0] && value < range[1];
  });
}

function metaOf(schema: SettingsSchema, name: string): Partial<SettingMeta> {
  return ((schema.shape[name] as z.ZodType).meta() ?? {}) as Partial<SettingMeta>;
}

/** The values of a setting that has only a few: names, certain numbers, or true and false. */
function choicesOf(schema: SettingsSchema, name: string): readonly unknown[] | undefined {
  const json = z.toJSONSchema(schema.shape[name] as z.ZodType, { io: "input", unrepresentable: "any" });
  if (json.type === "boolean") return [false, true];
  const constants = json.anyOf?.map((one) => (typeof one === "object" ? one.const : undefined));
  return json.enum ?? (constants?.includes(undefined) === false ? constants : undefined);
}

const isTunable = (schema: SettingsSchema, name: string): boolean =>
  metaOf(schema, name).range !== undefined || choicesOf(schema, name) !== undefined;

/** The settings that are tried, and which of them vary. */
interface Candidates {
  readonly candidates: readonly Entry["settings"][];
  readonly varied: readonly string[];
  readonly inert: readonly string[];
}

async function candidatesOf(
  spec: ExperimentSpec,
  e: number,
  trials: number,
  options: TuneOptions,
): Promise<Candidates> {
  const entry = spec.optimizers[e]!;
  const schema = options.catalog.optimizers[entry.name]!.hyperparameters as SettingsSchema;
  const wanted = wantedOf(entry, schema, options);
  // The first two points of the sequence lie in different halves of every range: they stand for all that the other numbers may be. Of
  // choices each may be the one that a parameter belongs to.
  const common = [entry.settings, ...drawn(entry, schema, wanted, 2, spec.seed)];
  const around = (name: string): Entry["settings"][] => [
    ...common,
    ...wanted
      .filter((other) => other !== name)
      .flatMap((other) =>
        (choicesOf(schema, other) ?? []).map((choice) => ({ ...entry.settings, [other]: choice })),
      ),
  ];
  const changes = await Promise.all(
    wanted.map((name) => isLive(name, around(name), spec, e, schema, options)),
  );
  const varied = wanted.filter((_, i) => changes[i]);
  return {
    candidates: [entry.settings, ...drawn(entry, schema, varied, trials - 1, spec.seed)],
    varied,
    inert: wanted.filter((_, i) => !changes[i]),
  };
}

/** What is to be varied, unless it turns out to change nothing. */
function wantedOf(entry: Entry, schema: SettingsSchema, { settings: named }: TuneOptions): readonly string[] {
  const wanted = named !== undefined && Object.hasOwn(named, entry.name) ? named[entry.name] : undefined;
  for (const name of wanted ?? [])
    if (!Object.hasOwn(schema.shape, name) || !isTunable(schema, name))
      throw new UsageError(
        `tune ${entry.name}`,
        `${name} has neither a range nor choices to be tuned over`,
        `choose among ${Object.keys(schema.shape)
          .filter((one) => isTunable(schema, one))
          .join(", ")}`,
      );
  const all = (wanted ?? tunable(schema)).filter((name) => !Object.hasOwn(entry.settings, name));
  return all.length > SOBOL_DIMENSIONS ? [] : all;
}

/** Points over the ranges and choices of the varied settings: as many as asked for, unless the schema refuses nearly all combinations. */
function drawn(
  entry: Entry,
  schema: SettingsSchema,
  varied: readonly string[],
  count: number,
  seed: number,
): Entry["settings"][] {
  const found: Entry["settings"][] = [];
  if (varied.length === 0) return found;
  const scramble = rngOf(foldIn(rootKey(seed), "tune", entry.label)).bits();
  const sequence = sobol(varied.length, scramble);
  const point = new Float64Array(varied.length);
  for (let i = 0; found.length < count && i < 50 * (count + 1); i++) {
    sequence.write(point, i);
    const settings = {
      ...entry.settings,
      ...Object.fromEntries(varied.map((name, j) => [name, valueAt(schema, name, point[j]!)])),
    };
    if (schema.strict().safeParse(settings).success) found.push(settings);
  }
  return found;
}

/**
 * Whether a setting changes any bit of a run, on any of the problems, with the others as they are or as they may come to be: two values of
 * it, or all its choices, are tried in each of the surroundings, until one run differs.
 */
async function isLive(
  name: string,
  surroundings: readonly Entry["settings"][],
  spec: ExperimentSpec,
  e: number,
  schema: SettingsSchema,
  { executor, signal }: TuneOptions,
): Promise<boolean> {
  const own = spec.optimizers[e]!;
  const bitsOf = async (problem: number, settings: Entry["settings"]): Promise<string> => {
    const { name: problemName, settings: problemSettings } = spec.problems[problem]!;
    const { result } = await executor.run(
      {
        problem: { name: problemName, settings: problemSettings },
        optimizer: { name: own.name, settings },
        seed: spec.seed,
        replicate: HELD_OUT,
        budget: budgetOf(spec, problem),
        ...(spec.target === undefined ? {} : { target: spec.target }),
      },
      signal === undefined ? {} : { signal },
    );
    if (result.ending === "cancelled") throw stopped();
    return result.fingerprint;
  };
  for (const settings of surroundings)
    for (const problem of spec.problems.keys()) {
      const values = (choicesOf(schema, name) ?? [0.2, 0.8].map((share) => valueAt(schema, name, share)))
        .map((value) => ({ ...settings, [name]: value }))
        .filter((one) => schema.strict().safeParse(one).success);
      const bits = await Promise.all(values.map((one) => bitsOf(problem, one)));
      if (new Set(bits).size > 1) return true;
    }
  return false;
}

function stopped(): UsageError {
  return new UsageError(
    "tune",
    "it was stopped before all trials had ended",
    "tune again; nothing was chosen",
  );
}

/** The value at a share (0 ≤ share < 1) of a setting's range, on its scale, whole where it must be; or of its choices. */
function valueAt(schema: SettingsSchema, name: string, share: number): unknown {
  const choices = choicesOf(schema, name);
  if (choices !== undefined) return choices[Math.floor(share * choices.length)];
  const { range, scale } = metaOf(schema, name);
  const [low, high] = range!;
  const { type } = z.toJSONSchema(schema.shape[name] as z.ZodType, { io: "input", unrepresentable: "any" });
  if (scale === "log" && low > 0) {
    const value = low * pow(high / low, share);
    return type === "integer" ? Math.round(value) : Number(value.toPrecision(4));
  }
  return type === "integer"
    ? low + Math.floor(share * (high - low + 1))
    : Number((low + (high - low) * share).toPrecision(4));
}

function heldOut(executor: Executor): Executor {
  return {
    run: (spec, options) => executor.run({ ...spec, replicate: spec.replicate + HELD_OUT }, options),
  };
}

/** Trials `from` … of the result: their losses, and their mean ranks among each other. */
function judge(result: ExperimentResult, from: number, candidates: readonly Entry["settings"][]): Trial[] {
  const losses = candidates.map((_, t) =>
    result.spec.problems.map((__, p) =>
      median(
        recordsOf(result, p, from + t).map(({ result: one }) =>
          rankedLoss(finalLoss(one), one.trace.hits.above),
        ),
      ),
    ),
  );
  return candidates.map((settings, t) => {
    const ranks = result.spec.problems.map((_, p) => {
      const mine = losses[t]![p]!;
      const lower = losses.filter((other) => other[p]! < mine).length;
      const equal = losses.filter((other) => other[p] === mine).length;
      return lower + (equal + 1) / 2;
    });
    return { settings, losses: losses[t]!, rank: ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length };
  });
}
