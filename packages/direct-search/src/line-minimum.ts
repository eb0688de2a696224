// The minimum along a line by function values alone, as a machine that asks for one abscissa at a time: bracket, then Brent.
//
// Brent, "Algorithms for Minimization without Derivatives", Prentice–Hall 1973, chapter 5.
import type { Vector } from "@basin/objective";

const golden = (3 - Math.sqrt(5)) / 2;
/** The largest factor by which a bracketing step may outgrow the one before. */
const growth = 10;

/** φ(t) is known at 0 and wanted near its minimum in [least, most]. */
export type LineMinimum = {
  readonly least: number;
  readonly most: number;
  /** Tolerance in t: absolute, and relative to the distance gone. */
  readonly tolerance: number;
  readonly relative: number;
  /** The best abscissa so far and φ there. */
  readonly at: number;
  readonly value: number;
  readonly phase: Bracketing | Brent;
  /** The abscissa in question; undefined when the search is done. */
  readonly next: number | undefined;
};

/** φ fell from `behind` to `at`: on it goes in that direction, until φ rises or the bound is met. */
type Bracketing = {
  readonly kind: "bracket";
  readonly behind: number | undefined;
  readonly behindValue: number;
};

/** The minimum lies in (low, high); w and v are the second and third best abscissas; `step` and `before` the last two moves. */
type Brent = {
  readonly kind: "brent";
  readonly low: number;
  readonly high: number;
  readonly w: number;
  readonly wValue: number;
  readonly v: number;
  readonly vValue: number;
  readonly step: number;
  readonly before: number;
};

const done = (line: LineMinimum): LineMinimum => ({ ...line, next: undefined });

/** The largest [least, most] for which x + t d stays within the bounds. */
export function reach(x: Vector, d: Vector, lower: Vector, upper: Vector): readonly [number, number] {
  let [least, most] = [-Infinity, Infinity];
  for (let j = 0; j < x.length; j++) {
    const slope = d[j]!;
    if (slope === 0) continue;
    const [a, b] = [(lower[j]! - x[j]!) / slope, (upper[j]! - x[j]!) / slope];
    least = Math.max(least, Math.min(a, b));
    most = Math.min(most, Math.max(a, b));
  }
  return [Math.min(0, least), Math.max(0, most)];
}

/** A search from t = 0, where φ is `value`, that tries `step` first. */
export function beginLine(
  value: number,
  step: number,
  tolerance: number,
  relative: number,
  [least, most]: readonly [number, number],
): LineMinimum {
  const clamped = Math.min(most, Math.max(least, step));
  const next = clamped !== 0 ? clamped : Math.min(most, Math.max(least, -step));
  return {
    least,
    most,
    tolerance,
    relative,
    at: 0,
    value,
    phase: { kind: "bracket", behind: undefined, behindValue: Infinity },
    next: next === 0 ? undefined : next,
  };
}

/** The vertex of the parabola through three points, or undefined where they are on a line or do not open upwards. */
function vertex(a: number, fa: number, b: number, fb: number, c: number, fc: number): number | undefined {
  const [r, q] = [(b - a) * (fb - fc), (b - c) * (fb - fa)];
  const denominator = 2 * (q - r);
  if (denominator === 0 || !Number.isFinite(denominator)) return undefined;
  const t = b - ((b - c) * q - (b - a) * r) / denominator;
  return Number.isFinite(t) ? t : undefined;
}

function brent(
  line: LineMinimum,
  low: number,
  high: number,
  w: number,
  wValue: number,
  v: number,
  vValue: number,
): LineMinimum {
  const width = high - low;
  return nextOfBrent({
    ...line,
    phase: { kind: "brent", low, high, w, wValue, v, vValue, step: width, before: width },
  });
}

