// Line search with guaranteed sufficient decrease (Moré & Thuente 1994), as a machine: it is told φ(t) = f(x + t d) and
// φ′(t), and says which t to try next.
//
// Moré & Thuente, "Line Search Algorithms with Guaranteed Sufficient Decrease", ACM TOMS 20 (3), 1994; equations and
// cases below are theirs.

/** A step t with φ(t) and φ′(t), or with the auxiliary function's. */
type Tried = { readonly t: number; readonly value: number; readonly slope: number };

export type WolfeSearch = {
  readonly value0: number;
  /** φ′(0) < 0. */
  readonly slope0: number;
  /** The best step so far, and the other end of the interval of uncertainty once it is bracketed. */
  readonly best: Tried;
  readonly other: Tried;
  readonly bracketed: boolean;
  /** Whether steps are still judged by ψ(t) = φ(t) − φ(0) − c₁ t φ′(0). */
  readonly auxiliary: boolean;
  /** The next trial lies within these. */
  readonly low: number;
  readonly high: number;
  /** Length of the interval now and a trial ago. */
  readonly width: number;
  readonly widthBefore: number;
  /** The step in question, and the longest allowed. */
  readonly step: number;
  readonly longest: number;
  readonly tries: number;
};

/** accepted: both strong Wolfe conditions hold. longest: sufficient decrease at the longest step, still falling. */
export type Verdict = "accepted" | "longest" | "failed" | WolfeSearch;

/** Sufficient decrease: φ(t) ≤ φ(0) + c₁ t φ′(0). */
export const DECREASE = 1e-4;
const MOST_TRIES = 30;
/** Extrapolation goes this much beyond the step just tried: δ between 1.1 and 4 (section 4). */
const [NEAR, FAR] = [1.1, 4];
/** The interval must shrink by this in two trials, or else it is halved. */
const SHRINK = 0.66;

export function beginWolfe(value0: number, slope0: number, step: number, longest: number): WolfeSearch {
  const start = { t: 0, value: value0, slope: slope0 };
  return {
    value0,
    slope0,
    best: start,
    other: start,
    bracketed: false,
    auxiliary: true,
    low: 0,
    high: step + FAR * step,
    width: longest,
    widthBefore: 2 * longest,
    step: Math.min(step, longest),
    longest,
    tries: 0,
  };
}

/** The trial failed: whatever lies beyond it is out of bounds; half way back to the best step is tried next. */
export function refused(search: WolfeSearch): Verdict {
  const { best, step, tries } = search;
  if (tries >= MOST_TRIES) return "failed";
  const next = best.t + 0.5 * (step - best.t);
  if (next === best.t) return "failed";
  // a longest step that cannot be evaluated is no bound that a step may end on
  const between = search.bracketed ? search.longest : Math.min(search.longest, 0.999 * step);
  return { ...search, step: next, longest: between, tries: tries + 1 };
}

/** φ and φ′ at the step in question; c₂ is the curvature condition |φ′(t)| ≤ c₂ |φ′(0)|. */
export function told(search: WolfeSearch, value: number, slope: number, c2: number): Verdict {
  const { value0, slope0, step, longest, bracketed, tries } = search;
  const descent = DECREASE * slope0;
  const line = value0 + step * descent;
  if (value <= line && Math.abs(slope) <= c2 * -slope0) return "accepted";
  if (step >= longest && value <= line && slope <= descent) return "longest";
  if (tries >= MOST_TRIES) return "failed";
  if (
    bracketed &&
    (step <= search.low || step >= search.high || search.high - search.low <= 1e-15 * search.high)
  )
    return "failed";

  const auxiliary = search.auxiliary && !(value <= line && slope >= 0);
  // ψ in place of φ while no step with sufficient decrease and a rising slope was seen (section 4)
  const shifted = auxiliary && value <= search.best.value && value > line;
  const shift = (p: Tried, sign: number): Tried => ({
    t: p.t,
    value: p.value - sign * p.t * descent,
    slope: p.slope - sign * descent,
  });
  const view = (p: Tried): Tried => (shifted ? shift(p, 1) : p);
  const trial = view({ t: step, value, slope });
  const chosen = nextStep(view(search.best), view(search.other), trial, bracketed, search.low, search.high);
  const best = shifted ? shift(chosen.best, -1) : chosen.best;
  const other = shifted ? shift(chosen.other, -1) : chosen.other;

  let { next } = chosen;
  let { width, widthBefore } = search;
  if (chosen.bracketed) {
    const length = Math.abs(other.t - best.t);
    if (length >= SHRINK * widthBefore) next = best.t + 0.5 * (other.t - best.t);
    widthBefore = width;
    width = length;
  }
  const low = chosen.bracketed ? Math.min(best.t, other.t) : next + NEAR * (next - best.t);
  const high = chosen.bracketed ? Math.max(best.t, other.t) : next + FAR * (next - best.t);
  next = Math.min(Math.max(next, 0), longest);
  // no room between the ends, or no step at all
  if (!(next > 0) || (chosen.bracketed && (next <= low || next >= high))) return "failed";
  return {
    value0,
    slope0,
    best,
    other,
    bracketed: chosen.bracketed,
    auxiliary,
    low,
    high,
    width,
    widthBefore,
    step: next,
    longest,
    tries: tries + 1,
  };
}

