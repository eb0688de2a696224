// Exclusive or: opposite quarters of the plane belong together (Minsky & Papert 1969: no perceptron can).
import type { Dataset } from "../dataset.ts";
import { assemble, plane } from "./assemble.ts";
import type { PlaneOptions } from "./moons.ts";
import type { RandomSource } from "./random-source.ts";

/** Uniform on [−1, 1)², then noise. The four quarters in turn. */
export function xor(random: RandomSource, { rows = 200, noise = 0.1 }: PlaneOptions = {}): Dataset {
  const about = {
    name: "xor",
    title: "Exclusive or",
    target: { name: "quarters", unit: "" },
    classes: ["same sign", "opposite signs"],
  };
  return assemble(about, plane, rows, (i) => {
    const x = i % 2 === 0 ? random.uniform() : -random.uniform();
    const y = i % 4 < 2 ? random.uniform() : -random.uniform();
    return {
      x: [x + noise * random.normal(), y + noise * random.normal()],
      y: (i % 2 === 0) === i % 4 < 2 ? 0 : 1,
    };
  });
}
