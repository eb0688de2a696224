// Latin hypercube search: one Latin hypercube after another.
//
// McKay, Beckman & Conover, "A comparison of three methods for selecting values of input variables in the analysis of output from a
// computer code", Technometrics 21 (2), 1979.
import { z } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { latinHypercube as hypercube } from "@basin/random";
import { spread } from "./spread.ts";

/**
 * Batches of points over the region of the domain. Within a batch every coordinate falls once into each of as many equal intervals as
 * there are points; batches are independent. The best point is the result.
 */
export const latinHypercube = defineOptimizer({
  name: "latin-hypercube",
  summary: "Draws batches in which every coordinate is spread evenly over the region.",
  family: "random-search",
  references: [
    "McKay, Beckman & Conover, A comparison of three methods for selecting values of input variables in the analysis of output from a computer code, Technometrics 21 (2), 1979",
  ],
  stateVersion: 1,
  needs: ["value"],
  hyperparameters: z.object({
    points: z
      .number()
      .int()
      .min(1)
      .max(65536)
      .default(64)
      .meta({
        label: "Points",
        help: "How many points make up one hypercube: the intervals into which each coordinate is cut.",
        scale: "log",
        range: [4, 1024],
      }),
  }),
  create: (settings, domain) =>
    spread(domain, (_next, _scramble, rng) => hypercube(rng, settings.points, domain.dimension)),
});