/** Where Brent's method looks next: the vertex of a parabola if that is inside and shrinks the moves, otherwise a golden section. */
function nextOfBrent(line: LineMinimum): LineMinimum {
  const phase = line.phase as Brent;
  const { at, value, tolerance, relative } = line;
  const { low, high, w, wValue, v, vValue, step, before } = phase;
  const middle = (low + high) / 2;
  const least = tolerance + Math.max(relative, 1.5e-8) * Math.abs(at);
  if (Math.abs(at - middle) <= 2 * least - (high - low) / 2) return done(line);
  const parabola = vertex(w, wValue, at, value, v, vValue);
  let move = parabola === undefined ? Number.NaN : parabola - at;
  let last = step;
  const usable = Math.abs(move) < Math.abs(before) / 2 && at + move > low && at + move < high;
  if (usable) {
    if (at + move - low < 2 * least || high - at - move < 2 * least) move = middle >= at ? least : -least;
  } else {
    last = at >= middle ? low - at : high - at;
    move = golden * last;
  }
  if (Math.abs(move) < least) move = move >= 0 ? least : -least;
  const next = Math.min(line.most, Math.max(line.least, at + move));
  return next === at ? done(line) : { ...line, phase: { ...phase, before: last, step: move }, next };
}

/** φ has risen behind and ahead of `at`. */
function enclose(line: LineMinimum, a: number, fa: number, b: number, fb: number): LineMinimum {
  return a < b ? brent(line, a, b, a, fa, b, fb) : brent(line, b, a, b, fb, a, fa);
}

function bracket(line: LineMinimum, t: number, value: number): LineMinimum {
  const { at, phase, least, most } = line;
  const { behind, behindValue } = phase as Bracketing;
  if (value < line.value) {
    // On: to the vertex of the parabola if it lies ahead, at most `growth` steps; without a parabola, a golden step.
    const ahead = t - at;
    let next = t + ahead / (1 - golden);
    if (behind !== undefined) {
      const parabola = vertex(behind, behindValue, at, line.value, t, value);
      if (parabola !== undefined && (parabola - t) * ahead > 0)
        next = t + Math.sign(ahead) * Math.min(Math.abs(parabola - t) * 1.05, growth * Math.abs(ahead));
      else if (parabola === undefined || (parabola - t) * ahead <= 0) next = t + 2 * ahead;
    }
    next = Math.min(most, Math.max(least, next));
    const moved: LineMinimum = {
      ...line,
      at: t,
      value,
      phase: { kind: "bracket", behind: at, behindValue: line.value },
      next,
    };
    // At a bound, still falling: the minimum on this line is the bound, or between it and the point before.
    if (next === t)
      return Math.abs(t - at) <= line.tolerance ? done(moved) : enclose(moved, at, line.value, t, value);
    return moved;
  }
  if (behind !== undefined) return enclose(line, behind, behindValue, t, value);
  // The first step failed: back it goes, as far; where there is no room, the minimum is between 0 and the step.
  const back = Math.min(most, Math.max(least, at - (t - at)));
  if (back === at) return enclose(line, at, line.value, t, value);
  return { ...line, phase: { kind: "bracket", behind: t, behindValue: value }, next: back };
}

/** The machine after φ(next) = value. */
export function advanceLine(line: LineMinimum, value: number): LineMinimum {
  const t = line.next!;
  if (line.phase.kind === "bracket") return bracket(line, t, value);
  const { low, high, w, wValue, v, vValue, step, before } = line.phase;
  if (value <= line.value) {
    const [nextLow, nextHigh] = t >= line.at ? [line.at, high] : [low, line.at];
    return nextOfBrent({
      ...line,
      at: t,
      value,
      phase: {
        kind: "brent",
        low: nextLow,
        high: nextHigh,
        w: line.at,
        wValue: line.value,
        v: w,
        vValue: wValue,
        step,
        before,
      },
    });
  }
  const [nextLow, nextHigh] = t < line.at ? [t, high] : [low, t];
  const second = value <= wValue || w === line.at;
  const third = !second && (value <= vValue || v === line.at || v === w);
  return nextOfBrent({
    ...line,
    phase: {
      kind: "brent",
      low: nextLow,
      high: nextHigh,
      w: second ? t : w,
      wValue: second ? value : wValue,
      v: second ? w : third ? t : v,
      vValue: second ? wValue : third ? value : vValue,
      step,
      before,
    },
  });
}
