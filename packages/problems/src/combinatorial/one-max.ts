// OneMax: f(x) = n − Σ xᵢ over bit strings. Minimum 0 at all ones (Mühlenbein 1992; "counting ones", Ackley 1987).
import { makeDomain, z, type Problem } from "@basin/objective";
import { answerAll } from "../answer.ts";

const settings = z.object({
  dimension: z
    .int()
    .min(1)
    .max(10_000)
    .default(50)
    .meta({ label: "bits", help: "Length of the string.", scale: "log", range: [10, 500] }),
});

export const oneMax: Problem<typeof settings> = {
  name: "one-max",
  summary: "Bit strings, the more ones the better: each bit counts alone.",
  references: [
    "H. Mühlenbein (1992), How genetic algorithms really work: mutation and hillclimbing, PPSN II",
  ],
  settings,
  create({ dimension: n }) {
    const value = (x: Readonly<Float64Array>): number => {
      let zeros = n;
      for (let i = 0; i < n; i++) zeros -= x[i]!;
      return zeros;
    };
    return {
      name: "one-max",
      domain: makeDomain({ dimension: n, encoding: "bits", bounds: { lower: 0, upper: 1 } }),
      answers: { value: 1 },
      examples: 1,
      noisy: false,
      minimum: { value: 0, at: [new Float64Array(n).fill(1)] },
      evaluate: (ask) => answerAll(ask, { value }),
    };
  },
};
