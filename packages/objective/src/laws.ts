// The laws of the contract between an objective and whoever asks it, as data: each is one statement with a check.
import { centralStep } from "@basin/math";
import { foldIn, openStreams, rootKey, type Rng, type Streams } from "@basin/random";
import { firstDifference } from "./bits.ts";
import { UsageError } from "./errors.ts";
import { examplesVisited } from "./examples.ts";
import { LawBroken, demand, type Law } from "./law.ts";
import { checkSettings } from "./laws/settings.ts";
import { evaluationsOf, kindsOf, outcomesOf, pointIn, queryOf, shown } from "./laws/sample.ts";
import type { Objective, Problem } from "./objective.ts";
import type { Ask, Evaluation, Query } from "./query.ts";
import { parseSettings, type SettingsInput, type SettingsSchema } from "./schema.ts";
import { inBox, isFiniteVector, type Vector } from "./vector.ts";

export type { Law } from "./law.ts";
export { checkSettings } from "./laws/settings.ts";

/** A law that does not hold, and why that is no mistake. */
export interface ObjectiveLawException {
  readonly law: ObjectiveLawName;
  readonly reason: string;
}

export interface ObjectiveLawOptions {
  /** How many points each law tries. Default 5. */
  readonly points?: number;
  /** Checked to be exceptions still: where the law holds after all, the exception is reported as out of date. */
  readonly exceptions?: readonly ObjectiveLawException[];
}

interface Subject {
  /** Makes the objective anew; the same every time. */
  readonly make: () => Objective;
  readonly objective: Objective;
  readonly streams: Streams;
  readonly points: number;
}

/** Coordinates of a gradient that are compared, at most: two values each. */
const COORDINATES = 12;

const sampleOf = ({ objective, points }: Subject, rng: Rng): Float64Array[] =>
  Array.from({ length: points }, () => pointIn(objective.domain.initial, objective, rng));

function same(a: unknown, b: unknown, what: string): void {
  const found = firstDifference(a, b);
  demand(found === undefined, () => `${what} differ: ${found!}`);
}

