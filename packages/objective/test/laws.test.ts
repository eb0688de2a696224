// The laws, proven on sound objectives and on broken ones, each caught by the law that it breaks.
import { describe, expect, test } from "vitest";
import {
  UsageError,
  exampleCache,
  exampleIndices,
  functionObjective,
  leastSquaresObjective,
  makeDomain,
  withFiniteDifferences,
  z,
  type Ask,
  type Evaluation,
  type Objective,
  type Outcome,
  type Problem,
  type Query,
  type Vector,
} from "@basin/objective";
import { objectiveLawNames, objectiveLaws, problemLaws, type ObjectiveLawName } from "@basin/objective/laws";
import type { Rng } from "@basin/random";

const DATA = Float64Array.of(3, -1, 4, 1, -5, 9, 2);

/** Mean over the data of Σᵢ (xᵢ − d)²: a sum over seven examples whose minimum is at their mean. */
function meanSquares(n = 2): Objective {
  const mean = DATA.reduce((a, b) => a + b, 0) / DATA.length;
  const variance = DATA.reduce((a, b) => a + (b - mean) * (b - mean), 0) / DATA.length;
  const cache = exampleCache();
  const all = Int32Array.from(DATA, (_, i) => i);
  return {
    name: "mean-squares",
    domain: makeDomain({
      dimension: n,
      bounds: { lower: -20, upper: 20 },
      region: { lower: -10, upper: 10 },
    }),
    answers: { value: 1, gradient: 2, curvature: 4 },
    examples: DATA.length,
    noisy: false,
    minimum: { value: n * variance, at: [new Float64Array(n).fill(mean)] },
    evaluate({ queries, examples }: Ask, rng: Rng) {
      const chosen = examples === undefined ? all : exampleIndices(examples, DATA.length, rng, cache);
      return queries.map((query): Outcome => {
        const { kind, x } = query;
        let value = 0;
        const gradient = new Float64Array(n);
        for (const i of chosen)
          for (let j = 0; j < n; j++) {
            const rest = x[j]! - DATA[i]!;
            value += (rest * rest) / chosen.length;
            gradient[j]! += (2 * rest) / chosen.length;
          }
        if (kind === "value") return { kind, x, value };
        if (kind === "gradient") return { kind, x, value, gradient };
        if (kind !== "curvature") throw new Error(`asked ${kind}`);
        return {
          kind,
          x,
          direction: query.direction,
          value,
          gradient,
          product: query.direction.map((d) => 2 * d),
        };
      });
    },
    report: (x) => ({ first: x[0]! }),
  };
}

const problem: Problem = {
  name: "mean-squares",
  summary: "Mean squared distance from seven numbers.",
  references: [],
  settings: z.object({
    dimension: z.int().min(1).default(2).meta({ label: "dimension", help: "Of x." }),
  }),
  create: ({ dimension }) => meanSquares(dimension as number),
};

for (const law of problemLaws(problem)) test(law.name, () => law.check());
for (const law of problemLaws(problem, { dimension: 30 }, { points: 2 }))
  test(`at 30 dimensions: ${law.name}`, () => law.check());

describe("objectives of other kinds", () => {
  const rosenbrock = (x: Vector): number => {
    const [a, b] = [1 - x[0]!, x[1]! - x[0]! * x[0]!];
    return a * a + 100 * b * b;
  };
  const options = { dimension: 2, name: "rosenbrock" };
  const asynchronous = functionObjective(async (x) => rosenbrock(x), options);
  const differences = (["forward", "central"] as const).map((scheme) =>
    withFiniteDifferences(functionObjective(rosenbrock, options), { scheme }),
  );
  for (const [name, objective] of [
    ["by promises", asynchronous],
    ["by forward differences", differences[0]!],
    ["by central differences", differences[1]!],
    ["by differences of promises", withFiniteDifferences(asynchronous)],
    ["residuals with a Jacobian", bananaSquares({ jacobian: true })],
    ["residuals by forward differences", bananaSquares({ differences: "forward" })],
    ["residuals by central differences of promises", bananaSquares({ differences: "central", later: true })],
    ["with curvature by differences", withFiniteDifferences(without(meanSquares(), "curvature"))],
  ] as const)
    for (const law of objectiveLaws(name, () => objective)) test(law.name, () => law.check());
});

