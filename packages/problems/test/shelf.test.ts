// Objectives of the same settings share code, never data.
import { compile, mul, sum } from "@basin/autodiff";
import { parseSettings, type Objective, type Problem } from "@basin/objective";
import { foldIn, rngOf, rootKey } from "@basin/random";
import { expect, test } from "vitest";
import { digitsSoftmax, penguinsMlp, rosenbrock } from "../src/index.ts";
import { createShelf } from "../src/shelf.ts";

const program = () => compile((x, a) => sum(mul(x!, a!)), { shapes: [[2], [2]] });

test("code is made once, and each program has data of its own", () => {
  const shelf = createShelf();
  let made = 0;
  const take = (key: string) => shelf.take(key, () => (made++, program()));
  const [first, second] = [take("a"), take("a")];
  first.set(1, [1, 10]);
  second.set(1, [2, 20]);
  expect(first.run([Float64Array.of(1, 1)])[0]![0]).toBe(11);
  expect(second.run([Float64Array.of(1, 1)])[0]![0]).toBe(22);
  expect(made).toBe(1);
  take("b");
  expect(made).toBe(2);
});

test("a run of many sizes keeps the latest codes only", () => {
  const shelf = createShelf();
  let made = 0;
  const take = (key: string) => shelf.take(key, () => (made++, program()));
  for (let i = 0; i < 40; i++) take(`${i}`);
  take("39");
  expect(made).toBe(40);
  take("0");
  expect(made).toBe(41);
});

test.each([penguinsMlp, digitsSoftmax, rosenbrock] as Problem[])(
  "$name: a second objective answers as one that was made alone, whatever the first did",
  (problem) => {
    const { name } = problem;
    const settings = parseSettings(problem.settings, {}, name);
    const make = (seed: number): Objective => problem.create(settings, rngOf(foldIn(rootKey(seed), name)));
    const ask = (objective: Objective) => {
      const { lower, upper } = objective.domain.initial;
      const x = lower.map((low, i) => low + 0.3 * (upper[i]! - low));
      return objective.evaluate({ queries: [{ kind: "gradient", x }] }, rngOf(rootKey(1)));
    };
    const [one, two] = [make(1), make(2)];
    const alone = [ask(one), ask(two)];
    ask(two);
    expect(ask(one)).toEqual(alone[0]);
    expect(ask(make(1))).toEqual(alone[0]);
    expect(ask(make(2))).toEqual(alone[1]);
  },
);
