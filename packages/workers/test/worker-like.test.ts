/// <reference lib="dom" />
// What a page and Node have at hand is a worker to the pool and a port to `serve`, without a cast: tsc checks it, before any test runs.
import { parentPort, type Worker as NodeWorker } from "node:worker_threads";
import { expectTypeOf, test } from "vitest";
import {
  createPool,
  type serve,
  type NodePort,
  type PoolOptions,
  type WebPort,
  type WorkerLike,
} from "@basin/workers";

test("the workers of a page and of Node are workers to the pool", () => {
  expectTypeOf<Worker>().toExtend<WorkerLike>();
  expectTypeOf<NodeWorker>().toExtend<WorkerLike>();
  expectTypeOf<() => Worker>().toExtend<PoolOptions["spawn"]>();
  expectTypeOf(createPool).toBeCallableWith({ spawn: () => new Worker(""), size: 1 });
});

test("the inside of either is a port", () => {
  expectTypeOf<MessagePort>().toExtend<WebPort>();
  expectTypeOf(parentPort).toExtend<NodePort | null>();
  expectTypeOf(parentPort).toExtend<Parameters<typeof serve>[1]>();
});

test("what takes no messages, cannot be ended, or posts to an origin is none", () => {
  expectTypeOf<EventTarget>().not.toExtend<WebPort | NodePort>();
  expectTypeOf<MessagePort>().not.toExtend<WorkerLike>();
  expectTypeOf<Window>().not.toExtend<WebPort>();
});
