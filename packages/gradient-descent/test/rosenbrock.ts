// Rosenbrock's function and its gradient, f = Σ 100 (xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)², and a driver that only answers.
import { makeDomain, parseSettings, type Domain, type Vector } from "@basin/objective";
import { isStop, type AnyOptimizer } from "@basin/optimizer";
import { rngOf, rootKey } from "@basin/random";

export function rosenbrock(x: Vector): { readonly value: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(x.length);
  let value = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i]!, x[i + 1]!];
    const valley = b - a * a;
    value += 100 * valley * valley + (1 - a) * (1 - a);
    gradient[i]! += -400 * a * valley - 2 * (1 - a);
    gradient[i + 1]! += 200 * valley;
  }
  return { value, gradient };
}

/** The points asked, in order: the first is the start; ends with a stop or after `questions`. */
export function trajectory(
  optimizer: AnyOptimizer,
  hyperparameters: Readonly<Record<string, unknown>>,
  f: (x: Vector) => { readonly value: number; readonly gradient: Vector },
  start: readonly number[],
  questions: number,
  domain: Domain = makeDomain({ dimension: start.length }),
): readonly Vector[] {
  const settings = parseSettings(optimizer.hyperparameters, hyperparameters, optimizer.name);
  const search = optimizer.create(settings, domain, questions);
  const rng = rngOf(rootKey(1));
  let state = search.init(Float64Array.from(start), rng);
  const points: Vector[] = [];
  for (let t = 0; t < questions; t++) {
    const ask = search.ask(state);
    if (isStop(ask)) break;
    const { x } = ask.queries[0]!;
    points.push(x);
    state = search.tell(state, [{ kind: "gradient", x, ...f(x) }], rng);
  }
  return [...points, search.recommend(state)];
}
