// The pool on Web Workers in a real Chromium.
import { describe } from "vitest";
import type { WorkerLike } from "@basin/workers";
import { poolLaws } from "./laws.ts";

declare const Worker: new (url: URL, options: { readonly type: "module" }) => WorkerLike;

describe("Web Workers", () => {
  poolLaws({
    spawn: () => new Worker(new URL("fixtures/web-worker.ts", import.meta.url), { type: "module" }),
    // a Web Worker that closes itself tells nobody
    exited: /^its worker gave no sign of life for 1 s, twice$/,
    threw: /^its worker threw: the roof is on fire, twice$/,
  });
});
