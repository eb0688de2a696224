// The error function and its complement: a polynomial about 0, beyond it e^(−x²)·F(t)/x with one polynomial F for all x.
import { expRest, expSplit, scale } from "./exp.js";
import { ERF } from "./kernels.js";
const [P0, P1, P2, P3, P4, P5, P6, P7, P8, P9, P10] = ERF.p;
const [F0, F1, F2, F3, F4, F5, F6, F7, F8, F9, F10] = ERF.f;
const [, , , , , , , , , , , F11, F12, F13, F14, F15, F16, F17, F18, F19, F20, F21] = ERF.f;
const { f0Lo: F0_LO } = ERF;
const REST = expRest;
/** (erf x)/x − 1 for x² = z ≤ 9/16: even and odd powers apart (Horner in z²). */
function series(z) {
  const w = z * z;
  const even = P0 + w * (P2 + w * (P4 + w * (P6 + w * (P8 + w * P10))));
  const odd = P1 + w * (P3 + w * (P5 + w * (P7 + w * P9)));
  return even + z * odd;
}
/**
 * erfc x for ¾ ≤ x ≤ 28. (h + l)·2ᵏ = e^(−x²); t + tLo = (x − 3)/(x + 3); F(t) = g + gLo, even and odd powers of t apart, gLo with
 * tLo·F′(t); n + nLo = h·g; q = n/x; q + (((n − q·x) + nLo) + (h·gLo + l·g))/x, times 2ᵏ. Products are made exact by splitting at 24 bits.
 */
function complement(x) {
  const xHi = Math.fround(x);
  const xLo = x - xHi;
  const square = x * x;
  const h = expSplit(-square, square - xHi * xHi - 2 * xHi * xLo - xLo * xLo);
  const l = REST[0];
  const k = REST[1];
  const up = x - 3;
  const down = x + 3;
  const t = up / down;
  const tHi = Math.fround(t);
  const downHi = Math.fround(down);
  const downLo = x - (downHi - 3);
  const tLo = (up - tHi * downHi - tHi * downLo - (t - tHi) * down + (x - (up + 3))) / down;
  const w = t * t;
  const even =
    F2 + w * (F4 + w * (F6 + w * (F8 + w * (F10 + w * (F12 + w * (F14 + w * (F16 + w * (F18 + w * F20))))))));
  const odd =
    F1 +
    w *
      (F3 +
        w * (F5 + w * (F7 + w * (F9 + w * (F11 + w * (F13 + w * (F15 + w * (F17 + w * (F19 + w * F21)))))))));
  const rest = w * even + t * odd;
  const g = F0 + rest;
  const slope = F1 + t * (2 * F2 + t * (3 * F3 + t * (4 * F4 + t * (5 * F5))));
  const gLo = F0 - g + rest + (tLo * slope + F0_LO);
  const hHi = Math.fround(h);
  const gHi = Math.fround(g);
  const n = h * g;
  const nLo = hHi * gHi - n + hHi * (g - gHi) + (h - hHi) * gHi + (h - hHi) * (g - gHi);
  const q = n / x;
  const qHi = Math.fround(q);
  const r = n - qHi * xHi - qHi * xLo - (q - qHi) * xHi - (q - qHi) * xLo;
  return scale(q + (r + nLo + (h * gLo + l * g)) / x, k | 0);
}
/** erf x = 2/√π·∫₀ˣ e^(−t²) dt, within 1 ulp, odd. erf(±∞) = ±1. */
export function erf(x) {
  const a = Math.abs(x);
  if (a <= 0.75) return x + x * series(x * x);
  const y = a < 6 ? 1 - complement(a) : a >= 6 ? 1 : NaN;
  return x < 0 ? -y : y;
}
/** erfc x = 1 − erf x without cancellation, within 1.5 ulp. erfc(−∞) = 2, erfc(∞) = 0. */
export function erfc(x) {
  const a = Math.abs(x);
  if (a <= 0.25) return 1 - (x + x * series(x * x));
  if (a <= 0.75) return x > 0 ? 0.5 - (x - 0.5 + x * series(x * x)) : 1 - (x + x * series(x * x));
  if (x < 0) return a < 6 ? 2 - complement(a) : 2;
  return a < 28 ? complement(a) : a >= 28 ? 0 : NaN;
}
