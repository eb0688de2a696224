// Learning-rate schedules as data: a choice plus numbers, giving the rate of update t = 0, 1, …
//
// Robbins & Monro 1951 (inverse time); Loshchilov & Hutter 2017 (cosine, warm restarts); Smith & Topin 2019 (one-cycle);
// Goyal et al. 2017 (warm-up).
import { cos, log, pow } from "@basin/math";
import { z } from "@basin/objective";

export const scheduleSettings = {
  rate: z
    .number()
    .positive()
    .default(0.1)
    .meta({
      label: "Learning rate",
      help: "Length of a step over the slope.",
      scale: "log",
      range: [1e-4, 1],
    }),
  schedule: z
    .enum([
      "constant",
      "step",
      "exponential",
      "inverse-time",
      "polynomial",
      "cosine",
      "cosine-restarts",
      "cosine-cycle",
      "one-cycle",
    ])
    .default("constant")
    .meta({ label: "Schedule", help: "How the learning rate changes from update to update." }),
  scheduleLength: z
    .int()
    .min(1)
    .default(1000)
    .meta({
      label: "Schedule length",
      help: "Updates in one stretch of the schedule: to the next step, to the end, to the first restart.",
      scale: "log",
      range: [10, 100_000],
    }),
  scheduleDecay: z
    .number()
    .gt(0)
    .max(1)
    .default(0.5)
    .meta({
      label: "Schedule decay",
      help: "Factor by which step and exponential lower the rate over one schedule length.",
      range: [0.01, 1],
    }),
  schedulePower: z
    .number()
    .positive()
    .default(1)
    .meta({ label: "Schedule power", help: "Exponent of polynomial and inverse time.", range: [0.5, 3] }),
  scheduleFloor: z
    .number()
    .min(0)
    .max(1)
    .default(0)
    .meta({
      label: "Schedule floor",
      help: "Share of the learning rate at which polynomial, cosine and one-cycle end.",
      range: [0, 0.5],
    }),
  restartGrowth: z
    .number()
    .min(1)
    .default(2)
    .meta({
      label: "Restart growth",
      help: "Each stretch between warm restarts is longer than the last by this factor.",
      range: [1, 4],
    }),
  warmup: z
    .int()
    .min(0)
    .default(0)
    .meta({
      label: "Warm-up",
      help: "Updates over which the rate rises in a line, before the schedule begins; 0 for none.",
      range: [0, 1000],
    }),
  warmupFrom: z
    .number()
    .gt(0)
    .max(1)
    .default(0.04)
    .meta({
      label: "Warm-up from",
      help: "Share of the learning rate at which warm-up and one-cycle begin.",
      range: [0.001, 1],
      scale: "log",
    }),
  riseShare: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.3)
    .meta({
      label: "Rise share",
      help: "Share of one-cycle during which the rate rises.",
      range: [0.05, 0.6],
    }),
};

const schema = z.object(scheduleSettings);
export type ScheduleSettings = z.output<typeof schema>;
type Name = ScheduleSettings["schedule"];

const PI = 3.141592653589793;

/** From a at p = 0 to b at p = 1, along half a wave of the cosine. */
const wave = (a: number, b: number, p: number): number => b + (a - b) * ((1 + cos(PI * p)) / 2);

/** Which stretch between restarts t falls into: how far into it, as a share. */
function intoStretch(t: number, length: number, growth: number): number {
  if (growth === 1) return (t % length) / length;
  // stretch k begins at length (growthᵏ − 1) / (growth − 1); the logarithm may err by one next to a beginning
  const beginning = (k: number): number => (length * (pow(growth, k) - 1)) / (growth - 1);
  let k = Math.floor(log(1 + (t * (growth - 1)) / length) / log(growth));
  while (beginning(k + 1) <= t) k++;
  while (k > 0 && beginning(k) > t) k--;
  return (t - beginning(k)) / (length * pow(growth, k));
}

/** The rate of update t, with r = rate, T = scheduleLength, γ = scheduleDecay, p = schedulePower, f = scheduleFloor. */
const table: { readonly [N in Name]: (settings: ScheduleSettings, t: number) => number } = {
  // r
  constant: ({ rate }) => rate,
  // r γ^⌊t/T⌋
  step: ({ rate, scheduleDecay, scheduleLength }, t) =>
    rate * pow(scheduleDecay, Math.floor(t / scheduleLength)),
  // r γ^(t/T)
  exponential: ({ rate, scheduleDecay, scheduleLength }, t) => rate * pow(scheduleDecay, t / scheduleLength),
  // r / (1 + t/T)^p
  "inverse-time": ({ rate, schedulePower, scheduleLength }, t) =>
    rate / pow(1 + t / scheduleLength, schedulePower),
  // r (f + (1 − f) (1 − t/T)^p), then r f
  polynomial: ({ rate, scheduleFloor, schedulePower, scheduleLength }, t) =>
    rate *
    (scheduleFloor +
      (1 - scheduleFloor) * pow(1 - Math.min(t, scheduleLength) / scheduleLength, schedulePower)),
  // r (f + (1 − f) (1 + cos πt/T) / 2), then r f
  cosine: ({ rate, scheduleFloor, scheduleLength }, t) =>
    wave(rate, rate * scheduleFloor, Math.min(t, scheduleLength) / scheduleLength),
  // the same within each stretch, of length T, T g, T g² …
  "cosine-restarts": ({ rate, scheduleFloor, scheduleLength, restartGrowth }, t) =>
    wave(rate, rate * scheduleFloor, intoStretch(t, scheduleLength, restartGrowth)),
  // the same cosine without an end: it rises again after T, for a cycle of 2T
  "cosine-cycle": ({ rate, scheduleFloor, scheduleLength }, t) =>
    wave(rate, rate * scheduleFloor, t / scheduleLength),
  // from r · warmupFrom up to r at update riseShare T − 1, then down to r f at update T − 1, both along cosines
  "one-cycle": ({ rate, scheduleFloor, scheduleLength, warmupFrom, riseShare }, t) => {
    const last = scheduleLength - 1;
    const top = Math.max(0, riseShare * scheduleLength - 1);
    if (t >= last) return rate * scheduleFloor;
    return t <= top
      ? wave(rate * warmupFrom, rate, top === 0 ? 1 : t / top)
      : wave(rate, rate * scheduleFloor, (t - top) / (last - top));
  },
};

/** The rate of update t = 0, 1, …: a linear warm-up over `warmup` updates, then the schedule, counted from 0 again. */
export function scheduleOf(settings: ScheduleSettings): (t: number) => number {
  const { rate, schedule, warmup, warmupFrom } = settings;
  const after = table[schedule];
  if (warmup === 0) return schedule === "constant" ? () => rate : (t) => after(settings, t);
  return (t) =>
    t < warmup ? rate * (warmupFrom + ((1 - warmupFrom) * t) / warmup) : after(settings, t - warmup);
}
