// Step lengths for finite differences: where the truncation error of the formula and the rounding error of f balance
// (Dennis & Schnabel 1983, §5.4; Press et al. 2007, §5.7).
import { cbrt } from "./cbrt.js";
const EPSILON = 2.220446049250313e-16;
/** 2⁻²⁶ = √ε. */
const ROOT = 1.4901161193847656e-8;
/** ∛ε. */
const CUBE_ROOT = 6.0554544523933395e-6;
/** A step of about `size` away from zero that x can exactly take: (x + h) − x. */
function representable(x, size) {
  return x + (x < 0 ? -size : size) - x;
}
/**
 * h for ∂f/∂x ≈ (f(x + h) − f(x)) / h, in units of x: √ε·max(|x|, typical), away from zero, and such that x + h is exact. `noise` is the
 * relative error of one f, by default that of rounding; `typical` is the size of x where x itself happens to be near zero.
 */
export function forwardStep(x, typical = 1, noise = EPSILON) {
  const root = noise === EPSILON ? ROOT : Math.sqrt(noise);
  return representable(x, root * Math.max(Math.abs(x), typical));
}
/**
 * h for ∂f/∂x ≈ (f(x + h) − f(x − h)) / ((x + h) − (x − h)), in units of x: ∛ε·max(|x|, typical), and such that x + h is exact. (x − h may
 * round, when it lies in another binade; hence the denominator, which is exact and then differs from 2h.)
 */
export function centralStep(x, typical = 1, noise = EPSILON) {
  const root = noise === EPSILON ? CUBE_ROOT : cbrt(noise);
  return representable(x, root * Math.max(Math.abs(x), typical));
}
