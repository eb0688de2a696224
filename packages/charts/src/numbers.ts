// Numbers as people read them, and axes over them.
import { scaleLinear, scaleLog } from "d3-scale";

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const raised = (n: number): string =>
  (n < 0 ? "⁻" : "") + [...String(Math.abs(n))].map((digit) => superscripts[Number(digit)]).join("");

/** Formatters by digits: making one takes longer than formatting hundreds of numbers. */
const formatters = new Map<number, Intl.NumberFormat>();
function grouped(x: number, digits: number): string {
  let formatter = formatters.get(digits);
  if (formatter === undefined)
    formatters.set(
      digits,
      (formatter = new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits })),
    );
  return formatter.format(x);
}

/** 1,234 · 0.0123 · 4.5 × 10⁻⁷, to three significant digits (whole numbers below a million in full). */
export function formatNumber(x: number, digits = 3): string {
  if (Number.isNaN(x)) return "not a number";
  if (!Number.isFinite(x)) return x > 0 ? "∞" : "−∞";
  const size = Math.abs(x);
  const sign = x < 0 ? "−" : "";
  if (Number.isInteger(x) && size < 1e6) return sign + grouped(size, 21);
  if (size >= 1e-3 && size < 1e6) return sign + grouped(Number(size.toPrecision(digits)), digits);
  const [mantissa, exponent] = size.toExponential(digits - 1).split("e") as [string, string];
  const trimmed = String(Number(mantissa));
  const power = `10${raised(Number(exponent))}`;
  return sign + (trimmed === "1" ? power : `${trimmed} × ${power}`);
}

export type ScaleKind = "log" | "linear";

/** A scale with its ticks. */
export interface Axis {
  (value: number): number;
  readonly ticks: readonly number[];
  readonly kind: ScaleKind;
  readonly domain: readonly [number, number];
}

/** Powers of ten, thinned to at most `most`; where there are few, 2 and 5 of each as well; where even those are few, evenly spaced. */
function logTicks(low: number, high: number, most: number): number[] {
  const exponent = (x: number): number => Number(x.toExponential().split("e")[1]);
  const multiples = (digits: readonly number[]): number[] => {
    const ticks: number[] = [];
    for (let power = exponent(low); power <= exponent(high); power++)
      for (const digit of digits) ticks.push(Number(`${digit}e${power}`));
    return ticks.filter((tick) => tick >= low && tick <= high);
  };
  const powers = multiples([1]);
  if (powers.length > most) {
    const every = Math.ceil(powers.length / most);
    return powers.filter((_, i) => i % every === 0);
  }
  const finer = multiples([1, 2, 5]);
  if (powers.length < 4 && finer.length >= 2 && finer.length <= most) return finer;
  return powers.length >= 2
    ? powers
    : finer.length >= 2
      ? finer
      : scaleLinear().domain([low, high]).ticks(most);
}

/** An axis over [low, high] (both > 0 where logarithmic) onto pixels [from, to]; values outside are held at its ends. */
export function makeAxis(
  kind: ScaleKind,
  [low, high]: readonly [number, number],
  [from, to]: readonly [number, number],
  most: number,
): Axis {
  const wide = high > low ? high : kind === "log" ? low * 10 : low + 1;
  const scale = (kind === "log" ? scaleLog() : scaleLinear())
    .domain([low, wide])
    .range([from, to])
    .clamp(true);
  const ticks = kind === "log" ? logTicks(low, wide, most) : scale.ticks(most);
  return Object.assign((value: number) => scale(value), { ticks, kind, domain: [low, wide] as const });
}
