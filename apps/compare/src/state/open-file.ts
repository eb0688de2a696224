// Opens an experiment from a file, or says everything that is wrong with it.
import { signal } from "@preact/signals";
import { formatNumber } from "@basin/charts";
import { parseSpec, parseSpecText, SpecError, type ExperimentSpec } from "@basin/experiment";
import { provenanceOf } from "@basin/report";
import { readable } from "./data.ts";
import { configOf, type Config } from "./config.ts";
import { catalog, choose, session } from "./store.ts";

/** A figure of basin's holds the experiment that drew it. */
function specIn(name: string, held: string | Uint8Array): ExperimentSpec {
  return typeof held !== "string" || /\.svg$/i.test(name)
    ? parseSpec(provenanceOf(held).spec, catalog)
    : parseSpecText(held, catalog);
}

/** That a file is open and waits; of the experiment that is chosen now. */
export const waits = signal<{ readonly said: string; readonly of: Config } | undefined>(undefined);

/** Runs it, unless it would take long: then it waits for a click. */
export async function openFile(file: File): Promise<void> {
  const { name } = file;
  try {
    const held = /\.png$/i.test(name) ? new Uint8Array(await file.arrayBuffer()) : await file.text();
    await readable(() => specIn(name, held));
    const chosen = configOf(specIn(name, held));
    const runs = chosen.problems.length * chosen.entrants.length * chosen.replicates;
    const said = `${name} is open: ${formatNumber(runs)} runs. That takes a while, so it waits for you to press Run.`;
    waits.value = choose(chosen) ? undefined : { said, of: chosen };
  } catch (error) {
    // a file that is gone or may not be read is a DOMException
    if (!(error instanceof SpecError || error instanceof RangeError || error instanceof DOMException))
      throw error;
    const said = error.message.replace(/^(experiment|provenanceOf): /, "");
    session.complain(`${name} cannot be opened: ${said}`);
  }
}
