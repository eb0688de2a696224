// oxlint-disable oxc/approx-constant -- the bits are written here, so that no engine's constants can change them
// Constants of every polynomial and reduction, in one place: the WebAssembly emitter reads them from here (`@basin/math/kernels`).
// Polynomials are minimax fits with double coefficients, made as coefficients.sollya says; test/kernels.test.ts proves each stated error.
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
};
/** ln(1 + f), √½ ≤ 1 + f < √2: s = f / (2 + f), z = s²; ln(1 + f) = 2s + s·z·R(z), R of degree 6. Error 2⁻⁵⁹. */
export const LOG = {
  /** High word of √½: bits below it belong to the next lower power of two. */
  sqrtHalfHigh: 0x3fe6a09e,
  r: [
    0.666666666666667, 0.39999999999897135, 0.2857142862736989, 0.22222210888726082, 0.1818290763894768,
    0.15331097176775552, 0.1462421730251593,
  ],
};
/** ln(1 + f) to about 2⁻⁶⁶, in two doubles: as LOG, but R(z) = 2/3 + z·Q(z) with 2/3 in two doubles and Q of degree 7. */
export const LOG_DOUBLE = {
  /** 2/3 to 24 bits, and the rest. */
  twoThirdsHi: 0.6666666865348816,
  twoThirdsLo: -1.9868214925130207e-8,
  q: [
    0.4, 0.28571428571426327, 0.2222222222276818, 0.18181818155836799, 0.15384609845127228,
    0.1333414396885312, 0.11721176555198279, 0.11588034751985145,
  ],
};
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
};
/** sinh x = x + x³·S(x²) for |x| ≤ 1, degree 6. Relative error 2⁻⁶¹. */
export const SINH = {
  s: [
    0.16666666666666669, 0.00833333333333297, 0.00019841269841531324, 2.7557319130299737e-6,
    2.505212687456869e-8, 1.6056998690736075e-10, 7.765963316068887e-13,
  ],
};
/** asin x = x + x³·A(x²) for |x| ≤ ½, degree 12. Relative error 2⁻⁵⁹·⁸. */
export const ASIN = {
  a: [
    0.1666666666666676, 0.0749999999997082, 0.04464285717463308, 0.030381942705390647, 0.022372215084860203,
    0.01735160983177905, 0.01398085112854156, 0.011398630392996378, 0.010781990762602878,
    0.0036993003222289284, 0.021725961453512934, -0.02102687022868019, 0.03264695852079048,
  ],
};
/** atan a = atan c + atan t, t = (a − c)/(1 + c·a), for the c of a's interval; atan t = t + t³·A(t²), |t| ≤ 7/16, degree 10. Relative error 2⁻⁵⁷·⁷. */
export const ATAN = {
  a: [
    -0.3333333333333292, 0.19999999999873597, -0.14285714272244474, 0.11111110393980853, -0.09090886841417592,
    0.07691871616509123, -0.0666102708903016, 0.058332743595297935, -0.049757013672577385,
    0.03650517105763391, -0.01626027501023609,
  ],
  /** An interval ends where the next begins; the last c is infinite: t = −1/a. */
  until: [0.4375, 0.6875, 1.1875, 2.4375],
  c: [0, 0.5, 1, 1.5],
  /** atan c in two doubles. */
  hi: [0, 0.4636476090008061, 0.7853981633974483, 0.982793723247329, 1.5707963267948966],
  lo: [0, 2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, 6.123233995736766e-17],
};
/** m^(−1/3) for 1 ≤ m ≤ 2, degree 4. Relative error 2⁻¹⁴·⁶. */
export const CBRT = {
  p: [1.670006767869741, -1.1728803064604272, 0.6954827413930051, -0.22123790550585992, 0.028591034189349898],
  /** 2^(−j/3), j = 0, 1, 2. */
  root: [1, 0.7937005259840998, 0.6299605249474366],
};
/** erf x = x + x·P(x²) for |x| ≤ ¾, degree 10; relative error 2⁻⁵⁵·⁷. x·e^(x²)·erfc x = F(t), t = (x − 3)/(x + 3), for ¾ ≤ x ≤ 28, degree 21; relative error 2⁻⁵⁶·⁴. */
export const ERF = {
  p: [
    0.1283791670955126, -0.37612638903183715, 0.11283791670952478, -0.026866170644401683,
    0.005223977615111728, -0.0008548326168305632, 0.00012055288742268527, -1.4924175686921352e-5,
    1.643037275249126e-6, -1.5937461737334335e-7, 1.1463235366640461e-8,
  ],
  /** What rounding took from f's constant term. */
  f0Lo: -4.387325269498367e-17,
  f: [
    0.5370034535441699, 0.09530622695922801, -0.14658304803289113, 0.13988054760177127, -0.09546975030661883,
    0.04635026333122566, -0.014019825626478953, 0.0009108226906828615, 0.0012428761645774055,
    -0.0004125438119735486, -8.460826367869402e-5, 6.898013965210064e-5, 6.464208001479522e-6,
    -1.1111415768058244e-5, -9.93017906718827e-7, 1.8869919414882135e-6, 2.96615908855446e-7,
    -3.3057299966975446e-7, -9.217231585684682e-8, 5.977050694983492e-8, 1.9262451799755657e-8,
    -1.0512281904021326e-8,
  ],
};
/** ln Γ(y) = (y − ½)·(ln y − 1) + offset + S(1/y²)/y for y ≥ 8, degree 6. Error 2⁻⁶⁰. */
export const STIRLING = {
  /** ½·ln 2π − ½ in two doubles. */
  offset: 0.4189385332046727,
  offsetLo: 1.6728209650585413e-17,
  s: [
    0.08333333333333333, -0.0027777777777741003, 0.0007936507898355585, -0.000595236607116239,
    0.0008414728669379587, -0.001890540829894676, 0.005069265392284372,
  ],
};
