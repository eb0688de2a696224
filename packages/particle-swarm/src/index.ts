export { particleSwarm } from "./particle-swarm.ts";
