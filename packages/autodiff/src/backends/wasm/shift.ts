// Sums of a value of a loop and of another one moved along the last axis by one, as gradients of slices are: what comes from
// the vector before stays in a register, so that neither is stored and read again.
import type { Tensor } from "../../ir.ts";
import type { Value } from "./code.ts";
import type { Lanes } from "./lanes.ts";
import type { Place } from "./place.ts";

/** out[…, i] = moved[…, i − 1] + kept[…, i], with 0 where there is none; out is longer than both by one. */
export interface Shift {
  readonly moved: Tensor;
  readonly kept: Tensor;
  /** With strides over the loop's axes. */
  readonly out: Place;
}

/** What `add` of two padded values adds, if it is such a sum. */
export function shiftOf(node: Tensor): Omit<Shift, "out"> | undefined {
  if (node.op.name !== "add") return undefined;
  const [a, b] = node.inputs as [Tensor, Tensor];
  if (isPadded(a, 1, 0) && isPadded(b, 0, 1)) return { moved: a.inputs[0]!, kept: b.inputs[0]! };
  if (isPadded(b, 1, 0) && isPadded(a, 0, 1)) return { moved: b.inputs[0]!, kept: a.inputs[0]! };
  return undefined;
}

function isPadded({ op, attributes, shape }: Tensor, before: number, after: number): boolean {
  return (
    op.name === "pad" &&
    attributes["axis"] === -1 &&
    attributes["before"] === before &&
    attributes["after"] === after &&
    shape[shape.length - 1]! > 2
  );
}

/** The code of one shift along the innermost axis. */
export class ShiftEmitter {
  private readonly m: Lanes;
  /** The moved value's vector before the one at hand. */
  private readonly before: Value;

  constructor(m: Lanes) {
    this.m = m;
    this.before = m.let(m.constant(0));
  }

  /** The sum for the vectors at hand (`Code.ways` of them). */
  vectors(moved: Value, kept: Value): Value {
    const { m } = this;
    const { code, width } = m;
    const order = Array.from({ length: width }, (_, lane) => width - 1 + lane);
    const sum = m.let((way = 0) => {
      const last = way === 0 ? this.before : moved;
      const shifted = m.permute(
        () => last(way - 1),
        () => moved(way),
        order,
      );
      m.add(shifted, kept)(way);
    });
    moved(code.ways - 1);
    code.set(this.before.local);
    return sum;
  }

  /** The last sum, in lane 0, after vectors of which the last had `count` lanes. */
  last(count: number): Value {
    const { m } = this;
    const order = new Array<number>(m.width).fill(count - 1);
    return m.let(m.add(m.permute(this.before, this.before, order), m.constant(0)));
  }
}
