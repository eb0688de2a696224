// The same bits in Node and in Chromium: this file runs in both, against one committed list.
import { expect, test } from "vitest";
import { digests } from "./digests.ts";
import { expected } from "./expected-digests.ts";

test("every function gives the committed bits over the grid", () => {
  expect(digests()).toEqual(expected);
});
