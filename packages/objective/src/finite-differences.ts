// Derivatives from differences: gradients from values, Hessian-vector products from gradients, at the price they cost.
import { centralStep, forwardStep } from "@basin/math";
import { UsageError } from "./errors.ts";
import type { Objective } from "./objective.ts";
import type { Answers, Ask, Failure, Outcome, Queries, Query } from "./query.ts";
import type { Box, Vector } from "./vector.ts";

export interface DifferenceOptions {
  /**
   * forward: one more value a coordinate, an error of the order of √ε. central: two, and of the order of ε^⅔; at a
   * bound, where one side is missing, two on the other side, to the same order. Default forward.
   */
  readonly scheme?: "forward" | "central";
}

/**
 * The objective, answering gradients too where it answers values only: n + 1 values (forward) or 2n + 1 (central), all
 * in one batch, over the same examples, inside the bounds. Where it answers gradients itself, curvature is added: three
 * gradients. What it answers already stays as it is. A value that fails makes the derivative fail.
 */
export function withFiniteDifferences(objective: Objective, options: DifferenceOptions = {}): Objective {
  const { scheme = "forward" } = options;
  const { answers, domain } = objective;
  const n = domain.dimension;
  const slopes = answers.gradient === undefined && answers.value !== undefined;
  const curves = answers.curvature === undefined && answers.gradient !== undefined;
  if (!slopes && !curves) return objective;
  const added = slopes
    ? { gradient: (scheme === "forward" ? n + 1 : 2 * n + 1) * answers.value! }
    : { curvature: 3 * answers.gradient! };

  const plan = (query: Query): Plan => {
    if (query.kind === "gradient" && slopes) return gradientPlan(query, domain.bounds, scheme);
    if (query.kind === "curvature" && curves) return curvaturePlan(query, domain.bounds);
    return { queries: [query], combine: ([outcome]) => outcome! };
  };

  return {
    ...objective,
    name: objective.name,
    answers: { ...answers, ...added },
    evaluate(ask, rng) {
      const plans = ask.queries.map(plan);
      const whole: Ask = { ...ask, queries: plans.flatMap(({ queries }) => queries) };
      const combine = (outcomes: readonly Outcome[]): Outcome[] => {
        if (outcomes.length !== whole.queries.length)
          throw new UsageError(
            objective.name,
            `it gave ${outcomes.length} answers to ${whole.queries.length} queries`,
            "let evaluate answer each query, in order",
          );
        let from = 0;
        return plans.map(({ queries, combine }) => combine(outcomes.slice(from, (from += queries.length))));
      };
      const outcomes = objective.evaluate(whole, rng);
      return Array.isArray(outcomes)
        ? combine(outcomes as readonly Outcome[])
        : (outcomes as Promise<readonly Outcome[]>).then(combine);
    },
  };
}

/** The queries that one query becomes, and how their outcomes become its own. */
interface Plan {
  readonly queries: readonly Query[];
  readonly combine: (outcomes: readonly Outcome[]) => Outcome;
}

type Value = Answers["value"];
type Gradient = Answers["gradient"];

/** The first failure among outcomes, told as a failure of the derivative. */
function failure(outcomes: readonly Outcome[]): Failure | undefined {
  const failed = outcomes.find((outcome) => outcome.failed !== undefined);
  return failed?.failed === undefined
    ? undefined
    : { failed: failed.failed, message: `in a finite difference: ${failed.message}` };
}

/** A step from x of about `size`, exact in doubles: (x + h) − x = h. */
function exactStep(x: number, size: number): number {
  return x + size - x;
}

/** Steps of one coordinate that stay inside the bounds, and the weights of f at x and at each of them in the derivative. */
export interface Stencil {
  readonly steps: readonly number[];
  readonly weights: readonly number[];
}

/** Of a coordinate that cannot move. */
const NONE: Stencil = { steps: [], weights: [] };

