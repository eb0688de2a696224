// The effect size of Vargha and Delaney (2000): how likely one is to be larger than the other.
import { midranks } from "./ranks.ts";

/**
 * P(x > y) + ½ P(x = y) over all pairs; ½: no difference. Of losses, below ½ means that x tends to be lower. +Infinity
 * is a value, and NaN counts as it.
 * @throws RangeError for an empty sample.
 */
export function a12(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const [m, n] = [x.length, y.length];
  if (m === 0 || n === 0) throw new RangeError(`a12: ${m} and ${n} values; give at least one of each.`);
  const { ranks } = midranks([...Array.from(x), ...Array.from(y)]);
  let sum = 0;
  for (let i = 0; i < m; i++) sum += ranks[i]!;
  return (sum - (m * (m + 1)) / 2) / (m * n);
}

/** In the words of the authors: from 0.56, 0.64 and 0.71 on (or as far below ½) it is small, medium and large. */
export function a12InWords(value: number): "negligible" | "small" | "medium" | "large" {
  const away = Math.abs(value - 0.5);
  return away >= 0.21 ? "large" : away >= 0.14 ? "medium" : away >= 0.06 ? "small" : "negligible";
}
