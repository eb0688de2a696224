// Residuals of a user's own: f, ∇f and J of a curve with known slopes; what goes wrong is a failed evaluation.
import { describe, expect, test } from "vitest";
import {
  UsageError,
  inBox,
  leastSquaresObjective,
  type Evaluation,
  type LeastSquares,
  type LeastSquaresOptions,
  type Outcome,
  type Vector,
} from "@basin/objective";
import { rngOf, rootKey } from "@basin/random";

const rng = rngOf(rootKey(0));
const times = [0, 1, 2];
/** a·e^(b t) beside 1, 2, 4. */
const curve: LeastSquares = {
  residuals: ([a, b]) => times.map((t) => a! * Math.exp(b! * t) - 2 ** t),
  jacobian: ([a, b]) => times.flatMap((t) => [Math.exp(b! * t), a! * t * Math.exp(b! * t)]),
};
const at = Float64Array.of(2, 0.5);

async function asked(
  f: LeastSquares,
  kind: "value" | "gradient" | "residuals",
  options: Partial<LeastSquaresOptions> = {},
  x: Vector = at,
): Promise<Outcome> {
  const objective = leastSquaresObjective(f, { dimension: x.length, ...options });
  return (await objective.evaluate({ queries: [{ kind, x }] }, rng))[0]!;
}

describe("leastSquaresObjective", () => {
  test("answers f = Σ r², ∇f = 2 Jᵀr, and r with J", async () => {
    const e = times.map((t) => Math.exp(0.5 * t));
    const r = times.map((t, i) => 2 * e[i]! - 2 ** t);
    const value = r.reduce((sum, ri) => sum + ri * ri, 0);
    expect(await asked(curve, "value")).toEqual({ kind: "value", x: at, value });
    const whole = (await asked(curve, "residuals")) as Evaluation<"residuals">;
    expect([...whole.residuals]).toEqual(r);
    expect([...whole.jacobian]).toEqual(times.flatMap((t, i) => [e[i]!, 2 * t * e[i]!]));
    const { gradient } = (await asked(curve, "gradient")) as Evaluation<"gradient">;
    expect(gradient[0]).toBeCloseTo(2 * r.reduce((sum, ri, i) => sum + ri * e[i]!, 0), 12);
    expect(gradient[1]).toBeCloseTo(2 * r.reduce((sum, ri, i) => sum + ri * 2 * times[i]! * e[i]!, 0), 12);
  });

  test.each(["forward", "central"] as const)(
    "makes the Jacobian of %s differences, at their price, inside the bounds",
    async (differences) => {
      const bounds = { lower: [0, 0], upper: [2, 0.5] };
      const seen: Vector[] = [];
      const f: LeastSquares = {
        residuals: (x) => {
          seen.push(x);
          return curve.residuals(x);
        },
      };
      const objective = leastSquaresObjective(f, { dimension: 2, bounds, differences });
      const price = differences === "forward" ? 3 : 5;
      expect(objective.answers).toEqual({ value: 1, gradient: price, residuals: price });
      const [answer] = await objective.evaluate({ queries: [{ kind: "residuals", x: at }] }, rng);
      expect(seen.length).toBe(price);
      expect(seen.every((x) => inBox(x, objective.domain.bounds))).toBe(true);
      const exact = curve.jacobian!(at.slice()) as readonly number[];
      const off = Math.max(
        ...exact.map((entry, i) => Math.abs((answer as Evaluation<"residuals">).jacobian[i]! - entry)),
      );
      // steps of about 3e-8 and 1e-5: errors of ½ r″ h and ⅓ r‴ h², and no derivative of the residuals is above 45
      expect(off).toBeLessThan(differences === "forward" ? 1e-6 : 1e-8);
    },
  );

  test("charges what it is told for a Jacobian that is given", () => {
    const priced = leastSquaresObjective(curve, { dimension: 2, jacobianPrice: 1.5 });
    expect(priced.answers).toEqual({ value: 1, gradient: 1.5, residuals: 1.5 });
    expect(() => leastSquaresObjective(curve, { dimension: 2, jacobianPrice: 0 })).toThrow(UsageError);
  });

  test("takes what is not finite, what throws and what has other lengths for failures", async () => {
    expect(await asked({ residuals: () => [1, Number.NaN] }, "residuals")).toMatchObject({
      failed: "not-finite",
    });
    const thrower: LeastSquares = {
      residuals: () => {
        throw new Error("no measurement");
      },
    };
    expect(await asked(thrower, "value")).toEqual({ failed: "threw", message: "no measurement" });
    const refused: LeastSquares = { residuals: () => Promise.reject(new Error("later")) };
    expect(await asked(refused, "gradient")).toEqual({ failed: "threw", message: "later" });
    expect(await asked({ residuals: () => [1, 2], jacobian: () => [1] }, "gradient")).toMatchObject({
      failed: "threw",
      message: "jacobian has 1 entries instead of 4",
    });
    let calls = 0;
    expect(await asked({ residuals: () => new Float64Array(++calls) }, "residuals")).toMatchObject({
      failed: "threw",
      message: expect.stringContaining("give as many at every point"),
    });
    const objective = leastSquaresObjective(curve, { dimension: 2 });
    const query = { kind: "curvature", x: at, direction: at } as const;
    expect((await objective.evaluate({ queries: [query] }, rng))[0]).toMatchObject({ failed: "threw" });
  });
});
