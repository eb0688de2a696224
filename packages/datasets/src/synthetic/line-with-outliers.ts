// A straight line, small errors, and a few gross ones that drag a least-squares fit away (after Rousseeuw & Leroy 1987).
import type { Dataset } from "../dataset.ts";
import { assemble } from "./assemble.ts";
import type { RandomSource } from "./random-source.ts";

export interface LineOptions {
  readonly rows?: number;
  /** Share of points that are off by 4 to 8, in [0, 1]. */
  readonly outliers?: number;
  /** Standard deviation of the small errors. */
  readonly noise?: number;
}

/** y = 2x + 1 + noise on x in [−3, 3); outliers lie 4 to 8 below the line. */
export function lineWithOutliers(
  random: RandomSource,
  { rows = 100, outliers = 0.1, noise = 0.3 }: LineOptions = {},
): Dataset {
  const about = {
    name: "line-with-outliers",
    title: "A line with outliers",
    target: { name: "y", unit: "" },
  };
  return assemble(about, ["x"], rows, () => {
    const x = 6 * random.uniform() - 3;
    const error = noise * random.normal();
    // Both numbers are drawn for every point, so that another share of outliers leaves the others where they are.
    const [lot, size] = [random.uniform(), random.uniform()];
    return { x: [x], y: 2 * x + 1 + error - (lot < outliers ? 4 + 4 * size : 0) };
  });
}
