// Settings that more than one method has.
import { z } from "@basin/objective";

/** Standard deviation of first steps, in widths of the region. */
export const firstStep = (label: string, help: string) =>
  z
    .number()
    .gt(0)
    .max(10)
    .default(0.1)
    .meta({ label, help: `${help}, in widths of the region.`, scale: "log", range: [1e-3, 1] });
