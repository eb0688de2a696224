// Code of ops that read or write where numbers say, or that run along an axis in order: gather, scatter-add, running sums,
// argmax, overlap-add, and sums and extrema of values that lie in no order that loops could follow. Each as its kernel in src/ops.
import { around } from "../../axes.ts";
import type { Tensor } from "../../ir.ts";
import { sizeOf } from "../../shape.ts";
import type { Value } from "./code.ts";
import { joiner, LaneSums, laneVectors } from "./lane-sums.ts";
import type { Lanes } from "./lanes.ts";
import { op } from "./opcodes.ts";

type Emitter = (m: Lanes, node: Tensor, inputs: readonly number[], out: number) => void;

const emitters: Readonly<Record<string, Emitter>> = {
  gather: emitGather,
  scatter: emitScatter,
  cumsum: emitCumsum,
  argmax: emitArgmax,
  overlapAdd: emitOverlapAdd,
  max: emitExtremum,
  min: emitExtremum,
  sum: emitSum,
};

/** Whether an op has code here. */
export function isIndexed(node: Tensor): boolean {
  return emitters[node.op.name] !== undefined && node.size > 0 && node.inputs.every(({ size }) => size > 0);
}

/** The code of a node whose inputs and output lie at these addresses, in row-major order. */
export function emitIndexed(m: Lanes, node: Tensor, inputs: readonly number[], out: number): void {
  m.code.scoped(() => emitters[node.op.name]!(m, node, inputs, out));
}

/** A pointer of its own that begins at an address. */
function pointerAt(m: Lanes, address: number): number {
  const pointer = m.code.local("i32");
  m.code.setConstant(pointer, address);
  return pointer;
}

/** Runs `body` for a run of `count` numbers, vector by vector; pointers move along in copies of their own. */
function along(
  m: Lanes,
  count: number,
  pointers: readonly number[],
  body: (pointers: readonly number[], lanes: number) => void,
): void {
  const { code, width, bytes } = m;
  code.scoped(() => {
    const own = pointers.map((pointer) => code.copy(pointer));
    const vectors = Math.trunc(count / width);
    code.repeat(vectors, () => {
      code.scoped(() => body(own, width));
      for (const pointer of own) code.increase(pointer, width * bytes);
    });
    if (count % width > 0) code.scoped(() => body(own, count % width));
  });
}

/** For each row of indices: `found` where the index is a position below `length` (it lies in `position`), else `missing`. */
function emitPositions(
  m: Lanes,
  indices: number,
  length: number,
  found: (position: number) => void,
  missing: () => void,
): void {
  const { code } = m;
  code.scoped(() => {
    const [index, position] = [code.local("f64"), code.local("i32")];
    code.loadNumber(m.bytes, indices);
    code.tee(index);
    code.truncate();
    code.tee(position);
    code.op(op.f64ConvertI32);
    code.get(index);
    code.op(op.f64Eq);
    code.get(position);
    code.i32(length);
    code.op(op.i32LtU);
    code.op(op.i32And);
    code.ifElse(() => found(position), missing);
  });
}

/** to = base + position · stride. */
function setPosition(m: Lanes, to: number, base: number, position: number, stride: number): void {
  const { code } = m;
  code.get(position);
  code.i32(stride);
  code.op(op.i32Mul);
  code.get(base);
  code.op(op.i32Add);
  code.set(to);
}

interface Rows {
  readonly lead: number;
  readonly length: number;
  readonly count: number;
  readonly inner: number;
}
function rowsOf(shape: readonly number[], indices: readonly number[], rest: number): Rows {
  const axis = shape.length - rest - 1;
  return {
    lead: sizeOf(shape.slice(0, axis)),
    length: shape[axis]!,
    count: indices[indices.length - 1]!,
    inner: sizeOf(shape.slice(axis + 1)),
  };
}

