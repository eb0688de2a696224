// The plan of a program: nodes become steps (fused loops, contractions, calls of the host), values that must lie in memory
// get buffers.
import { AutodiffError } from "../../errors.ts";
import type { Graph } from "../../graph.ts";
import type { Tensor } from "../../ir.ts";
import type { Labels } from "../../ops/contract.ts";
import { knownValue } from "../../ops/leaves.ts";
import { sameShape, stridesOf, type Shape } from "../../shape.ts";
import { isLong } from "./elementwise.ts";
import { shiftOf, type Shift } from "./shift.ts";
import {
  isRun,
  isTrailing,
  readsOf,
  type ContractStep,
  type LoopStep,
  type Reduction,
  type Step,
} from "./steps.ts";
import { isContiguous, isView, viewOf, wholeOf, type Buffer, type Place } from "./place.ts";

export interface Plan {
  readonly steps: readonly Step[];
  readonly buffers: readonly Buffer[];
  readonly inputs: readonly Buffer[];
  readonly outputs: readonly Place[];
  /** Where each value that a loop reads from memory lies. */
  readonly placeOf: (node: Tensor) => Place;
}

/** A loop of more nodes than this takes no more: code of one loop should not grow without end. */
const MANY = 150;

export function planOf(graph: Graph): Plan {
  const buffers: Buffer[] = [];
  const steps: Step[] = [];
  /** The step that computes a node (through views). */
  const stepOf = new Map<Tensor, number>();
  const loopOf = new Map<Tensor, LoopStep>();
  const places = new Map<Tensor, Place>();

  const buffer = (size: number, rest: Partial<Buffer> = {}): Buffer => {
    const made: Buffer = { size, address: -1, pinned: false, writer: undefined, ...rest };
    buffers.push(made);
    return made;
  };
  const inputs = graph.inputs.map((node) => {
    const made = buffer(node.size, { pinned: true });
    places.set(node, wholeOf(made, node.shape));
    return made;
  });

  /** The latest step that a value depends on; −1 for what is there from the start. */
  const ready = (node: Tensor): number => stepOf.get(node) ?? -1;

  function placeOf(node: Tensor): Place {
    let found = places.get(node);
    if (found === undefined) places.set(node, (found = makePlace(node)));
    return found;
  }

  function makePlace(node: Tensor): Place {
    const value = knownValue(node);
    if (value !== undefined)
      return {
        buffer: buffer(1, { pinned: true, data: Float64Array.of(value) }),
        offset: 0,
        strides: node.shape.map(() => 0),
      };
    if (node.op.name === "constant")
      return wholeOf(
        buffer(node.size, { pinned: true, data: node.attributes["data"] as Float64Array }),
        node.shape,
      );
    if (isView(node)) {
      const of = node.inputs[0]!;
      const view = viewOf(node, placeOf(of));
      if (view !== undefined) return view;
      // A reshape that strides cannot express: of a copy in order.
      const copy = wholeOf(buffer(of.size), of.shape);
      stepOf.set(node, store(of, copy));
      return viewOf(node, copy)!;
    }
    // A value inside a loop that somebody wants to read.
    const place = wholeOf(buffer(node.size), node.shape);
    store(node, place);
    return place;
  }

  /** Lets the loop that computes a value store it, or another one read and store it; which step. */
  function store(value: Tensor, place: Place): number {
    let loop = loopOf.get(value);
    if (loop === undefined || !canCollapse(loop, [place], loop.reductions)) {
      placeOf(value);
      loop = loopFor(value.shape, [value], [place]);
    }
    loop.stores.push({ value, place });
    const at = steps.indexOf(loop);
    place.buffer.writer ??= at;
    return at;
  }

  const canRead = (loop: LoopStep, at: number, value: Tensor): boolean =>
    ready(value) < at || (loop.members.has(value) && sameShape(value.shape, loop.shape));

  /** The latest loop over a shape in which these values can be read and places written; a new one where there is none. */
  function loopFor(shape: Shape, values: readonly Tensor[], written: readonly Place[] = []): LoopStep {
    for (let at = steps.length - 1; at >= 0; at--) {
      const loop = steps[at]!;
      if (loop.kind !== "loop" || !sameShape(loop.shape, shape)) continue;
      if (loop.nodes.length > MANY) break;
      if (!values.every((value) => canRead(loop, at, value))) break;
      const read = values.filter((value) => !loop.members.has(value));
      if (canCollapse(loop, [...placesOf(read), ...written], loop.reductions)) return loop;
    }
    return newLoop(shape);
  }

  function newLoop(shape: Shape): LoopStep {
    const loop: LoopStep = {
      kind: "loop",
      shape,
      nodes: [],
      members: new Set(),
      stores: [],
      reductions: [],
      shifts: [],
    };
    steps.push(loop);
    return loop;
  }

  const placesOf = (values: readonly Tensor[]): Place[] =>
    values.filter((value) => knownValue(value) === undefined).map(placeOf);

  /** Whether the axes that a reduction with lanes runs over would be one run for all that the loop reads and writes. */
  function canCollapse(loop: LoopStep, more: readonly Place[], reductions: readonly Reduction[]): boolean {
    const starts = reductions.filter((one) => isTrailing(loop.shape, one)).map((one) => one.from);
    if (starts.length === 0) return true;
    const start = Math.min(...starts);
    const places = [
      ...placesOf(readsOf(loop, loop.nodes)),
      ...loop.stores.map((one) => one.place),
      ...loop.shifts.map((one) => one.out),
      ...reductions.map((one) => one.out),
      ...more,
    ];
    return places.every(({ strides }) => isRun(loop.shape, strides, start));
  }

  function addElementwise(node: Tensor): void {
    // Views read memory; they may need a copy, which comes first.
    for (const from of node.inputs) if (!loopOf.has(from)) placeOf(from);
    const loop = loopFor(node.shape, node.inputs);
    for (const from of node.inputs) if (!loop.members.has(from) && !repeat(loop, from)) placeOf(from);
    loop.nodes.push(node);
    loop.members.add(node);
    loopOf.set(node, loop);
    stepOf.set(node, steps.indexOf(loop));
  }

  /**
   * Computes a value of an earlier loop again, where that is cheaper than to store and load it: short work on what can be
   * read anyway. Whether it did.
   */
  function repeat(loop: LoopStep, value: Tensor): boolean {
    const at = steps.indexOf(loop);
    const again: Tensor[] = [];
    const read: Tensor[] = [];
    const cheap = (node: Tensor, depth: number): boolean => {
      if (loop.members.has(node) || again.includes(node) || knownValue(node) !== undefined) return true;
      if (places.has(node) && ready(node) < at) {
        read.push(node);
        return true;
      }
      if (depth === 0 || !loopOf.has(node) || isLong(node.op.name) || !sameShape(node.shape, loop.shape))
        return false;
      if (!node.inputs.every((from) => cheap(from, depth - 1))) return false;
      again.push(node);
      return true;
    };
    if (places.has(value) || !cheap(value, 3) || !canCollapse(loop, placesOf(read), loop.reductions))
      return false;
    loop.nodes.push(...again);
    for (const node of again) loop.members.add(node);
    return true;
  }

  function addReduction(node: Tensor): void {
    const value = node.inputs[0]!;
    const axis = value.shape.length + (node.attributes["axis"] as number);
    const range = { from: axis, to: axis + (node.attributes["count"] as number) };
    const out = buffer(node.size);
    places.set(node, wholeOf(out, node.shape));
    const kept = stridesOf(node.shape);
    const strides = value.shape.map((_, i) =>
      i < range.from ? kept[i]! : i < range.to ? 0 : kept[i - range.to + range.from]!,
    );
    const reduction: Reduction = {
      kind: node.op.name as "sum",
      value,
      out: { buffer: out, offset: 0, strides },
      ...range,
    };
    const own = loopOf.get(value);
    let loop = own;
    if (loop === undefined || !canCollapse(loop, [], [...loop.reductions, reduction])) {
      placeOf(value);
      loop = loopFor(value.shape, [value]);
      const read = loop.members.has(value) ? [] : placesOf([value]);
      if (!canCollapse(loop, read, [...loop.reductions, reduction])) {
        loop = newLoop(value.shape);
        if (!canCollapse(loop, placesOf([value]), [reduction])) {
          // The value lies in another order: the host reads it from a copy.
          steps.pop();
          places.delete(node);
          buffers.splice(buffers.indexOf(out), 1);
          return addHost(node);
        }
      }
    }
    loop.reductions.push(reduction);
    const at = steps.indexOf(loop);
    out.writer = at;
    stepOf.set(node, at);
  }

  function addContract(node: Tensor): void {
    const [a, b] = node.inputs as [Tensor, Tensor];
    const out = buffer(node.size);
    const step: ContractStep = {
      kind: "contract",
      node,
      labels: node.attributes as Labels,
      a: placeOf(a),
      b: placeOf(b),
      out: wholeOf(out, node.shape),
    };
    push(node, step, out);
  }

  function addHost(node: Tensor): void {
    const sources = node.inputs.map((from) => contiguous(from));
    const out = buffer(node.size);
    push(node, { kind: "host", node, inputs: sources, out: wholeOf(out, node.shape) }, out);
  }

  function push(node: Tensor, step: Step, out: Buffer): void {
    places.set(node, wholeOf(out, node.shape));
    steps.push(step);
    out.writer = steps.length - 1;
    stepOf.set(node, steps.length - 1);
  }

  /** A place in row-major order, of a copy if need be. */
  function contiguous(node: Tensor): Place {
    const place = placeOf(node);
    if (isContiguous(place, node.shape)) return place;
    const copy = wholeOf(buffer(node.size), node.shape);
    const at = store(node, copy);
    stepOf.set(node, Math.max(ready(node), at));
    return copy;
  }

  /** Zeros around (pad) and parts side by side (concat): written in place by whoever computes the parts. */
  function addAssembly(node: Tensor): void {
    const out = buffer(node.size, { pinned: true });
    const whole = wholeOf(out, node.shape);
    places.set(node, whole);
    const axis = node.shape.length + (node.attributes["axis"] as number);
    let start = node.op.name === "pad" ? (node.attributes["before"] as number) : 0;
    let at = -1;
    for (const part of node.inputs) {
      const place = { ...whole, offset: start * whole.strides[axis]! };
      // The buffer is its own and begins as zeros.
      if (!Object.is(knownValue(part), 0)) at = Math.max(at, store(part, place));
      start += part.shape[axis]!;
    }
    stepOf.set(node, at);
  }

  /** A sum of two padded values of one loop is made by that loop. Whether it was. */
  function addShift(node: Tensor): boolean {
    const shift = shifts.get(node);
    if (shift === undefined) return false;
    const loop = loopOf.get(shift.moved);
    const made = wholeOf(buffer(node.size), node.shape);
    if (loop === undefined || !loop.members.has(shift.kept) || !canCollapse(loop, [made], loop.reductions)) {
      buffers.pop();
      for (const pad of node.inputs) addAssembly(pad);
      return false;
    }
    loop.shifts.push({ ...shift, out: made });
    const at = steps.indexOf(loop);
    made.buffer.writer = at;
    places.set(node, made);
    stepOf.set(node, at);
    return true;
  }

  const shifts = shiftsOf(graph);
  const absorbed = new Set([...shifts.keys()].flatMap((node) => node.inputs));
  for (const node of graph.nodes) {
    if (places.has(node) || node.inputs.length === 0 || absorbed.has(node) || addShift(node)) continue;
    if (node.op.kernel.kind === "elementwise") addElementwise(node);
    else if (isView(node)) stepOf.set(node, Math.max(ready(node.inputs[0]!), stepOf.get(node) ?? -1));
    else if (node.op.name === "sum" || node.op.name === "max" || node.op.name === "min") addReduction(node);
    else if (node.op.name === "contract") addContract(node);
    else if (node.op.name === "pad" || node.op.name === "concat") addAssembly(node);
    else if (node.op.kernel.kind === "array") addHost(node);
    else
      throw new AutodiffError(
        "compile",
        `the wasm backend cannot run ${node.op.name}`,
        "use another backend",
      );
  }
  const outputs = graph.outputs.map((node) => {
    const place = contiguous(node);
    place.buffer.pinned = true;
    return place;
  });
  return { steps, buffers, inputs, outputs, placeOf };
}

/** The sums of two padded values, which nothing else needs. */
function shiftsOf(graph: Graph): Map<Tensor, Omit<Shift, "out">> {
  const found = new Map<Tensor, Omit<Shift, "out">>();
  for (const node of graph.nodes) {
    const shift = shiftOf(node);
    if (shift !== undefined) found.set(node, shift);
  }
  if (found.size === 0) return found;
  const users = new Map<Tensor, number>();
  for (const list of [...graph.nodes.map((node) => node.inputs), graph.outputs])
    for (const one of list) users.set(one, (users.get(one) ?? 0) + 1);
  for (const node of found.keys()) if (node.inputs.some((pad) => users.get(pad) !== 1)) found.delete(node);
  return found;
}