/** Rosenbrock's function as the two squares that it is, inside a box that cuts its valley. */
function bananaSquares(how: {
  readonly jacobian?: boolean;
  readonly differences?: "forward" | "central";
  readonly later?: boolean;
}): Objective {
  const residuals = ([a, b]: Vector): number[] => [10 * (b! - a! * a!), 1 - a!];
  return leastSquaresObjective(
    {
      residuals: how.later === true ? async (x) => residuals(x) : residuals,
      ...(how.jacobian === true ? { jacobian: ([a]) => [-20 * a!, 10, -1, 0] } : {}),
    },
    {
      dimension: 2,
      bounds: { lower: [-2, -1], upper: [2, 3] },
      minimum: { value: 0, at: [Float64Array.of(1, 1)] },
      ...(how.differences === undefined ? {} : { differences: how.differences }),
    },
  );
}

function without(objective: Objective, kind: "curvature"): Objective {
  const { [kind]: _, ...answers } = objective.answers;
  return { ...objective, answers };
}

/** The objective with each of its answers changed. */
function answering(
  change: (answer: Evaluation<"curvature">, query: Query, ask: Ask, rng: Rng) => object,
  rest: Partial<Objective> = {},
): () => Objective {
  return () => {
    const sound = meanSquares();
    return {
      ...sound,
      ...rest,
      evaluate: (ask, rng) =>
        (sound.evaluate(ask, rng.fork("sound")) as readonly Evaluation<"curvature">[]).map(
          (answer, i) => ({ ...answer, ...change(answer, ask.queries[i]!, ask, rng) }) as Outcome,
        ),
    };
  };
}

/** An objective of two residuals, its answers about them changed. */
function squaresWith(change: (answer: Evaluation<"residuals">) => object): Objective {
  const sound = bananaSquares({ jacobian: true });
  return {
    ...sound,
    evaluate: (ask, rng) =>
      (sound.evaluate(ask, rng) as readonly Evaluation[]).map((answer) =>
        answer.kind === "residuals" ? ({ ...answer, ...change(answer) } as Outcome) : answer,
      ),
  };
}

