// Searches along a low-discrepancy sequence: what the Halton and the Sobol search share.
import { z, type Domain } from "@basin/objective";
import type { Search } from "@basin/optimizer";
import type { Sequence } from "@basin/random";
import { spread, type SpreadState } from "./spread.ts";

export const sequenceHyperparameters = z.object({
  batch: z
    .number()
    .int()
    .min(1)
    .max(65536)
    .default(64)
    .meta({
      label: "Batch",
      help: "Points asked about at once. It changes how far the work can be spread, not which points are visited.",
      scale: "log",
      range: [1, 1024],
    }),
  scramble: z.boolean().default(true).meta({
    label: "Scramble",
    help: "Whether chance enters: without it every run visits the published sequence, whose first point is a corner of the region.",
  }),
});

/** How many points a sequence has. */
const ALL = 4294967296;

/** Asks about the start, then walks along the sequence that `open` gives for the run's scramble. */
export function alongSequence(
  domain: Domain,
  settings: { readonly batch: number; readonly scramble: boolean },
  open: (dimension: number, scramble?: number) => Sequence,
): Search<SpreadState, "value"> {
  const n = domain.dimension;
  // The sequence follows from the scramble in the state; it is remembered, as opening it costs more than a batch.
  let opened: { readonly scramble: number; readonly sequence: Sequence } | undefined;
  return spread(domain, (next, scramble) => {
    if (opened?.scramble !== scramble)
      opened = { scramble, sequence: settings.scramble ? open(n, scramble) : open(n) };
    const rows = Math.min(settings.batch, ALL - next);
    return opened.sequence.write(new Float64Array(rows * n), next);
  });
}
