// What the laws try an optimizer on: small domains, and objectives whose answers are known in closed form.
import {
  makeDomain,
  type Ask,
  type Domain,
  type Encoding,
  type Objective,
  type Outcome,
} from "@basin/objective";
import type { Vector } from "@basin/objective";

type Query = Ask["queries"][number];

/** An objective made of value, gradient and Hessian-vector product, all as functions of x. */
export interface Smooth {
  value(x: Vector): number;
  gradient(x: Vector): Float64Array;
  product(x: Vector, direction: Vector): Float64Array;
}

/** A synchronous objective that answers the built-in kinds at price 1. */
export function smoothObjective(name: string, domain: Domain, f: Smooth): Objective {
  const answer = (query: Query): Outcome => {
    const { kind, x } = query;
    const value = f.value(x);
    if (kind === "value") return { kind, x, value };
    const gradient = f.gradient(x);
    if (kind === "gradient") return { kind, x, value, gradient };
    if (kind !== "curvature") return { failed: "threw", message: `it does not answer ${kind as string}` };
    return { kind, x, direction: query.direction, value, gradient, product: f.product(x, query.direction) };
  };
  return {
    name,
    domain,
    answers: { value: 1, gradient: 1, curvature: 1 },
    examples: 1,
    noisy: false,
    evaluate: (ask) => ask.queries.map(answer),
  };
}

/** Σ (xᵢ − cᵢ)², with c well inside the box [−5, 5] and unequal in its coordinates: cᵢ = (1 + i mod 3) / 2. */
export function sphere(domain: Domain): Objective {
  const c = Float64Array.from({ length: domain.dimension }, (_, i) => centre(domain, i));
  return smoothObjective("sphere", domain, {
    value: (x) => x.reduce((sum, xi, i) => sum + (xi - c[i]!) * (xi - c[i]!), 0),
    gradient: (x) => Float64Array.from(x, (xi, i) => 2 * (xi - c[i]!)),
    product: (_, direction) => Float64Array.from(direction, (d) => 2 * d),
  });
}

function centre(domain: Domain, i: number): number {
  if (domain.encoding === "bits") return (i % 3) % 2;
  // a derangement of the identity: its neighbour
  if (domain.encoding === "permutation") return (i + 1) % domain.dimension;
  return (1 + (i % 3)) / 2;
}

/** f = 1 everywhere: slopes and comparisons say nothing. */
export function constant(domain: Domain): Objective {
  return smoothObjective("constant", domain, {
    value: () => 1,
    gradient: (x) => new Float64Array(x.length),
    product: (x) => new Float64Array(x.length),
  });
}

/** A slope so steep that a step along it overflows: f = 10³⁰⁰ Σ xᵢ. */
export function steep(domain: Domain): Objective {
  return smoothObjective("steep", domain, {
    value: (x) => 1e300 * x.reduce((sum, xi) => sum + Math.min(Math.max(xi, -1e6), 1e6), 0),
    gradient: (x) => new Float64Array(x.length).fill(1e300),
    product: (x) => new Float64Array(x.length),
  });
}

/** A domain by its encoding, with a start in it. `wide`: unbounded where the encoding has no bounds of its own. */
export interface Place {
  readonly name: string;
  readonly domain: Domain;
  readonly start: Vector;
}

/** The places that a search of this encoding and dimension is tried in; the first is the plain one. */
export function places(encoding: Encoding, n: number): readonly [Place, ...Place[]] {
  if (encoding === "bits")
    return [
      {
        name: "bits",
        domain: makeDomain({ dimension: n, encoding, bounds: { lower: 0, upper: 1 } }),
        start: Float64Array.from({ length: n }, (_, i) => (i + 1) % 2),
      },
    ];
  if (encoding === "permutation")
    return [
      {
        name: "permutations",
        domain: makeDomain({ dimension: n, encoding, bounds: { lower: 0, upper: n - 1 } }),
        start: Float64Array.from({ length: n }, (_, i) => i),
      },
    ];
  const far = Float64Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 4 : -3));
  const region = { lower: -5, upper: 5 };
  // each coordinate in a box of its own, 10⁻³ wide, the last one fixed where there are several
  const lower = Float64Array.from({ length: n }, (_, i) => i - 0.5);
  const upper = lower.map((l, i) => (n > 1 && i === n - 1 ? l : l + 1e-3));
  return [
    { name: "an unbounded domain", domain: makeDomain({ dimension: n, region }), start: far },
    { name: "a box", domain: makeDomain({ dimension: n, bounds: region }), start: far },
    {
      name: "a box, from its corner",
      domain: makeDomain({ dimension: n, bounds: region }),
      start: new Float64Array(n).fill(-5),
    },
    {
      name: "a tight box",
      domain: makeDomain({ dimension: n, bounds: { lower, upper } }),
      start: lower.map((l, i) => (l + upper[i]!) / 2),
    },
    {
      name: "a half-space",
      domain: makeDomain({ dimension: n, bounds: { lower: 0, upper: Infinity } }),
      start: new Float64Array(n),
    },
  ];
}

/** What is wrong with a point as a point of this domain, or undefined. */
export function faultOfPoint(x: unknown, domain: Domain): string | undefined {
  if (!(x instanceof Float64Array)) return "is no Float64Array";
  if (x.length !== domain.dimension) return `has ${x.length} entries instead of ${domain.dimension}`;
  for (let i = 0; i < x.length; i++) {
    const [xi, low, high] = [x[i]!, domain.bounds.lower[i]!, domain.bounds.upper[i]!];
    if (!Number.isFinite(xi)) return `has entry ${i} = ${xi}`;
    if (xi < low || xi > high) return `has entry ${i} = ${xi}, outside [${low}, ${high}]`;
    if (domain.encoding === "bits" && xi !== 0 && xi !== 1) return `has entry ${i} = ${xi}, which is no bit`;
  }
  if (domain.encoding === "permutation" && new Set(x).size !== x.length) return "is no permutation";
  return undefined;
}
