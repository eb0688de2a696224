// Hyperparameters that several strategies share.
import { z } from "@basin/objective";

const step = z
  .number()
  .gt(0)
  .max(10)
  .default(0.2)
  .meta({
    label: "First step σ₀",
    help: "Standard deviation of the first samples, as a share of the region's width.",
    range: [0.01, 0.5],
    scale: "log",
  });

const populationSize = z
  .int()
  .min(0)
  .max(100_000)
  .default(0)
  .meta({
    label: "Population size λ",
    help: "Samples in a generation, at least 4; 0 means 4 + ⌊3 ln n⌋.",
    range: [0, 100],
    scale: "linear",
  });

const tolerance = z
  .number()
  .min(0)
  .max(1)
  .default(1e-11)
  .meta({
    label: "Tolerance",
    help: "The search ends when all steps are below this share of the first.",
    range: [1e-14, 1e-3],
    scale: "log",
  });

/** Of CMA-ES and its restarts. */
export const adaptive = {
  step,
  populationSize,
  active: z
    .boolean()
    .default(true)
    .meta({ label: "Active", help: "The worst samples shrink the covariance, with negative weights." }),
  sampling: z.enum(["mirrored", "independent"]).default("mirrored").meta({
    label: "Sampling",
    help: "Mirrored: orthogonal directions, each tried both ways, which takes a fifth to a third fewer evaluations on smooth functions; independent is the tutorial's.",
  }),
  damping: z
    .number()
    .gt(0)
    .max(10)
    .default(0.65)
    .meta({
      label: "Damping",
      help: "Factor on the damping of the step size: lower adapts faster; 1 is the tutorial's.",
      range: [0.3, 2],
      scale: "log",
    }),
  rankOne: z
    .number()
    .min(0)
    .max(10)
    .default(1.2)
    .meta({
      label: "Rank-one rate",
      help: "Factor on the learning rate along the evolution path; 1 is the tutorial's.",
      range: [0.3, 3],
      scale: "log",
    }),
  functionTolerance: z
    .number()
    .min(0)
    .max(1)
    .default(1e-11)
    .meta({
      label: "Function tolerance",
      help: "A run ends when function values differ by less than this (tolfun), the best ones by a tenth of it (tolfunhist); 0: never for that reason.",
      range: [1e-14, 1e-3],
      scale: "log",
    }),
};

/** Of the strategies that end by the size of their steps alone. */
export const natural = { step, populationSize, tolerance };
