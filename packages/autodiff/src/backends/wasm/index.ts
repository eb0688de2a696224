// The default backend: one WebAssembly module for a graph, with SIMD where the engine has it, and all its data in its memory.
import { consing, type Graph } from "../../graph.ts";
import { Tensor, type Kernel, type Op, type Values } from "../../ir.ts";
import { inputOp } from "../../ops/leaves.ts";
import { ops } from "../../ops/index.ts";
import { foldConstants } from "../../transforms/fold.ts";
import { simplifyExactly } from "../../transforms/simplify.ts";
import type { Backend, Executable, Precision } from "../backend.ts";
import { arithmetics } from "../interpret.ts";
import { tape } from "../tape.ts";
import { assemble, type Assembled } from "./assemble.ts";
import type { AssembledRare, HostCall, Region } from "./emitter.ts";
import { engine, moduleOf, type HostFunction, type WasmMemory, type WasmModule } from "./engine.ts";

/** A module of one function, () → (): memory.fill of nothing, a double 0, then an instruction that takes it, drop, end. */
const PROBE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 7, 10, 1, 6, 109, 101, 109, 111,
  114, 121, 2, 0, 10, 25, 1, 23, 0, 65, 0, 65, 0, 65, 0, 252, 11, 0, 68, 0, 0, 0, 0, 0, 0, 0, 0,
];

/** With the newest instruction of code with vectors, f64x2.splat, or of code without, i32.trunc_sat_f64_s. */
function probe(simd: boolean): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...PROBE, ...(simd ? [253, 20] : [252, 2]), 26, 11]);
}

/** Whether this engine runs such WebAssembly here (a page's policy may forbid it: it needs 'wasm-unsafe-eval'). */
export function canRun(simd: boolean): boolean {
  try {
    const bytes = probe(simd);
    if (engine?.validate(bytes) !== true) return false;
    // A policy forbids compiling, not validating.
    return Reflect.construct(engine.Module, [bytes]) instanceof engine.Module;
  } catch {
    return false;
  }
}

const known = new Map<boolean, boolean>();

/** Whether the engine takes such code, as far as is known: whether a policy forbids compiling is seen only then. */
function supported(simd: boolean): boolean {
  let found = known.get(simd);
  if (found === undefined) known.set(simd, (found = engine?.validate(probe(simd)) === true));
  return found;
}

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
interface Parts {
  readonly assembled: Assembled;
  readonly module: WasmModule;
  readonly rare: (() => RareCode) | undefined;
}

export function instantiatePortable({ rare, ...code }: PortableCode): Executable {
  return instantiate({ ...code, rare: rare === undefined ? undefined : () => rare });
}

function viewOf(memory: WasmMemory, precision: Precision, { address, size }: Region): Values {
  return precision === "f64"
    ? new Float64Array(memory.buffer, address, size)
    : new Float32Array(memory.buffer, address, size);
}

function write(memory: WasmMemory, address: number, words: BigUint64Array): void {
  new BigUint64Array(memory.buffer, address, words.length).set(words);
}

/** Runs what `assemble` made. `own`: ops that are not basin's. */
function instantiate({ assembled, module, rare }: Parts, own: readonly Op[] = []): Executable {
  const { precision, inputs, outputs, initial, pool, functions } = assembled;
  let made: RareCode | undefined;
  const rareOnce = rare && ((): RareCode => (made ??= rare()));
  let memory: WasmMemory | undefined;
  const host = functions.length === 0 ? {} : hostOf(assembled, own, rareOnce, () => memory!);
  const { exports } = new engine!.Instance(module, { host });
  memory = exports.memory;
  write(memory, pool.address, pool.words);
  for (const { address, data } of initial)
    viewOf(memory, precision, { address, size: data.length }).set(data);
  const executable: Executable = {
    inputs: inputs.map((region) => viewOf(exports.memory, precision, region)),
    outputs: outputs.map((region) => viewOf(exports.memory, precision, region)),
    memory: assembled.memory,
    execute: exports.run,
  };
  if (own.length > 0) return executable;
  return { ...executable, portable: (): PortableCode => ({ assembled, module, rare: rareOnce?.() }) };
}

