// The end of an experiment: what it showed, what was written, what failed.
import { fingerprint, type ExperimentResult } from "@basin/experiment";
import type { Store } from "@basin/experiment/node";
import { Exit } from "../errors.ts";
import { publish } from "../files/publish.tsx";
import { shown } from "./shown.ts";
import { commandLine } from "../interrupt.ts";
import { styleOf } from "./style.ts";
import { counted } from "./words.ts";

export interface EndingOptions {
  readonly json?: boolean;
  readonly plot: boolean;
}

/**
 * Says what a whole experiment shows, and finishes its folder.
 * @throws Exit with code 1 where runs failed.
 */
export function conclude(result: ExperimentResult, store: Store | undefined, options: EndingOptions): void {
  const { records } = result;
  const written = store === undefined ? [] : ["spec.json", "runs.ndjson", ...publish(result, store)];
  store?.finish();
  const failed = records.filter((record) => record.result.ending === "failed");
  if (options.json === true)
    console.log(
      JSON.stringify({
        event: "end",
        runs: records.length,
        failed: failed.length,
        fingerprint: fingerprint(result),
      }),
    );
  else {
    console.log(shown(result, { style: styleOf(process.stdout), plot: options.plot }));
    if (store !== undefined)
      console.log(
        `\nWritten to ${store.folder}: ${written.join(", ")}\nA page, figures and tables of it: ${commandLine("report", store.folder)}`,
      );
  }
  if (failed.length > 0) {
    console.error(`basin: ${counted(failed.length, "run")} failed:`);
    for (const reason of new Set(failed.map((record) => record.result.reason))) console.error(`  ${reason}`);
    throw new Exit(1);
  }
}
