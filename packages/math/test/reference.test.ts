// The reference against digits from the literature, and proof that the check of accuracy can fail.
import { describe, expect, test } from "vitest";
import * as reference from "./reference.ts";
import type { Big } from "./reference.ts";
import { anyDouble, between, generator, step } from "./samples.ts";

/** x·10⁵⁰, rounded down. */
const digits = (x: Big): string => {
  const scaled = x.m * 10n ** 50n;
  return String(x.e >= 0 ? scaled << BigInt(x.e) : scaled >> BigInt(-x.e));
};
const of = reference.big;

describe("constants to 50 digits (OEIS)", () => {
  test.each([
    ["e, A001113", reference.exp(of(1)), "271828182845904523536028747135266249775724709369995"],
    ["ln 2, A002162", reference.log(of(2)), "69314718055994530941723212145817656807550013436025"],
    ["ln 10, A002392", reference.log(of(10)), "230258509299404568401799145468436420760110148862877"],
    ["π/4, A003881", reference.atan(of(1)), "78539816339744830961566084581987572104929234984377"],
    ["π/2, A019669", reference.acos(of(0)), "157079632679489661923132169163975144209858469968755"],
    ["sin 1, A049469", reference.sin(of(1)), "84147098480789650665250232163029899962256306079837"],
    ["cos 1, A049470", reference.cos(of(1)), "54030230586813971740093660744297660373231042061792"],
    ["∛2, A002580", reference.cbrt(of(2)), "125992104989487316476721060727822835057025146470150"],
    ["√2, A002193", reference.hypot(of(1), of(1)), "141421356237309504880168872420969807856967187537694"],
    ["ln Γ(½) = ½·ln π", reference.lgamma(of(0.5)), "57236494292470008707171367567652935582364740645765"],
  ])("%s", (_, value, expected) => {
    expect(digits(value)).toBe(expected);
  });
});

test("an error is seen as large as it is", () => {
  const bits = generator(5);
  for (let i = 0; i < 1000; i++) {
    const x = Math.abs(anyDouble(bits));
    if (x < 1e-300 || x > 1e300) continue;
    expect(reference.ulps(step(x, 2), of(x))).toBeGreaterThan(0.99);
    expect(reference.ulps(step(x, 2), of(x))).toBeLessThanOrEqual(2);
    expect(reference.ulps(x, of(x))).toBe(0);
    expect(reference.distance(x, of(2 * x)) / x).toBeCloseTo(1, 12);
  }
  expect(reference.ulps(NaN, of(1))).toBe(Infinity);
  expect(reference.ulps(Infinity, of(1))).toBeGreaterThan(1e300);
});

test("identities between functions that share no code", () => {
  const bits = generator(6);
  for (let i = 0; i < 50; i++) {
    // erf + erfc = 1, where one is a series and the other, beyond 2, a continued fraction
    const x = between(bits, 2, 5);
    const [a, b] = [reference.erf(of(x)), reference.erfc(of(x))];
    const sum = ((a.m << 1000n) >> BigInt(-a.e)) + ((b.m << 1000n) >> BigInt(-b.e));
    expect(Number(sum - (1n << 1000n)) / 2 ** 1000).toBeCloseTo(0, 45);
    // ln Γ(x + 1) − ln Γ(x) = ln x
    const one = 1n << BigInt(-of(x).e);
    const next = { m: of(x).m + one, e: of(x).e };
    const [c, d, l] = [reference.lgamma(next), reference.lgamma(of(x)), reference.log(of(x))];
    const rest =
      ((c.m << 1000n) >> BigInt(-c.e)) - ((d.m << 1000n) >> BigInt(-d.e)) - ((l.m << 1000n) >> BigInt(-l.e));
    expect(Number(rest) / 2 ** 1000).toBeCloseTo(0, 45);
  }
});
