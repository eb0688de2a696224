export type { Rng } from "./rng.ts";
export type { Key, Streams } from "./key.ts";
