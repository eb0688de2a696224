// The loss of a model on examples as one traced function of the weights.
import {
  add,
  concat,
  constant,
  mul,
  reshape,
  square,
  sum,
  valueAndGrad,
  vmap,
  type Shape,
  type Tensor,
  type Traceable,
} from "@basin/autodiff";
import type { Loss, Squares } from "../evaluator.ts";
import { layoutOf, sizeOf, unpack, type Model } from "../models/model.ts";

export interface LossSettings {
  /** Mean over the examples, or their sum: N times as much, with the same minimum. */
  readonly reduction: "mean" | "sum";
  /** λ: λ/2 · Σ W² is added to the mean loss, over weight matrices, not biases. */
  readonly l2: number;
}

/** The number that a sum over m of N examples is multiplied by: so a batch of any size expects the full loss. */
export const dataScale = (reduction: LossSettings["reduction"], m: number, total: number): number =>
  reduction === "mean" ? 1 / m : total / m;

/** (weights [n], x [m, k], y [m]) ↦ the loss on a batch of m among `total` examples. */
export function lossOf(model: Model, settings: LossSettings, m: number, total: number): Loss {
  return (weights, x, y) => {
    const blocks = unpack(model, weights);
    const losses = model.losses(model.forward(blocks, x!), y!);
    return whole(model, settings, m, total, blocks, losses);
  };
}

/** The losses of m examples put together, and the penalty. */
function whole(
  model: Model,
  settings: LossSettings,
  m: number,
  total: number,
  blocks: readonly Tensor[],
  losses: Tensor,
): Tensor {
  const data = mul(dataScale(settings.reduction, m, total), sum(losses));
  if (settings.l2 === 0) return data;
  const squares = penalised(model, blocks)
    .map((block) => sum(square(block)))
    .reduce((a: Tensor, b) => add(a, b));
  return add(data, mul(penaltyOf(settings, total), squares));
}

const penalised = <T>(model: Model, blocks: readonly T[]): T[] =>
  blocks.filter((_, k) => model.blocks[k]!.penalised);

/** What Σ W² is multiplied by. */
const penaltyOf = ({ reduction, l2 }: LossSettings, total: number): number =>
  (reduction === "mean" ? l2 : l2 * total) / 2;

/**
 * The same loss as a sum of squares, where the model has errors: one residual an example, then one a weight that is
 * penalised. A row of the Jacobian is the gradient of one example's error, so all rows together cost about what a gradient does.
 */
export function squaresOf(
  model: Model,
  settings: LossSettings,
  m: number,
  total: number,
): Squares | undefined {
  if (model.errors === undefined) return undefined;
  const errorOf: Traceable = (weights, x, y) => {
    const links = model.forward(unpack(model, weights!), reshape(x!, [1, x!.size]));
    return reshape(model.errors!(links, reshape(y!, [1])), []);
  };
  return (weights, x, y) => {
    const [errors, rows] = vmap(valueAndGrad(errorOf), [null, 0, 0])(weights, x!, y!) as [Tensor, Tensor];
    const blocks = unpack(model, weights);
    const value = whole(model, settings, m, total, blocks, square(errors));
    const scale = Math.sqrt(dataScale(settings.reduction, m, total));
    const [residuals, jacobian] = [mul(scale, errors), mul(scale, rows)];
    if (settings.l2 === 0) return [value, residuals, jacobian];
    const weight = Math.sqrt(penaltyOf(settings, total));
    const held = penalised(model, blocks).map((block) => reshape(block, [block.size]));
    return [
      value,
      concat([residuals, mul(weight, concat(held))]),
      concat([jacobian, penaltyRows(model, weights.size, weight)]),
    ];
  };
}

/** ∂(weight · W)/∂weights: one row for each weight that is penalised. */
function penaltyRows(model: Model, n: number, weight: number): Tensor {
  const held = penalised(model, layoutOf(model)).flatMap(({ offset, shape }) =>
    Array.from({ length: sizeOf(shape) }, (_, i) => offset + i),
  );
  const rows = new Float64Array(held.length * n);
  for (const [row, i] of held.entries()) rows[row * n + i] = weight;
  return constant(rows, [held.length, n]);
}

/** Shapes of weights, inputs and targets for m examples. */
export const shapesFor = (dimension: number, m: number, inputs: number): Shape[] => [
  [dimension],
  [m, inputs],
  [m],
];
