// Loss curves in the terminal: braille dots on logarithmic axes whose ticks stand where their values are.
import { log10, pow } from "@basin/math";
import { coloured, letterOf, type Style } from "./style.ts";

/** A line: step values, +Infinity where runs diverged, NaN where nothing is known. */
export interface Line {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface PlotOptions {
  readonly style: Style;
  /** Rows of the plot itself. Default 14. */
  readonly height?: number;
  readonly xLabel: string;
  readonly yLabel: string;
}

/** Values at or below this are drawn here, and the axis says so. */
const FLOOR = 1e-12;

interface Scale {
  readonly log: boolean;
  readonly low: number;
  readonly high: number;
  /** 0 at low, 1 at high. */
  at(value: number): number;
  valueAt(share: number): number;
}

function scale(low: number, high: number, log: boolean): Scale {
  const [from, to] = log ? [log10(low), log10(high)] : [low, high];
  const span = to - from || 1;
  return {
    log,
    low,
    high,
    at: (value) => ((log ? log10(value) : value) - from) / span,
    valueAt: (share) => (log ? pow(10, from + share * span) : from + share * span),
  };
}

/** Short: 0.001, 1e-7, 20k. */
function tickText(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(1).replace(".0e", "e").replace("e+", "e");
  return size >= 10_000 ? `${Number((value / 1000).toPrecision(3))}k` : String(Number(value.toPrecision(3)));
}

/** Round values inside the scale: powers of ten, with 2 and 5 where there are few; evenly spaced where linear. */
function ticks({ log, low, high }: Scale, most: number): number[] {
  if (!log) {
    const rough = (high - low) / most;
    const power = pow(10, Math.floor(log10(rough || 1)));
    const step = [1, 2, 5, 10].map((digit) => digit * power).find((candidate) => candidate >= rough) ?? power;
    const first = Math.ceil(low / step);
    return Array.from({ length: most + 2 }, (_, i) => (first + i) * step).filter((value) => value <= high);
  }
  const [from, to] = [Math.floor(log10(low)) - 1, Math.ceil(log10(high)) + 1];
  const all = (digits: readonly number[]): number[] => {
    const values: number[] = [];
    for (let power = from; power <= to; power++)
      for (const digit of digits) values.push(Number(`${digit}e${power}`));
    return values.filter((value) => value >= low * 0.999999 && value <= high * 1.000001);
  };
  const powers = all([1]);
  if (powers.length > most) return powers.filter((_, i) => i % Math.ceil(powers.length / most) === 0);
  const finer = all([1, 2, 5]);
  if (powers.length >= 3) return powers;
  const finest = all([1, 1.5, 2, 3, 4, 5, 7]);
  return [finest, finer].find((values) => values.length <= most) ?? powers;
}

/** The scale of y: logarithmic where every value is at least 0; capped where runs shoot off. */
function yScale(lines: readonly Line[]): Scale | undefined {
  let [low, high, first, floored] = [Infinity, -Infinity, -Infinity, false];
  for (const { y } of lines) {
    let begun = false;
    for (let i = 0; i < y.length; i++) {
      const value = y[i]!;
      if (!Number.isFinite(value)) continue;
      if (!begun) [begun, first] = [true, Math.max(first, value)];
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low === Infinity) return undefined;
  if (low < 0) return scale(low, high > low ? high : low + 1, false);
  floored = low <= FLOOR;
  low = Math.max(low, FLOOR);
  high = Math.max(Math.min(high, first > 0 ? first * 1000 : high), low * 1.0001);
  return scale(floored ? FLOOR : low, high, true);
}

// Dots of a braille cell, two columns by four rows, as bits of U+2800.
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;

/** The picture as lines of text, at most as wide as the style says. Empty where no value is finite. */
export function plot(lines: readonly Line[], options: PlotOptions): string {
  const { style, height = 14 } = options;
  const y = yScale(lines);
  let [least, most] = [Infinity, -Infinity];
  for (const line of lines)
    for (let i = 0; i < line.x.length; i++)
      if (!Number.isNaN(line.y[i]!) && line.x[i]! > 0) {
        least = Math.min(least, line.x[i]!);
        most = Math.max(most, line.x[i]!);
      }
  if (y === undefined || !(most > least)) return "";
  const x = scale(least, most, true);

  const yTicks = ticks(y, Math.max(2, Math.floor(height / 2)));
  const rowOf = (value: number): number =>
    Math.max(0, Math.min(height - 1, Math.round((1 - y.at(value)) * (height - 1))));
  const labels = new Map(
    yTicks.map((value) => [rowOf(value), y.log && value === FLOOR ? `≤${tickText(value)}` : tickText(value)]),
  );
  const left = Math.max(options.yLabel.length, ...[...labels.values()].map((text) => text.length)) + 1;
  const ends = Math.min(6, lines.length) + 1;
  const width = style.width - left - 1 - ends;

  const cells = new Uint8Array(width * height);
  const owner = new Int32Array(width * height).fill(-1);
  const dotRow = (value: number): number =>
    value === Infinity
      ? 0
      : Math.max(
          0,
          Math.min(4 * height - 1, Math.round((1 - y.at(Math.max(value, y.low))) * (4 * height - 1))),
        );
  const last = new Map<number, string>();
  // the first line is drawn last, on top
  for (let k = lines.length - 1; k >= 0; k--) {
    const line = lines[k]!;
    let [i, before, end] = [-1, -1, -1];
    for (let column = 0; column < 2 * width; column++) {
      const at = x.valueAt(column / (2 * width - 1)) * (1 + 1e-9);
      while (i + 1 < line.x.length && line.x[i + 1]! <= at) i++;
      if (i < 0 || Number.isNaN(line.y[i]!)) continue;
      const row = dotRow(line.y[i]!);
      const from = before < 0 ? row : Math.min(before, row);
      const to = before < 0 ? row : Math.max(before, row);
      for (let dot = from; dot <= to; dot++) {
        const cell = (dot >> 2) * width + (column >> 1);
        if (owner[cell] !== k) cells[cell] = 0;
        cells[cell]! |= DOTS[dot & 3]![column & 1]!;
        owner[cell] = k;
      }
      before = row;
      end = row >> 2;
    }
    if (end >= 0) last.set(k, String(end));
  }

  const rows = Array.from({ length: height }, (_, row) => {
    let text = "";
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      const dots = cells[cell]!;
      text += dots === 0 ? " " : coloured(String.fromCodePoint(0x2800 + dots), owner[cell]!, style);
    }
    const label = labels.get(row);
    const names = lines
      .map((_, k) => k)
      .filter((k) => last.get(k) === String(row))
      .slice(0, ends - 1)
      .map((k) => coloured(letterOf(k), k, style))
      .join("");
    return `${(label ?? "").padStart(left)}${label === undefined ? "│" : "┤"}${text}${names === "" ? "" : ` ${names}`}`.trimEnd();
  });
  return [`${options.yLabel.padStart(left)}`, ...rows, ...xAxis(x, left, width, options.xLabel)].join("\n");
}

function xAxis(x: Scale, left: number, width: number, label: string): string[] {
  const marks = Array.from({ length: width }, () => "─");
  const texts = Array.from({ length: width + 4 }, () => " ");
  let free = 0;
  for (const value of ticks(x, Math.floor(width / 10))) {
    const column = Math.round(x.at(value) * (width - 1));
    const text = tickText(value);
    const from = Math.min(Math.max(0, column - (text.length >> 1)), width + 4 - text.length);
    marks[column] = "┬";
    if (from < free) continue;
    for (const [i, letter] of [...text].entries()) texts[from + i] = letter;
    free = from + text.length + 1;
  }
  const pad = " ".repeat(left);
  return [
    `${pad}└${marks.join("")}`,
    `${pad} ${texts.join("").trimEnd()}`,
    `${pad} ${label.padStart(Math.floor((width + label.length) / 2))}`,
  ];
}
