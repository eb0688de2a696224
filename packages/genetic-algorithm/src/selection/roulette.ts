// Roulette: the chance is proportional to how far a member is below the worst (Holland 1975; windowing, Grefenstette 1986).
import { freshVector } from "@basin/objective";
import type { Selection } from "./selection.ts";

/** Members at the worst value, and those that failed, keep a small chance: a hundredth of the average of the others. */
export const roulette: Selection = (values, count) => {
  let worst = values[0]!;
  for (let i = 1; i < count && values[i]! < Infinity; i++) worst = values[i]!;
  const sums = freshVector(count);
  let total = 0;
  for (let i = 0; i < count; i++) {
    const gain = worst - values[i]!;
    if (gain > 0) total += gain;
  }
  // where all are the same, or the gains overflow, all chances are
  const usable = total > 0 && total < Infinity;
  const least = usable ? total / count / 100 : 1;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const gain = usable ? worst - values[i]! : 0;
    sum += gain > least ? gain : least;
    sums[i] = sum;
  }
  return (rng) => {
    const x = rng.uniform() * sum;
    let [low, high] = [0, count - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sums[middle]! > x) high = middle;
      else low = middle + 1;
    }
    return low;
  };
};
