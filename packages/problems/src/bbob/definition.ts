// What defines one BBOB function, and an instance of it.
import type { Tensor } from "@basin/autodiff";
import type { Stage } from "./stage.ts";

/** z ↦ f: what is left once the stages have turned x into z. */
export interface Core {
  value(z: Readonly<Float64Array>): number;
  /** The same function, for derivatives and prices; absent where slopes say nothing anywhere (steps). */
  trace?(z: Tensor): Tensor;
}

/** An instance: f(x) = core(stages(x)) + weight·f_pen(x) + f_opt. */
export interface Parts {
  /** Where the minimum lies, shape [n]. */
  readonly optimum: Float64Array;
  readonly stages: readonly Stage[];
  readonly core: Core;
  /** Weight of the penalty for leaving [−5, 5]ⁿ; 0 where there is none. */
  readonly penalty?: number;
}

export interface Definition {
  /** 1 … 24 */
  readonly number: number;
  readonly title: string;
  /** In words: what makes it hard. */
  readonly summary: string;
  /** Another function's number, where the instances are that function's (f4 moves like f3, f18 like f17). */
  readonly seededAs?: number;
  /** `seed` = number + 10000·instance. */
  parts(n: number, seed: number): Parts;
}
