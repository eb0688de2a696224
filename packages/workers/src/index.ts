export { createPool } from "./pool.ts";
export type { Pool, PoolOptions, PoolRunOptions } from "./pool.ts";
export type { NodePort, WebPort, WorkerLike } from "./port.ts";
export { serve } from "./serve.ts";
export { THREAD_OPTIONS } from "./threads.ts";