/** What a module calls: functions on numbers, ops by their kernels, and its rare loops, which are made when they are wanted. */
function hostOf(
  { precision, pool, functions, calls }: Assembled,
  own: readonly Op[],
  rare: (() => RareCode) | undefined,
  memoryOf: () => WasmMemory,
): Record<string, HostFunction> {
  const host: Record<string, HostFunction> = {};
  const find = (name: string): Op => own.find((op) => op.name === name) ?? ops[name]!;
  addFunctions(host, functions, find);
  let rareLoops: RareLoops | undefined;
  for (const name of functions) {
    if (!name.startsWith("rare ")) continue;
    const k = Number(name.slice(5));
    host[name] = (start) => (rareLoops ??= openRare(rare!(), memoryOf(), pool.address, find))[k]!(start);
  }
  for (const [k, call] of calls.entries()) {
    const op = find(call.op);
    if (op.kernel.kind === "array") host[`call ${k}`] = callOf(call, op, op.kernel, precision, memoryOf);
  }
  return host;
}

interface RareLoops {
  readonly [k: number]: (start: number) => void;
}

function openRare(
  { assembled, module }: RareCode,
  memory: WasmMemory,
  pool: number,
  find: (name: string) => Op,
): RareLoops {
  const host: Record<string, HostFunction | WasmMemory> = { memory };
  addFunctions(host, assembled.functions, find);
  write(memory, pool, assembled.pool);
  return new engine!.Instance(module, { host }).exports;
}

/** Functions on numbers, by the names of their ops. */
function addFunctions(
  to: Record<string, HostFunction | WasmMemory>,
  names: readonly string[],
  find: (name: string) => Op,
): void {
  for (const name of names) {
    if (name.startsWith("call ") || name.startsWith("rare ")) continue;
    const { kernel } = find(name.replace(/ f32$/, ""));
    if (kernel.kind === "elementwise") to[name] = name.endsWith(" f32") ? kernel.single! : kernel.apply;
  }
}

/** A node that the host computes. */
function callOf(
  call: HostCall,
  op: Op,
  kernel: Kernel & { readonly kind: "array" },
  precision: Precision,
  memoryOf: () => WasmMemory,
): HostFunction {
  const sources = call.inputs.map(({ shape }) => new Tensor(inputOp as Op, [], {}, shape, -1));
  const node = new Tensor(op, sources, call.attributes, call.shape, -1);
  let views: Values[] | undefined;
  let out: Values | undefined;
  return () => {
    views ??= call.inputs.map(({ region }) => viewOf(memoryOf(), precision, region));
    out ??= viewOf(memoryOf(), precision, call.out);
    kernel.run(out, views, node, arithmetics[precision]);
    return 0;
  };
}

/** The graph that code is made of: the same bits, fewer nodes. */
export function prepared(graph: Graph, precision: Precision): Graph {
  return consing(graph.inputs, () => foldConstants(simplifyExactly(graph), precision));
}

function prepare(graph: Graph, precision: Precision, simd: boolean): Executable {
  const simpler = prepared(graph, precision);
  const own = simpler.nodes.map((node) => node.op).filter((op) => ops[op.name] !== op);
  const { assembled, rare } = assemble(simpler, precision, simd);
  const made = attempt(simd, () =>
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
}

/** Without vectors, for engines that have none. */
export const wasmScalar: Backend = {
  name: "wasm-scalar",
  prepare: (graph, precision) =>
    supported(false) ? prepare(graph, precision, false) : onTape(graph, precision),
};

export const wasm: Backend = {
  name: "wasm",
  prepare: (graph, precision) =>
    supported(true)
      ? prepare(graph, precision, true)
      : { instead: wasmScalar.name, ...wasmScalar.prepare(graph, precision) },
};

const onTape = (graph: Graph, precision: Precision): Executable => ({
  ...tape.prepare(graph, precision),
  instead: tape.name,
});

/**
 * Undefined where the engine refuses: a page's main thread may not compile long code at once, memories are limited in
 * number, and a policy may forbid any code. The tape gives the same bits.
 */
function attempt(simd: boolean, make: () => Executable): Executable | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    const found = canRun(simd);
    known.set(simd, found);
    if (found) throw error;
    return undefined;
  }
}
