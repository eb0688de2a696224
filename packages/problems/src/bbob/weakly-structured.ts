// BBOB f20 … f24: multi-modal functions with weak global structure.
import {
  abs,
  add,
  constant,
  cos as cosineOf,
  div,
  equal,
  exp as expOf,
  max,
  maximum,
  minimum,
  mul,
  pad,
  reshape,
  sin as sineOf,
  slice,
  sqrt,
  square,
  sub,
  sum,
  where,
} from "@basin/autodiff";
import { cos, exp, log, pow, sin } from "@basin/math";
import { normals, optimum, rotation, uniforms } from "./chance.ts";
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
  times,
  traceOscillate,
  type Stage,
} from "./stage.ts";

/** Where z sin √|z| is largest within [−500, 500], divided by 100. */
const schwefelPeak = 4.2096874637;

/** −1/(100n) Σ z sin √|z| + 4.189828872724339 + 0.01 Σ max(0, |z| − 500)² */
const schwefelCore: Core = {
  value: (z) => {
    let total = 0;
    let outside = 0;
    for (let i = 0; i < z.length; i++) {
      const size = Math.abs(z[i]!);
      total += z[i]! * sin(Math.sqrt(size));
      if (size > 500) outside += (size - 500) * (size - 500);
    }
    return 0.01 * (outside + 418.9828872724339 - total / z.length);
  },
  trace: (z) => {
    const size = abs(z);
    // √|z| has no slope at 0, but z·sin √|z| has: 0.
    const zero = equal(z, 0);
    const waves = sum(where(zero, 0, mul(z, sineOf(sqrt(where(zero, 1, size))))));
    const outside = sum(square(maximum(sub(size, 500), 0)));
    return mul(0.01, sub(add(outside, 418.9828872724339), div(waves, z.size)));
  },
};

/** z = 100(Λ¹⁰(ẑ − 2|x_opt|) + 2|x_opt|), ẑ_i = x_i + ¼(x_{i−1} − 2|x_opt|). */
function schwefelMap(n: number): Stage {
  const factors = lambda(10, n);
  return {
    apply: (x, out) => {
      for (let i = 0, before = 0; i < out.length; i++) {
        const away = x[i]! - schwefelPeak;
        out[i] = 100 * (factors[i]! * (away + 0.25 * before) + schwefelPeak);
        before = away;
      }
    },
    trace: (x) => {
      const away = sub(x, schwefelPeak);
      const before = pad(slice(away, 0, n - 1), 1, 0);
      return mul(100, add(mul(constant(factors), add(away, mul(0.25, before))), schwefelPeak));
    },
  };
}

/** f20: Schwefel's x sin √|x|, the best minima far apart near the corners. */
export const schwefel: Definition = {
  number: 20,
  title: "Schwefel x·sin(x)",
  summary: "The best minima lie far from each other, in corners of the searched space.",
  parts(n, seed) {
    const signs = uniforms(n, seed).map((u) => (u < 0.5 ? -1 : 1));
    return {
      optimum: signs.map((sign) => (sign * schwefelPeak) / 2),
      stages: [scale(signs.map((sign) => 2 * sign)), schwefelMap(n)],
      core: schwefelCore,
    };
  },
};

/** The ranks that put `values` in ascending order: order[r] = index of the r-th smallest. */
const ascending = (values: Float64Array): number[] =>
  Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]!);

/** Gallagher's peaks: each with a place y, a height w and stretches c of its own. */
function gallagher(n: number, seed: number, peaks: number, first: number, spread: number): Parts {
  const turn = rotation(n, seed);
  const order = ascending(uniforms(peaks - 1, seed));
  const places = uniforms(n * peaks, seed).map((u) => 2 * spread * u - spread);
  // The global minimum is kept away from the boundary.
  for (let j = 0; j < n; j++) places[j] = 0.8 * places[j]!;
  const [turned, scales] = [new Float64Array(n * peaks), new Float64Array(n * peaks)];
  const heights = new Float64Array(peaks);
  const logs = new Float64Array(peaks);
  for (let k = 0; k < peaks; k++) {
    const condition = k === 0 ? first : pow(1000, order[k - 1]! / (peaks - 2));
    heights[k] = k === 0 ? 10 : 1.1 + (8 * (k - 1)) / (peaks - 2);
    logs[k] = log(heights[k]!);
    const ranks = ascending(uniforms(n, seed + 1000 * k));
    for (let j = 0; j < n; j++) scales[k * n + j] = pow(condition, share(ranks[j]!, n) - 0.5);
    multiply(turn, places.subarray(k * n, k * n + n), turned.subarray(k * n, k * n + n), 0);
  }
  const core: Core = {
    // 10 − max w·exp(−½/n·(z − y)ᵀC(z − y)): the largest exponent is found first, so that one exp is enough.
    value: (z) => {
      let [best, which] = [-Infinity, 0];
      for (let k = 0, p = 0; k < peaks; k++) {
        let total = 0;
        for (let j = 0; j < n; j++, p++) {
          const away = z[j]! - turned[p]!;
          total += scales[p]! * away * away;
        }
        const exponent = logs[k]! - (0.5 / n) * total;
        if (exponent > best) [best, which] = [exponent, k];
      }
      // At the top of a peak the height itself, so that the minimum is exact.
      const below = oscillate(10 - heights[which]! * exp(best - logs[which]!));
      return below * below;
    },
    trace: (z) => {
      const away = square(sub(reshape(z, [1, n]), constant(turned, [peaks, n])));
      const distances = sum(mul(constant(scales, [peaks, n]), away), { axis: 1 });
      const top = max(mul(constant(heights), expOf(mul(-0.5 / n, distances))));
      return square(traceOscillate(sub(10, top)));
    },
  };
  return { optimum: places.slice(0, n), stages: [linear(turn)], core, penalty: 1 };
}

