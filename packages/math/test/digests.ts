// Digests of every function's results over a fixed grid: equal bits on every engine mean equal digests.
import * as math from "@basin/math";
import { anyDouble, between, generator } from "./samples.ts";

const POINTS = 6000;

/** 64 bits of FNV-1a over 32-bit words, two ways, as 16 hex digits; every NaN counts as the same. */
function digest(results: Float64Array): string {
  const view = new DataView(results.buffer);
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < results.length; i++) {
    const nan = Number.isNaN(results[i]!);
    const low = nan ? 0 : view.getUint32(8 * i, true);
    const high = nan ? 0x7ff80000 : view.getUint32(8 * i + 4, true);
    a = Math.imul(Math.imul(a ^ low, 0x01000193) ^ high, 0x01000193);
    b = Math.imul(Math.imul(b ^ high, 0x85ebca6b) ^ (low >>> 7) ^ (low << 25), 0xc2b2ae35);
    a ^= a >>> 15;
    b ^= b >>> 13;
  }
  return [a, b].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
}

/** Points of the grid: raw bit patterns, patterns of moderate size, an even grid over [−12, 12], whole numbers and halves. */
function grid(): Float64Array {
  const bits = generator(2024);
  return Float64Array.from({ length: POINTS }, (_, i) => {
    const sign = i & 8 ? -1 : 1;
    if (i % 4 === 0) return anyDouble(bits);
    if (i % 4 === 1) return sign * between(bits, 2 ** -20, 2 ** 12);
    return i % 4 === 2 ? (24 * i) / POINTS - 12 : (i >> 2) / 2 - 400;
  });
}

type AnyFunction = (...x: number[]) => number;

/** Name → 16 hex digits. */
export function digests(): Record<string, string> {
  const xs = grid();
  const result: Record<string, string> = {};
  const { logsumexp, norm, ...scalar } = math;
  for (const [name, f] of Object.entries(scalar) as [string, AnyFunction][])
    result[name] = digest(
      f.length === 2
        ? xs.map((x, i) => f(i & 1 ? x : Math.abs(x), xs[(i * 7 + 3) % POINTS]!))
        : xs.map((x, i) => f(i & 1 ? x : Math.abs(x))),
    );
  result["logsumexp"] = digest(xs.map((_, i) => logsumexp(xs.subarray(i, i + (i % 9)))));
  result["norm"] = digest(xs.map((_, i) => norm(xs.subarray(i, i + (i % 9)))));
  return result;
}
