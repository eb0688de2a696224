// The minimum along a line by function values alone, as a machine that asks for one abscissa at a time: bracket, then Brent.
//
// Brent, "Algorithms for Minimization without Derivatives", Prentice–Hall 1973, chapter 5; Powell, The Computer Journal 7, 1964,
// section 7: where the curvature along the line is known, one more value predicts the minimum, and a search ends where the
// parabola says that nothing is left, without closing in on it from both sides.
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
  /** φ″ as known: from before, then from the latest three points of a parabola that opens upwards; 0 while unknown. */
  readonly curvature: number;
  readonly phase: Bracketing | Pair | Brent;
  /** The abscissa in question; undefined when the search is done. */
  readonly next: number | undefined;
};

/** φ fell from `behind` to `at`: on it goes in that direction, until φ rises or the bound is met. */
type Bracketing = {
  readonly kind: "bracket";
  readonly behind: number | undefined;
  readonly behindValue: number;
};

/** φ is known at `at` and at `other`, one of them 0, and the curvature has said where to look. */
type Pair = {
  readonly kind: "pair";
  readonly other: number;
  readonly otherValue: number;
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

/** Farther out, twice as far would no longer be a number. */
const FARTHEST = 1e300;

/** The largest [least, most] for which x + t d stays within the bounds, and finite. */
export function reach(x: Vector, d: Vector, lower: Vector, upper: Vector): readonly [number, number] {
  let [least, most] = [-Infinity, Infinity];
  for (let j = 0; j < x.length; j++) {
    const slope = d[j]!;
    if (slope === 0) continue;
    const [low, high] = [Math.max(lower[j]!, -FARTHEST), Math.min(upper[j]!, FARTHEST)];
    const [a, b] = [(low - x[j]!) / slope, (high - x[j]!) / slope];
    least = Math.max(least, Math.min(a, b));
    most = Math.min(most, Math.max(a, b));
  }
  return [Math.min(0, least), Math.max(0, most)];
}

/** A search from t = 0, where φ is `value`, that tries `step` first. `curvature`: φ″ if it is known, else 0. */
export function beginLine(
  value: number,
  step: number,
  tolerance: number,
  relative: number,
  [least, most]: readonly [number, number],
  curvature = 0,
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
    curvature,
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

/** The second derivative of the parabola through three points, or undefined where it does not open upwards. */
function curvatureOf(
  a: number,
  fa: number,
  b: number,
  fb: number,
  c: number,
  fc: number,
): number | undefined {
  const curvature = (2 * ((fa - fb) / (a - b) - (fc - fb) / (c - b))) / (a - c);
  return curvature > 0 && curvature < Infinity ? curvature : undefined;
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
  const curvature = curvatureOf(w, wValue, at, value, v, vValue) ?? line.curvature;
  let move = parabola === undefined ? Number.NaN : parabola - at;
  let last = step;
  const usable = Math.abs(move) < Math.abs(before) / 2 && at + move > low && at + move < high;
  // Powell's criterion: the parabola has its vertex here, as exactly as was wanted.
  if (usable && Math.abs(move) <= least) return done({ ...line, curvature });
  if (usable) {
    if (at + move - low < 2 * least || high - at - move < 2 * least) move = middle >= at ? least : -least;
  } else {
    last = at >= middle ? low - at : high - at;
    move = golden * last;
  }
  if (Math.abs(move) < least) move = move >= 0 ? least : -least;
  const next = Math.min(line.most, Math.max(line.least, at + move));
  return next === at
    ? done({ ...line, curvature })
    : { ...line, curvature, phase: { ...phase, before: last, step: move }, next };
}

/** φ has risen behind and ahead of `at`. */
function enclose(line: LineMinimum, a: number, fa: number, b: number, fb: number): LineMinimum {
  return a < b ? brent(line, a, b, a, fa, b, fb) : brent(line, b, a, b, fb, a, fa);
}

/** φ is known at 0 and at t; its minimum is thought to be at `predicted`. */
function towards(line: LineMinimum, t: number, value: number, predicted: number): LineMinimum {
  const better = value < line.value;
  const known: LineMinimum = better ? { ...line, at: t, value } : line;
  const [other, otherValue] = better ? [0, line.value] : [t, value];
  const far = growth * Math.abs(t);
  const next = Math.min(line.most, Math.max(line.least, Math.min(t + far, Math.max(t - far, predicted))));
  if (Math.abs(next - known.at) <= line.tolerance + line.relative * Math.abs(known.at)) return done(known);
  if (next === other) return done(known);
  return { ...known, phase: { kind: "pair", other, otherValue }, next };
}

/** Three points: the minimum is enclosed where the middle one is the lowest, otherwise it is sought beyond the lowest. */
function beyondPair(line: LineMinimum, t: number, value: number): LineMinimum {
  const { at, phase } = line;
  const { other, otherValue } = phase as Pair;
  const points = [
    [at, line.value],
    [other, otherValue],
    [t, value],
  ] as const;
  const [[a, fa], [b, fb], [c, fc]] = points.toSorted(([x], [y]) => x - y) as [
    readonly [number, number],
    readonly [number, number],
    readonly [number, number],
  ];
  if (fb <= fa && fb <= fc) return brent({ ...line, at: b, value: fb }, a, c, a, fa, c, fc);
  const [end, endValue, behind, behindValue] = fa < fc ? [a, fa, c, fc] : [c, fc, a, fa];
  const curvature = curvatureOf(a, fa, b, fb, c, fc);
  const tip = curvature === undefined ? undefined : vertex(a, fa, b, fb, c, fc);
  if (tip !== undefined && Math.abs(tip - end) <= line.tolerance + line.relative * Math.abs(end))
    return done({ ...line, at: end, value: endValue, curvature: curvature! });
  return bracket(
    { ...line, at: b, value: fb, phase: { kind: "bracket", behind, behindValue } },
    end,
    endValue,
  );
}

function bracket(line: LineMinimum, t: number, value: number): LineMinimum {
  const { at, phase, least, most } = line;
  const { behind, behindValue } = phase as Bracketing;
  if (behind === undefined && at === 0 && line.curvature > 0) {
    // φ(t) = φ(0) + (b + c t / 2) t with c known tells the slope b: the minimum is at −b / c.
    const predicted = t / 2 - (value - line.value) / (line.curvature * t);
    if (Number.isFinite(predicted)) return towards(line, t, value, predicted);
  }
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
  if (line.phase.kind === "pair") return beyondPair(line, t, value);
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
