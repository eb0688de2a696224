// One run as plain data: all that a worker needs to carry it out, and all that decides its bits.

/** A name from the catalog with the settings that differ from its defaults. */
export interface Named {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface RunSpec {
  readonly problem: Named;
  /** `settings` are hyperparameters. */
  readonly optimizer: Named;
  /** Root of all randomness. */
  readonly seed: number;
  /** Which repetition, from 0: decides start and data split together with seed and problem. */
  readonly replicate: number;
  /** In units of one full f(x). */
  readonly budget: number;
  /** Stop once the recorded loss is at or below this. */
  readonly target?: number;
  /** What to record beside the trace, for maps of the search: costs memory. */
  readonly record?: {
    /** `recommend(state)` at each point of the grid. */
    readonly points?: boolean;
    /** At each point of the grid, the points asked since the one before it, at most this many. */
    readonly asked?: number;
  };
}
