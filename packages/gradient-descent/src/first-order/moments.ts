// What the methods of Adam's kind share: the settings of two moving averages, of the slope and of its square.
import { z } from "@basin/objective";

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
  epsilon: z
    .number()
    .positive()
    .default(1e-8)
    .meta({
      label: "ε",
      help: "Added to the divisor, against division by zero.",
      scale: "log",
      range: [1e-12, 1e-2],
    }),
};

const schema = z.object(momentSettings);
export type MomentSettings = z.output<typeof schema>;
