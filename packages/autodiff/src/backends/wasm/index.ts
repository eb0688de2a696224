// The default backend: one WebAssembly module for a graph, with SIMD, and all its data in the module's memory.
import type { Graph } from "../../graph.ts";
import type { Op } from "../../ir.ts";
import { ops } from "../../ops/index.ts";
import { foldConstants } from "../../transforms/fold.ts";
import { simplifyExactly } from "../../transforms/simplify.ts";
import type { Backend, Executable, Precision } from "../backend.ts";
import { arithmetics } from "../interpret.ts";
import { tape } from "../tape.ts";
import { engine, type WasmModule } from "./engine.ts";
import { assemble, type Assembled, type Region } from "./assemble.ts";

/** A module of a function that needs SIMD: () → v128, of a splat. */
const SIMD_PROBE = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
  11,
]);

/** Whether this engine runs WebAssembly with SIMD here (a page's policy may forbid it: it needs 'wasm-unsafe-eval'). */
export function hasSimd(): boolean {
  try {
    if (engine?.validate(SIMD_PROBE) !== true) return false;
    // A policy forbids compiling, not validating.
    return Reflect.construct(engine.Module, [SIMD_PROBE]) instanceof engine.Module;
  } catch {
    return false;
  }
}

let supported: boolean | undefined;

/** Arguments of up to so many numbers are copied in a loop: a call of `set` costs more. */
const FEW = 24;

function copy(from: ArrayLike<number>, to: Float64Array | Float32Array): void {
  if (from.length > FEW) to.set(from);
  else for (let i = 0; i < from.length; i++) to[i] = from[i]!;
}

/**
 * Runs what `assemble` made; `module` if it was compiled before (or in another thread). `own`: ops that are not basin's.
 */
export function instantiate(
  assembled: Assembled,
  own: readonly Op[] = [],
  module: WasmModule = new engine!.Module(assembled.bytes),
): Executable {
  const { precision, inputs, outputs, initial, pool, functions, calls } = assembled;
  let memory: { readonly buffer: ArrayBuffer } | undefined;
  const view = ({ address, size }: Region): Float64Array | Float32Array =>
    precision === "f64"
      ? new Float64Array(memory!.buffer, address, size)
      : new Float32Array(memory!.buffer, address, size);
  const host: Record<string, (a: number, b: number, c: number) => number> = {};
  for (const name of functions) {
    const kernel = (own.find((op) => op.name === name) ?? ops[name])?.kernel;
    if (kernel?.kind === "elementwise") host[name] = kernel.apply;
  }
  calls.forEach(({ node, inputs, out }, k) => {
    const { kernel } = node.op;
    if (kernel.kind !== "array") return;
    let views: (Float64Array | Float32Array)[] | undefined;
    host[`call ${k}`] = () => {
      views ??= [...inputs.map(view), view(out)];
      kernel.run(views[inputs.length]!, views.slice(0, inputs.length), node, arithmetics[precision]);
      return 0;
    };
  });
  const { exports } = new engine!.Instance(module, { host });
  memory = exports.memory;
  new BigUint64Array(memory.buffer, pool.address, pool.words.length).set(pool.words);
  for (const { address, data } of initial) view({ address, size: data.length }).set(data);
  const ins = inputs.map(view);
  const outs = outputs.map(view);
  return {
    memory: assembled.memory,
    set: (k, data) => copy(data, ins[k]!),
    run(results) {
      exports.run();
      for (let k = 0; k < outs.length; k++) copy(outs[k]!, results[k]! as Float64Array);
    },
    dispose() {
      ins.length = 0;
      outs.length = 0;
      memory = undefined;
    },
  };
}

/** The graph that code is made of: the same bits, fewer nodes. */
export function prepared(graph: Graph, precision: Precision): Graph {
  return foldConstants(simplifyExactly(graph), precision);
}

export const wasm: Backend = {
  name: "wasm",
  prepare(graph: Graph, precision: Precision): Executable {
    supported ??= hasSimd();
    return supported
      ? instantiate(assemble(prepared(graph, precision), precision))
      : tape.prepare(graph, precision);
  },
};
