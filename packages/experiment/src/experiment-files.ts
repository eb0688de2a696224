// The files of an experiment that are the same bytes wherever it ran: what the terminal leaves in a folder and the app hands out.
import { curvesCsv, runsCsv, summaryCsv } from "./csv.ts";
import { encodeRecord } from "./record-line.ts";
import { specJson } from "./spec-json.ts";
import type { ExperimentResult, ExperimentSpec, RunRecord } from "./spec.ts";

/**
 * Name and text of each: spec.json, runs.ndjson, summary.csv, curves.csv, runs.csv. What was recorded beyond the spec (points for a map)
 * is left out. All of it is in memory at once: for what a page or a test holds; a store writes runs as they end.
 */
export function experimentFiles(result: ExperimentResult): ReadonlyMap<string, string> {
  const { spec } = result;
  const records = result.records
    .filter((record) => record.result.ending !== "cancelled")
    .toSorted((a, b) => a.run.index - b.run.index);
  return new Map([
    ["spec.json", specJson(spec)],
    ["runs.ndjson", records.map((record) => `${encodeRecord(asSpecified(record, spec))}\n`).join("")],
    ["summary.csv", summaryCsv(result)],
    ["curves.csv", curvesCsv(result)],
    ["runs.csv", runsCsv({ spec, records })],
  ]);
}

function asSpecified(record: RunRecord, { record: wanted }: ExperimentSpec): RunRecord {
  const { points, asked, ...trace } = record.result.trace;
  const kept = {
    ...trace,
    ...(wanted?.points === true && points !== undefined ? { points } : {}),
    ...(wanted?.asked !== undefined && asked !== undefined ? { asked } : {}),
  };
  return { ...record, result: { ...record.result, trace: kept } };
}