/** A query of each kind at each of some points of the initial box. */
function allKinds(subject: Subject, rng: Rng): Query[] {
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
function streamFor({ streams }: Subject, { examples }: Ask): Rng {
  if (examples === undefined) return streams.rng("evaluate", 0);
  return examples.draw === "random"
    ? streams.rng("examples", examples.id)
    : streams.rng("epoch", examples.epoch);
}

/** Asks about all kinds, in full and by mini-batches. */
function someAsks(subject: Subject, rng: Rng): Ask[] {
  const queries = allKinds(subject, rng);
  return [{ queries }, ...someExamples(subject.objective).map((examples) => ({ queries, examples }))];
}

const scale = (v: Vector): number => v.reduce((most, vi) => Math.max(most, Math.abs(vi)), 0);

const table = {
  "has a sound domain"({ objective }) {
    const { dimension, bounds, initial, region, layout } = objective.domain;
    for (const [name, box] of Object.entries({ bounds, initial, region }))
      for (const side of [box.lower, box.upper])
        demand(side.length === dimension, `${name} has ${side.length} entries instead of ${dimension}`);
    for (const [name, box] of Object.entries({ initial, region })) {
      demand(isFiniteVector(box.lower) && isFiniteVector(box.upper), `${name} is not finite`);
      demand(inBox(box.lower, bounds) && inBox(box.upper, bounds), `${name} reaches out of the bounds`);
      demand(inBox(box.lower, { lower: bounds.lower, upper: box.upper }), `${name} is empty`);
    }
    const covered = layout.reduce((end, { offset, shape }) => {
      demand(offset === end, `a block begins at ${offset} instead of ${end}`);
      return end + shape.reduce((a, b) => a * b, 1);
    }, 0);
    demand(covered === dimension, `the layout covers ${covered} of ${dimension} coordinates`);
  },

  "has positive prices, that of a value being 1"({ objective }) {
    demand(kindsOf(objective).length > 0, "it answers nothing");
    for (const [kind, price] of Object.entries(objective.answers))
      demand(price > 0 && price < Infinity, `the price of ${kind} is ${price}`);
    const { value = 1 } = objective.answers;
    demand(value === 1, `a value costs ${value}: prices are in units of one full f(x)`);
    const { examples } = objective;
    demand(Number.isSafeInteger(examples) && examples >= 1, `one evaluation visits ${examples} examples`);
  },

  "is finite all over the initial box, for every kind that it answers"(subject) {
    return forEach(someAsks(subject, subject.streams.rng("finite")), async (ask) => {
      await evaluationsOf(subject.objective, ask, streamFor(subject, ask));
    });
  },

  "gives the question back with the answer"(subject) {
    return forEach(someAsks(subject, subject.streams.rng("question")), async (ask) => {
      const answers = await evaluationsOf(subject.objective, ask, streamFor(subject, ask));
      for (const [i, query] of ask.queries.entries())
        for (const [field, value] of Object.entries(query))
          same(
            (answers[i] as unknown as Record<string, unknown>)[field],
            value,
            `${field} asked and answered`,
          );
    });
  },

  "gives the same bits for the same question and rng, whatever it was asked before"(subject) {
    const other = subject.make();
    const asks = someAsks(subject, subject.streams.rng("bits"));
    const all = (objective: Objective, order: readonly Ask[]) =>
      forEach(order, (ask) => outcomesOf(objective, ask, streamFor(subject, ask)));
    return (async () => {
      const first = await all(subject.objective, asks);
      same(first, await all(subject.objective, asks), "answers and answers once more");
      same(
        first,
        (await all(other, asks.toReversed())).toReversed(),
        "answers and those of one made anew, asked backwards,",
      );
    })();
  },

  "answers a full question without chance unless it is noisy"(subject) {
    const queries = allKinds(subject, subject.streams.rng("chance"));
    return (async () => {
      const [a, b] = await forEach([0, 1], (t) =>
        outcomesOf(subject.objective, { queries }, subject.streams.rng("evaluate", t)),
      );
      if (!subject.objective.noisy) same(a, b, "answers with two streams");
      else
        demand(firstDifference(a, b) !== undefined, "it is noisy, but gives the same bits with two streams");
    })();
  },

  "answers a batch as it answers its queries one by one"(subject) {
    return forEach(someAsks(subject, subject.streams.rng("batch")), async (ask) => {
      if (subject.objective.noisy) return;
      const together = await outcomesOf(subject.objective, ask, streamFor(subject, ask));
      const alone = await forEach(ask.queries, async (query) => {
        const one = { ...ask, queries: [query] };
        return (await outcomesOf(subject.objective, one, streamFor(subject, one)))[0];
      });
      same(together, alone, "answers of a batch and of its queries alone");
    });
  },

  "never writes to a question, nor later to an answer"(subject) {
    const asks = someAsks(subject, subject.streams.rng("write"));
    return (async () => {
      const before = asks.map(copied);
      const given = await forEach(asks, (ask) => outcomesOf(subject.objective, ask, streamFor(subject, ask)));
      const answers = given.map(copied);
      await forEach(asks.toReversed(), (ask) => outcomesOf(subject.objective, ask, streamFor(subject, ask)));
      same(asks, before, "questions before and after");
      same(given, answers, "answers then and after more questions");
    })();
  },

  "gives one f(x) with all kinds"(subject) {
    if (subject.objective.noisy) return;
    const asks = someAsks(subject, subject.streams.rng("one value"));
    return forEach(asks, async (ask) => {
      const answers = await evaluationsOf<"value">(subject.objective, ask, streamFor(subject, ask));
      const kinds = kindsOf(subject.objective).length;
      for (const [i, { value }] of answers.entries()) {
        const first = answers[i - (i % kinds)]!.value;
        // kinds may sum in another order: some hundred roundings
        demand(
          Math.abs(value - first) <= 1e-12 * (1 + Math.abs(first)),
          `at [${shown(answers[i]!.x)}] one kind gives ${first}, another ${value}`,
        );
      }
    });
  },

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

  "adds up over an epoch: the size-weighted average of its batches is the full answer"(subject) {
    const { objective, streams } = subject;
    const count = objective.examples;
    if (count < 2 || objective.noisy) return;
    const kind = objective.answers.gradient === undefined ? "value" : "gradient";
    const [x] = sampleOf(subject, streams.rng("epoch point"));
    const queries = [queryOf(kind, x!, streams.rng("direction"))];
    return (async () => {
      const [full] = await evaluationsOf<"gradient">(objective, { queries }, streams.rng("evaluate", 0));
      // one that divides nothing, and one that leaves a small last batch
      for (const size of new Set([
        Math.max(1, Math.ceil(count / 4)),
        Math.max(1, Math.floor((2 * count) / 3)),
      ])) {
        let value = 0;
        const gradient = new Float64Array(x!.length);
        for (let index = 0; index * size < count; index++) {
          const examples = { size, draw: "sequence", epoch: 3, index } as const;
          const weight = examplesVisited(examples, count) / count;
          const [part] = await evaluationsOf<"gradient">(
            objective,
            { queries, examples },
            streams.rng("epoch", 3),
          );
          value += weight * part!.value;
          if (kind === "gradient") part!.gradient.forEach((g, i) => (gradient[i]! += weight * g));
        }
        demand(
          Math.abs(value - full!.value) <= 1e-9 * (1 + Math.abs(full!.value)),
          `batches of ${size} average to ${value}, the full f is ${full!.value}`,
        );
        if (kind !== "gradient") continue;
        const tolerance = 1e-9 * (1 + scale(full!.gradient));
        for (const [i, g] of gradient.entries())
          demand(
            Math.abs(g - full!.gradient[i]!) <= tolerance,
            `batches of ${size} average to gradient[${i}] = ${g}, the full one is ${full!.gradient[i]}`,
          );
      }
    })();
  },

  "reports finite numbers under the same names everywhere"(subject) {
    const { objective } = subject;
    if (objective.report === undefined) return;
    const points = sampleOf(subject, subject.streams.rng("report"));
    const names = Object.keys(objective.report(points[0]!));
    for (const x of points) {
      const before = x.slice();
      const report = objective.report(x);
      same(x, before, "the point before and after");
      same(objective.report(x), report, "a report and the same again");
      same(Object.keys(report), names, "names of two reports");
      for (const [name, value] of Object.entries(report))
        demand(Number.isFinite(value), `at [${shown(x)}] it reports ${name} = ${value}`);
    }
  },
} satisfies Record<string, (subject: Subject) => void | Promise<unknown>>;

export type ObjectiveLawName = keyof typeof table;

/** The laws by name, without the name of any objective. */
export const objectiveLawNames: readonly ObjectiveLawName[] = Object.keys(table) as ObjectiveLawName[];

/** x with coordinate i a step down and a step up, as far as the bounds allow. */
function around(
  { domain }: Objective,
  x: Vector,
  i: number,
): { readonly below: Float64Array; readonly above: Float64Array } {
  const h = Math.abs(centralStep(x[i]!));
  const moved = (to: number): Float64Array => {
    const point = x.slice();
    point[i] = Math.min(Math.max(to, domain.bounds.lower[i]!), domain.bounds.upper[i]!);
    return point;
  };
  return { below: moved(x[i]! - h), above: moved(x[i]! + h) };
}

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

async function forEach<T, R>(items: readonly T[], visit: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await visit(item));
  return results;
}

