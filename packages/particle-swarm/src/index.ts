export { particleSwarm } from "./particle-swarm.ts";
export { restartingParticleSwarm } from "./restarting-particle-swarm.ts";
