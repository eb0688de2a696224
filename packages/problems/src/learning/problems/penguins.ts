// Penguins: which species is it? Four measures, two or three species.
import { penguins } from "@basin/datasets";
import type { Dataset } from "@basin/datasets";
import { z, type Settings } from "@basin/objective";
import { logistic } from "../../models/logistic.ts";
import { sigmoid } from "../../models/sigmoid.ts";
import { softmax } from "../../models/softmax.ts";
import { columnsOf, onlyClasses } from "../columns.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";
import { mlpProblem } from "./mlp.ts";

const data =
  "K. B. Gorman, T. D. Williams & W. R. Fraser (2014), Ecological sexual dimorphism and environmental variability within a community of Antarctic penguins, PLoS ONE 9(3)";

const pairs = {
  "Adelie-Chinstrap": ["Adelie", "Chinstrap"],
  "Adelie-Gentoo": ["Adelie", "Gentoo"],
  "Chinstrap-Gentoo": ["Chinstrap", "Gentoo"],
} as const;

const pairSettings = {
  species: z
    .enum(["Adelie-Chinstrap", "Adelie-Gentoo", "Chinstrap-Gentoo"])
    .default("Adelie-Chinstrap")
    .meta({ label: "species", help: "The two species to tell apart." }),
  measures: z.enum(["all", "beak"]).default("all").meta({
    label: "measures",
    help: "All four, or length and depth of the beak only: a plane that can be drawn.",
  }),
};
const pairSchema = z.object({ ...pairSettings, ...learningSettings(0.01) });

function twoSpecies({ species, measures }: Settings<typeof pairSchema>): Dataset {
  const two = onlyClasses(penguins(), pairs[species]);
  return measures === "all" ? two : columnsOf(two, ["beak length", "beak depth"]);
}

export const penguinsLogistic = learningProblem({
  name: "penguins-logistic",
  summary: "Two species of penguins told apart by logistic regression: a smooth bowl with one minimum.",
  references: ["D. R. Cox (1958), The regression analysis of binary sequences, JRSS B 20(2)", data],
  settings: pairSchema,
  data: twoSpecies,
  model: (_, { inputs }) => logistic(inputs),
});

export const sigmoidSquaredError = learningProblem({
  name: "sigmoid-squared-error",
  summary: "Two species of penguins and one neuron with squared error: flat far out, so slopes fade there.",
  references: [
    "D. E. Rumelhart, G. E. Hinton & R. J. Williams (1986), Learning representations by back-propagating errors, Nature 323",
    data,
  ],
  settings: pairSchema,
  data: twoSpecies,
  model: (_, { inputs }) => sigmoid(inputs),
});

export const penguinsSoftmax = learningProblem({
  name: "penguins-softmax",
  summary: "Three species of penguins told apart by softmax regression.",
  references: [
    "J. S. Bridle (1990), Probabilistic interpretation of feedforward classification network outputs",
    data,
  ],
  settings: z.object(learningSettings(0.01)),
  data: penguins,
  model: (_, { inputs, classes }) => softmax(inputs, classes),
});

export const penguinsMlp = mlpProblem({
  name: "penguins-mlp",
  summary: "Three species of penguins told apart by a small neural network.",
  references: [data],
  settings: {},
  hidden: 8,
  data: penguins,
});
