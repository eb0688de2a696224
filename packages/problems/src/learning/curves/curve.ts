// A curve with named parameters as a model: y ≈ f(x; b), squared error, everything in the units of the measurement.
import { reshape, slice, type Tensor } from "@basin/autodiff";
import { squaredError, type Model } from "../../models/model.ts";

export interface Curve {
  /** In mathematics, with b₁, b₂ … and x. */
  readonly formula: string;
  /** Of the parameters b, shapes [1], and the inputs x, shape [m]; gives shape [m]. */
  readonly f: (b: readonly Tensor[], x: Tensor) => Tensor;
}

/** The model of a curve of one input and so many parameters. Its starts are the problem's: parameters have units of their own. */
export function curveModel({ formula, f }: Curve, parameters: number): Model {
  return {
    name: "curve",
    blocks: [{ name: "b", shape: [parameters], start: 1, penalised: true }],
    links: [
      { symbol: "f", formula, meaning: "prediction" },
      { symbol: "L", formula: "(y − f)²", meaning: "squared error" },
    ],
    forward([b], x) {
      const each = Array.from({ length: parameters }, (_, i) => slice(b!, i, i + 1));
      return { f: f(each, reshape(x, [x.shape[0]!])) };
    },
    ...squaredError("f"),
    answer: "f",
  };
}
