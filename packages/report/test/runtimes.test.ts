// What a run is charged for a target.
import { expect, test } from "vitest";
import { failedResult } from "@basin/runner";
import type { RunRecord } from "@basin/experiment";
import { runtimeOf } from "../src/runtimes.ts";

test("a run that failed before it spent anything is charged its whole budget", () => {
  const spec = {
    problem: { name: "p", settings: {} },
    optimizer: { name: "o", settings: {} },
    seed: 1,
    replicate: 0,
    budget: 500,
  };
  const record: RunRecord = {
    run: { index: 0, problem: 0, entry: 0, spec },
    result: failedResult("its worker exited with code 1", spec),
    attempts: 2,
  };
  expect(runtimeOf(record, 0)).toEqual({ reached: false, cost: 500 });
});
