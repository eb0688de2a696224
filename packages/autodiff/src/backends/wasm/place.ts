// Where values lie in memory: buffers, and views of them by strides.
import { broadcastStrides } from "../../ops/sum-broadcast.ts";
import { fullOrder } from "../../ops/transpose.ts";
import type { Tensor } from "../../ir.ts";
import { stridesOf, type Shape } from "../../shape.ts";

/** A piece of the module's memory. */
export interface Buffer {
  /** In elements; of one block of rows, where its values never leave a pipeline. */
  size: number;
  /** In bytes; set when memory is laid out. */
  address: number;
  /** Lives as long as the program: inputs, constants, outputs, zero margins. */
  pinned: boolean;
  /** The step that writes it, first; undefined for inputs and constants. */
  writer: number | undefined;
  /** Initial contents, of constants. */
  readonly data?: Float64Array;
}

/** A tensor in memory: element i₀, i₁ … lies at offset + Σ iₐ · strideₐ of its buffer (in elements). */
export interface Place {
  readonly buffer: Buffer;
  readonly offset: number;
  readonly strides: readonly number[];
}

export function wholeOf(buffer: Buffer, shape: Shape): Place {
  return { buffer, offset: 0, strides: stridesOf(shape) };
}

export function isContiguous(place: Place, shape: Shape): boolean {
  const wanted = stridesOf(shape);
  return shape.every((length, axis) => length === 1 || place.strides[axis] === wanted[axis]);
}

/** The place of a view of a tensor that lies at `of`; undefined where strides cannot express it. */
export function viewOf(node: Tensor, of: Place): Place | undefined {
  const from = node.inputs[0]!.shape;
  const { attributes } = node;
  switch (node.op.name) {
    case "broadcast": {
      const [narrow, wide] = [attributes["from"] as Shape, attributes["to"] as Shape];
      const lead = from.length - narrow.length;
      const local = broadcastStrides(narrow, wide);
      const kept = of.strides.slice(lead);
      const strides = local.map((stride, i) => (stride === 0 ? 0 : kept[i - wide.length + narrow.length]!));
      return { ...of, strides: [...of.strides.slice(0, lead), ...strides] };
    }
    case "transpose": {
      const order = fullOrder(attributes["order"] as readonly number[], from);
      return { ...of, strides: order.map((axis) => of.strides[axis]!) };
    }
    case "slice": {
      const axis = from.length + (attributes["axis"] as number);
      return { ...of, offset: of.offset + (attributes["start"] as number) * of.strides[axis]! };
    }
    case "windows": {
      const axis = from.length + (attributes["axis"] as number);
      const stride = of.strides[axis]!;
      const both = [stride * (attributes["step"] as number), stride];
      return { ...of, strides: [...of.strides.slice(0, axis), ...both, ...of.strides.slice(axis + 1)] };
    }
    default:
      return reshaped(of, from, node.shape);
  }
}

/** Whether a node moves no data: its op says so, or strides can say what it does. */
export function isView({ op }: Tensor): boolean {
  return op.kernel.kind === "view" || strided.has(op.name);
}
const strided: ReadonlySet<string> = new Set(["broadcast", "transpose", "slice", "windows"]);

/** Strides of a reshape: axes are matched in runs of equal size; within a run the source must be contiguous. */
function reshaped(place: Place, from: Shape, to: Shape): Place | undefined {
  const strides = new Array<number>(to.length).fill(0);
  // Without entries there are no runs, and nothing is read.
  if (to.includes(0)) return { ...place, strides };
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    const [i0, j0] = [i, j];
    let a = i < from.length ? from[i++]! : 1;
    let b = j < to.length ? to[j++]! : 1;
    while (a !== b) {
      if (a < b) a *= from[i++]!;
      else b *= to[j++]!;
    }
    const run: { length: number; stride: number }[] = [];
    for (let axis = i0; axis < i; axis++)
      if (from[axis] !== 1) run.push({ length: from[axis]!, stride: place.strides[axis]! });
    for (let r = 0; r + 1 < run.length; r++)
      if (run[r]!.stride !== run[r + 1]!.stride * run[r + 1]!.length) return undefined;
    let stride = run[run.length - 1]?.stride ?? 0;
    for (let axis = j - 1; axis >= j0; axis--) {
      strides[axis] = stride;
      stride *= to[axis]!;
    }
  }
  return { ...place, strides };
}
