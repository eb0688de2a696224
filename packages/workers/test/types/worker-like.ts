/// <reference lib="dom" />
// Checked by tsc alone: what a page and Node have at hand is a worker to the pool and a port to `serve`, without a cast.
import { Worker as NodeWorker, parentPort } from "node:worker_threads";
import { createPool, serve, type WebPort, type WorkerLike } from "@basin/workers";

declare const url: URL;
export const ofPage = (): WorkerLike => new Worker(url, { type: "module", name: "run" });
export const ofNode = (): WorkerLike => new NodeWorker(url);
createPool({ spawn: () => new Worker(url), size: 1 });
createPool({ spawn: () => new NodeWorker(url), size: 1 });

declare const service: Parameters<typeof serve>[0];
serve(service, parentPort);
serve(service, new MessageChannel().port1);

// @ts-expect-error -- it takes no messages
createPool({ spawn: () => ({ terminate: () => {} }), size: 1 });
// @ts-expect-error -- it cannot be ended
createPool({ spawn: () => new MessageChannel().port1, size: 1 });
// @ts-expect-error -- a window posts to an origin, not to a worker
export const port: WebPort = window;
