// A direction rule: how a method that searches along lines chooses its direction, and what it learns from a step.
import { freshVector, type Vector } from "@basin/objective";
import type { Plain } from "@basin/optimizer";

/** A step that was taken. */
export interface Taken {
  /** x′ − x and ∇f(x′) − ∇f(x), shapes [n]. */
  readonly s: Vector;
  readonly y: Vector;
  /** The direction that it was taken along, and the gradient where it began, without held coordinates. */
  readonly direction: Vector;
  readonly gradient: Vector;
  /** f(x) − f(x′), and s · ∇f(x′). */
  readonly fall: number;
  readonly end: number;
}

export interface DirectionRule<M extends Plain> {
  /** Nothing learnt yet: the direction is then the steepest. */
  readonly begin: M;
  /** A direction, shape [n]: a fresh array. `gradient` is without held coordinates. */
  direction(memory: M, gradient: Vector): Float64Array;
  /** What is known after a step; `memory` itself where the step taught nothing. */
  learn(memory: M, taken: Taken): M;
  /** Armijo: backtracking until f falls enough. Wolfe: a search that also looks at slopes, to this share of the first one. */
  readonly search: { readonly kind: "armijo" } | { readonly kind: "wolfe"; readonly curvature: number };
  /** Whether directions come with a length, so that a step of 1 is tried first. */
  readonly scaled: boolean;
}

/** The steepest direction. */
export function downhill(gradient: Vector): Float64Array {
  const direction = freshVector(gradient.length);
  for (let i = 0; i < direction.length; i++) direction[i] = -gradient[i]!;
  return direction;
}
