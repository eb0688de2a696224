// Settings that every variant shares.
import { z } from "@basin/objective";

/** Size of the population; 0 leaves it to the dimension. */
export const populationSize = (help: string) =>
  z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({ label: "Population size", help, range: [0, 200], scale: "linear" });
