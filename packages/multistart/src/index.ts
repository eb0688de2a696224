export { dualAnnealing } from "./dual-annealing.ts";
export { multistart } from "./multistart.ts";
export type { MultistartSettings } from "./multistart.ts";
