// The steps of a plan, and what a loop computes, reads and reduces.
import { around } from "../../axes.ts";
import type { Tensor } from "../../ir.ts";
import type { Labels } from "../../ops/contract.ts";
import type { Shape } from "../../shape.ts";
import type { Place } from "./place.ts";
import type { Shift } from "./shift.ts";

/** Σ, max or min of a value of a loop over some of its axes. */
export interface Reduction {
  readonly kind: "sum" | "max" | "min";
  readonly value: Tensor;
  /** Over the loop's shape, stride 0 on reduced axes. */
  readonly out: Place;
  /** Reduced axes, from … to − 1. */
  readonly from: number;
  readonly to: number;
}

/** One loop over a shape that computes elementwise nodes, stores some, and reduces some. */
export interface LoopStep {
  readonly kind: "loop";
  readonly shape: Shape;
  /** In order; values of others are read from memory. */
  readonly nodes: Tensor[];
  readonly members: Set<Tensor>;
  readonly stores: { readonly value: Tensor; readonly place: Place }[];
  readonly reductions: Reduction[];
  readonly shifts: Shift[];
}

/** out = Σ a b: see ops/contract.ts. Operands may lie at any strides. */
export interface ContractStep {
  readonly kind: "contract";
  readonly node: Tensor;
  readonly labels: Labels;
  readonly a: Place;
  readonly b: Place;
  readonly out: Place;
}

/** A node that the host computes by the op's own kernel, or that has code of its own (emit-indexed.ts). Row-major order. */
export interface HostStep {
  readonly kind: "host";
  readonly node: Tensor;
  readonly inputs: readonly Place[];
  readonly out: Place;
}

export type Step = LoopStep | ContractStep | HostStep;

/** Whether a reduction is over the contiguous axis: with lanes, by rule 1 of the order of summation. */
export function isTrailing(
  shape: Shape,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  return around(shape, { axis: from - shape.length, count: to - from }).inner === 1;
}

/** Whether axes from `start` on move through memory as one. */
export function isRun(shape: Shape, strides: readonly number[], start: number): boolean {
  let expected: number | undefined;
  for (let axis = shape.length - 1; axis >= start; axis--) {
    if (shape[axis] === 1) continue;
    if (expected !== undefined && strides[axis] !== expected) return false;
    expected = strides[axis]! * shape[axis]!;
  }
  return true;
}

/** The nodes that something stored or reduced depends on; others were computed again elsewhere. */
export function liveNodes(loop: LoopStep): Tensor[] {
  const live = new Set<Tensor>([
    ...[...loop.stores, ...loop.reductions].map((one) => one.value),
    ...loop.shifts.flatMap(({ moved, kept }) => [moved, kept]),
  ]);
  for (const node of loop.nodes.toReversed())
    if (live.has(node)) for (const from of node.inputs) live.add(from);
  return loop.nodes.filter((node) => live.has(node));
}

/** The values that these nodes of a loop (default: those that are live), its stores and reductions read from memory. */
export function readsOf(loop: LoopStep, nodes: readonly Tensor[] = liveNodes(loop)): Tensor[] {
  const found = new Set<Tensor>();
  const see = (value: Tensor): void => {
    if (!loop.members.has(value)) found.add(value);
  };
  for (const node of nodes) node.inputs.forEach(see);
  for (const { value } of loop.stores) see(value);
  for (const { value } of loop.reductions) see(value);
  return [...found];
}