export function stencil(x: number, low: number, high: number, scheme: "forward" | "central"): Stencil {
  const unit = scheme === "forward" ? forwardStep(x) : centralStep(x);
  const inside = (h: number): boolean => x + h >= low && x + h <= high;
  // in a box narrower than the step: half of what room there is on the wider side
  const room = (high - x >= x - low ? high - x : low - x) / 2;
  if (scheme === "forward") {
    const size = inside(unit) ? unit : inside(-unit) ? -unit : room;
    const h = exactStep(x, size);
    return h === 0 ? NONE : { steps: [h], weights: [-1 / h, 1 / h] };
  }
  const [up, down] = [exactStep(x, unit), exactStep(x, -unit)];
  if (inside(up) && inside(down))
    return { steps: [up, down], weights: [0, 1 / (up - down), -1 / (up - down)] };
  // f'(x) ≈ (−3 f(x) + 4 f(x + h) − f(x + 2h)) / 2h, from the side that has room
  const h = exactStep(x, inside(2 * unit) ? unit : inside(-2 * unit) ? -unit : room / 2);
  return h === 0 || !inside(2 * h)
    ? NONE
    : { steps: [h, 2 * h], weights: [-3 / (2 * h), 4 / (2 * h), -1 / (2 * h)] };
}

function gradientPlan({ x }: Queries["gradient"], bounds: Box, scheme: "forward" | "central"): Plan {
  const stencils = Array.from(x, (xi, i) => stencil(xi, bounds.lower[i]!, bounds.upper[i]!, scheme));
  const at = (i: number, h: number): Query => ({ kind: "value", x: moved(x, i, h) });
  return {
    queries: [{ kind: "value", x }, ...stencils.flatMap(({ steps }, i) => steps.map((h) => at(i, h)))],
    combine(outcomes) {
      const failed = failure(outcomes);
      if (failed !== undefined) return failed;
      const values = outcomes.map((outcome) => (outcome as Value).value);
      const value = values[0]!;
      let next = 1;
      const gradient = Float64Array.from(stencils, ({ weights }) => {
        let sum = weights.length === 0 ? 0 : weights[0]! * value;
        for (let j = 1; j < weights.length; j++) sum += weights[j]! * values[next++]!;
        return sum;
      });
      return { kind: "gradient", x, value, gradient };
    },
  };
}

/** x with one coordinate moved. */
export function moved(x: Vector, i: number, h: number): Float64Array {
  const to = x.slice();
  to[i]! += h;
  return to;
}

/** ∇²f(x)·d from gradients at x ± h d, as far as the bounds allow on either side. */
function curvaturePlan({ x, direction }: Queries["curvature"], bounds: Box): Plan {
  const [longest, size] = [largest(direction), largest(x)];
  const unit = longest === 0 ? 0 : centralStep(size) / longest;
  const [up, down] = [reach(x, direction, unit, bounds), -reach(x, direction, -unit, bounds)];
  const along = (h: number): Query => ({
    kind: "gradient",
    x: x.map((xi, i) =>
      Math.min(Math.max(xi + h * direction[i]!, bounds.lower[i]!), bounds.upper[i]!),
    ) as Float64Array,
  });
  return {
    queries: [{ kind: "gradient", x }, along(up), along(down)],
    combine(outcomes) {
      const failed = failure(outcomes);
      if (failed !== undefined) return failed;
      const [here, above, below] = outcomes as unknown as readonly Gradient[];
      const product = here!.gradient.map((_, i) =>
        up === down ? 0 : (above!.gradient[i]! - below!.gradient[i]!) / (up - down),
      ) as Float64Array;
      return {
        kind: "curvature",
        x,
        direction,
        value: here!.value,
        gradient: here!.gradient as Float64Array,
        product,
      };
    },
  };
}

const largest = (v: Vector): number => v.reduce((most, vi) => Math.max(most, Math.abs(vi)), 0);

/** How far, at most |h|, one may go from x along sign(h)·direction inside the bounds. */
function reach(x: Vector, direction: Vector, h: number, { lower, upper }: Box): number {
  let far = Math.abs(h);
  for (let i = 0; i < x.length; i++) {
    const speed = Math.sign(h) * direction[i]!;
    if (speed > 0) far = Math.min(far, (upper[i]! - x[i]!) / speed);
    if (speed < 0) far = Math.min(far, (lower[i]! - x[i]!) / speed);
  }
  return far;
}
