// Pure random search: independent points, uniform over a box (Brooks 1958).
import { z } from "@basin/objective";
import { defineOptimizer } from "@basin/optimizer";
import { spread } from "./spread.ts";

/** Points asked at once, and coordinates at most: enough to share the cost of a transition, few enough to fit a cache. */
const BATCH = 64;
const LARGEST = 65_536;

/** Throws darts. The bounds are kept because the box lies inside them. The first question is about the start alone. */
export const randomSearch = defineOptimizer({
  name: "random-search",
  family: "random-search",
  summary: "Draws points uniformly from a box and keeps the best: the yardstick that every method must beat.",
  references: ["Brooks, A Discussion of Random Methods for Seeking Maxima, Operations Research 6 (2), 1958"],
  needs: ["value"],
  hyperparameters: z.object({
    box: z.enum(["region", "initial"]).default("region").meta({
      label: "Box",
      help: "Draw from the region of interest, or only from the box that starts come from.",
    }),
  }),
  create({ box }, domain) {
    const count = Math.max(1, Math.min(BATCH, Math.floor(LARGEST / domain.dimension)));
    return spread({ ...domain, region: domain[box] }, (_, __, rng) =>
      rng.fillUniform(new Float64Array(count * domain.dimension)),
    );
  },
});
