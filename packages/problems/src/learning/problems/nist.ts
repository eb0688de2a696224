// NIST's reference problems of nonlinear regression: curves with parameters of very unlike sizes, and certified answers.
import type { Dataset } from "@basin/datasets";
import { z, type BoxLike } from "@basin/objective";
import { curveModel } from "../curves/curve.ts";
import { nistCurves, type NistCurve, type NistName } from "../curves/nist.ts";
import { learningProblem, learningSettings } from "../learning-problem.ts";

const common = learningSettings(0);

function datasetOf(name: NistName): Dataset {
  const { title, source, x, y, input, output }: NistCurve = nistCurves[name];
  return {
    name: `nist-${name}`,
    title,
    source: `${source}; NIST/ITL Statistical Reference Datasets`,
    licence: "Public domain: a work of the US government",
    features: [input],
    target: output,
    rows: x.length,
    x: Float64Array.from(x),
    y: Float64Array.from(y),
  };
}

/** Starts within 2 % of NIST's; global methods look as far around NIST's two starts and its answer as these span. */
function boxesOf(
  { far, near, certified }: NistCurve,
  start: "far" | "near",
): Record<"initial" | "region", BoxLike> {
  const from = start === "far" ? far : near;
  const sides = (pick: (...of: number[]) => number): number[] =>
    far.map((b, i) => pick(b, near[i]!, certified[i]!));
  const [least, most] = [sides(Math.min), sides(Math.max)];
  return {
    initial: { lower: from.map((b) => 0.98 * b), upper: from.map((b) => 1.02 * b) },
    region: {
      lower: least.map((l, i) => l - (most[i]! - l)),
      upper: most.map((u, i) => u + (u - least[i]!)),
    },
  };
}

export const nistRegression = learningProblem({
  name: "nist-regression",
  summary:
    "A curve through measurements, with certified parameters of unlike sizes: what Levenberg and Marquardt made their method for.",
  references: [
    "NIST/ITL (1998), Statistical Reference Datasets: nonlinear regression",
    "D. W. Marquardt (1963), An algorithm for least-squares estimation of nonlinear parameters, J. SIAM 11(2)",
  ],
  settings: z.object({
    set: z
      .enum(["misra1a", "chwirut2", "boxbod", "rat43", "mgh09", "eckerle4", "thurber"])
      .default("misra1a")
      .meta({
        label: "set",
        help: "Which of NIST's problems: two of lower difficulty, then five of higher.",
      }),
    start: z
      .enum(["near", "far"])
      .default("near")
      .meta({ label: "start", help: "About NIST's second start, near the answer, or its first, far off." }),
    ...common,
    reduction: common.reduction.default("sum"),
    testShare: common.testShare.default(0),
  }),
  standardisation: "none",
  data: ({ set }) => datasetOf(set),
  model: ({ set }) => curveModel(nistCurves[set], nistCurves[set].certified.length),
  boxes: ({ set, start }) => boxesOf(nistCurves[set], start),
  minimum: ({ set, l2, testShare, reduction }) => {
    const { certified, sum, x }: NistCurve = nistCurves[set];
    if (l2 > 0 || testShare > 0) return undefined;
    return { value: reduction === "sum" ? sum : sum / x.length, at: [Float64Array.from(certified)] };
  },
});
