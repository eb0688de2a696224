// The default backend: one WebAssembly module for a graph, with SIMD, and all its data in the module's memory.
import { consing, type Graph } from "../../graph.ts";
import { Tensor, type Op, type Values } from "../../ir.ts";
import { inputOp } from "../../ops/leaves.ts";
import { ops } from "../../ops/index.ts";
import { foldConstants } from "../../transforms/fold.ts";
import { simplifyExactly } from "../../transforms/simplify.ts";
import type { Backend, Executable, Precision } from "../backend.ts";
import { arithmetics } from "../interpret.ts";
import { tape } from "../tape.ts";
import { assemble, type Assembled } from "./assemble.ts";
import type { AssembledRare, Region } from "./emitter.ts";
import { engine, moduleOf, type HostFunction, type WasmMemory, type WasmModule } from "./engine.ts";

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

/** What a module is made of and what runs it, as data for another thread. */
export interface PortableCode {
  readonly assembled: Assembled;
  readonly module: WasmModule;
  readonly rare: RareCode | undefined;
}

interface RareCode {
  readonly assembled: AssembledRare;
  readonly module: WasmModule;
}

/** What an executable is made of, before the rare loops are. */
interface Code {
  readonly assembled: Assembled;
  readonly module: WasmModule;
  readonly rare: (() => RareCode) | undefined;
}

export function instantiatePortable({ rare, ...code }: PortableCode): Executable {
  return instantiate({ ...code, rare: rare === undefined ? undefined : () => rare });
}

/** Runs what `assemble` made. `own`: ops that are not basin's. */
function instantiate({ assembled, module, rare }: Code, own: readonly Op[] = []): Executable {
  const { precision, inputs, outputs, initial, pool, functions, calls } = assembled;
  let memory: WasmMemory | undefined;
  const view = ({ address, size }: Region): Values =>
    precision === "f64"
      ? new Float64Array(memory!.buffer, address, size)
      : new Float32Array(memory!.buffer, address, size);
  const find = (name: string): Op => own.find((op) => op.name === name) ?? ops[name]!;
  const host: Record<string, HostFunction> = {};
  const addFunctions = (to: Record<string, HostFunction | WasmMemory>, names: readonly string[]): void => {
    for (const name of names) {
      if (name.startsWith("call ") || name.startsWith("rare ")) continue;
      const { kernel } = find(name.replace(/ f32$/, ""));
      if (kernel.kind === "elementwise") to[name] = name.endsWith(" f32") ? kernel.single! : kernel.apply;
    }
  };
  addFunctions(host, functions);
  const write = (words: BigUint64Array): void =>
    new BigUint64Array(memory!.buffer, pool.address, words.length).set(words);
  let rareCode: RareCode | undefined;
  const makeRare = (): RareCode => (rareCode ??= rare!());
  let rareLoops: { readonly [k: number]: (start: number) => void } | undefined;
  const openRare = (): { readonly [k: number]: (start: number) => void } => {
    const code = makeRare();
    const shared: Record<string, HostFunction | WasmMemory> = { memory: memory! };
    addFunctions(shared, code.assembled.functions);
    write(code.assembled.pool);
    return new engine!.Instance(code.module, { host: shared }).exports;
  };
  for (const name of functions) {
    if (!name.startsWith("rare ")) continue;
    const k = Number(name.slice(5));
    host[name] = (start) => (rareLoops ??= openRare())[k]!(start);
  }
  calls.forEach((call, k) => {
    const op = find(call.op);
    const { kernel } = op;
    if (kernel.kind !== "array") return;
    const sources = call.inputs.map(({ shape }) => new Tensor(inputOp as Op, [], {}, shape, -1));
    const node = new Tensor(op, sources, call.attributes, call.shape, -1);
    let views: Values[] | undefined;
    let out: Values | undefined;
    host[`call ${k}`] = () => {
      views ??= call.inputs.map(({ region }) => view(region));
      out ??= view(call.out);
      kernel.run(out, views, node, arithmetics[precision]);
      return 0;
    };
  });
  const { exports } = new engine!.Instance(module, { host });
  memory = exports.memory;
  write(pool.words);
  for (const { address, data } of initial) view({ address, size: data.length }).set(data);
  const { run } = exports;
  return {
    inputs: inputs.map(view),
    outputs: outputs.map(view),
    memory: assembled.memory,
    execute: run,
    ...(own.length === 0
      ? {
          portable: (): PortableCode => ({
            assembled,
            module,
            rare: rare === undefined ? undefined : makeRare(),
          }),
        }
      : {}),
  };
}

/** The graph that code is made of: the same bits, fewer nodes. */
export function prepared(graph: Graph, precision: Precision): Graph {
  return consing(graph.inputs, () => foldConstants(simplifyExactly(graph), precision));
}

export const wasm: Backend = {
  name: "wasm",
  prepare(graph: Graph, precision: Precision): Executable {
    supported ??= hasSimd();
    if (!supported) return onTape(graph, precision);
    const simpler = prepared(graph, precision);
    const own = simpler.nodes.map((node) => node.op).filter((op) => ops[op.name] !== op);
    const { assembled, rare } = assemble(simpler, precision);
    const made = attempt(() =>
      instantiate(
        {
          assembled,
          module: moduleOf(assembled.bytes),
          rare:
            rare &&
            (() => {
              const code = rare();
              return { assembled: code, module: moduleOf(code.bytes) };
            }),
        },
        own,
      ),
    );
    return made ?? onTape(graph, precision);
  },
};

const onTape = (graph: Graph, precision: Precision): Executable => ({
  ...tape.prepare(graph, precision),
  instead: tape.name,
});

/**
 * Undefined where the engine refuses: a page's main thread may not compile long code at once, and memories are limited in
 * number. The tape gives the same bits.
 */
function attempt(make: () => Executable): Executable | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
