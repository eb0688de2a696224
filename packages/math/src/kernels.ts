// Constants of every polynomial and reduction, in one place: the WebAssembly emitter reads them from here (`@basin/math/kernels`).
// Polynomials are minimax fits with double coefficients, made by Sollya (Brisebarre & Chevillard 2007); see coefficients.sollya.
// Each function's file states the exact order of its operations; whoever follows it with the same constants gets the same bits.

/** (x + MAGIC) − MAGIC is x rounded to the nearest integer, ties to even, for |x| ≤ 2⁵¹; the low mantissa bits of x + MAGIC hold it in two's complement. 1.5·2⁵². */
export const MAGIC = 6755399441055744;

/** eˣ: x = k·ln 2 + r, |r| ≤ 0.3466; eʳ = 1 + r + r²/2 + r³·A(r), A of degree 9. Error 2⁻⁶⁴. */
export const EXP = {
  log2e: 1.4426950408889634,
  /** ln 2 to 42 bits: its product with |k| ≤ 2¹¹ is exact. */
  ln2Hi: 0.6931471805598903,
  /** ln 2 − ln2Hi. */
  ln2Lo: 5.497923018708371e-14,
  /** A, from the constant term up. */
  a: [
    0.16666666666666682, 0.0416666666666667, 0.008333333333317587, 0.001388888888886552,
    0.00019841269895338041, 2.480158736442484e-5, 2.7557235698452372e-6, 2.7557239225942837e-7,
    2.5111795375886005e-8, 2.0925518348833177e-9,
  ],
} as const;

/** ln(1 + f), √½ ≤ 1 + f < √2: s = f / (2 + f), z = s²; ln(1 + f) = 2s + s·z·R(z), R of degree 6. Error 2⁻⁵⁹. */
export const LOG = {
  /** High word of √½: bits below it belong to the next lower power of two. */
  sqrtHalfHigh: 0x3fe6a09e,
  r: [
    0.666666666666667, 0.39999999999897135, 0.2857142862736989, 0.22222210888726082, 0.1818290763894768,
    0.15331097176775552, 0.1462421730251593,
  ],
} as const;

/** ln(1 + f) to about 2⁻⁶⁶, in two doubles: as LOG, but R(z) = 2/3 + z·Q(z) with 2/3 in two doubles and Q of degree 7. */
export const LOG_DOUBLE = {
  /** 2/3 to 24 bits, and the rest. */
  twoThirdsHi: 0.6666666865348816,
  twoThirdsLo: -1.9868214925130207e-8,
  q: [
    0.4, 0.28571428571426327, 0.2222222222276818, 0.18181818155836799, 0.15384609845127228,
    0.1333414396885312, 0.11721176555198279, 0.11588034751985145,
  ],
} as const;

/** sin and cos: x = n·π/2 + r, |r| ≤ 0.7854; π/2 in three parts, the first two of 34 bits: their products with |n| ≤ 2¹⁹ are exact. */
export const TRIG = {
  twoOverPi: 0.6366197723675814,
  p1: 1.570796326850541,
  p2: -5.564431676050702e-11,
  p3: -1.3658655402212505e-21,
  /** Beyond it Payne and Hanek's reduction takes over. 2¹⁹. */
  largestN: 524288,
  /** sin r = r + r³·S(r²), degree 5. Relative error 2⁻⁵⁷·⁹. */
  s: [
    -0.1666666666666663, 0.008333333333321919, -0.0001984126982945851, 2.7557313582264417e-6,
    -2.5050742320640462e-8, 1.589594363730992e-10,
  ],
  /** cos r = 1 − r²/2 + r⁴·C(r²), degree 5. Error 2⁻⁶⁴. */
  c: [
    0.0416666666666666, -0.0013888888888874478, 2.4801587289675016e-5, -2.755731440201028e-7,
    2.08757293950368e-9, -1.135993874105551e-11,
  ],
} as const;
