// Two spirals wound into each other (Lang & Witbrock 1988, "Learning to tell two spirals apart").
import type { Dataset } from "../dataset.ts";
import { assemble, plane } from "./assemble.ts";
import type { PlaneOptions } from "./moons.ts";
import type { RandomSource } from "./random-source.ts";
import { turn } from "./turn.ts";

export interface SpiralOptions extends PlaneOptions {
  /** How often each arm goes around. */
  readonly turns?: number;
}

/** Arms of radius 0.1 … 1, the second opposite to the first. Classes of equal size (± 1), in turn. */
export function spiral(
  random: RandomSource,
  { rows = 200, noise = 0.02, turns = 1.5 }: SpiralOptions = {},
): Dataset {
  const about = {
    name: "spiral",
    title: "Two spirals",
    target: { name: "arm", unit: "" },
    classes: ["first", "second"],
  };
  return assemble(about, plane, rows, (i) => {
    // The square root spreads points evenly along the arm, not evenly in angle.
    const along = Math.sqrt(random.uniform());
    const [c, s] = turn(turns * along + (i % 2) / 2);
    const radius = 0.1 + 0.9 * along;
    return { x: [radius * c + noise * random.normal(), radius * s + noise * random.normal()], y: i % 2 };
  });
}
