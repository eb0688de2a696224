export { halton } from "./halton.ts";
export { latinHypercube } from "./latin-hypercube.ts";
export { randomSearch } from "./random-search.ts";
export { randomWalk } from "./random-walk.ts";
export { sobol } from "./sobol.ts";
