export { digits } from "./digits.ts";
export type { Digits } from "./digits.ts";
