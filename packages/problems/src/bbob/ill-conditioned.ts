// BBOB f10 … f14: unimodal functions with high conditioning.
import {
  abs,
  add,
  constant,
  equal,
  mul,
  norm,
  pow as powerOf,
  slice,
  sqrt,
  square,
  sum,
  where,
} from "@basin/autodiff";
import { pow } from "@basin/math";
import { optimum, rotation } from "./chance.ts";
import type { Core, Definition } from "./definition.ts";
import { ellipsoidCore } from "./separable.ts";
import { asymmetry, lambda, linear, oscillation, product, share, shift } from "./stage.ts";

/** f10: the ellipsoid at z = T_osz(R(x − x_opt)). */
export const ellipsoid: Definition = {
  number: 10,
  title: "Ellipsoid",
  summary: "A bowl a million times steeper in one direction than in another, turned away from the axes.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const stages = [shift(xopt), linear(rotation(n, seed + 1_000_000)), oscillation];
    return { optimum: xopt, stages, core: ellipsoidCore(n) };
  },
};

/** First coordinate squared times `first`, the others squared times `rest`. */
const oneAndRest = (first: number, rest: number): Core => ({
  value: (z) => {
    let total = 0;
    for (let i = 1; i < z.length; i++) total += z[i]! * z[i]!;
    return first * z[0]! * z[0]! + rest * total;
  },
  trace: (z) => add(mul(first, sum(square(slice(z, 0, 1)))), mul(rest, sum(square(slice(z, 1))))),
});

/** f11: 10⁶z₁² + Σ z², z = T_osz(R(x − x_opt)). */
export const discus: Definition = {
  number: 11,
  title: "Discus",
  summary: "One direction is a thousand times as sensitive as all others.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const stages = [shift(xopt), linear(rotation(n, seed + 1_000_000)), oscillation];
    return { optimum: xopt, stages, core: oneAndRest(1e6, 1) };
  },
};

/** f12: z₁² + 10⁶Σ z², z = R T_asy^0.5(R(x − x_opt)). */
export const bentCigar: Definition = {
  number: 12,
  title: "Bent cigar",
  summary: "A narrow ridge that must be followed for a long way and is not quite straight.",
  parts(n, seed) {
    const xopt = optimum(n, seed + 1_000_000);
    const turn = linear(rotation(n, seed + 1_000_000));
    return { optimum: xopt, stages: [shift(xopt), turn, asymmetry(0.5, n), turn], core: oneAndRest(1, 1e6) };
  },
};

/** z₁² + 100·√(Σ z²) */
const ridgeCore: Core = {
  value: (z) => {
    let total = 0;
    for (let i = 1; i < z.length; i++) total += z[i]! * z[i]!;
    return z[0]! * z[0]! + 100 * Math.sqrt(total);
  },
  // On the ridge itself there is no slope across; `norm` says 0.
  trace: (z) => add(sum(square(slice(z, 0, 1))), mul(100, norm(slice(z, 1)))),
};

/** f13: a sharp ridge at z = QΛ¹⁰R(x − x_opt). */
export const sharpRidge: Definition = {
  number: 13,
  title: "Sharp ridge",
  summary: "Not smooth along its ridge, where the slope across hides the slope along.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const map = product(rotation(n, seed + 1_000_000), lambda(10, n), rotation(n, seed));
    return { optimum: xopt, stages: [shift(xopt), linear(map)], core: ridgeCore };
  },
};

/** √(Σ |z|^(2 + 4·i/(n−1))) */
function powersCore(n: number): Core {
  const powers = new Float64Array(n).map((_, i) => 2 + 4 * share(i, n));
  return {
    value: (z) => {
      let total = 0;
      for (let i = 0; i < n; i++) total += pow(Math.abs(z[i]!), powers[i]!);
      return Math.sqrt(total);
    },
    trace: (z) => {
      const total = sum(powerOf(abs(z), constant(powers)));
      const zero = equal(total, 0);
      return where(zero, 0, sqrt(where(zero, 1, total)));
    },
  };
}

/** f14: different powers at z = R(x − x_opt). */
export const differentPowers: Definition = {
  number: 14,
  title: "Different powers",
  summary: "The nearer the minimum, the more the directions differ in sensitivity.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const stages = [shift(xopt), linear(rotation(n, seed + 1_000_000))];
    return { optimum: xopt, stages, core: powersCore(n) };
  },
};
