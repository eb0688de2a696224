// The functions once more, to about 130 bits, in exact integer arithmetic: slow, plain, and independent of src. For tests only.
// Where a first guess comes from Math.*, it is refined by an iteration whose result does not depend on it.

/** A real number m·2ᵉ. */
export interface Big {
  readonly m: bigint;
  readonly e: number;
}

/** Bits after the point of fixed-point numbers, written `fixed` below: the integer is the number times 2^P. */
const P = 220;
const PN = BigInt(P);
const ONE = 1n << PN;

const view = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function big(x: number): Big {
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const m = exponent === 0 ? fraction : fraction | 0x10000000000000n;
  return { m: bits >> 63n ? -m : m, e: Math.max(exponent, 1) - 1075 };
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);
const shift = (n: bigint, by: number): bigint => (by >= 0 ? n << BigInt(by) : n >> BigInt(-by));

/** ⌊log₂ |n|⌋, one more where n is just below a power of two. */
function log2(n: bigint): number {
  let extra = 0;
  let rest = abs(n);
  while (rest >> 1000n) [rest, extra] = [rest >> 900n, extra + 900];
  view.setFloat64(0, Number(rest));
  return (view.getUint32(0) >> 20) - 1023 + extra;
}
const magnitude = (x: Big): number => (x.m === 0n ? -Infinity : log2(x.m) + x.e);

/** At most 240 bits of it. */
function trim(x: Big): Big {
  const excess = log2(x.m) - 240;
  return excess > 0 ? { m: x.m >> BigInt(excess), e: x.e + excess } : x;
}
/** Near enough to it; 0 where it is below 2⁻¹⁰⁷⁴. */
export function toNumber(x: Big): number {
  if (x.m === 0n) return 0;
  const by = log2(x.m) - 60;
  return (
    Number(shift(x.m, -by)) *
    2 ** Math.max(-1000, Math.min(960, x.e + by)) *
    2 ** Math.min(0, x.e + by + 1000)
  );
}
const neg = (x: Big): Big => ({ m: -x.m, e: x.e });
export function add(x: Big, y: Big): Big {
  const e = Math.min(x.e, y.e);
  return { m: shift(x.m, x.e - e) + shift(y.m, y.e - e), e };
}
export const sub = (x: Big, y: Big): Big => add(x, neg(y));
export const mul = (x: Big, y: Big): Big => trim({ m: x.m * y.m, e: x.e + y.e });
export function div(x: Big, y: Big): Big {
  const by = Math.max(0, log2(y.m) - log2(x.m) + 240);
  return { m: (x.m << BigInt(by)) / y.m, e: x.e - y.e - by };
}
const fixed = (x: Big): bigint => shift(x.m, x.e + P);
const unfixed = (m: bigint): Big => ({ m, e: -P });
const times = (a: bigint, b: bigint): bigint => (a * b) >> PN;

function squareRoot(n: bigint): bigint {
  if (n === 0n) return 0n;
  const by = BigInt(Math.max(0, log2(n) - 1000) & ~1);
  let s = BigInt(Math.floor(Math.sqrt(Number(n >> by)))) << (by / 2n);
  if (s === 0n) s = 1n;
  for (let i = 0; i < 5; i++) s = (s + n / s) >> 1n;
  return s;
}

/** Σ c[i]·zⁱ for rational c = [numerator, denominator]. */
function series(c: readonly (readonly [bigint, bigint])[], z: bigint): bigint {
  let sum = 0n;
  for (const [p, q] of c.toReversed()) sum = times(sum, z) + (ONE * p) / q;
  return sum;
}
/** An odd function x·c(x²), or with `linear` x·c(x), for |x| < 2⁻²⁰: relative precision where fixed point has none. */
function tiny(x: Big, c: readonly (readonly [bigint, bigint])[], linear = false): Big {
  return mul(x, unfixed(series(c, linear ? fixed(x) : fixed(mul(x, x)))));
}
const isTiny = (x: Big): boolean => magnitude(x) < -24;

