// Points of the unit circle from + − × ÷ √ alone, so that every engine draws the same moons and spirals.

const bits = 30;

/** (cos, sin) of a turn halved k times, k = 0 … 30, by the half-angle formulas. */
const halves: readonly (readonly [number, number])[] = (() => {
  const table: [number, number][] = [
    [1, 0],
    [-1, 0],
    [0, 1],
  ];
  for (let k = 3; k <= bits; k++) {
    const [c, s] = table[k - 1]!;
    const half = Math.sqrt((1 + c) / 2); // cos(θ/2) = √((1 + cos θ) / 2)
    table.push([half, s / (2 * half)]); // sin(θ/2) = sin θ / (2 cos(θ/2)): no cancellation
  }
  return table;
})();

/** (cos 2πt, sin 2πt), with t rounded down to a multiple of 2⁻³⁰. */
export function turn(t: number): readonly [number, number] {
  let rest = Math.floor((t - Math.floor(t)) * 1_073_741_824);
  let [c, s] = [1, 0];
  for (let k = bits; k >= 1; k--, rest = Math.floor(rest / 2)) {
    if (rest % 2 === 0) continue;
    const [hc, hs] = halves[k]!;
    [c, s] = [c * hc - s * hs, s * hc + c * hs];
  }
  return [c, s];
}
