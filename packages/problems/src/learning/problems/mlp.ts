// What problems with a multi-layer perceptron have in common: size and kind of the hidden layers are settings.
import type { Dataset } from "@basin/datasets";
import { z, type Problem, type Settings, type SettingsSchema } from "@basin/objective";
import type { Rng } from "@basin/random";
import { mlp } from "../../models/mlp.ts";
import type { Standardisation } from "../examples.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";

const backpropagation =
  "D. E. Rumelhart, G. E. Hinton & R. J. Williams (1986), Learning representations by back-propagating errors, Nature 323";

interface MlpDefinition<S extends z.core.$ZodLooseShape> {
  readonly name: string;
  readonly summary: string;
  readonly references: readonly string[];
  /** Settings of the data. */
  readonly settings: S;
  /** Units of a hidden layer, unless set otherwise. */
  readonly hidden: number;
  readonly layers?: number;
  readonly l2?: number;
  readonly standardisation?: Standardisation;
  data(settings: Settings<z.ZodObject<S>>, rng: Rng): Dataset;
}

const networkSettings = (hidden: number, layers: number) => ({
  hidden: z
    .int()
    .min(1)
    .max(256)
    .default(hidden)
    .meta({ label: "hidden units", help: "Units of each hidden layer.", scale: "log", range: [1, 64] }),
  layers: z.int().min(1).max(4).default(layers).meta({ label: "hidden layers", help: "How many there are." }),
  activation: z.enum(["tanh", "relu"]).default("tanh").meta({
    label: "activation",
    help: "What a hidden unit does with its sum: tanh is smooth, relu has a kink.",
  }),
});

export function mlpProblem<S extends z.core.$ZodLooseShape>(definition: MlpDefinition<S>): Problem {
  const { hidden, layers = 1, l2 = 0.001, settings, references, data, ...about } = definition;
  const schema = z.object({ ...settings, ...networkSettings(hidden, layers), ...learningSettings(l2) });
  return learningProblem<SettingsSchema>({
    ...about,
    references: [backpropagation, ...references],
    settings: schema,
    data: data as (settings: unknown, rng: Rng) => Dataset,
    model(given, { inputs, classes }) {
      const {
        hidden: units,
        layers: depth,
        activation,
      } = given as {
        hidden: number;
        layers: number;
        activation: "tanh" | "relu";
      };
      return mlp({ inputs, hidden: Array<number>(depth).fill(units), classes, activation });
    },
  });
}
