// Opens an experiment from the text of a file, or says everything that is wrong with it.
import { signal } from "@preact/signals";
import { formatNumber } from "@basin/charts";
import { parseSpec, parseSpecText, SpecError, type ExperimentSpec } from "@basin/experiment";
import { provenanceOf } from "@basin/report";
import { configOf, type Config } from "./config.ts";
import { catalog, choose, session } from "./store.ts";

/** A figure of basin's holds the experiment that drew it. */
function specIn(name: string, text: string): ExperimentSpec {
  return /\.svg$/i.test(name) ? parseSpec(provenanceOf(text).spec, catalog) : parseSpecText(text, catalog);
}

/** That a file is open and waits; of the experiment that is chosen now. */
export const waits = signal<{ readonly said: string; readonly of: Config } | undefined>(undefined);

/** Runs it, unless it would take long: then it waits for a click. */
export function openText(name: string, text: string): void {
  try {
    const chosen = configOf(specIn(name, text));
    const runs = chosen.problems.length * chosen.entrants.length * chosen.replicates;
    const said = `${name} is open: ${formatNumber(runs)} runs. That takes a while, so it waits for you to press Run.`;
    waits.value = choose(chosen) ? undefined : { said, of: chosen };
  } catch (error) {
    if (!(error instanceof SpecError || error instanceof RangeError)) throw error;
    const said = error.message.replace(/^(experiment|provenanceOf): /, "");
    session.complain(`${name} cannot be opened: ${said}`);
  }
}
