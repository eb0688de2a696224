// A circle inside a circle: no straight line tells them apart.
import type { Dataset } from "../dataset.ts";
import { assemble, plane } from "./assemble.ts";
import type { PlaneOptions } from "./moons.ts";
import type { RandomSource } from "./random-source.ts";
import { turn } from "./turn.ts";

/** Radii 1 and 1/2. Classes of equal size (± 1), in turn. */
export function circles(random: RandomSource, { rows = 200, noise = 0.1 }: PlaneOptions = {}): Dataset {
  const about = {
    name: "circles",
    title: "Two circles",
    target: { name: "circle", unit: "" },
    classes: ["outer", "inner"],
  };
  return assemble(about, plane, rows, (i) => {
    const [c, s] = turn(random.uniform());
    const radius = i % 2 === 0 ? 1 : 0.5;
    return { x: [radius * c + noise * random.normal(), radius * s + noise * random.normal()], y: i % 2 };
  });
}
