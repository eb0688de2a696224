// One BBOB function in one dimension and instance: a fast f(x), the same traced, its minimum, and where it lies.
import { add, mul, type Tensor } from "@basin/autodiff";
import type { Vector } from "@basin/objective";
import { offset } from "./chance.ts";
import type { Definition } from "./definition.ts";
import { penalty, tracePenalty } from "./stage.ts";

export interface Instance {
  /** f(x), shape [n] to a number; fast, and allocates nothing. */
  value(x: Vector): number;
  /** The same as ops; undefined where slopes say nothing anywhere. */
  readonly trace: ((x: Tensor) => Tensor) | undefined;
  /** f_opt. */
  readonly minimum: number;
  /** x_opt, shape [n]. */
  readonly optimum: Float64Array;
}

export function instanceOf(definition: Definition, n: number, instance: number): Instance {
  const seed = (definition.seededAs ?? definition.number) + 10_000 * instance;
  const { optimum, stages, core, penalty: weight = 0 } = definition.parts(n, seed);
  const minimum = offset(seed);
  const buffers = stages.map(() => new Float64Array(n));
  const value = (x: Vector): number => {
    let z = x;
    for (let k = 0; k < stages.length; k++) {
      const out = buffers[k]!;
      stages[k]!.apply(z, out);
      z = out;
    }
    const inside = core.value(z);
    return (weight === 0 ? inside : inside + weight * penalty(x)) + minimum;
  };
  const trace = (x: Tensor): Tensor => {
    const inside = core.trace!(stages.reduce((z, stage) => stage.trace(z), x));
    return add(weight === 0 ? inside : add(inside, mul(weight, tracePenalty(x))), minimum);
  };
  return { value, trace: core.trace && trace, minimum, optimum };
}
