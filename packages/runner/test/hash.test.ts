import { expect, test } from "vitest";
import { Fnv64 } from "../src/fnv.ts";

// The vectors of the authors of FNV (Fowler, Noll, Vo, Eastlake and Hansen, RFC 9923, and their test suite).
test.each([
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])("FNV-1a of %j", (text, digest) => {
  const hash = new Fnv64();
  for (const character of text) hash.byte(character.charCodeAt(0));
  expect(hash.digest()).toBe(digest);
});

test("tells −0 from 0, and no NaN from another", () => {
  const of = (value: number): string => new Fnv64().number(value).digest();
  expect(of(-0)).not.toBe(of(0));
  const other = new Float64Array(new BigUint64Array([0xfff8000000000001n]).buffer)[0]!;
  expect(of(other)).toBe(of(Number.NaN));
});

test("tells texts apart that are alike when joined", () => {
  expect(new Fnv64().text("ab").text("c").digest()).not.toBe(new Fnv64().text("a").text("bc").digest());
});