/** A copy of plain data made of arrays, typed arrays and objects. */
function copied<T>(value: T): T {
  if (value instanceof Float64Array) return value.slice() as T;
  if (Array.isArray(value)) return value.map(copied) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copied(entry)])) as T;
}

/**
 * The laws for one objective, which `make` makes anew, the same each time.
 * @throws UsageError for exceptions without a reason.
 */
export function objectiveLaws(
  name: string,
  make: () => Objective,
  { points = 5, exceptions = [] }: ObjectiveLawOptions = {},
): readonly Law[] {
  const reasons = new Map<string, string>();
  for (const { law, reason } of exceptions) {
    if (!Object.hasOwn(table, law))
      throw new UsageError(`laws of ${name}`, `there is no law "${law}"`, "name a law");
    if (reason.trim() === "")
      throw new UsageError(
        `laws of ${name}`,
        `the exception to "${law}" has no reason`,
        "say why it is no mistake",
      );
    reasons.set(law, reason);
  }
  let made: Subject | undefined;
  // made when the first law is checked, so that a list of laws costs nothing
  const subject = (): Subject =>
    (made ??= {
      make,
      objective: make(),
      streams: openStreams(foldIn(rootKey("objective laws"), name)),
      points,
    });
  return objectiveLawNames.map((law): Law => {
    const check = async (): Promise<void> => {
      await table[law](subject());
    };
    const reason = reasons.get(law);
    return reason === undefined
      ? { name: `${name} ${law}`, check }
      : { name: `${name} does not: ${law} (${reason})`, check: () => stillBroken(law, check) };
  });
}

/** An exception must be one: the law is broken, as its reason says. */
async function stillBroken(law: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch {
    return;
  }
  throw new LawBroken(`"${law}" holds after all: remove the exception`);
}

/**
 * The laws for a problem at one choice of settings (default: its defaults). A test of a problem is
 * `for (const law of problemLaws(rosenbrock)) test(law.name, () => law.check())`.
 * @throws UsageError for settings that do not parse, and for exceptions without a reason.
 */
export function problemLaws<S extends SettingsSchema>(
  problem: Problem<S>,
  settings?: SettingsInput<S>,
  options?: ObjectiveLawOptions,
): readonly Law[] {
  const { name } = problem;
  const chosen = parseSettings(problem.settings, settings, `problemLaws(${name})`);
  const make = (): Objective =>
    problem.create(chosen, openStreams(foldIn(rootKey("problem laws"), name)).rng("split"));
  return [
    {
      name: `${name} has settings that are JSON, described, with defaults that parse`,
      check: () => checkSettings(problem.settings, chosen, name),
    },
    ...objectiveLaws(name, make, options),
  ];
}
