// The files of an experiment: the same text in Node and in Chromium, and the same as a store leaves.
import { readFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
  experimentFiles,
  inProcess,
  parseSpec,
  parseSpecText,
  runExperiment,
  runtimeOf,
  summaryCsv,
} from "@basin/experiment";
import { runStored } from "@basin/experiment/node";
import { failedResult } from "@basin/runner";
import { filesOfSmall, small } from "./files.ts";
import { catalog, madeOf } from "./made.ts";

const folder = mkdtempSync(join(tmpdir(), "basin-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("are those that a store leaves", async () => {
  const out = join(folder, "out");
  await runStored(parseSpec(small, catalog), out, { catalog, executor: inProcess(catalog, () => 0) });
  const files = await filesOfSmall();
  expect([...files.keys()]).toEqual(["spec.json", "runs.ndjson", "summary.csv", "curves.csv", "runs.csv"]);
  for (const name of ["spec.json", "runs.ndjson"])
    expect(files.get(name)).toBe(readFileSync(join(out, name), "utf8"));
  expect(parseSpecText(files.get("spec.json")!, catalog)).toEqual(parseSpec(small, catalog));
});

test("hold nothing that was recorded beyond the spec, and no run that was cancelled", async () => {
  const inner = inProcess(catalog, () => 0);
  const recording = await runExperiment(small, {
    catalog,
    executor: {
      run: (spec, options) => inner.run({ ...spec, record: { points: true, asked: 2 } }, options),
    },
  });
  expect(recording.records[0]!.result.trace.points).toBeDefined();
  const [last, ...others] = recording.records.toReversed();
  const cancelled = { ...last!, result: { ...last!.result, ending: "cancelled" as const } };
  const files = await filesOfSmall();
  expect(experimentFiles(recording)).toEqual(files);
  const lines = experimentFiles({ ...recording, records: [cancelled, ...others] }).get("runs.ndjson")!;
  expect(lines.split("\n").slice(0, -1)).toEqual(files.get("runs.ndjson")!.split("\n").slice(0, -2));
});

describe("summary.csv", () => {
  const rows = (text: string): Record<string, string>[] => {
    const [head = "", ...lines] = text.trimEnd().split("\n");
    const names = head.split(",");
    return lines.map((line) => Object.fromEntries(line.split(",").map((cell, i) => [names[i]!, cell])));
  };
  test("has one row for each problem and optimizer, lost runs among its quantiles", () => {
    // made: a wins all three seeds that count; of b one fails and one diverges, so that its median is lost
    const result = madeOf({
      a: [{ losses: [1, 0.1] }, { losses: [1, 0.2] }, { losses: [1, 0.4] }],
      b: [{ losses: [1, 0.5] }, { lost: "failed" }, { lost: "diverged" }],
    });
    const [a, b] = rows(summaryCsv(result));
    expect(a).toMatchObject({
      problem: "bowl",
      label: "a",
      optimizer: "throw-darts",
      tuning_runs: "0",
      budget: "1000",
      runs: "3",
      failed: "0",
      diverged: "0",
      start_loss: "1",
      median: "0.2",
      q90: "0.36000000000000004",
      lowest_in: "3",
      seeds: "3",
    });
    expect(b).toMatchObject({ runs: "3", failed: "1", diverged: "1", median: "Infinity", lowest_in: "0" });
    // the lowest that a and another reach in half their seeds: b never gets there, so a's own median end, at cost 10
    expect([a!["reached"], a!["ert"]]).toEqual(["2", String((10 + 10 + 1000) / 2)]);
    expect(b!["ert"]).toBe("Infinity");
  });
});

test("a run that failed before it spent anything is charged its whole budget", () => {
  const [run] = madeOf({ a: [{}] }).records;
  const result = failedResult("its worker exited with code 1", run!.run.spec);
  expect(runtimeOf({ ...run!, result }, 0)).toEqual({ reached: false, cost: 1000 });
});
