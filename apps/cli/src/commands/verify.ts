// basin verify: runs again what a folder says it has run, and compares every bit.
import { join } from "node:path";
import { readUnchecked, verifyStore, type RunComparison } from "@basin/experiment/node";
import { UsageError } from "@basin/objective";
import { catalog } from "@basin/catalog";
import { Exit } from "../errors.ts";
import { commandLine, onInterrupt } from "../interrupt.ts";
import { threadsFor, workersOf } from "../threads.ts";
import { progressOn } from "../terminal/progress.ts";
import { counted } from "../terminal/words.ts";

export interface VerifyOptions {
  readonly workers: string;
  readonly sample?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

export async function verify(folder: string, options: VerifyOptions): Promise<void> {
  const { sample, seed, json = false } = options;
  const { spec, records } = readUnchecked(folder, catalog);
  if (records.length === 0)
    throw new UsageError(
      folder,
      "no run of it has ended yet",
      `run it first: ${commandLine("run", join(folder, "spec.json"), "-o", folder)}`,
    );
  const total = Math.min(sample ?? records.length, records.length);
  const pool = threadsFor(total, workersOf(options.workers));
  const controller = new AbortController();
  const release = onInterrupt(() => controller.abort("stopped by Ctrl-C"));
  const progress = progressOn(process.stderr, total, 0, () => performance.now());
  const onCompared = ({ stored, found, same }: RunComparison): void => {
    progress.ended(stored.run.index, !same);
    if (json)
      console.log(
        JSON.stringify({
          event: "run",
          index: stored.run.index,
          same,
          stored: stored.result.fingerprint,
          found: found.result.fingerprint,
        }),
      );
  };
  try {
    const { compared, differing } = await verifyStore(folder, {
      catalog,
      executor: pool,
      signal: controller.signal,
      onCompared,
      ...(sample === undefined ? {} : { sample }),
      ...(seed === undefined ? {} : { seed }),
    });
    progress.clear();
    if (json) console.log(JSON.stringify({ event: "end", compared, differing: differing.length }));
    else {
      for (const { stored, found } of differing) {
        const { problem, entry, index, spec: planned } = stored.run;
        console.log(
          `✗ run ${index} (${spec.optimizers[entry]!.label} on ${spec.problems[problem]!.label}, seed ${planned.replicate + 1}): ${difference(stored.result, found.result)}`,
        );
      }
      const again = `${compared} of ${counted(records.length, "run")} run again with Node ${process.versions.node}`;
      console.log(
        differing.length === 0
          ? `✓ ${again}: every bit is the same.`
          : `${again}: ${differing.length} of ${counted(compared, "run")} differ.`,
      );
    }
    if (compared < total && controller.signal.aborted) throw new Exit(130);
    if (differing.length > 0) throw new Exit(1);
  } finally {
    progress.clear();
    pool.close();
    release();
  }
}

type Result = RunComparison["stored"]["result"];

/** In a few words. */
function difference(stored: Result, found: Result): string {
  if (stored.fingerprint === found.fingerprint)
    return `the words differ: "${stored.reason}", "${found.reason}"`;
  if (stored.ending !== found.ending)
    return `it ended "${stored.ending}" (${stored.reason}), and now "${found.ending}" (${found.reason})`;
  return `its fingerprint is ${stored.fingerprint}, and now ${found.fingerprint}; lowest loss ${stored.best.loss}, and now ${found.best.loss}`;
}
