// Several folders with parts of one experiment, brought together: the same bytes as if one process had run it all.
import { UsageError } from "@basin/objective";
import type { Catalog } from "@basin/runner";
import { encodeRecord } from "../record-line.ts";
import type { ExperimentResult, RunRecord } from "../spec.ts";
import { version } from "../version.ts";
import { readStore, versionOf } from "./contents.ts";
import { differing, openStore, type Store } from "./store.ts";

/**
 * Opens `into` (new, or with a part of the same experiment) with all records of the folders. Parts may overlap, and may miss runs.
 * The caller finishes or closes the store.
 * @throws UsageError where a folder holds another experiment or another version's, or where two have different bits for one run.
 */
export function mergeStores(
  folders: readonly string[],
  into: string,
  options: { readonly catalog: Catalog; readonly environment?: Readonly<Record<string, unknown>> },
): { readonly store: Store; readonly result: ExperimentResult } {
  const [first] = folders;
  if (first === undefined) throw new UsageError("merge", "there is no folder to merge", "name at least one");
  const { catalog } = options;
  const parts = folders.map((folder) => ({ folder, ...readStore(folder, catalog) }));
  const { spec } = parts[0]!;
  for (const { folder, spec: other } of parts) {
    const found = differing(spec, other);
    if (found.length > 0)
      throw new UsageError(
        folder,
        `it holds another experiment than ${first} (with other ${found.join(", ")})`,
        "merge parts of one experiment",
      );
    const by = versionOf(folder);
    if (by !== version)
      throw new UsageError(
        folder,
        `it was run by basin ${by}, and this is ${version}`,
        "run all parts with one version, and merge them with that",
      );
  }
  const store = openStore(into, spec, options);
  try {
    const all = new Map<number, { folder: string; record: RunRecord }>();
    for (const { folder, records } of [{ folder: into, records: store.known }, ...parts])
      for (const record of records) {
        const { index } = record.run;
        const before = all.get(index);
        if (before === undefined) all.set(index, { folder, record });
        else if (encodeRecord(before.record) !== encodeRecord(record))
          throw new UsageError(
            folder,
            `its run ${index} differs from that in ${before.folder}`,
            "find out by basin verify which of them is right, and leave the other out",
          );
      }
    const records = [...all.values()].map(({ record }) => record).sort((a, b) => a.run.index - b.run.index);
    const there = new Set(store.known.map(({ run }) => run.index));
    store.addAll(records.filter(({ run }) => !there.has(run.index)));
    return { store, result: { spec, records } };
  } catch (error) {
    store.close();
    throw error;
  }
}
