export { openStore, readStore } from "./store.ts";
export type { Store, StoreOptions } from "./store.ts";
