// Update rules and schedules against torch.optim: every stored step of every trajectory, every rate of every schedule.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseSettings, z } from "@basin/objective";
import type { AnyOptimizer } from "@basin/optimizer";
import {
  adadelta,
  adagrad,
  adam,
  adamax,
  adamw,
  amsgrad,
  gradientDescent,
  momentum,
  nadam,
  nesterov,
  radam,
  rmsprop,
  rprop,
} from "@basin/gradient-descent";
import { scheduleOf, scheduleSettings } from "@basin/gradient-descent";
import { rosenbrock, trajectory } from "./rosenbrock.ts";

interface Fixture {
  readonly x0: readonly number[];
  readonly trajectories: readonly {
    readonly optimizer: string;
    readonly lr: number;
    readonly sensitivity: number;
    readonly trajectory: readonly {
      readonly step: number;
      readonly x: readonly number[];
      readonly f: number;
    }[];
  }[];
  readonly schedules: readonly {
    readonly name: string;
    readonly base_lr: number;
    readonly lr: readonly number[];
  }[];
}
// Made with torch 1.13 in double precision; the file says how, and with which tolerance it may be compared.
const torch = JSON.parse(readFileSync(new URL("fixtures/torch.json", import.meta.url), "utf8")) as Fixture;

/** Each of torch's trajectories in our names; hyperparameters as in the fixture. */
const ours: Readonly<Record<string, readonly [AnyOptimizer, Readonly<Record<string, unknown>>]>> = {
  sgd: [gradientDescent, {}],
  sgd_momentum: [momentum, { momentum: 0.9 }],
  sgd_momentum_dampened: [momentum, { momentum: 0.9, dampening: 0.1 }],
  sgd_momentum_weight_decay: [momentum, { momentum: 0.9, weightDecay: 0.05 }],
  sgd_nesterov: [nesterov, { momentum: 0.9 }],
  adam: [adam, {}],
  adam_l2: [adam, { weightDecay: 0.1 }],
  adagrad: [adagrad, {}],
  // torch's rate after t updates is lr / (1 + t · lr_decay): inverse time over 1 / lr_decay
  adagrad_lr_decay: [adagrad, { initialSum: 0.1, schedule: "inverse-time", scheduleLength: 100 }],
  rmsprop: [rmsprop, {}],
  rmsprop_centered_momentum: [rmsprop, { alpha: 0.95, epsilon: 1e-6, momentum: 0.9, centered: true }],
  adadelta: [adadelta, {}],
  adamw: [adamw, { weightDecay: 0.1 }],
  amsgrad: [amsgrad, {}],
  adamax: [adamax, {}],
  nadam: [nadam, {}],
  radam: [radam, {}],
  rprop: [rprop, {}],
};

describe("torch.optim's trajectories", () => {
  test("are all there", () => {
    expect(Object.keys(ours).sort()).toEqual(torch.trajectories.map(({ optimizer }) => optimizer).sort());
  });

  test.each(Object.keys(ours))("%s", (name) => {
    const { lr, trajectory: stored, sensitivity } = torch.trajectories.find((t) => t.optimizer === name)!;
    const [optimizer, settings] = ours[name]!;
    const points = trajectory(
      optimizer,
      { rate: lr, ...settings },
      rosenbrock,
      torch.x0,
      stored.at(-1)!.step + 1,
    );
    // the fixture's advice: 1e-9, and what the trajectory itself does with an error of 1e-13 at the start
    const tolerance = 1e-9 + 1e-13 * sensitivity;
    expect(stored.length).toBe(7);
    for (const { step, x, f } of stored) {
      for (const [i, xi] of x.entries())
        expect(Math.abs(points[step]![i]! - xi)).toBeLessThanOrEqual(tolerance);
      // |Δf| ≤ ‖∇f‖₁ |Δx|, with ‖∇f‖₁ < 1000 wherever these trajectories go
      expect(Math.abs(rosenbrock(points[step]!).value - f)).toBeLessThanOrEqual(1000 * tolerance);
    }
  });
});

const schedules: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  StepLR: { schedule: "step", scheduleLength: 30, scheduleDecay: 0.5 },
  ExponentialLR: { schedule: "exponential", scheduleLength: 1, scheduleDecay: 0.97 },
  CosineAnnealingLR: { schedule: "cosine", scheduleLength: 99, scheduleFloor: 0.01 },
  "CosineAnnealingLR beyond T_max": { schedule: "cosine-cycle", scheduleLength: 40, scheduleFloor: 0.01 },
  CosineAnnealingWarmRestarts: {
    schedule: "cosine-restarts",
    scheduleLength: 10,
    restartGrowth: 1,
    scheduleFloor: 0.01,
  },
  "CosineAnnealingWarmRestarts x2": {
    schedule: "cosine-restarts",
    scheduleLength: 10,
    restartGrowth: 2,
    scheduleFloor: 0.01,
  },
  LinearLR: { warmup: 40, warmupFrom: 1 / 3 },
  PolynomialLR: { schedule: "polynomial", scheduleLength: 80, schedulePower: 2 },
  // torch's rate is that before the cycle, which reaches max_lr = 0.5 from 0.5 / 25 and ends at 0.5 / 25 / 10⁴
  "OneCycleLR cos": {
    rate: 0.5,
    schedule: "one-cycle",
    scheduleLength: 100,
    riseShare: 0.3,
    warmupFrom: 1 / 25,
    scheduleFloor: 1 / 25e4,
  },
  "SequentialLR warm-up then cosine": { warmup: 10, warmupFrom: 0.1, schedule: "cosine", scheduleLength: 90 },
};

const rates = (settings: Readonly<Record<string, unknown>>): ((t: number) => number) =>
  scheduleOf(parseSettings(z.object(scheduleSettings), settings, "schedule"));

describe("torch's schedules", () => {
  test.each(Object.keys(schedules))("%s", (name) => {
    const { base_lr, lr } = torch.schedules.find((s) => s.name === name)!;
    const rate = rates({ rate: base_lr, ...schedules[name] });
    expect(lr.length).toBe(100);
    // torch multiplies from step to step where we use the closed form: equal but for rounding of 100 factors
    for (const [t, expected] of lr.entries())
      expect(Math.abs(rate(t) - expected)).toBeLessThanOrEqual(1e-15 + 1e-13 * expected);
  });

  test("constant is constant, and inverse time follows Robbins and Monro", () => {
    const constant = rates({ rate: 0.3 });
    const inverse = rates({ rate: 0.3, schedule: "inverse-time", scheduleLength: 10, schedulePower: 1 });
    for (const t of [0, 1, 10, 1000]) {
      expect(constant(t)).toBe(0.3);
      expect(inverse(t)).toBeCloseTo(3 / (10 + t), 15);
    }
  });

  test("what ends stays at its floor", () => {
    for (const schedule of ["polynomial", "cosine", "one-cycle"]) {
      const rate = rates({ rate: 2, schedule, scheduleLength: 20, scheduleFloor: 0.25 });
      for (const t of [20, 21, 500]) expect(rate(t)).toBeCloseTo(0.5, 15);
    }
  });
});
