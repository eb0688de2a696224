// The BBOB functions as problems: bbob-f1 … bbob-f24, of any dimension 2 … 100 and any instance of COCO's.
import { makeDomain, z, type Objective, type Problem } from "@basin/objective";
import { answerAll, type Answerer } from "../answer.ts";
import { costsOf, tracedEvaluator, type Prices, type Shared } from "../evaluator.ts";
import { createShelf } from "../shelf.ts";
import type { Definition } from "./definition.ts";
import { instanceOf, type Instance } from "./instance.ts";
import { suite } from "./suite.ts";

const settings = z.object({
  dimension: z
    .int()
    .min(2)
    .max(100)
    .default(10)
    .meta({
      label: "dimension",
      help: "Number of coordinates; COCO's own are 2, 3, 5, 10, 20 and 40.",
      range: [2, 40],
    }),
  instance: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .meta({
      label: "instance",
      help: "Which of COCO's instances: each has another optimum, other rotations and another offset.",
      range: [1, 15],
    }),
});

const references = [
  "S. Finck, N. Hansen, R. Ros & A. Auger (2009), Real-parameter black-box optimization benchmarking 2009: presentation of the noiseless functions, RR-6829",
  "N. Hansen, A. Auger, R. Ros, O. Mersmann, T. Tušar & D. Brockhoff (2021), COCO: a platform for comparing continuous optimizers in a black-box setting, Optimization Methods and Software 36(1)",
];

/** Values from the fast code; derivatives, where there are any, from the traced code. */
function answererOf({ value, trace }: Instance, n: number, shared: Shared): Answerer {
  if (trace === undefined) return { value };
  const traced = tracedEvaluator(trace, [[n]], { shared });
  return {
    value,
    gradient(x, gradient) {
      traced.gradient(x, gradient);
      return value(x);
    },
    curvature(x, direction, gradient, product) {
      traced.curvature(x, direction, gradient, product);
      return value(x);
    },
  };
}

function problemOf(definition: Definition): Problem<typeof settings> {
  const name = `bbob-f${definition.number}`;
  // All instances of one dimension cost the same.
  const prices = new Map<number, Prices>();
  const shelf = createShelf();
  return {
    name,
    summary: `${definition.title}. ${definition.summary}`,
    references,
    settings,
    create({ dimension: n, instance }): Objective {
      const made = instanceOf(definition, n, instance);
      const answerer = answererOf(made, n, { shelf, key: `${n} ${instance}` });
      const price = made.trace && (prices.get(n) ?? costsOf(made.trace, [[n]]).prices);
      if (price) prices.set(n, price);
      return {
        name,
        domain: makeDomain({ dimension: n, region: { lower: -5, upper: 5 } }),
        answers: price ? { ...price } : { value: 1 },
        examples: 1,
        noisy: false,
        minimum: { value: made.minimum, at: [made.optimum] },
        evaluate: (ask) => answerAll(ask, answerer),
      };
    },
  };
}

/** The 24 noiseless functions of COCO's bbob suite, f1 first. */
export const bbob: readonly Problem<typeof settings>[] = suite.map(problemOf);
