// The machine that every first-order method shares: ask for a gradient, make one update, ask again.
import {
  clampToBox,
  isEvaluation,
  isFiniteVector,
  z,
  type Ask,
  type Domain,
  type Outcome,
  type Query,
  type Vector,
  freshVector,
} from "@basin/objective";
import { defineOptimizer, type Optimizer, type Search, type Stop } from "@basin/optimizer";
import { batchSettings, examplesOf, type BatchSettings } from "./batches.ts";
import { clippedByNorm, clippedByValue, norm } from "./clipping.ts";
import { scheduleOf, scheduleSettings, type ScheduleSettings } from "./schedule.ts";
import type { UpdateRule } from "./update-rule.ts";
import { withDecoupledDecay, withPenalty } from "./weight-decay.ts";

const slopeSettings = {
  weightDecay: z
    .number()
    .min(0)
    .default(0)
    .meta({
      label: "Weight decay",
      help: "Pull of every coordinate towards zero; 0 for none.",
      range: [0, 0.1],
    }),
  clipValue: z
    .number()
    .min(0)
    .default(0)
    .meta({
      label: "Clip by value",
      help: "Largest slope in any coordinate; 0 for no limit.",
      range: [0, 10],
    }),
  clipNorm: z
    .number()
    .min(0)
    .default(0)
    .meta({ label: "Clip by norm", help: "Largest length of the gradient; 0 for no limit.", range: [0, 10] }),
};
const slopeSchema = z.object(slopeSettings);
type SlopeSettings = z.output<typeof slopeSchema>;

const shared = { ...scheduleSettings, ...batchSettings, ...slopeSettings };
type Shared = typeof shared;
type SharedSettings = ScheduleSettings & BatchSettings & SlopeSettings;

/** Where a first-order method stands between two questions. */
export type FirstOrderState = {
  /** The point in question. */
  readonly x: Vector;
  /** The last point that was answered, its gradient (empty before the first answer), and the memory before its update. */
  readonly from: Vector;
  readonly gradient: Vector;
  readonly before: Vector;
  readonly memory: Vector;
  /** Updates made. */
  readonly updates: number;
  /** Questions answered, failures too: the number of the next mini-batch. */
  readonly asked: number;
  /** Failures in a row. */
  readonly failures: number;
  /** What the scheduled rate is multiplied by: 1, and less after failures. */
  readonly caution: number;
  readonly stop: string | undefined;
};

/** After this many failures in a row the search ends: the step is then 2⁻³⁰ of what it was. */
const PATIENCE = 30;
/** Sixteen good updates make up for one failure. */
const RECOVERY = 1.0442737824274138; // 2^(1/16)

const empty = new Float64Array(0);

/**
 * One run of a first-order method. Bounds are kept by projection (Bertsekas 1976): each new point is clamped to the box.
 * Where a gradient fails, or a step overflows, the step is made again from the last good point at half the rate; the
 * rate recovers over the next sixteen updates. It ends after 30 failures in a row, and where the slope is exactly zero
 * on all examples and the update moves nothing.
 */
