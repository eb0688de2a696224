// The same bits in Node, in Node without SIMD and in Chromium, on every backend: this file runs in each, against one committed list.
import { compile, revive, square, sum, valueAndGrad } from "@basin/autodiff";
import { expect, test } from "vitest";
import { digests } from "./digests.ts";
import { expected } from "./expected-digests.ts";

test.each(["interpret", "tape", "wasm", "wasm-scalar"] as const)(
  "models give the committed bits on %s",
  (backend) => {
    expect(digests(backend)).toEqual(expected);
  },
);

test("the default backend is WebAssembly here", () => {
  const program = compile(
    valueAndGrad((x) => sum(square(x))),
    { shapes: [[3]] },
  );
  const flags = (globalThis as { process?: { execArgv: string[] } }).process?.execArgv ?? [];
  expect(program.backend).toBe(flags.includes("--no-enable-sse4-1") ? "wasm-scalar" : "wasm");
  // A tape could not be sent to another thread.
  const there = revive(structuredClone(program.portable()));
  expect(there.backend).toBe(program.backend);
  expect(there.run([Float64Array.of(1, 2, 3)])).toEqual([Float64Array.of(14), Float64Array.of(2, 4, 6)]);
});