/** Σ 1/((2k + 1)·n^(2k+1)), signs alternating for atan: atanh(1/n) or atan(1/n), scaled by 2^bits. */
function inverse(n: bigint, bits: number, alternating: boolean): bigint {
  let power = (1n << BigInt(bits)) / n;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += alternating && k % 4n === 3n ? -power / k : power / k;
    power /= n * n;
  }
  return sum;
}
/** π to 1500 bits (Machin), ln 2 (2·atanh ⅓), ln 10. */
const BITS = 1500;
const PI_LONG = 16n * inverse(5n, BITS, true) - 4n * inverse(239n, BITS, true);
const PI = PI_LONG >> BigInt(BITS - P);
const LN2 = (2n * inverse(3n, P + 40, false)) >> 40n;
const LN10 = 3n * LN2 + ((2n * inverse(9n, P + 40, false)) >> 40n); // ln 10 = 3·ln 2 + ln(10/8)
const SQRT_PI = squareRoot(PI << PN);

/** eʳ for fixed |r| < 4: Taylor's series of r/256, squared eight times. */
function expFixed(r: bigint): bigint {
  const s = r >> 8n;
  let term = ONE;
  let sum = ONE;
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, s) / n;
    sum += term;
  }
  for (let i = 0; i < 8; i++) sum = times(sum, sum);
  return sum;
}
export function exp(x: Big): Big {
  const r = fixed(x);
  const k = (r + LN2 / 2n) / LN2;
  return { m: expFixed(r - k * LN2), e: Number(k) - P };
}
export function expm1(x: Big): Big {
  const c = [1n, 2n, 6n, 24n, 120n, 720n, 5040n].map((n) => [1n, n] as const);
  return isTiny(x) ? tiny(x, c, true) : sub(exp(x), unfixed(ONE));
}
export function log(x: Big): Big {
  const k = log2(x.m) + x.e;
  const f = shift(x.m, x.e - k + P); // in [½, 2]
  const guess = fixed(big(Math.log(Number(f >> 160n) / 2 ** (P - 160))));
  const e = expFixed(guess);
  // ln f = g + 2·artanh((f − e)/(f + e)): the next term is below 2⁻¹⁵⁰
  return unfixed(guess + ((f - e) << (PN + 1n)) / (f + e) + BigInt(k) * LN2);
}
export function log1p(x: Big): Big {
  const c = [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((n) => [n % 2n === 1n ? 1n : -1n, n] as const);
  return isTiny(x) ? tiny(x, c, true) : log(add(x, unfixed(ONE)));
}
export const log2Of = (x: Big): Big => div(log(x), unfixed(LN2));
export const log10 = (x: Big): Big => div(log(x), unfixed(LN10));

/** sin r and cos r for fixed |r| < 4. */
function sinCos(r: bigint): [bigint, bigint] {
  const sums: [bigint, bigint] = [0n, 0n];
  let term = ONE;
  for (let n = 0; abs(term) > 1n; n++) {
    if (n > 0) term = times(term, r) / BigInt(n);
    const signed = n & 2 ? -term : term;
    if (n & 1) sums[0] += signed;
    else sums[1] += signed;
  }
  return sums;
}
/** sin and cos of a double, each to full relative precision: x mod π/2 with as many bits of π as x needs. */
function turned(x: Big): [Big, Big] {
  const extra = Math.max(0, magnitude(x)) + 80;
  const bits = P + extra;
  const half = PI_LONG >> BigInt(BITS - bits + 1);
  const long = shift(x.m, x.e + bits);
  let n = long / half;
  let rest = long - n * half;
  if (2n * rest > half) [n, rest] = [n + 1n, rest - half];
  if (2n * rest < -half) [n, rest] = [n - 1n, rest + half];
  const r: Big = { m: rest, e: -bits };
  const [s, c] = sinCos(fixed(r));
  const sin = isTiny(r) ? tiny(r, SIN) : unfixed(s);
  const cos = unfixed(c);
  const quarter = Number(((n % 4n) + 4n) % 4n);
  const turn = [
    [sin, cos],
    [cos, neg(sin)],
    [neg(sin), neg(cos)],
    [neg(cos), sin],
  ] as const;
  return [...turn[quarter]!];
}
const SIN = [
  [1n, 1n],
  [-1n, 6n],
  [1n, 120n],
  [-1n, 5040n],
] as const;
export const sin = (x: Big): Big => (isTiny(x) ? tiny(x, SIN) : turned(x)[0]);
export const cos = (x: Big): Big => (isTiny(x) ? unfixed(sinCos(fixed(x))[1]) : turned(x)[1]);
export function tan(x: Big): Big {
  if (isTiny(x))
    return tiny(x, [
      [1n, 1n],
      [1n, 3n],
      [2n, 15n],
      [17n, 315n],
    ]);
  const [s, c] = turned(x);
  return div(s, c);
}

const ATAN = [
  [1n, 1n],
  [-1n, 3n],
  [1n, 5n],
  [-1n, 7n],
] as const;
export function atan2(y: Big, x: Big): Big {
  const [my, mx] = [magnitude(y), magnitude(x)];
  if (my - mx < -30) {
    const small = tiny(div(y, x), ATAN);
    return x.m > 0n ? small : add(unfixed(y.m < 0n ? -PI : PI), small);
  }
  const e = Math.max(my, mx);
  const a = shift(y.m, y.e - e + P);
  const b = shift(x.m, x.e - e + P);
  const guess = fixed(big(Math.atan2(Number(a), Number(b))));
  const [s, c] = sinCos(guess);
  // tan(angle − guess), below 2⁻⁵⁰
  const d = ((times(a, c) - times(b, s)) << PN) / (times(b, c) + times(a, s));
  return unfixed(guess + d - times(times(d, d), d) / 3n);
}
export const atan = (x: Big): Big => atan2(x, unfixed(ONE));
const cofactor = (x: Big): Big => unfixed(squareRoot((ONE - fixed(x)) * (ONE + fixed(x))));
export function asin(x: Big): Big {
  return isTiny(x)
    ? tiny(x, [
        [1n, 1n],
        [1n, 6n],
        [3n, 40n],
        [15n, 336n],
      ])
    : atan2(x, cofactor(x));
}
export const acos = (x: Big): Big => (x.m > 0n && fixed(x) === ONE ? unfixed(0n) : atan2(cofactor(x), x));

const half = (x: Big): Big => ({ m: x.m, e: x.e - 1 });
export function sinh(x: Big): Big {
  if (isTiny(x))
    return tiny(x, [
      [1n, 1n],
      [1n, 6n],
      [1n, 120n],
      [1n, 5040n],
    ]);
  return half(sub(exp(x), exp(neg(x))));
}
export const cosh = (x: Big): Big => half(add(exp(x), exp(neg(x))));
export function tanh(x: Big): Big {
  const t = expm1({ m: x.m, e: x.e + 1 });
  return div(t, add(t, unfixed(2n * ONE)));
}
export const sigmoid = (x: Big): Big => div(unfixed(ONE), add(unfixed(ONE), exp(neg(x))));
export const softplus = (x: Big): Big => (x.m > 0n ? add(x, log1p(exp(neg(x)))) : log1p(exp(x)));
export const logaddexp = (x: Big, y: Big): Big => add(y, softplus(sub(x, y)));
/** xʸ for x > 0. */
export const pow = (x: Big, y: Big): Big => exp(mul(y, log(x)));
export function cbrt(x: Big): Big {
  let by = 600 - log2(x.m);
  by += (((x.e - by) % 3) + 3) % 3;
  const n = shift(abs(x.m), by);
  let c = BigInt(Math.floor(Math.cbrt(Number(n)))); // 2⁶⁰³ is a double
  for (let i = 0; i < 4; i++) c = (2n * c + n / (c * c)) / 3n;
  return { m: x.m < 0n ? -c : c, e: (x.e - by) / 3 };
}
export function hypot(x: Big, y: Big): Big {
  const e = Math.max(magnitude(x), magnitude(y));
  const a = shift(x.m, x.e - e + P);
  const b = shift(y.m, y.e - e + P);
  return { m: squareRoot(a * a + b * b), e: e - P };
}

/** Σ 2ⁿ·x^(2n+1)/(2n + 1)!!, that is e^(x²)·erf(x)·√π/2, scaled by 2^bits: all terms are positive. */
function erfSeries(x: Big, bits: number): bigint {
  const a = shift(x.m, x.e + bits);
  const z = (2n * a * a) >> BigInt(bits);
  let term = a;
  let sum = a;
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * z) >> BigInt(bits)) / (2n * n + 1n);
    sum += term;
  }
  return sum;
}
export function erf(x: Big): Big {
  if (isTiny(x)) {
    const t = tiny(x, [
      [1n, 1n],
      [-1n, 3n],
      [1n, 10n],
      [-1n, 42n],
    ]);
    return div({ m: t.m, e: t.e + 1 }, unfixed(SQRT_PI));
  }
  if (x.m < 0n) return neg(erf(neg(x)));
  const square = mul(x, x);
  return div(mul(exp(neg(square)), { m: erfSeries(x, P), e: 1 - P }), unfixed(SQRT_PI));
}
export function erfc(x: Big): Big {
  if (x.m < 0n) return sub(unfixed(2n * ONE), erfc(neg(x)));
  if (magnitude(x) < 1) return sub(unfixed(ONE), erf(x));
  // Laplace's continued fraction: e^(−x²)/(x·√π) / (1 + v/(1 + 2v/(1 + 3v/(…)))), v = 1/(2x²)
  const square = mul(x, x);
  const v = fixed(div(unfixed(ONE), { m: square.m, e: square.e + 1 }));
  let f = ONE;
  for (let n = BigInt(Math.ceil(40 + 1500 / toNumber(square))); n > 0n; n--) f = ONE + ((n * v) << PN) / f;
  return div(exp(neg(square)), mul(mul(x, unfixed(SQRT_PI)), unfixed(f)));
}

