// Deterministic elementary functions: the same bits on every engine.
export { exp } from "./exp.ts";
export { expm1, tanh } from "./expm1.ts";
export { log, log1p } from "./log.ts";
export { pow } from "./pow.ts";
export { sigmoid } from "./sigmoid.ts";
export { logaddexp, softplus } from "./softplus.ts";
export { cos, sin, tan } from "./trig.ts";
// Still the engine's own; replaced next.
export const { log2, log10, sinh, cosh, asin, acos, atan, atan2, cbrt, hypot } = Math;
