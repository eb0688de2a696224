// One BBOB function in one dimension and instance: a fast f(x), its minimum, and where it lies.
import { offset } from "./chance.ts";
import type { Definition } from "./definition.ts";
import { penalty } from "./stage.ts";

export interface Instance {
  readonly value: (x: Readonly<Float64Array>) => number;
  readonly minimum: number;
  readonly optimum: Float64Array;
}

export function instanceOf(definition: Definition, n: number, instance: number): Instance {
  const seed = (definition.seededAs ?? definition.number) + 10_000 * instance;
  const { optimum, stages, core, penalty: weight = 0 } = definition.parts(n, seed);
  const minimum = offset(seed);
  const buffers = stages.map(() => new Float64Array(n));
  const value = (x: Readonly<Float64Array>): number => {
    let z = x;
    for (let k = 0; k < stages.length; k++) {
      const out = buffers[k]!;
      stages[k]!.apply(z, out);
      z = out;
    }
    const inside = core.value(z);
    return (weight === 0 ? inside : inside + weight * penalty(x)) + minimum;
  };
  return { value, minimum, optimum };
}