interface Choice {
  readonly best: Tried;
  readonly other: Tried;
  readonly bracketed: boolean;
  readonly next: number;
}

/** θ and γ of the cubic through two points and slopes; under the root, rounding may leave a little below zero. */
function cubic(a: Tried, b: Tried): { readonly theta: number; readonly gamma: number } {
  const theta = (3 * (a.value - b.value)) / (b.t - a.t) + a.slope + b.slope;
  const s = Math.max(Math.abs(theta), Math.abs(a.slope), Math.abs(b.slope));
  const root = (theta / s) * (theta / s) - (a.slope / s) * (b.slope / s);
  return { theta, gamma: s * Math.sqrt(Math.max(0, root)) };
}

/** The next trial and the next interval, from the best step x, the other end y and the trial p (section 4, cases 1 to 4). */
function nextStep(x: Tried, y: Tried, p: Tried, bracketed: boolean, low: number, high: number): Choice {
  const between = p.t - x.t;
  // where the secant of the slopes vanishes
  const secant = p.t + (p.slope / (p.slope - x.slope)) * (x.t - p.t);
  if (p.value > x.value) {
    // case 1: higher: the minimum is bracketed. The cubic's minimum, or half way from it to the parabola's
    const { theta, gamma } = cubic(x, p);
    const g = between < 0 ? -gamma : gamma;
    const byCubic = x.t + ((g - x.slope + theta) / (g - x.slope + g + p.slope)) * between;
    const parabola = x.t + (x.slope / ((x.value - p.value) / between + x.slope) / 2) * between;
    const next =
      Math.abs(byCubic - x.t) < Math.abs(parabola - x.t) ? byCubic : byCubic + (parabola - byCubic) / 2;
    return { best: x, other: p, bracketed: true, next };
  }
  if (p.slope * Math.sign(x.slope) < 0) {
    // case 2: lower, and the slope has turned: bracketed. Of cubic and secant, the one farther from the trial
    const { theta, gamma } = cubic(x, p);
    const g = between > 0 ? -gamma : gamma;
    const byCubic = p.t + ((g - p.slope + theta) / (g - p.slope + g + x.slope)) * -between;
    const next = Math.abs(byCubic - p.t) > Math.abs(secant - p.t) ? byCubic : secant;
    return { best: p, other: x, bracketed: true, next };
  }
  if (Math.abs(p.slope) < Math.abs(x.slope)) {
    // case 3: lower, the slope is gentler. The cubic only if it tends to infinity along the step, or its minimum lies beyond
    const { theta, gamma } = cubic(x, p);
    const g = between > 0 ? -gamma : gamma;
    const r = (g - p.slope + theta) / (g + (x.slope - p.slope) + g);
    const byCubic = r < 0 && g !== 0 ? p.t - r * between : between > 0 ? high : low;
    if (bracketed) {
      const nearer = Math.abs(byCubic - p.t) < Math.abs(secant - p.t) ? byCubic : secant;
      const limit = p.t + SHRINK * (y.t - p.t);
      return {
        best: p,
        other: y,
        bracketed,
        next: between > 0 ? Math.min(limit, nearer) : Math.max(limit, nearer),
      };
    }
    const farther = Math.abs(byCubic - p.t) > Math.abs(secant - p.t) ? byCubic : secant;
    return { best: p, other: y, bracketed, next: Math.min(Math.max(farther, low), high) };
  }
  // case 4: lower, the slope no gentler. The cubic with the other end, or as far as allowed
  if (!bracketed) return { best: p, other: y, bracketed, next: between > 0 ? high : low };
  const { theta, gamma } = cubic(y, p);
  const g = p.t > y.t ? -gamma : gamma;
  const next = p.t + ((g - p.slope + theta) / (g - p.slope + g + y.slope)) * (y.t - p.t);
  return { best: p, other: y, bracketed, next };
}
