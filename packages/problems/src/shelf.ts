// Code of programs, made once and shared by the objectives of a problem: each has a program with memory of its own.
import { revive, type PortableProgram, type Program } from "@basin/autodiff";

/**
 * Runs of one problem differ in data and chance, not in code. Tracing and compiling anew for each run cost milliseconds, and
 * as much again on the engine's compiler threads, which workers need.
 */
export interface Shelf {
  /** A program of the code known by `key`, which must say all that the code depends on; `make` where there is none. */
  take(key: string, make: () => Program): Program;
  /** Notes what was spent under `key`, by whoever shares the shelf; gives all so far. */
  spend(key: string, amount: number): number;
}

/** Mini-batches of many sizes would fill the memory: the oldest code goes first. */
const KEPT = 32;

export function createShelf(): Shelf {
  const codes = new Map<string, PortableProgram>();
  const spent = new Map<string, number>();
  return {
    spend(key, amount) {
      const all = (spent.get(key) ?? 0) + amount;
      if (spent.size >= KEPT && !spent.has(key)) spent.clear();
      spent.set(key, all);
      return all;
    },
    take(key, make) {
      const code = codes.get(key);
      if (code !== undefined) {
        codes.delete(key);
        codes.set(key, code);
        try {
          return revive(code);
        } catch (error) {
          // Engines limit the number of memories; what `make` gives does without.
          if (!(error instanceof RangeError)) throw error;
          return make();
        }
      }
      const program = make();
      // Other backends (where there is no WebAssembly) have no code to share.
      if (program.backend === "wasm") {
        if (codes.size >= KEPT) codes.delete(codes.keys().next().value!);
        codes.set(key, program.portable());
      }
      return program;
    },
  };
}
