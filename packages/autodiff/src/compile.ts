// From a function or a graph to a program that runs.
import type { Backend, Precision, Program } from "./backends/backend.ts";
import { backends, type BackendName } from "./backends/index.ts";
import { AutodiffError } from "./errors.ts";
import { assertClosed, type Graph } from "./graph.ts";
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
  const inputs = graph.inputs.map((node) => node.shape);
  const sizes = graph.inputs.map((node) => node.size);
  const outputs = graph.outputs.map((node) => node.shape);
  const outSizes = graph.outputs.map((node) => node.size);
  let disposed = false;
  const set = (k: number, data: ArrayLike<number>): void => {
    if (data.length !== sizes[k]) throw wrongLength(`input ${k}`, data.length, inputs[k]);
    executable.set(k, data);
  };
  return {
    inputs,
    outputs,
    backend: backend.name,
    precision,
    memory: executable.memory,
    set,
    run(values, outs = outSizes.map((size) => new Float64Array(size))) {
      if (disposed) throw new AutodiffError("run", "the program was disposed of", "compile it again");
      for (let k = 0; k < values.length; k++) {
        const value = values[k];
        if (value !== undefined) set(k, value);
      }
      for (let k = 0; k < outSizes.length; k++)
        if (outs[k]?.length !== outSizes[k])
          throw wrongLength(`output ${k}`, outs[k]?.length ?? 0, outputs[k]);
      executable.run(outs);
      return outs;
    },
    dispose() {
      disposed = true;
      executable.dispose();
    },
  };
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
