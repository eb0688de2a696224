// An estimate and how far it can be trusted.

/** Any of the three may be +Infinity, where runs that never reached a target decide them. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** How often such an interval covers the truth, as meant: 0.95. */
  readonly level: number;
}
