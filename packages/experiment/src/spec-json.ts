// An experiment in normal form as the text of spec.json, which is an experiment file itself.
import type { ExperimentSpec } from "./spec.ts";

export function specJson(spec: ExperimentSpec): string {
  return `${JSON.stringify(spec, null, 2)}\n`;
}
