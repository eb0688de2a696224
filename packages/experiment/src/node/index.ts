// Experiments in folders, for Node: kept whatever happens, shared between machines, verified.
export { openStore } from "./store.ts";
export type { Store, StoreOptions } from "./store.ts";
export { readStore, readUnchecked } from "./contents.ts";
export { missing, runInStore, runStored } from "./run-stored.ts";
export type { StoredRunOptions } from "./run-stored.ts";
export { mergeStores } from "./merge-stores.ts";
export { reusable } from "./reuse-runs.ts";
export { expectWritable, writeFiles } from "./write-files.ts";
export { verifyStore } from "./verify-store.ts";
export type { RunComparison, Verification, VerifyOptions } from "./verify-store.ts";
