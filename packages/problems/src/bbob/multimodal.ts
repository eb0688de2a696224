// BBOB f15 … f19: multi-modal functions with adequate global structure.
import {
  add,
  constant,
  cos as cosineOf,
  div,
  equal,
  mul,
  pow as powerOf,
  reshape,
  sin as sineOf,
  slice,
  square,
  sub,
  sum,
  where,
} from "@basin/autodiff";
import { cos, pow, sin } from "@basin/math";
import { optimum, rotation } from "./chance.ts";
import type { Core, Definition } from "./definition.ts";
import { traceBends, turnedFromOrigin } from "./moderate.ts";
import { rastriginCore } from "./separable.ts";
import { asymmetry, lambda, linear, oscillation, product, shift } from "./stage.ts";

/** f15: Rastrigin at z = RΛ¹⁰Q T_asy^0.2(T_osz(R(x − x_opt))). */
export const rastrigin: Definition = {
  number: 15,
  title: "Rastrigin",
  summary: "About 10ⁿ local minima, turned away from the axes.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const turn = rotation(n, seed + 1_000_000);
    const map = product(turn, lambda(10, n), rotation(n, seed));
    const stages = [shift(xopt), linear(turn), oscillation, asymmetry(0.2, n), linear(map)];
    return { optimum: xopt, stages, core: rastriginCore };
  },
};

const summands = 12;
/** f₀ = Σ 2⁻ᵏ cos(2π·3ᵏ·½) = −Σ 2⁻ᵏ: 3ᵏ is odd. */
const weierstrassLeast = -(2 - 2 / 4096);

const weierstrassAngles = new Float64Array(summands).map((_, k) => 2 * Math.PI * pow(3, k));
const weierstrassWeights = new Float64Array(summands).map((_, k) => pow(2, -k));

/** 10(1/n Σ Σ_{k<12} 2⁻ᵏ cos(2π·3ᵏ(z + ½)) − f₀)³ */
const weierstrassCore: Core = {
  value: (z) => {
    let total = 0;
    for (let i = 0; i < z.length; i++) {
      // (cos, sin) of 3ᵏ times an angle is the cube of that of 3ᵏ⁻¹ times it: one pair of calls instead of twelve.
      const angle = 2 * Math.PI * (z[i]! + 0.5);
      let [c, s] = [cos(angle), sin(angle)];
      for (let k = 0, weight = 1; k < summands; k++, weight /= 2) {
        total += weight * c;
        const [cc, ss] = [c * c, s * s];
        c *= cc - 3 * ss;
        s *= 3 * cc - ss;
      }
    }
    const rough = total / z.length - weierstrassLeast;
    return 10 * rough * rough * rough;
  },
  trace: (z) => {
    const n = z.size;
    const angles = mul(reshape(add(z, 0.5), [n, 1]), constant(weierstrassAngles));
    const total = sum(mul(constant(weierstrassWeights), cosineOf(angles)));
    const rough = sub(div(total, n), weierstrassLeast);
    return mul(10, mul(rough, square(rough)));
  },
};

/** f16: Weierstrass at z = RΛ^(1/100)Q T_osz(R(x − x_opt)), plus 10/n f_pen. */
export const weierstrass: Definition = {
  number: 16,
  title: "Weierstrass",
  summary: "Rough at every scale, with many global minima before the transformation.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const turn = rotation(n, seed + 1_000_000);
    const map = product(turn, lambda(0.01, n), rotation(n, seed));
    const stages = [shift(xopt), linear(turn), oscillation, linear(map)];
    return { optimum: xopt, stages, core: weierstrassCore, penalty: 10 / n };
  },
};

/** (1/(n−1) Σ √s + √s sin²(50 s^0.2))², s = √(z_i² + z_{i+1}²) */
const schaffersCore: Core = {
  value: (z) => {
    let total = 0;
    for (let i = 0; i + 1 < z.length; i++) {
      const square = z[i]! * z[i]! + z[i + 1]! * z[i + 1]!;
      const wave = sin(50 * pow(square, 0.1));
      total += Math.sqrt(Math.sqrt(square)) * (1 + wave * wave);
    }
    const mean = total / (z.length - 1);
    return mean * mean;
  },
  trace: (z) => {
    const squares = square(z);
    const sums = add(slice(squares, 0, z.size - 1), slice(squares, 1));
    // Roots have no slope at 0: they are taken of 1 there.
    const zero = equal(sums, 0);
    const safe = where(zero, 1, sums);
    const waves = mul(powerOf(safe, 0.25), add(1, square(sineOf(mul(50, powerOf(safe, 0.1))))));
    return square(div(sum(where(zero, 0, waves)), z.size - 1));
  },
};

const schaffers = (number: number, condition: number, seededAs: number, summary: string): Definition => ({
  number,
  title: condition > 10 ? "Schaffers F7, ill-conditioned" : "Schaffers F7",
  summary,
  seededAs,
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const map = product(identity(n), lambda(condition, n), rotation(n, seed));
    const stages = [shift(xopt), linear(rotation(n, seed + 1_000_000)), asymmetry(0.5, n), linear(map)];
    return { optimum: xopt, stages, core: schaffersCore, penalty: 10 };
  },
});

const identity = (n: number): Float64Array =>
  new Float64Array(n * n).map((_, p) => (p % (n + 1) === 0 ? 1 : 0));

/** f17: Schaffers F7 at z = Λ¹⁰Q T_asy^0.5(R(x − x_opt)), plus 10 f_pen. */
export const schaffersF7: Definition = schaffers(
  17,
  10,
  17,
  "Waves whose length and height change as the minimum comes near.",
);

/** f18: the same with Λ¹⁰⁰⁰. */
export const schaffersF7Ill: Definition = schaffers(
  18,
  1000,
  17,
  "The same waves, a thousand times steeper in one direction.",
);

/** 10/(n−1) Σ (s/4000 − cos s) + 10, s = 100(z_i² − z_{i+1})² + (z_i − 1)² */
const griewankRosenbrockCore: Core = {
  value: (z) => {
    let total = 0;
    for (let i = 0; i + 1 < z.length; i++) {
      const [bend, away] = [z[i]! * z[i]! - z[i + 1]!, z[i]! - 1];
      const s = 100 * bend * bend + away * away;
      total += s / 4000 - cos(s);
    }
    return 10 + (10 * total) / (z.length - 1);
  },
  trace: (z) => {
    const s = traceBends(z);
    return add(10, mul(10 / (z.size - 1), sum(sub(div(s, 4000), cosineOf(s)))));
  },
};

/** f19: Griewank of Rosenbrock at z = max(1, √n/8)·R·x + ½. */
export const griewankRosenbrock: Definition = {
  number: 19,
  title: "Composite Griewank–Rosenbrock F8F2",
  summary: "Rosenbrock's valley under Griewank's waves.",
  parts: (n, seed) => turnedFromOrigin(n, seed, griewankRosenbrockCore),
};