let calls = 0;
const brokenOnes: Readonly<Record<string, readonly [() => Objective, ObjectiveLawName]>> = {
  "has an initial box out of its bounds": [
    () => {
      const { domain, ...rest } = meanSquares();
      return {
        ...rest,
        domain: { ...domain, bounds: { lower: Float64Array.of(0, 0), upper: Float64Array.of(1, 1) } },
      };
    },
    "has a sound domain",
  ],
  "gives gradients away": [
    () => ({ ...meanSquares(), answers: { value: 1, gradient: 0 } }),
    "has positive prices, that of a value being 1",
  ],
  "charges two for a value": [
    () => ({ ...meanSquares(), answers: { value: 2 } }),
    "has positive prices, that of a value being 1",
  ],
  "is NaN on one side": [
    answering(({ x, value }) => ({ value: x[0]! < 0 ? Number.NaN : value })),
    "is finite all over the initial box, for every kind that it answers",
  ],
  "leaves the gradient out of a curvature": [
    answering((_, { kind }) => (kind === "curvature" ? { gradient: undefined } : {})),
    "is finite all over the initial box, for every kind that it answers",
  ],
  "answers about a point beside the one asked": [
    answering(({ x }) => ({ x: x.map((xi) => xi + 1e-12) })),
    "gives the question back with the answer",
  ],
  drifts: [
    answering(({ value }) => ({ value: value + 1e-9 * calls++ })),
    "gives the same bits for the same question and rng, whatever it was asked before",
  ],
  "draws noise, and does not say so": [
    answering(({ value }, _, { examples }, rng) => ({
      value: examples === undefined ? value + 1e-6 * rng.uniform() : value,
    })),
    "answers a full question without chance unless it is noisy",
  ],
  "says that it is noisy, and is not": [
    () => ({ ...meanSquares(), noisy: true }),
    "answers a full question without chance unless it is noisy",
  ],
  "compares the queries of a batch": [
    answering(({ value }, query, { queries }) => ({
      value: value + (queries.indexOf(query) > 0 ? 1e-9 : 0),
    })),
    "answers a batch as it answers its queries one by one",
  ],
  "writes to the point": [
    answering((_, { x }) => {
      (x as Float64Array)[0]! += 1e-9;
      return {};
    }),
    "never writes to a question, nor later to an answer",
  ],
  "answers out of one buffer": [
    () => {
      const buffer = new Float64Array(2);
      return answering(({ gradient }, { kind }) => {
        if (kind !== "gradient") return {};
        buffer.set(gradient as Float64Array);
        return { gradient: buffer };
      })();
    },
    "never writes to a question, nor later to an answer",
  ],
  "adds the penalty to gradients only": [
    answering(({ value }, { kind }) => (kind === "gradient" ? { value: value + 1 } : {})),
    "gives one f(x) with all kinds",
  ],
  "forgets the factor 2 in a slope": [
    answering(({ gradient }) => ({ gradient: gradient?.map((g, i) => (i === 1 ? g / 2 : g)) })),
    "has a gradient that differences of its values confirm",
  ],
  "forgets the factor 2 in the curvature": [
    answering(({ product }) => ({ product: product?.map((p) => p / 2) })),
    "has a curvature that differences of its gradients confirm",
  ],
  "halves its residuals": [
    () => squaresWith(({ residuals }) => ({ residuals: residuals.map((r) => r / 2) })),
    "has residuals whose squares add up to f, and a Jacobian that differences of them confirm",
  ],
  "gives the Jacobian by columns": [
    () => squaresWith(({ jacobian: [a, b, c, d] }) => ({ jacobian: Float64Array.of(a!, c!, b!, d!) })),
    "has residuals whose squares add up to f, and a Jacobian that differences of them confirm",
  ],
  "gives a minimum that it undercuts": [
    () => ({ ...meanSquares(), minimum: { value: 60, at: [Float64Array.of(1, 1)] } }),
    "has its minimum where it says",
  ],
  "gives a minimum beside the minimum": [
    () => {
      const at = Float64Array.of(13 / 7 + 0.01, 13 / 7);
      const [{ value }] = meanSquares().evaluate(
        { queries: [{ kind: "value", x: at }] },
        undefined as never,
      ) as unknown as [{ value: number }];
      return { ...meanSquares(), minimum: { value, at: [at] } };
    },
    "has its minimum where it says",
  ],
  "sums a mini-batch instead of estimating the whole": [
    answering(({ value, gradient }, _, { examples }) =>
      examples === undefined ? {} : { value: value * 0.5, gradient: gradient?.map((g) => g * 0.5) },
    ),
    "adds up over an epoch: the size-weighted average of its batches is the full answer",
  ],
  "reports an accuracy of NaN": [
    () => ({ ...meanSquares(), report: () => ({ accuracy: Number.NaN }) }),
    "reports finite numbers under the same names everywhere",
  ],
};

describe("a broken objective that", () => {
  for (const [name, [make, law]] of Object.entries(brokenOnes))
    test(name, async () => {
      const broken: string[] = [];
      for (const [i, { check }] of objectiveLaws("broken", make).entries())
        try {
          await check();
        } catch {
          broken.push(objectiveLawNames[i]!);
        }
      expect(broken).toContain(law);
    });

  test("covers every law", () => {
    const covered = new Set(Object.values(brokenOnes).map(([, law]) => law));
    expect(objectiveLawNames.filter((law) => !covered.has(law))).toEqual([]);
  });
});

describe("an exception", () => {
  const law = "has its minimum where it says";
  test("stands as long as the law is broken", async () => {
    const make = (): Objective => ({ ...meanSquares(), minimum: { value: 1e9, at: [] } });
    const laws = objectiveLaws("wrong", make, { exceptions: [{ law, reason: "to show" }] });
    for (const { check } of laws) await check();
    expect(laws.map(({ name }) => name)).toContain(`wrong does not: ${law} (to show)`);
  });
  test("that holds after all is out of date", async () => {
    const laws = objectiveLaws("sound", () => meanSquares(), { exceptions: [{ law, reason: "to show" }] });
    await expect(laws.find(({ name }) => name.includes("(to show)"))!.check()).rejects.toThrow(
      "holds after all",
    );
  });
  test("needs a reason, and a law that exists", () => {
    expect(() => objectiveLaws("f", () => meanSquares(), { exceptions: [{ law, reason: "" }] })).toThrow(
      UsageError,
    );
    const unknown = { law: "is fast" as ObjectiveLawName, reason: "why" };
    expect(() => objectiveLaws("f", () => meanSquares(), { exceptions: [unknown] })).toThrow(
      "there is no law",
    );
  });
});
