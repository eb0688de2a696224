export { competitiveDifferentialEvolution } from "./competitive.ts";
export { differentialEvolution } from "./differential-evolution.ts";
export { jade } from "./jade.ts";
export { lShade } from "./l-shade.ts";
