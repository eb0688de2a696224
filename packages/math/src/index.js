// Deterministic elementary functions: the same bits on every engine.
export { acos, asin } from "./asin.js";
export { atan, atan2 } from "./atan.js";
export { cbrt } from "./cbrt.js";
export { erf, erfc } from "./erf.js";
export { exp } from "./exp.js";
export { expm1, tanh } from "./expm1.js";
export { hypot } from "./hypot.js";
export { lgamma } from "./lgamma.js";
export { log, log1p } from "./log.js";
export { log10, log2 } from "./log2.js";
export { pow } from "./pow.js";
export { sigmoid } from "./sigmoid.js";
export { cosh, sinh } from "./sinh.js";
export { logaddexp, softplus } from "./softplus.js";
export { centralStep, forwardStep } from "./stencils.js";
export { cos, sin, tan } from "./trig.js";
export { logsumexp, norm } from "./vectors.js";
