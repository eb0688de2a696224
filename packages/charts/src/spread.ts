// Labels pushed apart until none overlaps.

/**
 * Positions near the wanted ones, at least `gap` apart and inside [low, high] where there is room, in the given order of
 * items: clusters of labels that touch are merged and centred (pool adjacent violators; Ayer et al., 1955).
 */
export function spread(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  // Subtracting i·gap turns "at least gap apart" into "not decreasing", which pooling solves with least squares.
  const pools: { sum: number; count: number }[] = [];
  order.forEach((item, i) => {
    pools.push({ sum: wanted[item]! - i * gap, count: 1 });
    for (;;) {
      const [a, b] = [pools.at(-2), pools.at(-1)!];
      if (a === undefined || a.sum / a.count <= b.sum / b.count) break;
      pools.splice(-2, 2, { sum: a.sum + b.sum, count: a.count + b.count });
    }
  });
  const room = high - (wanted.length - 1) * gap;
  const result = new Array<number>(wanted.length);
  let i = 0;
  for (const pool of pools)
    for (let k = 0; k < pool.count; k++, i++)
      result[order[i]!] = Math.max(low, Math.min(pool.sum / pool.count, room)) + i * gap;
  return result;
}
