// Weight decay: a pull towards zero, as a penalty in the slope or apart from it.
import { scratch, type UpdateRule } from "./update-rule.ts";

/** As a penalty λ/2 ‖x‖² would: g ← g + λ x, before the rule. */
export function withPenalty(rule: UpdateRule, decay: number): UpdateRule {
  const room = scratch();
  return {
    memory: rule.memory,
    step(x, gradient, memory, t, rate, to, next) {
      const g = room(x.length);
      for (let i = 0; i < g.length; i++) g[i] = gradient[i]! + decay * x[i]!;
      rule.step(x, g, memory, t, rate, to, next);
    },
  };
}

/** Apart from the slope (Loshchilov & Hutter 2019): x ← (1 − rate λ) x, then the rule with the gradient at the former x. */
export function withDecoupledDecay(rule: UpdateRule, decay: number): UpdateRule {
  const room = scratch();
  return {
    memory: rule.memory,
    step(x, gradient, memory, t, rate, to, next) {
      const keep = 1 - rate * decay;
      const shrunk = room(x.length);
      for (let i = 0; i < shrunk.length; i++) shrunk[i] = keep * x[i]!;
      rule.step(shrunk, gradient, memory, t, rate, to, next);
    },
  };
}
