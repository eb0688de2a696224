// The loss of a model on examples as one traced function of the weights.
import { add, mul, square, sum, type Shape, type Tensor } from "@basin/autodiff";
import type { Loss } from "../evaluator.ts";
import { unpack, type Model } from "../models/model.ts";

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
    const data = mul(dataScale(settings.reduction, m, total), sum(losses));
    if (settings.l2 === 0) return data;
    const lambda = settings.reduction === "mean" ? settings.l2 : settings.l2 * total;
    const held = blocks.filter((_, k) => model.blocks[k]!.penalised);
    const squares = held.map((block) => sum(square(block))).reduce((a: Tensor, b) => add(a, b));
    return add(data, mul(lambda / 2, squares));
  };
}

/** Shapes of weights, inputs and targets for m examples. */
export const shapesFor = (dimension: number, m: number, inputs: number): Shape[] => [
  [dimension],
  [m, inputs],
  [m],
];
