// What one run says about one target: what it cost to reach it, or what was spent without reaching it (a censored runtime).

export interface Runtime {
  readonly reached: boolean;
  /** Of the first hit, where it was reached; else all that was spent. In units of one f(x), above 0. */
  readonly cost: number;
}
