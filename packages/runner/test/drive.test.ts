// The drivers: runToEnd, iterate, minimize.
import { describe, expect, test } from "vitest";
import { UsageError, functionObjective, type Outcome, type Vector } from "@basin/objective";
import {
  answer,
  begin,
  createRun,
  decodeCheckpoint,
  fingerprintOf,
  iterate,
  minimize,
  runToEnd,
  step,
  type Now,
  type RunProgress,
  type RunResult,
} from "@basin/runner";
import { bowl, noisyBowl, promising, resultNow, slide, wander } from "./support.ts";

const options = { objective: bowl(3), optimizer: slide, start: [3, -2, 1], budget: 100 };

describe("runToEnd", () => {
  test("reports progress when a point of the grid was recorded", () => {
    const seen: RunProgress[] = [];
    const { trace, tally } = resultNow(options, { onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.length).toBeLessThanOrEqual(trace.cost.length + 1);
    for (const [i, { cost, budget, steps }] of seen.entries()) {
      expect(cost).toBeGreaterThanOrEqual(seen[i - 1]?.cost ?? 0);
      expect(budget).toBe(100);
      expect(steps).toBe(cost / 2);
    }
    expect(tally.cost).toBe(100);
  });

  test("writes seconds by the clock that is passed in, and NaN without one", () => {
    let now = 5000;
    const { trace } = resultNow(options, { clock: () => (now += 100) });
    // the first look at the clock is the beginning, each later one a tenth of a second on
    const seconds = [...new Set(trace.seconds)];
    expect(seconds[0]).toBeCloseTo(0.1, 12);
    for (const [i, s] of seconds.entries()) expect(s).toBeCloseTo(0.1 * (i + 1), 12);
    expect([...resultNow(options).trace.seconds].every(Number.isNaN)).toBe(true);
  });

  test("lets a search write over former states where they are its own, and gives the same result", async () => {
    /** Writes over a former state as soon as it is told that nobody looks at it, and counts. */
    const recycling = () => {
      let count = 0;
      const optimizer = {
        ...slide,
        create: ((settings, domain, horizon) => {
          const search = slide.create(settings, domain, horizon);
          return {
            ...search,
            recycle(past, present) {
              // where the runner only looks at f, the search stays in its state
              if (past === present) return;
              count++;
              (past as { t: number }).t = Number.NaN;
            },
          };
        }) as (typeof slide)["create"],
      };
      return { ...options, optimizer, count: () => count };
    };
    const plain = resultNow(options);
    const sync = recycling();
    expect(fingerprintOf(resultNow(sync))).toBe(fingerprintOf(plain));
    expect(sync.count()).toBe(plain.tally.steps);
    const late = recycling();
    const result = await runToEnd(createRun({ ...late, objective: promising(bowl(3)) }));
    expect(fingerprintOf(result)).toBe(fingerprintOf(plain));
    expect(late.count()).toBe(plain.tally.steps);

    // a checkpoint that was given may be gone on from again
    const again = recycling();
    const run = createRun(again);
    let from = begin(run);
    for (let t = 0; t < 5; t++) from = step(run, from, answer(run, from) as readonly Outcome[]);
    const [first, second] = [0, 0].map(() => runToEnd(run, { from }) as RunResult);
    expect(again.count()).toBe(0);
    expect(fingerprintOf(first!)).toBe(fingerprintOf(plain));
    expect(fingerprintOf(second!)).toBe(fingerprintOf(plain));
  });

  test("gives the result so far when it is cancelled", () => {
    const control = new AbortController();
    const { ending, reason, tally } = resultNow(options, {
      signal: control.signal,
      onProgress: ({ cost }) => {
        if (cost >= 50) control.abort("enough seen");
      },
    });
    expect([ending, reason]).toEqual(["cancelled", "enough seen"]);
    expect(tally.cost).toBeGreaterThanOrEqual(50);
    expect(tally.cost).toBeLessThan(60);
  });

  test("does not wait for an evaluation that never ends, once cancelled", async () => {
    const control = new AbortController();
    const never = { ...bowl(3), evaluate: () => new Promise<never>(() => {}) };
    const result = runToEnd(createRun({ ...options, objective: never }), { signal: control.signal });
    setTimeout(() => control.abort(new Error("too slow")), 1);
    expect(await result).toMatchObject({ ending: "cancelled", reason: "too slow" });
  });

  test("takes a promise refused for a failure", async () => {
    let calls = 0;
    const objective = {
      ...bowl(3),
      evaluate: async (...args: Parameters<ReturnType<typeof bowl>["evaluate"]>) => {
        if (++calls === 3) throw new Error("refused");
        return bowl(3).evaluate(...args);
      },
    };
    const { tally } = await runToEnd(createRun({ ...options, optimizer: wander, objective }));
    expect(tally.failures).toBe(4);
  });
});

describe("iterate", () => {
  test("steps through a run, in a plain loop or an awaiting one", async () => {
    const whole = resultNow(options);
    let last: Now | undefined;
    let steps = 0;
    for (const now of iterate(options)) {
      expect(now.steps).toBe(++steps);
      expect(now.tally.cost).toBe(now.cost);
      last = now;
    }
    expect(last!.result()).toEqual({ ...whole, reason: whole.reason });
    expect(last!.loss).toBe(whole.best.loss);
    expect(last!.metrics).toEqual({ t: 50 });
    for await (const now of iterate({ ...options, objective: promising(bowl(3)) })) last = now;
    expect(last!.result().fingerprint).toBe(whole.fingerprint);
  });

  test("a loop may be left, stored, and taken up", () => {
    const whole = resultNow(options);
    const steps = iterate(options);
    let last: Now | undefined;
    for (const now of steps) {
      last = now;
      if (now.steps === 20) break;
    }
    expect(last!.result()).toMatchObject({ ending: "cancelled" });
    const from = decodeCheckpoint(steps.run, structuredClone(last!.store()));
    for (const now of iterate({ ...options, from })) last = now;
    expect(last!.result().fingerprint).toBe(whole.fingerprint);
  });

  test("probes are no steps", () => {
    let steps = 0;
    for (const now of iterate({ objective: noisyBowl(2), optimizer: slide, start: [2, 2], budget: 40 }))
      expect(now.steps).toBe(++steps);
    expect(steps).toBe(20);
  });

  test("a plain loop over promises says what to do", () => {
    const loop = (): void => {
      for (const now of iterate({ ...options, objective: promising(bowl(3)) })) expect(now).toBe(undefined);
    };
    expect(loop).toThrow("use for await");
  });
});

describe("minimize", () => {
  const square = (x: Vector): number => x.reduce((sum, xi) => sum + xi * xi, 0);
  const slope = (x: Vector): number[] => Array.from(x, (xi) => 2 * xi);
  const base = { start: [3, -2], optimizer: slide, budget: 300 };

  test("takes a function, at once or by promise, with gradients by differences", async () => {
    const [a, b] = await Promise.all([minimize(square, base), minimize(async (x) => square(x), base)]);
    expect(a.gradients).toBe("forward differences");
    expect(a.prices.gradient).toBe(3);
    expect(a.value).toBeLessThan(1e-12);
    expect(a.value).toBe(square(a.x));
    expect(b.fingerprint).toBe(a.fingerprint);
    expect((await minimize(square, { ...base, differences: "central" })).prices.gradient).toBe(5);
  });

  test("takes a function with its gradient, or both at once", async () => {
    const separate = await minimize({ value: square, gradient: slope }, base);
    const both = await minimize(
      { value: square, valueAndGradient: (x) => ({ value: square(x), gradient: slope(x) }) },
      { ...base, gradientPrice: 2 },
    );
    expect([separate.gradients, separate.prices.gradient]).toEqual(["given", 3]);
    expect([both.gradients, both.prices.gradient]).toEqual(["given", 2]);
  });

  test("takes residuals, whose squares it adds up, with or without their Jacobian", async () => {
    const residuals = (x: Vector): number[] => Array.from(x);
    const given = await minimize({ residuals, jacobian: () => [1, 0, 0, 1] }, { ...base, gradientPrice: 2 });
    const made = await minimize({ residuals }, { ...base, differences: "central" });
    expect([given.gradients, given.prices.gradient]).toEqual(["given", 2]);
    expect([made.gradients, made.prices.gradient]).toEqual(["central differences", 5]);
    expect(given.value).toBe(square(given.x));
    expect(given.value).toBeLessThan(1e-12);
  });

  test("takes an objective, and a method that needs no gradient", async () => {
    const result = await minimize(bowl(2), { ...base, optimizer: wander });
    expect(result.gradients).toBe("not needed");
    expect(result.value).toBeLessThan(0.5);
  });

  test("evaluates within the bounds, and no more than the budget", async () => {
    let calls = 0;
    const inside = (x: Vector): number => {
      calls++;
      for (const xi of x) expect(xi).toBeGreaterThanOrEqual(1);
      return square(x);
    };
    const { x } = await minimize(inside, { ...base, start: [3, 2], bounds: { lower: 1, upper: 4 } });
    expect([...x]).toEqual([1, 1]);
    expect(calls).toBe(300);
  });

  test("repeats itself with the same seed only", async () => {
    const run = (seed: number): Promise<RunResult> => minimize(square, { ...base, optimizer: wander, seed });
    expect((await run(1)).fingerprint).toBe((await run(1)).fingerprint);
    expect((await run(1)).fingerprint).not.toBe((await run(2)).fingerprint);
  });

  test("stops at a target and by a signal", async () => {
    expect(await minimize(square, { ...base, target: 1 })).toMatchObject({ ending: "target" });
    expect(await minimize(square, { ...base, signal: AbortSignal.abort() })).toMatchObject({
      ending: "cancelled",
    });
  });

  test("goes on after exceptions and NaN", async () => {
    const thorny = (x: Vector): number => {
      if (x[0]! < 0) throw new Error("thorn");
      return x[1]! < 0 ? Number.NaN : square(x);
    };
    const { tally, value } = await minimize(thorny, { ...base, start: [1, 1], optimizer: wander });
    expect(tally.failures).toBeGreaterThan(10);
    expect(value).toBeLessThan(1);
  });

  test("refuses a start out of bounds", async () => {
    await expect(minimize(square, { ...base, bounds: { lower: 0, upper: 1 } })).rejects.toThrow(UsageError);
  });

  test("a noisy objective gives what is recommended", async () => {
    const f = functionObjective(square, { dimension: 2, noisy: true });
    const { x, trace } = await minimize(f, { ...base, budget: 30 });
    expect(trace.queries.at(-1)).toBe(10);
    // after ten steps of 0.8, by forward differences
    expect(x[0]).toBeCloseTo(3 * 0.8 ** 10, 5);
  });
});
