// BBOB f6 … f9: functions with low or moderate conditioning.
import {
  add,
  constant,
  equal,
  greater,
  mul,
  pow as powerOf,
  slice,
  square,
  sub,
  sum,
  where,
  type Tensor,
} from "@basin/autodiff";
import { pow } from "@basin/math";
import { optimum, rotation } from "./chance.ts";
import type { Core, Definition, Parts } from "./definition.ts";
import {
  lambda,
  linear,
  multiply,
  oscillate,
  product,
  scale,
  share,
  shift,
  traceOscillate,
} from "./stage.ts";

/** f6: T_osz(Σ (s·z)²)^0.9, z = QΛ¹⁰R(x − x_opt), s = 100 where z and x_opt have one sign, else 1. */
export const attractiveSector: Definition = {
  number: 6,
  title: "Attractive sector",
  summary:
    "Only one of 2ⁿ directions around the minimum is flat; all others are ten thousand times as steep.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const map = product(rotation(n, seed + 1_000_000), lambda(10, n), rotation(n, seed));
    const core: Core = {
      value: (z) => {
        let total = 0;
        for (let i = 0; i < z.length; i++) {
          const scaled = z[i]! * xopt[i]! > 0 ? 100 * z[i]! : z[i]!;
          total += scaled * scaled;
        }
        return pow(oscillate(total), 0.9);
      },
      trace: (z) => {
        const total = sum(square(mul(z, where(greater(mul(z, constant(xopt)), 0), 100, 1))));
        // A power below 1 has no slope at 0; the whole has: 0.
        const zero = equal(total, 0);
        return where(zero, 0, powerOf(traceOscillate(where(zero, 1, total)), 0.9));
      },
    };
    return { optimum: xopt, stages: [shift(xopt), linear(map)], core };
  },
};

/** To whole numbers beyond ½, to tenths within. */
const step = (z: number): number => (Math.abs(z) > 0.5 ? Math.floor(0.5 + z) : Math.floor(0.5 + 10 * z) / 10);

/** f7: 0.1·max(|ẑ₁|/10⁴, Σ 10^(2·i/(n−1)) z²) + f_pen, ẑ = Λ¹⁰R(x − x_opt), z = Q·step(ẑ). Without trace: it is made of steps. */
export const stepEllipsoid: Definition = {
  number: 7,
  title: "Step ellipsoid",
  summary: "An ellipsoid made of plateaus: slopes are zero almost everywhere.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const turn = rotation(n, seed + 1_000_000);
    const weights = new Float64Array(n).map((_, i) => pow(100, share(i, n)));
    const [stepped, turned] = [new Float64Array(n), new Float64Array(n)];
    const core: Core = {
      value: (z) => {
        for (let i = 0; i < n; i++) stepped[i] = step(z[i]!);
        multiply(turn, stepped, turned, 0);
        let total = 0;
        for (let i = 0; i < n; i++) total += weights[i]! * turned[i]! * turned[i]!;
        return 0.1 * Math.max(Math.abs(z[0]!) * 1e-4, total);
      },
    };
    const stages = [shift(xopt), linear(rotation(n, seed)), scale(lambda(10, n))];
    return { optimum: xopt, stages, core, penalty: 1 };
  },
};

/** 100(z_i² − z_{i+1})² + (z_i − 1)², i = 1 … n − 1: shape [n − 1]. */
export function traceBends(z: Tensor): Tensor {
  const [now, next] = [slice(z, 0, z.size - 1), slice(z, 1)];
  return add(mul(100, square(sub(square(now), next))), square(sub(now, 1)));
}

/** Σ 100(z_i² − z_{i+1})² + (z_i − 1)² */
const rosenbrockCore: Core = {
  value: (z) => {
    let total = 0;
    for (let i = 0; i + 1 < z.length; i++) {
      const [bend, away] = [z[i]! * z[i]! - z[i + 1]!, z[i]! - 1];
      total += 100 * bend * bend + away * away;
    }
    return total;
  },
  trace: (z) => sum(traceBends(z)),
};

/** max(1, √n/8): how far the valley is stretched. */
const stretch = (n: number): number => Math.max(1, Math.sqrt(n) / 8);

/** f8: Rosenbrock at z = max(1, √n/8)(x − x_opt) + 1, x_opt within [−3, 3]ⁿ. */
export const rosenbrock: Definition = {
  number: 8,
  title: "Rosenbrock",
  summary: "A bent narrow valley, n − 1 bends long.",
  parts(n, seed) {
    const xopt = optimum(n, seed).map((x) => 0.75 * x);
    const stages = [shift(xopt), scale(new Float64Array(n).fill(stretch(n)), 1)];
    return { optimum: xopt, stages, core: rosenbrockCore };
  },
};

/**
 * A function of z = max(1, √n/8)·R·x + ½ whose minimum lies where all z are 1: R is orthonormal, so x = Rᵀ1/(2·factor). COCO's code has
 * the same values; the x_opt that it reports of f19 beyond n = 64 (its suite ends at 40) is factor times this, where f is not least.
 */
export function turnedFromOrigin(n: number, seed: number, core: Core): Parts {
  const factor = stretch(n);
  const turn = rotation(n, seed);
  const optimum = new Float64Array(n).map((_, j) => {
    let total = 0;
    for (let i = 0; i < n; i++) total += turn[i * n + j]!;
    return total / (2 * factor);
  });
  const map = turn.map((entry) => factor * entry);
  return { optimum, stages: [linear(map, 0.5)], core };
}

/** f9: Rosenbrock at z = max(1, √n/8)·R·x + ½. */
export const rosenbrockRotated: Definition = {
  number: 9,
  title: "Rosenbrock, rotated",
  summary: "The bent valley, turned away from the axes.",
  parts: (n, seed) => turnedFromOrigin(n, seed, rosenbrockCore),
};
