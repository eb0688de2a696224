// The upper tail of the chi-square distribution: the regularised incomplete gamma function (DLMF 8.2.4), by its series and its continued fraction.
import { exp, lgamma, log } from "@basin/math";

/** P(X ≥ x) for X chi-square with `degrees` of freedom. NaN for NaN. */
export function chiSquareUpper(x: number, degrees: number): number {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return gammaUpper(degrees / 2, x / 2);
}

/** Q(a, x) = Γ(a, x) / Γ(a), a > 0, x > 0; about 13 digits. */
function gammaUpper(a: number, x: number): number {
  const front = exp(a * log(x) - x - lgamma(a));
  return x < a + 1 ? Math.max(0, 1 - front * series(a, x)) : front * fraction(a, x);
}

/** γ(a, x) xᵃ⁻¹ eˣ = Σ xⁿ / (a (a + 1) … (a + n)): DLMF 8.7.1. */
function series(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return sum;
}

/** Γ(a, x) x⁻ᵃ eˣ as a continued fraction (DLMF 8.9.2), by Lentz's method as Thompson and Barnett (1986) changed it. */
function fraction(a: number, x: number): number {
  const TINY = 1e-300;
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = numerator * d + b;
    d = 1 / (d === 0 ? TINY : d);
    c = b + numerator / c;
    if (c === 0) c = TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}
