// Laws: checks as data, independent of any test runner.

/** A statement that `check` proves on examples; it throws where the statement is false. */
export interface Law {
  readonly name: string;
  check(): void;
}

/** Numbers that look random and are always the same: the fractional parts of multiples of the golden ratio (Weyl, 1916). */
export function spread(count: number, low: number, high: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    const at = (seed * 0.754877666 + (i + 1) * 0.6180339887498949) % 1;
    return low + (high - low) * at;
  });
}

/** @throws Error where two arrays differ in a bit (any NaN equals any NaN). */
export function assertSameBits(found: ArrayLike<number>, wanted: ArrayLike<number>, what: string): void {
  for (let i = 0; i < wanted.length; i++)
    if (!Object.is(found[i], wanted[i]))
      throw new Error(`${what}: entry ${i} is ${found[i]}, not ${wanted[i]}`);
  if (found.length !== wanted.length)
    throw new Error(`${what}: ${found.length} entries, not ${wanted.length}`);
}

/** @throws Error where entries differ by more than tolerance · (1 + |wanted|). */
export function assertNear(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  for (let i = 0; i < wanted.length; i++)
    if (!(Math.abs(found[i]! - wanted[i]!) <= tolerance * (1 + Math.abs(wanted[i]!))))
      throw new Error(`${what}: entry ${i} is ${found[i]}, not within ${tolerance} of ${wanted[i]}`);
}
