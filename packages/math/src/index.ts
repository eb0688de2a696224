// Deterministic elementary functions: the same bits on every engine.
export { acos, asin } from "./asin.ts";
export { atan, atan2 } from "./atan.ts";
export { cbrt } from "./cbrt.ts";
export { erf, erfc } from "./erf.ts";
export { exp } from "./exp.ts";
export { expm1, tanh } from "./expm1.ts";
export { hypot } from "./hypot.ts";
export { lgamma } from "./lgamma.ts";
export { log, log1p } from "./log.ts";
export { log10, log2 } from "./log2.ts";
export { pow } from "./pow.ts";
export { sigmoid } from "./sigmoid.ts";
export { cosh, sinh } from "./sinh.ts";
export { logaddexp, softplus } from "./softplus.ts";
export { centralStep, forwardStep } from "./stencils.ts";
export { cos, sin, tan } from "./trig.ts";
export { logsumexp, norm } from "./vectors.ts";
