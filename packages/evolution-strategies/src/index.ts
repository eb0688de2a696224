export { bipopCmaEs, cmaEs, ipopCmaEs } from "./cma-es.ts";
export { openaiEs } from "./openai-es.ts";
export { sepCmaEs } from "./sep-cma-es.ts";
export { snes } from "./snes.ts";
export { xnes } from "./xnes.ts";
