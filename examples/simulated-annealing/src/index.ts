export { simulatedAnnealing } from "./simulated-annealing.ts";
