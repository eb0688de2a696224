// Halton search: quasi-random search along Halton's sequence.
//
// Halton, "On the efficiency of certain quasi-random sequences of points in evaluating multi-dimensional integrals", Numer. Math. 2, 1960;
// scrambling: Owen, "A randomized Halton algorithm in R", 2017.
import { defineOptimizer } from "@basin/optimizer";
import { HALTON_DIMENSIONS, halton as haltonSequence } from "@basin/random";
import { alongSequence, sequenceHyperparameters } from "./sequence.ts";

/**
 * Points of Halton's sequence over the region of the domain, digits permuted by chance once a run; the best of them is the result.
 * Coordinate j counts in the j-th prime, so that any number of points is even in the first few coordinates, and later ones need more.
 */
export const halton = defineOptimizer({
  name: "halton",
  summary: "Visits the region along Halton's sequence: each coordinate counts in a prime of its own.",
  family: "random-search",
  references: [
    "Halton, On the efficiency of certain quasi-random sequences of points in evaluating multi-dimensional integrals, Numer. Math. 2, 1960",
    "Owen, A randomized Halton algorithm in R, arXiv 1706.02808, 2017",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { dimension: [1, HALTON_DIMENSIONS] },
  hyperparameters: sequenceHyperparameters,
  create: (settings, domain) => alongSequence(domain, settings, haltonSequence),
});
