// The same bits in Node and in Chromium: this file runs in both, against one committed list.
import { expect, test } from "vitest";
import { digests } from "./digests.ts";

test("every decomposition gives the committed bits", () => {
  // A change here is a change of the numbers that every user gets: it needs a reason and a note in the commit.
  expect(digests()).toEqual({
    symmetricEigen: "c011f9b2c5e7b935",
    cholesky: "80cfe21fe7bb407a",
    qr: "8fd03e8e42c289ae",
  });
});
