// What the laws are tried on: an objective, made anew at will, with questions worth asking and the streams that go with them.
import type { Rng, Streams } from "@basin/random";
import { firstDifference } from "../bits.ts";
import { demand } from "../law.ts";
import type { Objective } from "../objective.ts";
import type { Ask, Query } from "../query.ts";
import type { Vector } from "../vector.ts";
import { kindsOf, pointIn, queryOf } from "./sample.ts";

export interface Subject {
  /** Makes the objective anew; the same every time. */
  readonly make: () => Objective;
  readonly objective: Objective;
  readonly streams: Streams;
  readonly points: number;
}

/** Laws by name: each returns where it holds, and throws where it is broken. */
export type LawTable = Readonly<Record<string, (subject: Subject) => void | Promise<unknown>>>;

/** Points of the initial box. */
export const sampleOf = ({ objective, points }: Subject, rng: Rng): Float64Array[] =>
  Array.from({ length: points }, () => pointIn(objective.domain.initial, objective, rng));

/** Demands the same bits. */
export function same(a: unknown, b: unknown, what: string): void {
  const found = firstDifference(a, b);
  demand(found === undefined, () => `${what} differ: ${found!}`);
}
/** A query of each kind at each of some points of the initial box. */
export function allKinds(subject: Subject, rng: Rng): Query[] {
  return sampleOf(subject, rng).flatMap((x) =>
    kindsOf(subject.objective).map((kind) => queryOf(kind, x, rng)),
  );
}

/** Mini-batches worth trying: none where f is no sum over data. */
function someExamples({ examples: count }: Objective): NonNullable<Ask["examples"]>[] {
  if (count < 2) return [];
  const size = Math.max(1, Math.ceil(count / 3));
  return [
    { size, draw: "random", id: 7 },
    { size: 1, draw: "random", id: 8 },
    { size, draw: "sequence", epoch: 1, index: 0 },
    { size, draw: "sequence", epoch: 1, index: Math.ceil(count / size) - 1 },
  ];
}

/** What the runner hands over for an ask. */
export function streamFor({ streams }: Subject, { examples }: Ask): Rng {
  if (examples === undefined) return streams.rng("evaluate", 0);
  return examples.draw === "random"
    ? streams.rng("examples", examples.id)
    : streams.rng("epoch", examples.epoch);
}

/** Asks about all kinds, in full and by mini-batches. */
export function someAsks(subject: Subject, rng: Rng): Ask[] {
  const queries = allKinds(subject, rng);
  return [{ queries }, ...someExamples(subject.objective).map((examples) => ({ queries, examples }))];
}

/** The largest of |vᵢ|; 0 where there are none. */
export const scale = (v: Vector): number => v.reduce((most, vi) => Math.max(most, Math.abs(vi)), 0);

/** Visits one after the other. */
export async function forEach<T, R>(items: readonly T[], visit: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await visit(item));
  return results;
}
