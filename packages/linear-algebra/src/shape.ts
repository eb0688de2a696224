// The check that every function here makes of its matrices.

/** @throws RangeError unless `matrix` has rows × columns entries. */
export function checkShape(who: string, matrix: Readonly<Float64Array>, rows: number, columns: number): void {
  if (matrix.length !== rows * columns)
    throw new RangeError(
      `${who}: the matrix has ${matrix.length} entries; give ${rows} × ${columns} = ${rows * columns} of them.`,
    );
}

/** @throws RangeError unless the vector has n entries. */
export function checkLength(who: string, vector: Readonly<Float64Array>, n: number): void {
  if (vector.length !== n)
    throw new RangeError(`${who}: the vector has ${vector.length} entries; give ${n} of them.`);
}
