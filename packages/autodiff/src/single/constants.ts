// Constants of the single-precision functions: polynomials and splittings of Moshier's Cephes library (expf, logf, tanhf).

/** (x + MAGIC) − MAGIC is x rounded to the nearest integer. 1.5 · 2²³. */
export const MAGIC = 12582912;

/** e^r = 1 + r + r²·A(r), |r| ≤ ½ ln 2; ln 2 = hi + lo. */
export const EXP = {
  log2e: 1.442695,
  ln2Hi: 0.693359375,
  ln2Lo: -0.000212194442,
  /** From the highest power down. */
  a: [0.00019875691, 0.0013981999, 0.008333452, 0.041665796, 0.16666666, 0.5],
  /** Beyond it, powers of two are not normal. */
  common: 87,
} as const;

/** ln(1 + f) = f − f²/2 + f³·R(f), √½ ≤ 1 + f < √2. */
export const LOG = {
  sqrtHalf: 0x3f3504f3,
  r: [
    0.070376836, -0.1151461, 0.11676998, -0.12420141, 0.14249323, -0.16668057, 0.20000714, -0.24999994,
    0.3333333,
  ],
} as const;

/** tanh x = x + x³·T(x²) for |x| < 0.625; beyond, 1 − 2 / (e^(2x) + 1). */
export const TANH = {
  small: 0.625,
  t: [-0.005704989, 0.020639088, -0.053739715, 0.13331442, -0.33333281],
  common: 43,
} as const;
