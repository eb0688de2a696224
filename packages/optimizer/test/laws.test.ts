// The laws, proven on two sound optimizers and on broken ones, each caught by the law that it breaks.
import { describe, expect, test } from "vitest";
import { UsageError, z, type Ask, type Outcome, type Vector } from "@basin/objective";
import { isEvaluation, type AnyOptimizer, type Search } from "@basin/optimizer";
import { optimizerLawNames, optimizerLaws, type OptimizerLawName } from "@basin/optimizer/laws";
import { slide, slideSearch, wander, wanderSearch, type Slide, type Wander } from "./sound.ts";

for (const optimizer of [slide, wander] as AnyOptimizer[])
  describe(optimizer.name, () => {
    for (const law of optimizerLaws(optimizer)) test(law.name, () => law.check());
  });

describe("at other hyperparameters", () => {
  for (const law of optimizerLaws(wander, { hyperparameters: { size: 1 } }))
    test(law.name, () => law.check());
  for (const law of optimizerLaws(slide, {
    hyperparameters: { rate: 1.5 },
    exceptions: [{ law: "descends on a sphere", reason: "a rate above 1 diverges where the curvature is 2" }],
  }))
    test(law.name, () => law.check());
});

/** The names of the laws that are broken. */
function broken(optimizer: AnyOptimizer): string[] {
  const found: string[] = [];
  const laws = optimizerLaws(optimizer);
  for (const [i, law] of laws.entries())
    try {
      void law.check();
    } catch {
      found.push(optimizerLawNames[i % optimizerLawNames.length]!);
    }
  return found;
}

const slides = (change: (search: Search<Slide, "gradient">) => Partial<Search<Slide, "gradient">>) => ({
  ...slide,
  create: (({ rate }, domain) => {
    const search = slideSearch(rate, domain);
    return { ...search, ...change(search) };
  }) as (typeof slide)["create"],
});

const wanders = (change: (search: Search<Wander, "value">) => Partial<Search<Wander, "value">>) => ({
  ...wander,
  create: (({ size }, domain) => {
    const search = wanderSearch(size, domain);
    return { ...search, ...change(search) };
  }) as (typeof wander)["create"],
});