function emitGather(m: Lanes, node: Tensor, [x, indices]: readonly number[], out: number): void {
  const { code, bytes } = m;
  const [source, at] = node.inputs as [Tensor, Tensor];
  const { lead, length, count, inner } = rowsOf(source.shape, at.shape, node.attributes["rest"] as number);
  const outside = m.constant(node.attributes["outside"] as number);
  const [base, index, to] = [pointerAt(m, x!), pointerAt(m, indices!), pointerAt(m, out)];
  const from = code.local("i32");
  code.repeat(lead, () => {
    code.repeat(count, () => {
      emitPositions(
        m,
        index,
        length,
        (position) => {
          setPosition(m, from, base, position, inner * bytes);
          along(m, inner, [from, to], ([source, target], lanes) =>
            m.storePart(target!, 0, lanes, bytes, m.loadPart(source!, 0, lanes, bytes)),
          );
        },
        () => along(m, inner, [to], ([target], lanes) => m.storePart(target!, 0, lanes, bytes, outside)),
      );
      code.increase(index, bytes);
      code.increase(to, inner * bytes);
    });
    code.increase(base, length * inner * bytes);
  });
}

function emitScatter(m: Lanes, node: Tensor, [updates, indices]: readonly number[], out: number): void {
  const { code, bytes } = m;
  const { lead, length, count, inner } = rowsOf(
    node.shape,
    node.inputs[1]!.shape,
    node.attributes["rest"] as number,
  );
  code.zeros(out, node.size * bytes);
  const [from, index, base] = [pointerAt(m, updates!), pointerAt(m, indices!), pointerAt(m, out)];
  const to = code.local("i32");
  code.repeat(lead, () => {
    code.repeat(count, () => {
      emitPositions(
        m,
        index,
        length,
        (position) => {
          setPosition(m, to, base, position, inner * bytes);
          addAlong(m, inner, from, to);
        },
        () => undefined,
      );
      code.increase(index, bytes);
      code.increase(from, inner * bytes);
    });
    code.increase(base, length * inner * bytes);
  });
}

/** Adds a run of numbers to another one. */
function addAlong(m: Lanes, count: number, from: number, to: number): void {
  const { bytes } = m;
  along(m, count, [from, to], ([source, target], lanes) => {
    const sum = m.add(m.loadPart(target!, 0, lanes, bytes), m.loadPart(source!, 0, lanes, bytes));
    m.storePart(target!, 0, lanes, bytes, sum);
  });
}

function emitOverlapAdd(m: Lanes, node: Tensor, [x]: readonly number[], out: number): void {
  const { code, bytes } = m;
  const [axis, size, step] = ["axis", "size", "step"].map((name) => node.attributes[name] as number) as [
    number,
    number,
    number,
  ];
  const { outer, length, inner } = around(node.shape, { axis, count: 1 });
  const run = size * inner;
  const count = node.inputs[0]!.size / (outer * run);
  code.zeros(out, node.size * bytes);
  const [from, row] = [pointerAt(m, x!), pointerAt(m, out)];
  code.repeat(outer, () => {
    code.scoped(() => {
      const to = code.copy(row);
      code.repeat(count, () => {
        addAlong(m, run, from, to);
        code.increase(from, run * bytes);
        code.increase(to, step * inner * bytes);
      });
    });
    code.increase(row, length * inner * bytes);
  });
}

/** Runs `body` for each vector of columns of a value seen as [outer, length, inner], with pointers to its first entries. */
function columns(
  m: Lanes,
  { outer, length, inner }: { readonly outer: number; readonly length: number; readonly inner: number },
  from: number,
  to: number,
  outLength: number,
  body: (from: number, to: number, lanes: number) => void,
): void {
  const { code, bytes } = m;
  const [source, target] = [pointerAt(m, from), pointerAt(m, to)];
  code.repeat(outer, () => {
    along(m, inner, [source, target], ([a, b], lanes) => body(a!, b!, lanes));
    code.increase(source, length * inner * bytes);
    code.increase(target, outLength * inner * bytes);
  });
}

