// Logarithms to other bases: the natural one in two doubles, times 1/ln b in two doubles; so powers of the base come out exact.
import { logDoubleMantissa, logDoubleRest } from "./log-double.js";
const REST = logDoubleRest;
/** 1/ln 2, 1/ln 10: 24 bits, and the rest; log₁₀ 2: 42 bits, and the rest. */
const [LOG2E_HI, LOG2E_LO] = [1.4426950216293335, 1.9259629911266175e-8];
const [LOG10E_HI, LOG10E_LO] = [0.4342944920063019, -1.0103050052231683e-8];
const [LOG10_2_HI, LOG10_2_LO] = [0.30102999566395283, 2.8363394551044964e-14];
/** log₂ x, within 1 ulp; exact for powers of two. log2(0) = −∞; NaN below 0. */
export function log2(x) {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  const m = logDoubleMantissa(x);
  const k = REST[1];
  const mHi = Math.fround(m);
  const p = mHi * LOG2E_HI;
  const sum = k + p;
  return sum + (k - sum + p + ((m - mHi + REST[0]) * LOG2E_HI + m * LOG2E_LO));
}
/** log₁₀ x, within 1 ulp; exact for powers of ten that are doubles. log10(0) = −∞; NaN below 0. */
export function log10(x) {
  if (!(x > 0 && x < Infinity)) return x === 0 ? -Infinity : x < 0 ? NaN : x;
  const m = logDoubleMantissa(x);
  const k = REST[1];
  const mHi = Math.fround(m);
  const p = mHi * LOG10E_HI;
  const whole = k * LOG10_2_HI;
  const sum = whole + p;
  return sum + (whole - sum + p + ((m - mHi + REST[0]) * LOG10E_HI + m * LOG10E_LO + k * LOG10_2_LO));
}
