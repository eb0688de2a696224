// Made-up points in the plane that a page can draw: blobs, moons, circles, XOR, spiral.
import { blobs, circles, moons, spiral, xor } from "@basin/datasets";
import { z } from "@basin/objective";
import { softmax } from "../../models/softmax.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";
import { mlpProblem } from "./mlp.ts";

const rows = (usual: number) =>
  z
    .int()
    .min(20)
    .max(10_000)
    .default(usual)
    .meta({ label: "points", help: "How many are drawn.", scale: "log", range: [50, 1000] });

const noise = (usual: number) =>
  z
    .number()
    .min(0)
    .max(2)
    .default(usual)
    .meta({
      label: "noise",
      help: "Deviation of the noise on each coordinate.",
      range: [0, 0.5],
    });

export const blobsSoftmax = learningProblem({
  name: "blobs-softmax",
  summary: "Normal clouds of points told apart by softmax regression.",
  references: [
    "J. S. Bridle (1990), Probabilistic interpretation of feedforward classification network outputs",
  ],
  settings: z.object({
    rows: rows(300),
    classes: z.int().min(3).max(9).default(3).meta({ label: "clouds", help: "How many there are." }),
    spread: z
      .number()
      .min(0)
      .max(5)
      .default(0.8)
      .meta({
        label: "spread",
        help: "Deviation of each cloud; centres lie 2 from the middle.",
        range: [0.1, 2],
      }),
    ...learningSettings(0.01),
  }),
  data: (settings, rng) => blobs(rng, settings),
  model: (_, { inputs, classes }) => softmax(inputs, classes),
});

export const moonsMlp = mlpProblem({
  name: "moons-mlp",
  summary: "Two half moons that reach into each other, told apart by a small neural network.",
  references: ["A. Ng, M. Jordan & Y. Weiss (2002), On spectral clustering: analysis and an algorithm"],
  settings: { rows: rows(200), noise: noise(0.15) },
  hidden: 6,
  data: (settings, rng) => moons(rng, settings),
});

export const circlesMlp = mlpProblem({
  name: "circles-mlp",
  summary: "A circle inside a circle, told apart by a small neural network.",
  references: [],
  settings: { rows: rows(200), noise: noise(0.1) },
  hidden: 5,
  data: (settings, rng) => circles(rng, settings),
});

export const xorMlp = mlpProblem({
  name: "xor-mlp",
  summary: "Opposite quarters of the plane belong together: the least that needs a hidden layer.",
  references: ["M. Minsky & S. Papert (1969), Perceptrons"],
  settings: { rows: rows(200), noise: noise(0.1) },
  hidden: 4,
  data: (settings, rng) => xor(rng, settings),
});

export const spiralMlp = mlpProblem({
  name: "spiral-mlp",
  summary: "Two spirals wound into each other: hard for small networks.",
  references: ["K. J. Lang & M. J. Witbrock (1988), Learning to tell two spirals apart"],
  settings: {
    rows: rows(200),
    noise: noise(0.02),
    turns: z
      .number()
      .min(0.25)
      .max(4)
      .default(1.5)
      .meta({ label: "turns", help: "How often each arm goes around." }),
  },
  hidden: 8,
  layers: 2,
  l2: 0.0001,
  data: (settings, rng) => spiral(rng, settings),
});
