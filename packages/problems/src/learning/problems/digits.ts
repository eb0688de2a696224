// Handwritten digits: ten classes, 196 pixels, 2,000 images.
import { digits } from "@basin/digits";
import { z } from "@basin/objective";
import { softmax } from "../../models/softmax.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";
import { mlpProblem } from "./mlp.ts";

const data =
  "Y. LeCun, L. Bottou, Y. Bengio & P. Haffner (1998), Gradient-based learning applied to document recognition, Proc. IEEE 86(11)";

export const digitsSoftmax = learningProblem({
  name: "digits-softmax",
  summary: "Handwritten digits read by softmax regression: 1,970 weights.",
  references: [
    "J. S. Bridle (1990), Probabilistic interpretation of feedforward classification network outputs",
    data,
  ],
  settings: z.object(learningSettings(0.01)),
  standardisation: "whole",
  data: digits,
  model: (_, { inputs, classes }) => softmax(inputs, classes),
});

export const digitsMlp = mlpProblem({
  name: "digits-mlp",
  summary: "Handwritten digits read by a neural network: 3,322 weights with sixteen hidden units.",
  references: [data],
  settings: {},
  hidden: 16,
  standardisation: "whole",
  data: digits,
});
