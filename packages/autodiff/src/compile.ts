// From a function or a graph to a program that runs.
import type { Backend, Executable, PortableProgram, Precision, Program } from "./backends/backend.ts";
import { backends, type BackendName } from "./backends/index.ts";
import { canRun, instantiatePortable, type PortableCode } from "./backends/wasm/index.ts";
import { AutodiffError } from "./errors.ts";
import { assertClosed, type Graph } from "./graph.ts";
import type { Values } from "./ir.ts";
import { shapeText, type Shape } from "./shape.ts";
import { trace, type Traceable } from "./trace.ts";

export interface CompileOptions {
  /** Shapes of the arguments; not needed for a graph, which has them. */
  readonly shapes?: readonly Shape[];
  /** By name, or one of one's own. All give the same bits. */
  readonly backend?: BackendName | Backend;
  /** f64 (default), or f32: every operation rounded to single precision. */
  readonly precision?: Precision;
}

function backendOf(wanted: BackendName | Backend): Backend {
  if (typeof wanted !== "string") return wanted;
  const found = Object.hasOwn(backends, wanted) ? backends[wanted] : undefined;
  if (found === undefined)
    throw new AutodiffError(
      "compile",
      `no backend is named "${wanted}"`,
      `use one of: ${Object.keys(backends).join(", ")}`,
    );
  return found;
}

/**
 * Compiles a function for arguments of fixed shapes, or a graph.
 * @throws AutodiffError where shapes are missing or do not fit.
 */
export function compile(f: Traceable | Graph, options: CompileOptions = {}): Program {
  const graph = typeof f === "function" ? trace(f, shapesFor(options)) : f;
  assertClosed(graph);
  const precision = options.precision ?? "f64";
  const backend = backendOf(options.backend ?? "wasm");
  const executable = backend.prepare(graph, precision);
  return programOf(
    executable,
    backend.name,
    precision,
    graph.inputs.map((node) => node.shape),
    graph.outputs.map((node) => node.shape),
  );
}

/** A program from another thread's `portable`. @throws AutodiffError where this engine cannot run its code. */
export function revive(portable: PortableProgram): Program {
  const { precision, inputs, outputs, code } = portable;
  const { simd } = (code as PortableCode).assembled;
  if (!canRun(simd))
    throw new AutodiffError(
      "revive",
      `this engine has no WebAssembly${simd ? " with SIMD" : ""}`,
      "compile the function here",
    );
  const backend = simd ? "wasm" : "wasm-scalar";
  return programOf(instantiatePortable(code as PortableCode), backend, precision, inputs, outputs);
}

/** Arrays of up to so many numbers are copied in a loop: a call of `set` costs more. */
const FEW = 24;

function copy(from: ArrayLike<number>, to: Values): void {
  if (from.length > FEW) to.set(from);
  else for (let i = 0; i < from.length; i++) to[i] = from[i]!;
}

function programOf(
  made: Executable,
  backend: string,
  precision: Precision,
  inputs: readonly Shape[],
  outputs: readonly Shape[],
): Program {
  let executable: Executable | undefined = made;
  const alive = (): Executable => {
    if (executable === undefined)
      throw new AutodiffError("run", "the program was disposed of", "compile it again");
    return executable;
  };
  const set = (k: number, data: ArrayLike<number>): void => {
    const to = alive().inputs[k];
    if (data.length !== to?.length) throw wrongLength(`input ${k}`, data.length, inputs[k]);
    copy(data, to);
  };
  const program: Program = {
    inputs,
    outputs,
    backend: made.instead ?? backend,
    precision,
    memory: made.memory,
    set,
    run(values, outs = made.outputs.map((output) => new Float64Array(output.length))) {
      const { outputs: results, execute } = alive();
      for (let k = 0; k < values.length; k++) {
        const value = values[k];
        if (value !== undefined) set(k, value);
      }
      for (let k = 0; k < results.length; k++)
        if (outs[k]?.length !== results[k]!.length)
          throw wrongLength(`output ${k}`, outs[k]?.length ?? 0, outputs[k]);
      execute();
      for (let k = 0; k < results.length; k++) copy(results[k]!, outs[k]!);
      return outs;
    },
    input: (k) => alive().inputs[k]!,
    output: (k) => alive().outputs[k]!,
    // The code itself, without a look at whether it is still there: small programs run for ten nanoseconds.
    execute: made.execute,
    portable() {
      const { portable } = alive();
      if (portable === undefined)
        throw new AutodiffError(
          "portable",
          `the backend ${backend} (or an op of one's own) has no code that can be sent`,
          "compile with the wasm backend, or compile in the other thread",
        );
      return { inputs, outputs, precision, code: portable() };
    },
    dispose() {
      executable = undefined;
      program.execute = () => void alive();
    },
  };
  return program;
}

function shapesFor(options: CompileOptions): readonly Shape[] {
  if (options.shapes !== undefined) return options.shapes;
  throw new AutodiffError(
    "compile",
    "no shapes",
    "give the shapes of the arguments: compile(f, { shapes: [[3]] })",
  );
}

function wrongLength(what: string, found: number, shape: Shape | undefined): AutodiffError {
  if (shape === undefined) return new AutodiffError("run", `there is no ${what}`, "count from 0");
  return new AutodiffError(
    "run",
    `${what} has ${found} numbers`,
    `give as many as shape ${shapeText(shape)} holds`,
  );
}
