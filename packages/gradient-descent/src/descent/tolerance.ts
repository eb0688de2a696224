// The setting that ends a descent.
import { z } from "@basin/objective";

export const tolerance = z
  .number()
  .min(0)
  .default(1e-12)
  .meta({
    label: "Gradient tolerance",
    help: "The search ends where no slope is steeper; 0 to go on until rounding ends it.",
    scale: "log",
    range: [1e-14, 1e-3],
  });
