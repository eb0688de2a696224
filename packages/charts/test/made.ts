// Series made by hand: their medians fall as 1/x from a start, so that tests know every value.
import type { Series } from "../src/series.ts";

export const grid = (n = 81): Float64Array => Float64Array.from({ length: n }, (_, i) => 10 ** (i / 20));

export function made(
  label: string,
  family: string,
  value: (x: number) => number,
  over: Partial<Series> = {},
): Series {
  const x = grid();
  const times = (k: number): Float64Array => x.map((at) => k * value(at));
  return {
    label,
    family,
    n: 15,
    diverged: 0,
    x,
    median: times(1),
    q10: times(0.5),
    q25: times(0.8),
    q75: times(1.3),
    q90: times(2),
    ...over,
  };
}

export const three: Series[] = [
  made("gradient-descent", "gradient-descent", (x) => 1 / x),
  made("random-search", "random-search", (x) => 1 / Math.sqrt(x)),
  made("genetic-algorithm", "genetic-algorithm", (x) => 1 / x ** 0.7),
];
