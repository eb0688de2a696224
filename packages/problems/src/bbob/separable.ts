// BBOB f1 … f5: separable functions.
import { add, constant, cos as cosineOf, greater, less, mul, square, sub, sum, where } from "@basin/autodiff";
import { cos, pow } from "@basin/math";
import { optimum } from "./chance.ts";
import type { Core, Definition } from "./definition.ts";
import { asymmetry, lambda, oscillation, scale, share, shift, type Stage } from "./stage.ts";

/** ‖z‖² */
const squares: Core = {
  value: (z) => {
    let total = 0;
    for (let i = 0; i < z.length; i++) total += z[i]! * z[i]!;
    return total;
  },
  trace: (z) => sum(square(z)),
};

/** f1: ‖x − x_opt‖². */
export const sphere: Definition = {
  number: 1,
  title: "Sphere",
  summary: "As easy as it gets: a round bowl.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    return { optimum: xopt, stages: [shift(xopt)], core: squares };
  },
};

/** Σ 10^(6·i/(n−1)) z² */
export function ellipsoidCore(n: number): Core {
  const weights = new Float64Array(n).map((_, i) => pow(1e6, share(i, n)));
  return {
    value: (z) => {
      let total = 0;
      for (let i = 0; i < z.length; i++) total += weights[i]! * z[i]! * z[i]!;
      return total;
    },
    trace: (z) => sum(mul(constant(weights), square(z))),
  };
}

/** f2: the ellipsoid of condition 10⁶ at z = T_osz(x − x_opt). */
export const ellipsoidSeparable: Definition = {
  number: 2,
  title: "Ellipsoid, separable",
  summary: "A bowl a million times steeper in one direction than in another.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    return { optimum: xopt, stages: [shift(xopt), oscillation], core: ellipsoidCore(n) };
  },
};

/** 10(n − Σ cos 2πz) + ‖z‖² */
export const rastriginCore: Core = {
  value: (z) => {
    let waves = 0;
    let total = 0;
    for (let i = 0; i < z.length; i++) {
      waves += cos(2 * Math.PI * z[i]!);
      total += z[i]! * z[i]!;
    }
    return 10 * (z.length - waves) + total;
  },
  trace: (z) => add(mul(10, sub(z.size, sum(cosineOf(mul(2 * Math.PI, z))))), sum(square(z))),
};

/** f3: Rastrigin at z = Λ¹⁰ T_asy^0.2(T_osz(x − x_opt)). */
export const rastriginSeparable: Definition = {
  number: 3,
  title: "Rastrigin, separable",
  summary: "About 10ⁿ local minima, laid out along the axes.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const stages = [shift(xopt), oscillation, asymmetry(0.2, n), scale(lambda(10, n))];
    return { optimum: xopt, stages, core: rastriginCore };
  },
};

/** z = s·x, s = 10^(½·i/(n−1)), ten times that for positive entries of the first, third, fifth … coordinate. */
function bueche(n: number): Stage {
  const factors = lambda(10, n);
  const alternate = factors.map((_, i) => (i % 2 === 0 ? 1 : 0));
  return {
    apply: (x, out) => {
      for (let i = 0; i < out.length; i++) out[i] = factors[i]! * x[i]! * (i % 2 === 0 && x[i]! > 0 ? 10 : 1);
    },
    trace: (x) => mul(mul(constant(factors), x), where(mul(constant(alternate), greater(x, 0)), 10, 1)),
  };
}

/** f4: Rastrigin at z = s·T_osz(x − x_opt), x_opt positive in the first, third … coordinate; plus 100 f_pen. */
export const buecheRastrigin: Definition = {
  number: 4,
  title: "Büche–Rastrigin",
  summary: "Rastrigin with ten times as many minima on one side of every second axis.",
  seededAs: 3,
  parts(n, seed) {
    const xopt = optimum(n, seed).map((x, i) => (i % 2 === 0 ? Math.abs(x) : x));
    return {
      optimum: xopt,
      stages: [shift(xopt), oscillation, bueche(n)],
      core: rastriginCore,
      penalty: 100,
    };
  },
};

/** f5: Σ 5|s| − s·z, s = ±10^(i/(n−1)), z = x, but not beyond the corner where the minimum lies. */
export const linearSlope: Definition = {
  number: 5,
  title: "Linear slope",
  summary: "A straight slope down to a corner of the box: does the search leave the place where it began?",
  parts(n, seed) {
    const xopt = optimum(n, seed).map((x) => (x < 0 ? -5 : 5));
    const slopes = xopt.map((x, i) => Math.sign(x) * pow(10, share(i, n)));
    const core: Core = {
      value: (x) => {
        let total = 0;
        for (let i = 0; i < x.length; i++) {
          const z = x[i]! * xopt[i]! < 25 ? x[i]! : xopt[i]!;
          total += 5 * Math.abs(slopes[i]!) - slopes[i]! * z;
        }
        return total;
      },
      trace: (x) => {
        const z = where(less(mul(x, constant(xopt)), 25), x, constant(xopt));
        return sum(sub(constant(slopes.map((slope) => 5 * Math.abs(slope))), mul(constant(slopes), z)));
      },
    };
    return { optimum: xopt, stages: [], core };
  },
};
