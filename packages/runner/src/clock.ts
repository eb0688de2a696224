// Time is passed in, so that a run's bits cannot depend on it.

/** Milliseconds since some fixed moment: performance.now, say. */
export type Clock = () => number;
