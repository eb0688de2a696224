// Settings that several methods share: moving averages of the slope and of its square, the share of a velocity that is kept.
import { z } from "@basin/objective";

/** What a divisor is kept away from zero by. */
export const epsilonSetting = z
  .number()
  .positive()
  .default(1e-8)
  .meta({
    label: "ε",
    help: "Added to the divisor, against division by zero.",
    scale: "log",
    range: [1e-12, 1e-2],
  });

export const momentumSetting = z
  .number()
  .min(0)
  .lt(1)
  .default(0.9)
  .meta({
    label: "Momentum",
    help: "Share of the velocity that is kept from update to update.",
    range: [0, 0.99],
  });

export const momentSettings = {
  beta1: z
    .number()
    .min(0)
    .lt(1)
    .default(0.9)
    .meta({ label: "β₁", help: "Memory of the moving average of slopes.", range: [0, 0.99] }),
  beta2: z
    .number()
    .min(0)
    .lt(1)
    .default(0.999)
    .meta({ label: "β₂", help: "Memory of the moving average of squared slopes.", range: [0.9, 0.9999] }),
  epsilon: epsilonSetting,
};

const schema = z.object(momentSettings);
export type MomentSettings = z.output<typeof schema>;
