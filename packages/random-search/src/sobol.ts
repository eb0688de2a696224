// Sobol search: quasi-random search along Sobol's sequence.
//
// Sobol, "On the distribution of points in a cube and the approximate evaluation of integrals", USSR Comput. Math. Math. Phys. 7 (4), 1967;
// direction numbers: Joe & Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30, 2008;
// scrambling: Owen, "Randomly permuted (t,m,s)-nets and (t,s)-sequences", 1995.
import { defineOptimizer } from "@basin/optimizer";
import { SOBOL_DIMENSIONS, sobol as sobolSequence } from "@basin/random";
import { alongSequence, sequenceHyperparameters } from "./sequence.ts";

/**
 * Points of Sobol's sequence over the region of the domain, scrambled by chance once a run; the best of them is the result.
 * After 2^m points every coordinate has had one point in each of 2^m equal intervals; random points leave about 37 % of them empty.
 */
export const sobol = defineOptimizer({
  name: "sobol",
  summary: "Visits the region along Sobol's sequence, which leaves no large part of it unvisited.",
  family: "random-search",
  references: [
    "Sobol, On the distribution of points in a cube and the approximate evaluation of integrals, USSR Comput. Math. Math. Phys. 7 (4), 1967",
    "Joe & Kuo, Constructing Sobol sequences with better two-dimensional projections, SIAM J. Sci. Comput. 30, 2008",
    "Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences, in Monte Carlo and Quasi-Monte Carlo Methods in Scientific Computing, 1995",
  ],
  stateVersion: 1,
  needs: ["value"],
  requires: { dimension: [1, SOBOL_DIMENSIONS] },
  hyperparameters: sequenceHyperparameters,
  create: (settings, domain) => alongSequence(domain, settings, sobolSequence),
});