/** B₂ₖ/(2k·(2k − 1)), k = 1 …: Stirling's series. Bernoulli numbers by their recurrence, as fractions. */
const STIRLING = ((): bigint[] => {
  const count = 60;
  const numbers: [bigint, bigint][] = [[1n, 1n]];
  for (let m = 1; m <= count; m++) {
    let [p, q] = [0n, 1n];
    let binomial = 1n;
    for (let j = 0; j < m; j++) {
      const [a, b] = numbers[j]!;
      [p, q] = [p * b + binomial * a * q, q * b];
      binomial = (binomial * BigInt(m + 1 - j)) / BigInt(j + 1);
    }
    numbers.push([-p, q * BigInt(m + 1)]);
    const [a, b] = numbers[m]!;
    let [g, h] = [abs(a), b];
    while (h !== 0n) [g, h] = [h, g % h];
    if (g > 1n) numbers[m] = [a / g, b / g];
  }
  return Array.from({ length: count / 2 }, (_, i) => {
    const n = 2 * i + 2;
    const [a, b] = numbers[n]!;
    return (ONE * a) / (b * BigInt(n * (n - 1)));
  });
})();
const HALF_LOG_TWO_PI = half(log(unfixed(2n * PI)));
function lgammaPositive(x: Big): Big {
  let y = x;
  let product = unfixed(ONE); // x·(x + 1)⋯(y − 1)
  while (magnitude(y) < 6) {
    product = mul(product, y);
    y = trim(add(y, unfixed(ONE)));
  }
  const base = sub(mul(sub(y, { m: 1n, e: -1 }), log(y)), y);
  const v = fixed(div(unfixed(ONE), y));
  const z = times(v, v);
  let power = v;
  let sum = 0n;
  for (const c of STIRLING) {
    sum += times(c, power);
    power = times(power, z);
  }
  return sub(add(add(base, HALF_LOG_TWO_PI), unfixed(sum)), log(product));
}
export function lgamma(x: Big): Big {
  if (x.m > 0n) return lgammaPositive(x);
  // ln π − ln |sin πx| − ln Γ(1 − x); x less the nearest whole number first
  const whole = shift(x.m, x.e + 1) + 1n;
  const f = sub(x, { m: whole >> 1n, e: 0 });
  const s = isTiny(f) ? tiny(mul(f, unfixed(PI)), SIN) : unfixed(sinCos(times(fixed(f), PI))[0]);
  const size = { m: abs(s.m), e: s.e };
  return sub(sub(log(unfixed(PI)), log(size)), lgammaPositive(sub(unfixed(ONE), x)));
}

/** |y − x| in units in the last place of the double nearest to x (2⁻¹⁰⁷⁴ at the least); y = ±∞ counts as ±2¹⁰²⁴. */
export function ulps(y: number, x: Big): number {
  if (Number.isNaN(y)) return Infinity;
  if (x.m === 0n) return y === 0 ? 0 : Math.abs(y) / Number.MIN_VALUE;
  const value: Big = Number.isFinite(y) ? big(y) : { m: y > 0 ? 1n : -1n, e: 1024 };
  if (!Number.isFinite(y) && magnitude(x) > 1023) return x.m > 0n === y > 0 ? 0 : Infinity;
  const difference = sub(value, x);
  const unit = Math.min(971, Math.max(-1074, magnitude(x) - 52));
  return Math.abs(toNumber({ m: difference.m, e: difference.e - unit }));
}
/** |y − x| as a double. */
export const distance = (y: number, x: Big): number => Math.abs(toNumber(sub(big(y), x)));
