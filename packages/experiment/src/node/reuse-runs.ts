// Runs that another folder has already: more seeds, optimizers or problems need not begin anew.
import { UsageError } from "@basin/objective";
import type { Catalog } from "@basin/runner";
import { canonical } from "../fingerprint.ts";
import { plan } from "../plan.ts";
import type { RunRecord } from "../spec.ts";
import { version } from "../version.ts";
import { readStore, versionOf } from "./contents.ts";

/**
 * The records of a folder that are runs of this store's experiment and not in it yet, with the places they have there: same problem, optimizer,
 * settings, seed and budget, and so the same bits. They are the caller's to add.
 * @throws UsageError where the folder cannot be read, or is another version's, whose bits may be others.
 */
export function reusable(
  folder: string,
  { spec, known }: { readonly spec: Parameters<typeof plan>[0]; readonly known: readonly RunRecord[] },
  catalog: Catalog,
): RunRecord[] {
  const { records } = readStore(folder, catalog);
  const by = versionOf(folder);
  if (by !== version)
    throw new UsageError(folder, `it was run by basin ${by}, and this is ${version}`, "run it anew");
  const there = new Set(known.map(({ run }) => run.index));
  const wanted = new Map(
    plan(spec).flatMap((run) => (there.has(run.index) ? [] : [[canonical(run.spec), run] as const])),
  );
  return records.flatMap((record) => {
    const run = wanted.get(canonical(record.run.spec));
    return run === undefined ? [] : [{ ...record, run }];
  });
}
