// Digests of results: equal bits on every engine and backend mean equal digests.
import { models, runModel } from "./models.ts";

/** 32 bits of FNV-1a over the words of all numbers, twice with different starts, as 16 hex digits. */
function digest(results: readonly Float64Array[]): string {
  return [0x811c9dc5, 0x1234567]
    .map((start) => {
      let hash = start;
      for (const result of results)
        for (const word of new Uint32Array(result.slice().buffer)) {
          hash = Math.imul(hash ^ word, 0x01000193);
          hash ^= hash >>> 15;
        }
      return (hash >>> 0).toString(16).padStart(8, "0");
    })
    .join("");
}

/** Model and precision → digest of all its outputs. */
export function digests(backend: "interpret" | "tape" | "wasm" | "wasm-scalar"): Record<string, string> {
  return Object.fromEntries(
    models.flatMap((model) =>
      (["f64", "f32"] as const).map((precision) => [
        `${model.name}, ${precision}`,
        digest(runModel(model, { backend, precision })),
      ]),
    ),
  );
}
