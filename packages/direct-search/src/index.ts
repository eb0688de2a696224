export { compassSearch } from "./compass.ts";
export { nelderMead } from "./nelder-mead.ts";
export { powell } from "./powell.ts";
