// A model: named blocks of weights, and a chain of named intermediates from inputs to a loss an example.
import { reshape, slice, square, sub, type Tensor } from "@basin/autodiff";
import type { Block } from "@basin/objective";

/** A block of weights and the half-width of the box that its usual start is drawn from, [−start, start]. */
export interface WeightBlock {
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: number;
  /** Whether an L2 penalty holds it small: weight matrices yes, biases no. */
  readonly penalised: boolean;
}

/** One link of the chain, in words that a page can show: u = W·x + b, "score". */
export interface Link {
  readonly symbol: string;
  readonly formula: string;
  readonly meaning: string;
}

export interface Model {
  /** Kebab-case. */
  readonly name: string;
  /** In the order in which they lie in the vector. */
  readonly blocks: readonly WeightBlock[];
  /** The chain, in order; its last link is the loss of one example. */
  readonly links: readonly Link[];
  /**
   * The intermediates by symbol, for inputs x of shape [m, k]: every link but the loss. Shapes [m] or [m, c].
   * `weights` holds one tensor a block, in order.
   */
  forward(weights: readonly Tensor[], x: Tensor): Readonly<Record<string, Tensor>>;
  /** Loss of each example, shape [m]; y has shape [m]. Computed from the link that keeps it finite. */
  losses(links: Readonly<Record<string, Tensor>>, y: Tensor): Tensor;
  /** Where the loss of an example is the square of an error: that error, shape [m]. */
  errors?(links: Readonly<Record<string, Tensor>>, y: Tensor): Tensor;
  /** The symbol of the link that is the model's answer: a value, a probability, one probability a class. */
  readonly answer: string;
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

/** The blocks as a domain's layout. */
export function layoutOf(model: Model): Block[] {
  let offset = 0;
  return model.blocks.map(({ name, shape }) => {
    const block = { name, offset, shape };
    offset += sizeOf(shape);
    return block;
  });
}

/** The vector cut into one tensor a block. */
export function unpack(model: Model, weights: Tensor): Tensor[] {
  return layoutOf(model).map(({ offset, shape }) =>
    reshape(slice(weights, offset, offset + sizeOf(shape)), [...shape]),
  );
}

/**
 * Half-width √(6/(inputs + outputs)) of the uniform start that keeps the size of signals and slopes from layer to layer
 * (Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward neural networks", eq. 16).
 */
export const glorot = (inputs: number, outputs: number): number => Math.sqrt(6 / (inputs + outputs));

/** Half-width for biases: near the usual 0, but not 0, so that no coordinate of the start box is flat. */
export const biasStart = 0.1;

/** The loss of an example is the square of its error: y − the link of this symbol. */
export const squaredError = (symbol: string): Pick<Required<Model>, "losses" | "errors"> => ({
  losses: (links, y) => square(sub(y, links[symbol]!)),
  errors: (links, y) => sub(y, links[symbol]!),
});
