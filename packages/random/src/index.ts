export type { Rng } from "./rng.ts";
export type { Key } from "./key.ts";
export { foldIn, pathOf, rootKey } from "./key.ts";
export type { Streams } from "./streams.ts";
export { openStreams, rngOf } from "./streams.ts";
