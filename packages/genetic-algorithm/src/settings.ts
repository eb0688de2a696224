// Hyperparameters of the genetic algorithm.
import { z } from "@basin/objective";

export const hyperparameters = z.object({
  populationSize: z
    .int()
    .min(2)
    .max(100_000)
    .default(40)
    .meta({
      label: "Population",
      help: "Members of the population, and children in each generation; an odd number is raised by one.",
      scale: "log",
      range: [10, 400],
    }),
  elites: z
    .number()
    .min(0)
    .max(1)
    .default(0.2)
    .meta({
      label: "Elites",
      help: "Share of the population that competes with its children for survival: 0 keeps the best one only, 1 all.",
      range: [0, 1],
    }),
  offspring: z
    .int()
    .min(0)
    .max(100_000)
    .default(0)
    .meta({
      label: "Offspring",
      help: "Children in a generation: 0 for as many as there are members, 2 for steady state, where each pair competes at once; an odd number is raised by one.",
      range: [0, 100],
    }),
  duplicates: z.boolean().default(false).meta({
    label: "Duplicates",
    help: "Whether members may be the same; otherwise a child that is a copy of a member or a twin is mutated once more.",
  }),
  niching: z.enum(["none", "crowding", "restricted-tournament"]).default("none").meta({
    label: "Niching",
    help: "Whether children compete only with what is like them, so that several optima are kept: with their parents (crowding), or with the nearest of some members (restricted tournament). Selection, elites and restarts then have no say.",
  }),
  window: z
    .int()
    .min(1)
    .max(100_000)
    .default(20)
    .meta({
      label: "Window",
      help: "Members of which the nearest competes with a child in a restricted tournament: several times as many as there are optima to keep.",
      range: [2, 100],
    }),
  firstPopulation: z.enum(["both", "region", "around"]).default("both").meta({
    label: "First population",
    help: "Drawn from the region of interest, around the start at all distances, or half and half.",
  }),
  selection: z
    .enum(["tournament", "rank", "roulette"])
    .default("tournament")
    .meta({ label: "Selection", help: "How parents are chosen among the members." }),
  tournamentSize: z
    .int()
    .min(1)
    .max(100)
    .default(3)
    .meta({ label: "Tournament size", help: "Members that compete to become a parent.", range: [1, 8] }),
  rankPressure: z
    .number()
    .gt(1)
    .max(2)
    .default(1.8)
    .meta({
      label: "Rank pressure",
      help: "How many times as often as the average the best becomes a parent, under rank selection.",
      range: [1.1, 2],
    }),
  crossover: z
    .enum(["blend", "simulated-binary", "arithmetic", "uniform", "one-point"])
    .default("blend")
    .meta({ label: "Crossover", help: "How two parents make two children." }),
  axes: z.enum(["coordinates", "principal"]).default("coordinates").meta({
    label: "Axes",
    help: "Along what crossover and Gaussian mutation act: the coordinates, or the principal axes of the population, which follow oblique valleys at n³ operations a generation.",
  }),
  crossoverRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.7)
    .meta({
      label: "Crossover rate",
      help: "Share of pairs that are crossed; the others are copied and mutated.",
      range: [0, 1],
    }),
  blockRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.1)
    .meta({
      label: "Block exchange",
      help: "Share of crossings that exchange whole blocks of the layout (weight matrices), where it has several.",
      range: [0, 1],
    }),
  blend: z
    .number()
    .min(0)
    .max(2)
    .default(0.366)
    .meta({
      label: "Blend α",
      help: "How far beyond the parents children of blend and arithmetic crossover may lie, in distances between them.",
      range: [0, 1],
    }),
  crossoverIndex: z
    .number()
    .min(0)
    .default(5)
    .meta({
      label: "SBX index",
      help: "The larger, the nearer the children of simulated binary crossover are to their parents.",
      range: [1, 30],
    }),
  mutation: z
    .enum(["gaussian", "differential", "polynomial", "reset"])
    .default("gaussian")
    .meta({ label: "Mutation", help: "How a child is changed at random." }),
  mutationRate: z
    .number()
    .min(0)
    .max(1)
    .default(0.5)
    .meta({ label: "Mutation rate", help: "Share of crossed children that are mutated too.", range: [0, 1] }),
  mutatedShare: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({
      label: "Mutated share",
      help: "Share of the coordinates that a mutation changes; 0 for about five of them.",
      range: [0, 1],
    }),
  mutationIndex: z
    .number()
    .min(0)
    .default(20)
    .meta({
      label: "Polynomial index",
      help: "The larger, the smaller the steps of polynomial mutation.",
      range: [1, 100],
    }),
  restartGrowth: z
    .number()
    .min(0)
    .max(10)
    .default(2)
    .meta({
      label: "Restart growth",
      help: "Where the population has converged, a new one is drawn that is larger by this factor; 0 for no restarts.",
      range: [0, 4],
    }),
});