const brokenOnes: Readonly<Record<string, readonly [AnyOptimizer, OptimizerLawName]>> = {
  "writes its new point into the old one": [
    slides((search) => ({
      tell(state, outcomes, rng) {
        const next = search.tell(state, outcomes, rng);
        (state.x as Float64Array).set(next.x);
        return { ...next, x: state.x };
      },
    })),
    "never writes to its arguments, nor later to what it handed out",
  ],
  "writes to the gradients it is told": [
    slides((search) => ({
      tell(state, outcomes, rng) {
        const [outcome] = outcomes;
        if (outcome !== undefined && isEvaluation(outcome)) (outcome.gradient as Float64Array).reverse();
        return search.tell(state, outcomes, rng);
      },
    })),
    "never writes to its arguments, nor later to what it handed out",
  ],
  "recommends out of one buffer": [
    slides(() => {
      let buffer: Float64Array | undefined;
      return {
        recommend(state) {
          buffer ??= new Float64Array(state.x.length);
          buffer.set(state.x);
          return buffer;
        },
      };
    }),
    "never writes to its arguments, nor later to what it handed out",
  ],
  "remembers a counter outside the state": [
    slides((search) => {
      let t = 0;
      return { tell: (state, outcomes, rng) => ({ ...search.tell(state, outcomes, rng), t: t++ }) };
    }),
    "gives the same bits for the same arguments",
  ],
  "keeps something in the state that is not plain": [
    slides((search) => ({
      init: (x, rng) => ({ ...search.init(x, rng), seen: new Map([[1, 2]]) }),
    })),
    "keeps all it remembers in a plain state: any state can be stored, restored and continued",
  ],
  "knows its states by identity": [
    slides((search) => {
      const known = new WeakSet<object>();
      const remember = (state: Slide): Slide => {
        known.add(state);
        return state;
      };
      return {
        init: (x, rng) => remember(search.init(x, rng)),
        tell: (state, outcomes, rng) =>
          remember({ ...search.tell(state, outcomes, rng), t: known.has(state) ? state.t + 1 : 0 }),
      };
    }),
    "keeps all it remembers in a plain state: any state can be stored, restored and continued",
  ],
  "holds on to the rng of init": [
    wanders((search) => {
      let kept: Parameters<typeof search.init>[1];
      return {
        init(x, rng) {
          kept = rng;
          return search.init(x, rng);
        },
        tell: (state, outcomes) => search.tell(state, outcomes, kept),
      };
    }),
    "keeps no rng beyond the call that it was given for",
  ],
  "writes over the state that it is in, once told of those before": [
    slides(() => ({
      recycle(past, present) {
        if (present !== past) (present.x as Float64Array).fill(1);
      },
    })),
    "writes over former states only once it is told that nobody looks at them, and then changes no result",
  ],
  "writes over a question, once told of its state": [
    slides(() => ({
      recycle(past, present) {
        if (present !== past) (past.x as Float64Array).fill(1);
      },
    })),
    "writes over former states only once it is told that nobody looks at them, and then changes no result",
  ],
  "draws from Math.random": [
    wanders((search) => ({
      tell(state, outcomes, rng) {
        const next = search.tell(state, outcomes, rng);
        return { ...next, next: next.next.map((x) => x.map((xi) => xi * (1 - 1e-9 * Math.random()))) };
      },
    })),
    "gives the same bits for the same arguments",
  ],
  "begins beside the start": [
    slides((search) => ({
      init: (x, rng) =>
        search.init(
          x.map((xi) => xi * (1 - 1e-9)),
          rng,
        ),
    })),
    "asks first about the start",
  ],
  "ignores the bounds": [
    {
      ...slide,
      create: (({ rate }) =>
        slideSearch(rate, {
          bounds: { lower: new Float64Array(3).fill(-Infinity), upper: new Float64Array(3).fill(Infinity) },
        } as Parameters<(typeof slide)["create"]>[1])) as (typeof slide)["create"],
    },
    "asks about points of the domain and recommends one; metrics are finite, a stop says why",
  ],
  "stops without a word": [
    slides((search) => ({ ask: (state) => (state.t > 5 ? { stop: "" } : search.ask(state)) })),
    "asks about points of the domain and recommends one; metrics are finite, a stop says why",
  ],
  "asks nothing": [
    wanders((search) => ({ ask: (state) => (state.loss < 30 ? { queries: [] } : search.ask(state)) })),
    "asks about points of the domain and recommends one; metrics are finite, a stop says why",
  ],
  "asks values, and declares gradients": [
    slides((search) => ({
      ask: (state) =>
        state.t === 3
          ? ({ queries: [{ kind: "value", x: state.x }] } as unknown as Ask<"gradient">)
          : search.ask(state),
      tell: (state, outcomes, rng) =>
        state.t === 3 ? { ...state, t: 4 } : search.tell(state, outcomes, rng),
    })),
    "asks only the kinds that it declares",
  ],
  "takes a failure for a number": [
    slides(() => ({
      tell(state, outcomes) {
        const [outcome] = outcomes as readonly (Outcome<"gradient"> & { gradient?: Vector })[];
        const gradient = outcome!.gradient ?? new Float64Array(state.x.length).fill(Number.NaN);
        return { x: state.x.map((xi, i) => xi - 0.1 * gradient[i]!), t: state.t + 1 };
      },
    })),
    "goes on after failures, wherever they come",
  ],
  "lets a step overflow": [
    slides(() => ({
      tell(state, [outcome]) {
        if (outcome === undefined || !isEvaluation(outcome)) return { ...state, stop: "no slope" };
        return { x: state.x.map((xi, i) => xi - 1e9 * outcome.gradient[i]!), t: state.t + 1 };
      },
    })),
    "bears slopes so steep that a step overflows",
  ],
  "divides by the spread of its population": [
    wanders((search) => ({
      metrics: (state) => ({ spread: state.loss === Infinity ? 0 : 1 / (state.loss - 1) }),
      tell: (state, outcomes, rng) => search.tell(state, outcomes, rng),
    })),
    "bears a function that is constant",
  ],
  "cannot take a part, and says prefix": [
    wanders((search) => ({
      tell(state, outcomes, rng) {
        if (outcomes.length !== state.next.length)
          return { ...state, next: [new Float64Array(state.best.length).fill(Number.NaN)] };
        return search.tell(state, outcomes, rng);
      },
    })),
    "takes a part of the answers where it says prefix",
  ],
  "has a schedule over the budget, and does not declare it": [
    {
      ...slide,
      create: (({ rate }, domain, horizon) =>
        slideSearch(rate / (1 + horizon), domain)) as (typeof slide)["create"],
    },
    "depends on the budget only if it declares so",
  ],
  "breaks at a budget below one": [
    {
      ...slide,
      create: (({ rate }, domain, horizon) => {
        const rates = new Float64Array(Math.floor(horizon) - 1).fill(rate);
        return slideSearch(rates[0] ?? rate, domain);
      }) as (typeof slide)["create"],
    },
    "can be made for any budget, and goes on past it",
  ],
  "needs two dimensions, and declares one": [
    slides(() => ({
      recommend: (state) => state.x.map((xi, i) => (i === 0 ? xi + state.x[1]! - state.x[1]! : xi)),
    })),
    "searches the smallest dimension that it declares",
  ],
  climbs: [
    {
      ...slide,
      create: (({ rate }, domain) => slideSearch(-rate, domain)) as (typeof slide)["create"],
    },
    "descends on a sphere",
  ],
  "breaks where f is not a number": [
    wanders((search) => ({
      tell(state, outcomes, rng) {
        const next = search.tell(state, outcomes, rng);
        const failed = outcomes.filter((outcome) => outcome.failed === "not-finite").length;
        return failed > 0 && failed < outcomes.length ? { ...next, best: new Float64Array(0) } : next;
      },
    })),
    "bears a function that is not a number in half of the box",
  ],
  "has a hyperparameter that JSON cannot hold": [
    {
      ...slide,
      hyperparameters: slide.hyperparameters.extend({
        from: z.date().default(new Date(0)).meta({ label: "from", help: "A date, which JSON has not." }),
      }),
    } as unknown as AnyOptimizer,
    "has hyperparameters that are JSON, described, with defaults that parse",
  ],
};

describe("a broken optimizer that", () => {
  for (const [name, [optimizer, law]] of Object.entries(brokenOnes))
    test(name, () => expect(broken(optimizer)).toContain(law));

  test("covers every law", () => {
    const covered = new Set(Object.values(brokenOnes).map(([, law]) => law));
    expect(optimizerLawNames.filter((law) => !covered.has(law))).toEqual([]);
  });
});

describe("an exception", () => {
  test("that holds after all is out of date", () => {
    const laws = optimizerLaws(slide, {
      exceptions: [{ law: "descends on a sphere", reason: "it is slow" }],
    });
    const law = laws.find(({ name }) => name.includes("(it is slow)"));
    expect(law?.check).toThrow("holds after all");
  });
  test("needs a reason, and a law that exists", () => {
    expect(() => optimizerLaws(slide, { exceptions: [{ law: "descends on a sphere", reason: "" }] })).toThrow(
      UsageError,
    );
    const law = "is fast" as OptimizerLawName;
    expect(() => optimizerLaws(slide, { exceptions: [{ law, reason: "why" }] })).toThrow("there is no law");
  });
});