/** f21: T_osz(10 − max over 101 peaks)² + f_pen. */
export const gallagher101: Definition = {
  number: 21,
  title: "Gallagher's Gaussian 101-me peaks",
  summary: "101 peaks at random places: nothing leads from one to the best.",
  parts: (n, seed) => gallagher(n, seed, 101, Math.sqrt(1000), 5),
};

/** f22: the same with 21 peaks, the best one ill-conditioned. */
export const gallagher21: Definition = {
  number: 22,
  title: "Gallagher's Gaussian 21-hi peaks",
  summary: "21 peaks at random places, narrower and harder to climb.",
  parts: (n, seed) => gallagher(n, seed, 21, 1000, 4.9),
};

/**
 * 10/n²·(Π (1 + i Σ_{j=1..32} |2ʲz_i − [2ʲz_i]|/2ʲ)^(10/n^1.2) − 1). It has no trace: with teeth down to 2⁻³³ a slope says
 * nothing beyond the next tooth (the limit of more of them is nowhere differentiable).
 */
function katsuuraCore(n: number): Core {
  const power = 10 / pow(n, 1.2);
  return {
    value: (z) => {
      // The largest possible product for n = 100 is below 10¹⁶⁰: the power is taken once.
      let all = 1;
      for (let i = 0; i < n; i++) {
        let total = 0;
        let [scaled, weight] = [z[i]!, 1];
        for (let j = 1; j <= 32; j++) {
          scaled *= 2;
          weight /= 2;
          total += Math.abs(scaled - Math.floor(scaled + 0.5)) * weight;
        }
        all *= 1 + (i + 1) * total;
      }
      return (10 / n / n) * (pow(all, power) - 1);
    },
  };
}

/** f23: Katsuura at z = QΛ¹⁰⁰R(x − x_opt), plus f_pen. */
export const katsuura: Definition = {
  number: 23,
  title: "Katsuura",
  summary:
    "Rugged everywhere and hardly any structure: more than 10ⁿ global minima before the transformation.",
  parts(n, seed) {
    const xopt = optimum(n, seed);
    const map = product(rotation(n, seed + 1_000_000), lambda(100, n), rotation(n, seed));
    return { optimum: xopt, stages: [shift(xopt), linear(map)], core: katsuuraCore(n), penalty: 1 };
  },
};

/** f24: the lower of two bowls, under Rastrigin's waves, plus 10⁴ f_pen. */
export const lunacek: Definition = {
  number: 24,
  title: "Lunacek bi-Rastrigin",
  summary: "Two funnels: the wider one leads to the wrong place.",
  parts(n, seed) {
    const signs = normals(n, seed).map((g) => (g < 0 ? -1 : 1));
    const map = product(rotation(n, seed + 1_000_000), lambda(100, n), rotation(n, seed));
    const first = 2.5;
    const s = 1 - 0.5 / (Math.sqrt(n + 20) - 4.1);
    const second = -Math.sqrt((first * first - 1) / s);
    const [away, z] = [new Float64Array(n), new Float64Array(n)];
    const core: Core = {
      // x̂ = 2·sign(x_opt)·x; min(Σ(x̂ − μ₀)², n + s·Σ(x̂ − μ₁)²) + 10(n − Σ cos 2πz), z = QΛ¹⁰⁰R(x̂ − μ₀)
      value: (x) => {
        let [one, two, waves] = [0, 0, 0];
        for (let i = 0; i < n; i++) {
          away[i] = x[i]! - first;
          one += away[i]! * away[i]!;
          two += (x[i]! - second) * (x[i]! - second);
        }
        multiply(map, away, z, 0);
        for (let i = 0; i < n; i++) waves += cos(2 * Math.PI * z[i]!);
        return Math.min(one, n + s * two) + 10 * (n - waves);
      },
      trace: (x) => {
        const from = sub(x, first);
        const bowls = minimum(sum(square(from)), add(n, mul(s, sum(square(sub(x, second))))));
        return add(bowls, mul(10, sub(n, sum(cosineOf(mul(2 * Math.PI, times(map, from)))))));
      },
    };
    return {
      optimum: signs.map((sign) => sign * 0.5 * first),
      stages: [scale(signs.map((sign) => 2 * sign))],
      core,
      penalty: 1e4,
    };
  },
};
