// Iris: which of three species is the flower?
import { iris } from "@basin/datasets";
import { z } from "@basin/objective";
import { softmax } from "../../models/softmax.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";
import { mlpProblem } from "./mlp.ts";

const data =
  "R. A. Fisher (1936), The use of multiple measurements in taxonomic problems, Annals of Eugenics 7(2)";

export const irisSoftmax = learningProblem({
  name: "iris-softmax",
  summary: "Three species of iris told apart by softmax regression; two of them overlap.",
  references: [
    "J. S. Bridle (1990), Probabilistic interpretation of feedforward classification network outputs",
    data,
  ],
  settings: z.object(learningSettings(0.01)),
  data: iris,
  model: (_, { inputs, classes }) => softmax(inputs, classes),
});

export const irisMlp = mlpProblem({
  name: "iris-mlp",
  summary: "Three species of iris told apart by a small neural network.",
  references: [data],
  settings: {},
  hidden: 6,
  data: iris,
});
