// AdamW (Loshchilov & Hutter 2019): Adam, with weight decay apart from the slope.
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings } from "./first-order/moments.ts";
import { adamRule } from "./first-order/adam-rule.ts";

/** Adam whose weight decay is not divided by the averages of slopes. Bounds by projection. */
export const adamw = firstOrder({
  name: "adamw",
  summary: "Adam with weight decay apart from the slope: every weight shrinks at the same pace.",
  references: ["Loshchilov & Hutter, Decoupled Weight Decay Regularization, ICLR 2019, arXiv:1711.05101"],
  rate: 0.05,
  settings: momentSettings,
  decay: "decoupled",
  weightDecay: 0.01,
  rule: adamRule,
});
