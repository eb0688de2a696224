// Two half circles that reach into each other (the "two moons" of Ng, Jordan & Weiss 2002 and many others).
import type { Dataset } from "../dataset.ts";
import { assemble, plane } from "./assemble.ts";
import type { RandomSource } from "./random-source.ts";
import { turn } from "./turn.ts";

export interface PlaneOptions {
  readonly rows?: number;
  /** Standard deviation of the noise on each coordinate. */
  readonly noise?: number;
}

/** Radius 1: the upper moon around (0, 0), the lower one around (1, 1/2). Classes of equal size (± 1), in turn. */
export function moons(random: RandomSource, { rows = 200, noise = 0.15 }: PlaneOptions = {}): Dataset {
  const about = {
    name: "moons",
    title: "Two moons",
    target: { name: "moon", unit: "" },
    classes: ["upper", "lower"],
  };
  return assemble(about, plane, rows, (i) => {
    const [c, s] = turn(random.uniform() / 2);
    const [x, y] = i % 2 === 0 ? [c, s] : [1 - c, 0.5 - s];
    return { x: [x + noise * random.normal(), y + noise * random.normal()], y: i % 2 };
  });
}
