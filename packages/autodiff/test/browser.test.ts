// The same bits in Node and in Chromium, on every backend: this file runs in both, against one committed list.
import { compile, square, sum, valueAndGrad } from "@basin/autodiff";
import { expect, test } from "vitest";
import { digests } from "./digests.ts";
import { expected } from "./expected-digests.ts";

test.each(["interpret", "tape", "wasm"] as const)("models give the committed bits on %s", (backend) => {
  expect(digests(backend)).toEqual(expected);
});

test("the default backend is WebAssembly here", () => {
  const program = compile(
    valueAndGrad((x) => sum(square(x))),
    { shapes: [[3]] },
  );
  // A tape could not be sent to another thread.
  expect(program.portable().code).toBeTypeOf("object");
});
