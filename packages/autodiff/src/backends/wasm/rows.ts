// A block of rows of a pipeline: steps that share their first axis run on one block of it after the other.
import { op } from "./opcodes.ts";
import type { Code } from "./code.ts";
import type { Buffer } from "./place.ts";
import type { Reduction } from "./steps.ts";

export interface Rows {
  /** Rows in this block. */
  readonly count: number;
  /** Whether a buffer holds one block only, so that it is addressed from its beginning. */
  isLocal(buffer: Buffer): boolean;
  /** Sets a pointer to the first row of the block, for rows of so many bytes. */
  setPointer(code: Code, pointer: number, rowBytes: number): void;
  /** Address of the lanes of a reduction that goes on from block to block; undefined where it ends in the block. */
  lanesOf(reduction: Reduction): number | undefined;
}

/** pointer = start · rowBytes, where start is a local or a constant. */
export function scalePointer(
  code: Code,
  pointer: number,
  start: number | { readonly local: number },
  rowBytes: number,
): void {
  if (typeof start === "number") return code.setConstant(pointer, start * rowBytes);
  if (rowBytes === 0) return code.setConstant(pointer, 0);
  code.get(start.local);
  code.i32(rowBytes);
  code.op(op.i32Mul);
  code.set(pointer);
}
