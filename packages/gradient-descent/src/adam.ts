// Adam (Kingma & Ba 2015).
import { firstOrder } from "./first-order/first-order.ts";
import { momentSettings } from "./first-order/moments.ts";
import { adamRule } from "./first-order/adam-rule.ts";

/** Steps of nearly equal size in every coordinate, whatever the scale of the slope. Bounds by projection. */
export const adam = firstOrder({
  name: "adam",
  summary:
    "Momentum with a step size of its own for each coordinate, from averages of slopes and their squares.",
  references: ["Kingma & Ba, Adam: A Method for Stochastic Optimization, ICLR 2015, arXiv:1412.6980"],
  rate: 0.05,
  settings: momentSettings,
  rule: adamRule,
});
