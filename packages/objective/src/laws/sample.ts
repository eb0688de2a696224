// Points to try an objective at, and its answers there.
import type { Rng } from "@basin/random";
import { demand } from "../law.ts";
import { kindRow } from "../kinds.ts";
import type { Objective } from "../objective.ts";
import type { Ask, Evaluation, Outcome, Query, QueryKind } from "../query.ts";
import type { Box, Vector } from "../vector.ts";

/** A point of the box, uniform (a real one), or over its corners (bits), or a permutation. Shape [n]. */
export function pointIn({ lower, upper }: Box, { domain }: Objective, rng: Rng): Float64Array {
  const n = domain.dimension;
  if (domain.encoding === "permutation") return Float64Array.from(rng.permutation(n));
  return Float64Array.from({ length: n }, (_, i) => {
    const u = rng.uniform();
    if (domain.encoding === "bits") return u < 0.5 ? lower[i]! : upper[i]!;
    return Math.min(lower[i]! + (upper[i]! - lower[i]!) * u, upper[i]!);
  });
}

export function kindsOf(objective: Objective): QueryKind[] {
  return Object.keys(objective.answers) as QueryKind[];
}

/** A query of a kind; the directions are uniform in [−1, 1]ⁿ. Kinds beyond the built-in ones have x only. */
export function queryOf(kind: QueryKind, x: Vector, rng: Rng): Query {
  if (kind !== "curvature") return { kind, x };
  return { kind, x, direction: rng.fillUniform(new Float64Array(x.length), -1, 1) };
}

/** The answers, each of them sound in its shape; failures are let through. */
export async function outcomesOf(objective: Objective, ask: Ask, rng: Rng): Promise<readonly Outcome[]> {
  const outcomes = await objective.evaluate(ask, rng);
  demand(
    outcomes.length === ask.queries.length,
    `it gives ${outcomes.length} answers to ${ask.queries.length} queries`,
  );
  return outcomes;
}

/** The answers, all of which must be finite. */
export async function evaluationsOf<K extends QueryKind = QueryKind>(
  objective: Objective,
  ask: Ask,
  rng: Rng,
): Promise<readonly Evaluation<K>[]> {
  const outcomes = await outcomesOf(objective, ask, rng);
  return outcomes.map((outcome, i) => {
    const query = ask.queries[i]!;
    const at = `${query.kind} at [${shown(query.x)}]`;
    if (outcome.failed !== undefined) demand(false, `${at} fails: ${outcome.message}`);
    const fault = kindRow(query.kind).fault(outcome, query);
    demand(fault === undefined, () => `${at}: ${fault!.message}`);
    return outcome as unknown as Evaluation<K>;
  });
}

export function shown(x: Vector): string {
  const first = Array.from(x.subarray(0, 4), (xi) => xi.toPrecision(4)).join(", ");
  return x.length > 4 ? `${first}, …` : first;
}
