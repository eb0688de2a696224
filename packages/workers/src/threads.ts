// How a thread of Node that carries runs out is best started.

/**
 * Options for `new Worker(url, THREAD_OPTIONS)` of node:worker_threads. Results are the same without them, on more processor time:
 * the answers and states of a run die young, and their numbers lie outside the engine's heap, where V8 counts them only towards its
 * next full collection. With a young generation of this size (in MB; the default is 48) they are gone before that count
 * is reached; without it, full collections follow each other on helper threads and take the cores that other workers need
 * (measured: bench/scaling).
 */
export const THREAD_OPTIONS = { resourceLimits: { maxYoungGenerationSizeMb: 8 } } as const;
