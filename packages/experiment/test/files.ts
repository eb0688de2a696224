// A small experiment, and the files of it: made alike in Node and in Chromium.
import { experimentFiles, inProcess, runExperiment, type ExperimentFile } from "@basin/experiment";
import { catalog } from "./made.ts";

export const small: ExperimentFile = {
  problems: ["bowl", { name: "half-blind", settings: { dimension: 3 } }],
  optimizers: ["throw-darts", { name: "throw-darts", label: "darts, again" }],
  replicates: 3,
  budget: 120,
};

export async function filesOfSmall(): Promise<ReadonlyMap<string, string>> {
  return experimentFiles(
    await runExperiment(small, { catalog, executor: inProcess(catalog, () => performance.now()) }),
  );
}

/** FNV-1a, 32 bits: enough to say that two texts are one. */
export function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(16);
}
