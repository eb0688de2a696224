export { geneticAlgorithm } from "./genetic-algorithm.ts";
export type { GeneticState } from "./genetic-algorithm.ts";
