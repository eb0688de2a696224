// Laws of derivatives: differences of what they derive from confirm them.
import { centralStep } from "@basin/math";
import { demand } from "../law.ts";
import type { Objective } from "../objective.ts";
import type { Evaluation } from "../query.ts";
import type { Vector } from "../vector.ts";
import { evaluationsOf, shown } from "./sample.ts";
import { forEach, sampleOf, scale, type LawTable } from "./subject.ts";

/** Coordinates of a gradient that are compared, at most: two values each. */
const COORDINATES = 12;

export const derivativeLaws = {
  "has a gradient that differences of its values confirm"(subject) {
    const { objective, streams } = subject;
    if (objective.answers.gradient === undefined || objective.answers.value === undefined || objective.noisy)
      return;
    const rng = streams.rng("gradient");
    return forEach(sampleOf(subject, rng), async (x) => {
      const full = streams.rng("evaluate", 0);
      const [{ value, gradient }] = (await evaluationsOf<"gradient">(
        objective,
        { queries: [{ kind: "gradient", x }] },
        full,
      )) as [Evaluation<"gradient">];
      const coordinates = rng.sample(x.length, Math.min(x.length, COORDINATES));
      const pairs = Array.from(coordinates, (i) => around(objective, x, i));
      const values = await evaluationsOf<"value">(
        objective,
        {
          queries: pairs.flatMap(({ below, above }) =>
            [below, above].map((x) => ({ kind: "value" as const, x })),
          ),
        },
        full,
      );
      for (const [j, i] of coordinates.entries()) {
        const { below, above } = pairs[j]!;
        const h = above[i]! - below[i]!;
        if (h === 0) continue;
        const difference = (values[2 * j + 1]!.value - values[2 * j]!.value) / h;
        // rounding of f over the step, and the curvature over the step, which is of the order of the step's share of ∇f
        const tolerance = (100 * Number.EPSILON * Math.abs(value)) / h + 1e-4 * scale(gradient) + 1e-12;
        demand(
          Math.abs(difference - gradient[i]!) <= tolerance,
          `at [${shown(x)}] gradient[${i}] is ${gradient[i]}, differences say ${difference}`,
        );
      }
    });
  },

  "has a curvature that differences of its gradients confirm"(subject) {
    const { objective, streams } = subject;
    if (
      objective.answers.curvature === undefined ||
      objective.answers.gradient === undefined ||
      objective.noisy
    )
      return;
    const rng = streams.rng("curvature");
    return forEach(sampleOf(subject, rng), async (x) => {
      const direction = rng.fillUniform(new Float64Array(x.length), -1, 1);
      const units = unitsOf(objective);
      for (let i = 0; i < x.length; i++) direction[i]! *= units[i]!;
      const h = centralStep(scale(x));
      const [below, above] = [-h, h].map((h) =>
        x.map((xi, i) =>
          Math.min(
            Math.max(xi + h * direction[i]!, objective.domain.bounds.lower[i]!),
            objective.domain.bounds.upper[i]!,
          ),
        ),
      );
      // against the bounds the way that was gone is no multiple of the direction: nothing to compare
      if (below!.some((b, i) => Math.abs(above![i]! - b - 2 * h * direction[i]!) > 1e-3 * h)) return;
      const full = streams.rng("evaluate", 0);
      const [{ product }] = (await evaluationsOf<"curvature">(
        objective,
        { queries: [{ kind: "curvature", x, direction }] },
        full,
      )) as [Evaluation<"curvature">];
      const slopes = await evaluationsOf<"gradient">(
        objective,
        { queries: [below!, above!].map((x) => ({ kind: "gradient" as const, x })) },
        full,
      );
      const [low, high] = [slopes[0]!.gradient, slopes[1]!.gradient];
      const tolerance = (100 * Number.EPSILON * scale(low)) / h + 1e-4 * scale(product) + 1e-12;
      for (let i = 0; i < x.length; i++) {
        const difference = (high[i]! - low[i]!) / (2 * h);
        demand(
          Math.abs(difference - product[i]!) <= tolerance,
          `at [${shown(x)}] (∇²f·d)[${i}] is ${product[i]}, differences say ${difference}`,
        );
      }
    });
  },

  "has residuals whose squares add up to f, and a Jacobian that differences of them confirm"(subject) {
    const { objective, streams } = subject;
    if (objective.answers.residuals === undefined || objective.noisy) return;
    const rng = streams.rng("residuals");
    const asked = async (points: readonly Vector[]): Promise<readonly Evaluation<"residuals">[]> =>
      evaluationsOf<"residuals">(
        objective,
        { queries: points.map((x) => ({ kind: "residuals" as const, x })) },
        streams.rng("evaluate", 0),
      );
    return forEach(sampleOf(subject, rng), async (x) => {
      const [{ value, residuals, jacobian }] = (await asked([x])) as [Evaluation<"residuals">];
      const squares = residuals.reduce((sum, r) => sum + r * r, 0);
      demand(
        Math.abs(squares - value) <= 1e-12 * residuals.length * (1 + Math.abs(value)),
        `at [${shown(x)}] the squares add up to ${squares}, f is ${value}`,
      );
      const n = x.length;
      const coordinates = rng.sample(n, Math.min(n, COORDINATES));
      const pairs = Array.from(coordinates, (i) => around(objective, x, i));
      const answers = await asked(pairs.flatMap(({ below, above }) => [below, above]));
      for (const [j, i] of coordinates.entries()) {
        const { below, above } = pairs[j]!;
        const h = above[i]! - below[i]!;
        if (h === 0) continue;
        const [low, high] = [answers[2 * j]!.residuals, answers[2 * j + 1]!.residuals];
        const column = residuals.map((_, k) => jacobian[k * n + i]!) as Float64Array;
        const tolerance = (100 * Number.EPSILON * scale(residuals)) / h + 1e-4 * scale(column) + 1e-12;
        for (const [k, entry] of column.entries()) {
          const difference = (high[k]! - low[k]!) / h;
          demand(
            Math.abs(difference - entry) <= tolerance,
            `at [${shown(x)}] ∂r[${k}]/∂x[${i}] is ${entry}, differences say ${difference}`,
          );
        }
      }
    });
  },
} satisfies LawTable;

/** How wide the region is in each coordinate beside the widest; 1 where it is not. Shape [n]. */
function unitsOf({ domain: { region } }: Objective): Float64Array {
  const widths = Float64Array.from(region.upper, (upper, i) => upper - region.lower[i]!);
  const widest = scale(widths);
  return widths.map((width) => (width > 0 ? width / widest : 1));
}

/** x with coordinate i a step down and a step up, as far as the bounds allow. */
function around(
  { domain }: Objective,
  x: Vector,
  i: number,
): { readonly below: Float64Array; readonly above: Float64Array } {
  // coordinates may have units of their own, told by how wide the region is
  const width = domain.region.upper[i]! - domain.region.lower[i]!;
  const h = Math.min(Math.abs(centralStep(x[i]!)), width > 0 ? 1e-5 * width : Infinity);
  const moved = (to: number): Float64Array => {
    const point = x.slice();
    point[i] = Math.min(Math.max(to, domain.bounds.lower[i]!), domain.bounds.upper[i]!);
    return point;
  };
  return { below: moved(x[i]! - h), above: moved(x[i]! + h) };
}
