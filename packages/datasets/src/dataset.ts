// What a data set is here: numbers with names, units, a source and a licence.

/** A column of numbers. */
export interface Feature {
  readonly name: string;
  /** "mm", "years" …; "" for a share, an indicator (0 or 1) or a made-up quantity. */
  readonly unit: string;
}

/** n examples of k features with one target each. The arrays are shared, therefore never written to. */
export interface Dataset {
  /** Kebab-case. */
  readonly name: string;
  readonly title: string;
  /** Who measured it and where it was published, in one line; SOURCES.md has the details. */
  readonly source: string;
  readonly licence: string;
  /** The k columns of x. */
  readonly features: readonly Feature[];
  /** What y is; for classes: what is being told apart. */
  readonly target: Feature;
  /** n */
  readonly rows: number;
  /** Shape [n, k], row-major. */
  readonly x: Readonly<Float64Array>;
  /** Shape [n]: the target, or the index of the class. */
  readonly y: Readonly<Float64Array>;
  /** Names of the classes, where y is one. */
  readonly classes?: readonly string[];
}
