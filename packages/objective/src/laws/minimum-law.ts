// The law of a minimum that is known: nothing lies below it, and it is where it is said to be.
import type { Rng } from "@basin/random";
import { demand } from "../law.ts";
import { inBox, type Vector } from "../vector.ts";
import { evaluationsOf, pointIn, shown } from "./sample.ts";
import { scale, type LawTable, type Subject } from "./subject.ts";

export const minimumLaws = {
  "has its minimum where it says"(subject) {
    const { objective, streams } = subject;
    const { minimum, domain } = objective;
    if (minimum === undefined || objective.noisy || objective.answers.value === undefined) return;
    const rng = streams.rng("minimum");
    const value = async (points: readonly Vector[]): Promise<number[]> =>
      (
        await evaluationsOf<"value">(
          objective,
          { queries: points.map((x) => ({ kind: "value" as const, x })) },
          streams.rng("evaluate", 0),
        )
      ).map(({ value }) => value);
    const tolerance = 1e-9 * (1 + Math.abs(minimum.value));
    return (async () => {
      const everywhere = Array.from({ length: 40 * subject.points }, (_, i) =>
        pointIn(i % 2 === 0 ? domain.region : domain.initial, objective, rng),
      );
      for (const [i, v] of (await value(everywhere)).entries())
        demand(
          v >= minimum.value - tolerance,
          `f([${shown(everywhere[i]!)}]) = ${v} is below its minimum ${minimum.value}`,
        );
      for (const at of minimum.at) {
        demand(
          at.length === domain.dimension && inBox(at, domain.bounds),
          `[${shown(at)}] is out of the bounds`,
        );
        const [least] = await value([at]);
        demand(
          Math.abs(least! - minimum.value) <= tolerance,
          `f([${shown(at)}]) = ${least}, but the minimum is said to be ${minimum.value}`,
        );
        await checkAround(subject, at, minimum.value - tolerance, value, rng);
      }
    })();
  },
} satisfies LawTable;

/** No point near `at` is lower, and the slope there is next to nothing beside slopes elsewhere. */
async function checkAround(
  subject: Subject,
  at: Vector,
  least: number,
  value: (points: readonly Vector[]) => Promise<number[]>,
  rng: Rng,
): Promise<void> {
  const { objective, streams } = subject;
  const { bounds, region, encoding } = objective.domain;
  if (encoding !== "real") return;
  const near = Array.from({ length: 10 * subject.points }, (_, k) =>
    at.map((xi, i) => {
      // from a thousandth of the region down to some 10⁻⁸ of it
      const far = (1e-3 / (1 << (k % 17))) * (region.upper[i]! - region.lower[i]!);
      return Math.min(Math.max(xi + far * (2 * rng.uniform() - 1), bounds.lower[i]!), bounds.upper[i]!);
    }),
  ) as Float64Array[];
  for (const [i, v] of (await value(near)).entries())
    demand(v >= least, `f([${shown(near[i]!)}]) = ${v} near its minimum is below it`);
  if (objective.answers.gradient === undefined) return;
  const points = [at, ...Array.from({ length: 9 }, () => pointIn(region, objective, rng))];
  const [here, ...elsewhere] = await evaluationsOf<"gradient">(
    objective,
    { queries: points.map((x) => ({ kind: "gradient" as const, x })) },
    streams.rng("evaluate", 0),
  );
  const usual = elsewhere.map(({ gradient }) => scale(gradient)).toSorted((a, b) => a - b)[4]!;
  for (const [i, g] of here!.gradient.entries()) {
    // on a face of the bounds the slope may point outward
    if (at[i] === bounds.lower[i] || at[i] === bounds.upper[i]) continue;
    demand(
      Math.abs(g) <= 1e-4 * usual + 1e-9,
      `gradient[${i}] at the minimum is ${g}, elsewhere it is about ${usual}`,
    );
  }
}