function emitCumsum(m: Lanes, node: Tensor, [x]: readonly number[], out: number): void {
  const { code, bytes } = m;
  const view = around(node.shape, { axis: node.attributes["axis"] as number, count: 1 });
  const { length, inner } = view;
  const reverse = node.attributes["reverse"] as boolean;
  const begin = reverse ? (length - 1) * inner * bytes : 0;
  const step = (reverse ? -inner : inner) * bytes;
  columns(m, view, x! + begin, out + begin, length, (from, to, lanes) => {
    const [source, target] = [code.copy(from), code.copy(to)];
    const total = m.let(m.constant(0));
    code.repeat(length, () => {
      m.assign(total, m.add(total, m.loadPart(source, 0, lanes, bytes)));
      m.storePart(target, 0, lanes, bytes, total);
      code.increase(source, step);
      code.increase(target, step);
    });
  });
}

function emitArgmax(m: Lanes, node: Tensor, [x]: readonly number[], out: number): void {
  const { code, bytes } = m;
  const view = around(node.inputs[0]!.shape, { axis: node.attributes["axis"] as number, count: 1 });
  columns(m, view, x!, out, 1, (from, to, lanes) => {
    const source = code.copy(from);
    const best = m.let(m.constant(0));
    const most = m.let(m.loadPart(source, 0, lanes, bytes));
    const k = m.let(m.constant(0));
    code.repeat(view.length - 1, () =>
      code.scoped(() => {
        code.increase(source, view.inner * bytes);
        m.assign(k, m.add(k, m.constant(1)));
        const value = m.let(m.loadPart(source, 0, lanes, bytes));
        const larger: Value = m.let(m.gt(value, most));
        m.assign(best, m.select(larger, k, best));
        m.assign(most, m.select(larger, value, most));
      }),
    );
    m.storePart(to, 0, lanes, bytes, best);
  });
}

function emitExtremum(m: Lanes, node: Tensor, [x]: readonly number[], out: number): void {
  const { code, bytes } = m;
  const [axis, count] = [node.attributes["axis"] as number, node.attributes["count"] as number];
  const view = around(node.inputs[0]!.shape, { axis, count });
  const join = joiner(m, node.op.name as "max");
  columns(m, view, x!, out, 1, (from, to, lanes) => {
    const source = code.copy(from);
    const most = m.let(m.loadPart(source, 0, lanes, bytes));
    code.repeat(view.length - 1, () => {
      code.increase(source, view.inner * bytes);
      m.assign(most, join(most, m.loadPart(source, 0, lanes, bytes)));
    });
    m.storePart(to, 0, lanes, bytes, most);
  });
}

/** Along the last axes in lanes, else row by row (docs/decisions, order of summation, rules 1 and 2). */
function emitSum(m: Lanes, node: Tensor, [x]: readonly number[], out: number): void {
  const { code, bytes, width } = m;
  const [axis, count] = [node.attributes["axis"] as number, node.attributes["count"] as number];
  const view = around(node.inputs[0]!.shape, { axis, count });
  const { outer, length, inner } = view;
  if (inner > 1)
    return columns(m, view, x!, out, 1, (from, to, lanes) => {
      const source = code.copy(from);
      const total = m.let(m.constant(0));
      code.repeat(length, () => {
        m.assign(total, m.add(total, m.loadPart(source, 0, lanes, bytes)));
        code.increase(source, inner * bytes);
      });
      m.storePart(to, 0, lanes, bytes, total);
    });
  const [source, target] = [pointerAt(m, x!), pointerAt(m, out)];
  code.repeat(outer, () =>
    code.scoped(() => {
      const sums = new LaneSums(m, "sum", target, undefined);
      const vectors = laneVectors(m);
      const turns = Math.trunc(length / (vectors * width));
      code.repeat(turns, () => {
        for (let k = 0; k < vectors; k++) sums.add(k, m.load(source, k * width * bytes), width);
        code.increase(source, vectors * width * bytes);
      });
      const rest = length - vectors * width * turns;
      for (let k = 0; k * width < rest; k++) {
        const lanes = Math.min(width, rest - k * width);
        sums.add(k, m.loadPart(source, k * width * bytes, lanes, bytes), lanes);
      }
      sums.end(0);
      code.increase(source, rest * bytes);
      code.increase(target, bytes);
    }),
  );
}
