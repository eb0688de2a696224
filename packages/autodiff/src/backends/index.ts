// The table of backends.
import type { Backend } from "./backend.ts";
import { interpret } from "./interpret.ts";
import { tape } from "./tape.ts";
import { wasm, wasmScalar } from "./wasm/index.ts";

export const backends = {
  interpret,
  tape,
  wasm,
  "wasm-scalar": wasmScalar,
} satisfies Readonly<Record<string, Backend>>;
export type BackendName = keyof typeof backends;
