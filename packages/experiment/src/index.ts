export type { Entry, Executor, ExperimentSpec, PlannedRun, RunProgress, RunRecord } from "./spec.ts";
