export type { Rng } from "./rng.ts";
export type { Key } from "./key.ts";
export { foldIn, pathOf, rootKey } from "./key.ts";
export type { Streams } from "./streams.ts";
export { openStreams, rngOf } from "./streams.ts";
export type { Sequence } from "./sequence.ts";
export { HALTON_DIMENSIONS, halton } from "./halton.ts";
export { SOBOL_DIMENSIONS, sobol } from "./sobol.ts";
export { latinHypercube } from "./latin-hypercube.ts";
