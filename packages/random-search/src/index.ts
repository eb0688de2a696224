export { controlledRandomSearch } from "./controlled-random-search.ts";
export { halton } from "./halton.ts";
export { hillClimbing } from "./hill-climbing.ts";
export { latinHypercube } from "./latin-hypercube.ts";
export { onePlusOneEs } from "./one-plus-one-es.ts";
export { randomSearch } from "./random-search.ts";
export { randomWalk } from "./random-walk.ts";
export { sobol } from "./sobol.ts";
