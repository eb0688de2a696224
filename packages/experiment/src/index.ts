export type {
  Budget,
  Entry,
  ExecuteOptions,
  Executor,
  ExperimentResult,
  ExperimentSpec,
  PerDimension,
  PlannedRun,
  ProblemEntry,
  RunRecord,
  Tuning,
} from "./spec.ts";
export type { RunProgress } from "@basin/runner";
export { budgetInWords, budgetOf, parseBudget } from "./budget.ts";
export { parseSpec, parseSpecText } from "./parse-spec.ts";
export type { EntryFile, ExperimentFile } from "./parse-spec.ts";
export { SpecError } from "./fault.ts";
export type { Fault } from "./fault.ts";
export { misfits } from "./misfits.ts";
export { experimentJsonSchema } from "./json-schema.ts";
export { tunable, tune } from "./tune.ts";
export type { Trial, TuneOptions, Tuned, TunedEntry } from "./tune.ts";
export { plan } from "./plan.ts";
export { inShard, parseShard } from "./shard.ts";
export type { Shard } from "./shard.ts";
export { runExperiment } from "./run-experiment.ts";
export type { ExperimentOptions } from "./run-experiment.ts";
export { inProcess } from "./in-process.ts";
export { curves } from "./curves.ts";
export type { Axis, Curve } from "./curves.ts";
export { costToReach, finalLoss, isLost, rankedLoss, recordsOf, runtimeOf } from "./losses.ts";
export { standingsOf } from "./standings.ts";
export type { Pairing, Standing, Standings } from "./standings.ts";
export { verdict } from "./verdict.ts";
export type { Verdict } from "./verdict.ts";
export { fairness } from "./fairness.ts";
export type { Check } from "./fairness.ts";
export { curvesCsv, runsCsv, summaryCsv } from "./csv.ts";
export type { CsvOptions } from "./csv.ts";
export { experimentFiles } from "./experiment-files.ts";
export { canonical, fingerprint } from "./fingerprint.ts";
export { countInWords, lossInWords, nameInWords, sentence } from "./prose.ts";
export { settingsInWords } from "./settings-in-words.ts";
export { decodeRecord, encodeRecord, encodeTiming } from "./record-line.ts";
export { version } from "./version.ts";