function searchOf(
  rule: UpdateRule,
  settings: BatchSettings & ScheduleSettings,
  domain: Domain,
): Search<FirstOrderState, "gradient"> {
  const { bounds } = domain;
  const bounded = !bounds.lower.every((l) => l === -Infinity) || !bounds.upper.every((u) => u === Infinity);
  const rateOf = scheduleOf(settings);
  /** Memory that no state holds any more. */
  let spare: Float64Array | undefined;

  /** Update t = updates + 1 from where `state` was last answered; with ever more caution while it overflows. */
  const updated = (
    state: FirstOrderState,
    from: Vector,
    gradient: Vector,
    before: Vector,
    updates: number,
    failures: number,
    caution: number,
  ): FirstOrderState => {
    const asked = state.asked + 1;
    const memory = spare?.length === before.length ? spare : freshVector(before.length);
    spare = undefined;
    for (let careful = caution, tries = failures; tries <= PATIENCE; careful /= 2, tries++) {
      const x = freshVector(from.length);
      rule.step(from, gradient, before, updates + 1, rateOf(updates) * careful, x, memory);
      if (bounded) clampToBox(x, bounds, x);
      if (!isFiniteVector(x)) continue;
      const stop =
        settings.batchSize === 0 && isZero(gradient) && equal(x, from)
          ? "converged: the gradient is zero"
          : undefined;
      return {
        x,
        from,
        gradient,
        before,
        memory,
        updates: updates + 1,
        asked,
        failures,
        caution: careful,
        stop,
      };
    }
    return {
      ...state,
      x: from,
      from,
      gradient,
      asked,
      failures,
      caution,
      stop: "diverged: the step overflows",
    };
  };

  return {
    init: (start) => {
      const memory = freshVector(rule.memory(start.length));
      return {
        x: start,
        from: start,
        gradient: empty,
        before: memory,
        memory,
        updates: 0,
        asked: 0,
        failures: 0,
        caution: 1,
        stop: undefined,
      };
    },
    ask(state): Ask<"gradient"> | Stop {
      if (state.stop !== undefined) return { stop: state.stop };
      const queries: readonly Query<"gradient">[] = [{ kind: "gradient", x: state.x }];
      const examples = examplesOf(settings, state.asked);
      return examples === undefined ? { queries } : { queries, examples };
    },
    tell(state, outcomes: readonly Outcome<"gradient">[]): FirstOrderState {
      const outcome = outcomes[0]!;
      if (isEvaluation(outcome)) {
        const caution = state.caution === 1 ? 1 : Math.min(1, state.caution * RECOVERY);
        return updated(state, state.x, outcome.gradient, state.memory, state.updates, 0, caution);
      }
      const failures = state.failures + 1;
      const unanswered = state.gradient.length === 0;
      if (failures > PATIENCE || (unanswered && settings.batchSize === 0))
        return {
          ...state,
          x: state.from,
          asked: state.asked + 1,
          failures,
          stop: unanswered
            ? `there is no gradient at the start: ${outcome.message}`
            : `diverged: ${failures} gradients in a row failed, at ever smaller steps: ${outcome.message}`,
        };
      if (unanswered) return { ...state, asked: state.asked + 1, failures };
      return updated(
        state,
        state.from,
        state.gradient,
        state.before,
        state.updates - 1,
        failures,
        state.caution / 2,
      );
    },
    recommend: (state) => state.x,
    // what was remembered before the last update but one; points and gradients are known to others
    recycle({ before }, present) {
      if (before !== present.before && before !== present.memory) spare = before as Float64Array;
    },
    metrics: (state) => ({
      rate: rateOf(state.updates) * state.caution,
      gradientNorm: Math.min(norm(state.gradient), Number.MAX_VALUE),
    }),
  };
}

function isZero(v: Vector): boolean {
  for (let i = 0; i < v.length; i++) if (v[i] !== 0) return false;
  return true;
}

function equal(a: Vector, b: Vector): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** A first-order method as it is written down. */
export interface FirstOrderDefinition<R extends z.ZodRawShape> {
  readonly name: string;
  readonly summary: string;
  readonly references: readonly string[];
  /** Default of the learning rate. */
  readonly rate: number;
  /** Settings beyond those that all share: rate and schedule, batches, weight decay, clipping. */
  readonly settings: R;
  /** Whether weight decay is part of the slope (a penalty) or apart from it. Default: penalty. */
  readonly decay?: "penalty" | "decoupled";
  /** Default of the weight decay. Default 0. */
  readonly weightDecay?: number;
  rule(settings: z.output<z.ZodObject<R>>): UpdateRule;
}

/**
 * An optimizer from an update rule: batches, schedules, weight decay and clipping come with it. The order is: the
 * gradient is clipped by value, then by norm, then decay is added, then the rule makes its step.
 */
export function firstOrder<R extends z.ZodRawShape>(
  definition: FirstOrderDefinition<R>,
): Optimizer<z.ZodObject<R & Shared>, FirstOrderState, "gradient"> {
  const { name, summary, references, decay = "penalty" } = definition;
  const hyperparameters = z.object({
    ...shared,
    rate: shared.rate.default(definition.rate).meta(shared.rate.meta()!),
    weightDecay: shared.weightDecay.default(definition.weightDecay ?? 0).meta(shared.weightDecay.meta()!),
    ...definition.settings,
  }) as unknown as z.ZodObject<R & Shared>;
  return defineOptimizer({
    name,
    summary,
    family: "gradient-descent",
    references,
    needs: ["gradient"],
    hyperparameters,
    create(given, domain) {
      const settings = given as unknown as SharedSettings;
      let rule = definition.rule(given as unknown as z.output<z.ZodObject<R>>);
      const { weightDecay, clipNorm, clipValue } = settings;
      if (weightDecay > 0)
        rule = decay === "decoupled" ? withDecoupledDecay(rule, weightDecay) : withPenalty(rule, weightDecay);
      if (clipNorm > 0) rule = clippedByNorm(rule, clipNorm);
      if (clipValue > 0) rule = clippedByValue(rule, clipValue);
      return searchOf(rule, settings, domain);
    },
  });
}
