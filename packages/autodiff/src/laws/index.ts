// The laws of ops, for tests of one's own ops: `for (const law of opLaws(op, examples)) test(law.name, law.check)`.
export { opLaws } from "./op-laws.ts";
export type { OpExample } from "./op-laws.ts";
export { examples } from "./examples.ts";
export { assertNear, assertSameBits, spread } from "./law.ts";
export type { Law } from "./law.ts";
