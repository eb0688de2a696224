// The fingerprint of an experiment: 64 bits over its spec, basin's version and the bits of every trace. No timing, no engine.
import { Fnv64, type Named } from "@basin/runner";
import type { ExperimentResult } from "./spec.ts";
import { version } from "./version.ts";

/** 16 hex digits: equal on every machine, engine and number of workers, for the same experiment. */
export function fingerprint({ spec, records }: ExperimentResult): string {
  // labels and what is recorded for maps decide no number
  const named = ({ name, settings }: Named): Named => ({ name, settings });
  const { problems, optimizers, replicates, budget, seed, target } = spec;
  const deciding = {
    problems: problems.map(named),
    optimizers: optimizers.map(named),
    replicates,
    budget,
    seed,
    target,
  };
  const hash = new Fnv64().text(version).text(canonical(deciding));
  for (const { run, result } of [...records].sort((a, b) => a.run.index - b.run.index))
    if (result.ending !== "cancelled") hash.number(run.index).text(result.fingerprint);
  return hash.digest();
}

/** JSON with sorted keys: one text for one value. Infinities and NaN, which JSON has no numbers for, are named. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "number" && !Number.isFinite(inner)
      ? String(inner)
      : typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
  );
}
