// The contract, for every method of the package, with settings that take other ways through it.
import { describe, test } from "vitest";
import { optimizerLaws } from "@basin/optimizer/laws";
import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  amsgrad,
  gradientDescent,
  lion,
  momentum,
  nadam,
  nesterov,
  radam,
  rmsprop,
  rprop,
} from "@basin/gradient-descent";

const cases = [
  ["gradient-descent", optimizerLaws(gradientDescent)],
  [
    "mini-batches at random",
    optimizerLaws(gradientDescent, { hyperparameters: { batchSize: 4, order: "random" } }),
  ],
  ["mini-batches in sequence", optimizerLaws(gradientDescent, { hyperparameters: { batchSize: 4 } })],
  [
    "too high a rate for anything",
    optimizerLaws(gradientDescent, {
      hyperparameters: { rate: 10 },
      exceptions: [{ law: "descends on a sphere", reason: "beyond 2 over the curvature, descent diverges" }],
    }),
  ],
  ["momentum", optimizerLaws(momentum)],
  [
    "warm restarts, clipped",
    optimizerLaws(momentum, {
      hyperparameters: {
        schedule: "cosine-restarts",
        scheduleLength: 7,
        clipNorm: 1,
        clipValue: 0.8,
        warmup: 3,
      },
    }),
  ],
  ["nesterov", optimizerLaws(nesterov)],
  ["one-cycle", optimizerLaws(nesterov, { hyperparameters: { schedule: "one-cycle", scheduleLength: 40 } })],
  ["adam", optimizerLaws(adam)],
  [
    "adam with decay",
    optimizerLaws(adam, { hyperparameters: { weightDecay: 0.01, schedule: "inverse-time", batchSize: 2 } }),
  ],
  ...[adagrad, rmsprop, adadelta, adamw, amsgrad, adamax, nadam, radam, lion, rprop].map(
    (optimizer) => [optimizer.name, optimizerLaws(optimizer as never)] as const,
  ),
  [
    "centered rmsprop with momentum",
    optimizerLaws(rmsprop, { hyperparameters: { centered: true, momentum: 0.9 } }),
  ],
] as const;

describe.each(cases)("%s", (_, laws) => {
  for (const law of laws) test(law.name, law.check);
});
