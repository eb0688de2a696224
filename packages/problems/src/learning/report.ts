// What is reported beside the loss: the test loss, and the share of examples whose class is named rightly.
import { compile, mean, type Program } from "@basin/autodiff";
import type { Vector } from "@basin/objective";
import { unpack, type Model } from "../models/model.ts";
import type { Shared } from "../evaluator.ts";
import type { Examples, Prepared } from "./examples.ts";
import { shapesFor } from "./loss.ts";

type Report = Readonly<Record<string, number>>;

/** Share of rows whose class is the likelier one; p as a model answers it, shape [m] or [m, c]. */
export function accuracy(p: Readonly<Float64Array>, y: Readonly<Float64Array>): number {
  const [m, c] = [y.length, p.length / y.length];
  let right = 0;
  for (let i = 0; i < m; i++) {
    let guess = 0;
    if (c === 1) guess = p[i]! > 0.5 ? 1 : 0;
    else for (let j = 1; j < c; j++) if (p[i * c + j]! > p[i * c + guess]!) guess = j;
    if (guess === y[i]) right++;
  }
  return right / m;
}

/** Mean losses are without penalty, so that training and test compare. Nothing of it is charged to a run. */
export function reporter(
  model: Model,
  dimension: number,
  data: Prepared,
  { shelf, key }: Shared,
): (at: Vector) => Report {
  const scorer = (examples: Examples): ((at: Vector) => { loss: number; accuracy: number }) => {
    let program: Program | undefined;
    return (at) => {
      program ??= scoring(examples);
      const [loss, answer] = program.run([at]);
      return { loss: loss![0]!, accuracy: accuracy(answer!, examples.y) };
    };
  };
  const scoring = (examples: Examples): Program => {
    const program = shelf.take(`report ${key} ${examples.rows}`, () =>
      compile(
        (weights, x, y) => {
          const links = model.forward(unpack(model, weights!), x!);
          return [mean(model.losses(links, y!)), links[model.answer]!];
        },
        { shapes: shapesFor(dimension, examples.rows, data.features.length) },
      ),
    );
    program.set(1, examples.x);
    program.set(2, examples.y);
    return program;
  };
  const [train, test] = [scorer(data.train), scorer(data.test)];
  const tested = data.test.rows > 0;
  return (at) => {
    const report: Record<string, number> = {};
    const onTest = tested ? test(at) : undefined;
    if (onTest) report["test loss"] = onTest.loss;
    if (data.classes) {
      report["train accuracy"] = train(at).accuracy;
      if (onTest) report["test accuracy"] = onTest.accuracy;
    }
    return report;
  };
}
