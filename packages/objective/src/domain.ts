// Where a search may look: bounds, the box that starts are drawn from, the region of interest, named blocks.
import type { Box, Vector } from "./vector.ts";
import { UsageError } from "./errors.ts";

/** A named block of the vector: a weight matrix, a bias. What a recombination may exchange whole. */
export interface Block {
  readonly name: string;
  /** Index of its first coordinate. */
  readonly offset: number;
  /** Row-major. */
  readonly shape: readonly number[];
}

export type Encoding = "real" | "bits" | "permutation";

export interface Domain {
  readonly dimension: number;
  /** A method declares which it can search. */
  readonly encoding: Encoding;
  /** Every queried point lies in here; ±Infinity where unbounded. */
  readonly bounds: Box;
  /** Finite; the start of a run is drawn uniformly from here (for a network: its usual initialisation). */
  readonly initial: Box;
  /** Finite; where global methods look (COCO: region of interest). Not the same as `initial`. */
  readonly region: Box;
  /** Named blocks that cover the vector in order. */
  readonly layout: readonly Block[];
}

/** One number for all coordinates, or one for each. */
export type Bound = number | readonly number[] | Vector;
export type BoxLike = { readonly lower: Bound; readonly upper: Bound };

export interface DomainOptions {
  readonly dimension: number;
  readonly encoding?: Encoding;
  readonly bounds?: BoxLike;
  readonly initial?: BoxLike;
  readonly region?: BoxLike;
  readonly layout?: readonly Block[];
}

function side(bound: Bound, dimension: number, what: string): Float64Array {
  if (typeof bound === "number") return new Float64Array(dimension).fill(bound);
  if (bound.length !== dimension)
    throw new UsageError(
      "domain",
      `${what} has ${bound.length} entries, but the dimension is ${dimension}`,
      `give one number, or ${dimension} of them`,
    );
  return Float64Array.from(bound);
}

function box(like: BoxLike, dimension: number, name: string, finite: boolean): Box {
  const lower = side(like.lower, dimension, `${name}.lower`);
  const upper = side(like.upper, dimension, `${name}.upper`);
  for (let i = 0; i < dimension; i++) {
    const [l, u] = [lower[i]!, upper[i]!];
    if (Number.isNaN(l) || Number.isNaN(u) || l > u)
      throw new UsageError(
        "domain",
        `${name} is empty in coordinate ${i}: lower ${l}, upper ${u}`,
        "give lower ≤ upper, both numbers",
      );
    if (finite && !(Number.isFinite(l) && Number.isFinite(u)))
      throw new UsageError(
        "domain",
        `${name} is not finite in coordinate ${i}: lower ${l}, upper ${u}`,
        `give a finite box: ${name} is drawn from`,
      );
  }
  return { lower, upper };
}

/** Intersection of `inner` with `outer`, whose corners may be infinite; coordinates without overlap fall onto `outer`. */
function within(inner: Box, outer: Box): Box {
  const clip = (v: Vector): Float64Array =>
    v.map((x, i) => Math.min(Math.max(x, outer.lower[i]!), outer.upper[i]!));
  return { lower: clip(inner.lower), upper: clip(inner.upper) };
}

/**
 * A validated domain. Defaults: real, unbounded; `region` = the bounds where finite, else [−5, 5]; `initial` = the region;
 * layout: one block "x".
 * @throws UsageError where a box is empty, not finite, of another dimension, or not inside the bounds.
 */
export function makeDomain(options: DomainOptions): Domain {
  const { dimension, encoding = "real" } = options;
  if (!Number.isInteger(dimension) || dimension < 1)
    throw new UsageError("domain", `the dimension is ${dimension}`, "give a whole number ≥ 1");
  const bounds = box(options.bounds ?? { lower: -Infinity, upper: Infinity }, dimension, "bounds", false);
  const region = options.region
    ? box(options.region, dimension, "region", true)
    : {
        lower: bounds.lower.map((l, i) => (Number.isFinite(l) ? l : Math.min(-5, bounds.upper[i]! - 10))),
        upper: bounds.upper.map((u, i) => (Number.isFinite(u) ? u : Math.max(5, bounds.lower[i]! + 10))),
      };
  const initial = options.initial ? box(options.initial, dimension, "initial", true) : region;
  const layout = options.layout ?? [{ name: "x", offset: 0, shape: [dimension] }];
  let offset = 0;
  for (const block of layout) {
    if (block.offset !== offset)
      throw new UsageError(
        "domain",
        `block ${block.name} begins at ${block.offset}`,
        `let it begin at ${offset}: blocks cover the vector in order`,
      );
    offset += block.shape.reduce((a, b) => a * b, 1);
  }
  if (offset !== dimension)
    throw new UsageError(
      "domain",
      `the layout covers ${offset} coordinates of ${dimension}`,
      "let the blocks cover the whole vector",
    );
  return {
    dimension,
    encoding,
    bounds,
    initial: within(initial, bounds),
    region: within(region, bounds),
    layout,
  };
}
