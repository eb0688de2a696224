// Values of a whole population: runs of value queries answered by one kernel each, where that is faster than one by one.
//
// A kernel is the loss mapped over candidates (vmap): the same bits, since the order of summation sees no leading axis. Measured over
// all models here (docs/decisions/0010-populations.md), it pays where the loss is mostly a matrix that all candidates share times a
// vector of each one's own: together these are a product of two matrices, which reads the data once for all. Layers of units are
// such products already, and losses that are mostly exp, tanh or log take as long in a batch as one by one.
import {
  compile,
  vmap,
  type Graph,
  type Program,
  type Shape,
  type Tensor,
  type Traceable,
} from "@basin/autodiff";
import type { Query, Vector } from "@basin/objective";

/** Candidates that one kernel takes, the most first. Four were sometimes slower than one by one. */
const SIZES = [64, 16, 8] as const;

/** Of the operations, how many must be shared products. Where half are, a batch of 64 takes nine tenths of the time. */
const LEAST_SHARE = 0.5;

/** Operations that are spent one by one before a kernel is made: about the time that making it takes. */
const WORTH = 1e7;

export interface Population {
  /**
   * Values of the points of the next queries from `from` on, as many as one kernel takes; undefined where the rest is better
   * answered one by one. Valid until the next call.
   */
  values(queries: readonly Query[], from: number): ArrayLike<number> | undefined;
}

/** What a population needs of the evaluator that it is part of. */
export interface Workshop {
  /** A program with the evaluator's data loaded, made when it is first called for. */
  program(kind: string, make: () => Program): () => Program;
  /** Notes operations spent for want of a kernel; gives all so far. */
  spend(kind: string, operations: number): number;
}

/**
 * The population of a loss; undefined where one by one is as fast. `shapes`: of the weights, then of the data. `costs`: of
 * one value, and the share of it that is shared products.
 */
export function populationOf(
  loss: Traceable,
  shapes: readonly Shape[],
  costs: { readonly operations: number; readonly shared: number },
  workshop: Workshop,
): Population | undefined {
  if (costs.shared < LEAST_SHARE) return undefined;
  const [weights, ...data] = shapes as readonly [Shape, ...Shape[]];
  const n = weights[0]!;
  const kernels = SIZES.map((size) => {
    const kind = `${size} values`;
    const wide = vmap(loss, [0, ...data.map(() => null)]) as Traceable;
    const make = (): Program => compile(wide, { shapes: [[size, n], ...data] });
    return { size, kind, program: workshop.program(kind, make), worth: false };
  });
  return {
    values(queries, from) {
      const run = runOf(queries, from, n);
      for (const kernel of kernels) {
        const { size } = kernel;
        if (size > run) continue;
        kernel.worth ||= workshop.spend(kernel.kind, run * costs.operations) > WORTH;
        if (!kernel.worth) continue;
        const program = kernel.program();
        const points = program.input(0);
        for (let i = 0; i < size; i++) copyInto(points, i * n, queries[from + i]!.x);
        program.execute();
        return program.output(0);
      }
      return undefined;
    },
  };
}

/** How many queries from `from` on are values of points of n coordinates, up to the most that a kernel takes. */
function runOf(queries: readonly Query[], from: number, n: number): number {
  const end = Math.min(queries.length, from + SIZES[0]);
  let i = from;
  while (i < end && queries[i]!.kind === "value" && queries[i]!.x.length === n) i++;
  return i - from;
}

/** Short vectors are copied in a loop: a call of `set` costs more. */
function copyInto(to: Float64Array | Float32Array, at: number, x: Vector): void {
  if (x.length > 24) to.set(x, at);
  else for (let j = 0; j < x.length; j++) to[at + j] = x[j]!;
}

/**
 * The share of a graph's operations in products of something that does not depend on the first input with a vector that
 * does: mapped over many first inputs, these become products of matrices.
 */
export function sharedProducts(graph: Graph): number {
  const moves = new Set<Tensor>([graph.inputs[0]!]);
  let [all, shared] = [0, 0];
  for (const node of graph.nodes) {
    if (node.inputs.some((from) => moves.has(from))) moves.add(node);
    const operations = node.op.operations(node);
    all += operations;
    if (node.op.name === "contract" && isSharedProduct(node, moves)) shared += operations;
  }
  return all === 0 ? 0 : shared / all;
}

function isSharedProduct({ inputs, attributes }: Tensor, moves: ReadonlySet<Tensor>): boolean {
  const { a, b, out } = attributes as Readonly<Record<"a" | "b" | "out", readonly number[]>>;
  const isVector = (labels: readonly number[], of: Tensor): boolean =>
    labels.every((label, i) => of.shape[i] === 1 || !out.includes(label));
  const [x, y] = inputs as [Tensor, Tensor];
  return moves.has(x) ? !moves.has(y) && isVector(a, x) : moves.has(y) && isVector(b, y);
}
