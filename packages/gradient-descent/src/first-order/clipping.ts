// Clipping: slopes beyond a bound are shortened before the rule sees them (Pascanu, Mikolov & Bengio 2013).
import { hypot } from "@basin/math";
import type { Vector } from "@basin/objective";
import { scratch, type UpdateRule } from "./update-rule.ts";

/** Each coordinate of the gradient is kept within ±bound. */
export function clippedByValue(rule: UpdateRule, bound: number): UpdateRule {
  const room = scratch();
  return {
    memory: rule.memory,
    step(x, gradient, memory, t, rate, to, next) {
      const g = room(gradient.length);
      for (let i = 0; i < g.length; i++) g[i] = Math.min(Math.max(gradient[i]!, -bound), bound);
      rule.step(x, g, memory, t, rate, to, next);
    },
  };
}

/** ‖v‖₂, without overflow where the sum of squares would. */
export function norm(v: Vector): number {
  let sum = 0;
  for (let i = 0; i < v.length; i++) sum += v[i]! * v[i]!;
  if (sum < Infinity && sum > 1e-280) return Math.sqrt(sum);
  let length = 0;
  for (let i = 0; i < v.length; i++) length = hypot(length, v[i]!);
  return length;
}

/** A gradient longer than the bound is scaled down to it. */
export function clippedByNorm(rule: UpdateRule, bound: number): UpdateRule {
  const room = scratch();
  return {
    memory: rule.memory,
    step(x, gradient, memory, t, rate, to, next) {
      const length = norm(gradient);
      if (length <= bound) return rule.step(x, gradient, memory, t, rate, to, next);
      const g = room(gradient.length);
      for (let i = 0; i < g.length; i++) g[i] = bound * (gradient[i]! / length);
      rule.step(x, g, memory, t, rate, to, next);
    },
  };
}
