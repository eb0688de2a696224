// basin merge: brings the parts of an experiment together, to the same bytes as if one process had run it all.
import { join } from "node:path";
import { plan } from "@basin/experiment";
import { mergeStores, missing } from "@basin/experiment/node";
import { catalog } from "@basin/catalog";
import { environment } from "../threads.ts";
import { conclude } from "../terminal/ending.ts";
import { counted } from "../terminal/words.ts";

export interface MergeOptions {
  readonly out: string;
  readonly json?: boolean;
  readonly plot: boolean;
}

export function merge(folders: readonly string[], options: MergeOptions): void {
  const { store, result } = mergeStores(folders, options.out, { catalog, environment: environment(0) });
  try {
    const left = missing(result);
    if (left === 0) return conclude(result, store, options);
    const total = plan(result.spec).length;
    const there = total - left;
    console.log(
      options.json === true
        ? JSON.stringify({ event: "end", runs: there, missing: left })
        : `${options.out}: ${there} of ${counted(total, "run")} are there, ${left} missing. Merge the other parts into it, or run them there:\n  basin run ${join(options.out, "spec.json")} -o ${options.out}`,
    );
  } finally {
    store.close();
  }
}
