// The dimension of a problem of the catalog with given settings: only making it tells, which may take a moment where there are data.
import { canonical } from "./fingerprint.ts";
import { objectiveOf, type Catalog, type Named } from "@basin/runner";

/** A spec is parsed more than once. */
const known = new WeakMap<Catalog, Map<string, number>>();

/** @throws UsageError where the problem cannot be made with these settings. */
export function dimensionOf({ name, settings }: Named, catalog: Catalog): number {
  const mine = known.get(catalog) ?? new Map<string, number>();
  known.set(catalog, mine);
  const key = canonical([name, settings]);
  let n = mine.get(key);
  if (n === undefined) {
    const problem = { name, settings };
    n = objectiveOf(
      { problem, optimizer: { name: "", settings: {} }, seed: 1, replicate: 0, budget: 1 },
      catalog,
    ).domain.dimension;
    mine.set(key, n);
  }
  return n;
}
