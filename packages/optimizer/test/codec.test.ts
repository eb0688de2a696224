import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import { UsageError, firstDifference } from "@basin/objective";
import { decode, encode, type Json, type Plain } from "@basin/optimizer";

const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, Number.MAX_VALUE),
);
const { plain } = fc.letrec<{ plain: Plain; leaf: Plain }>((tie) => ({
  plain: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie("leaf"),
    fc.array(tie("plain"), { maxLength: 4 }),
    // keys that collide with the codec's own tags, or with Object.prototype
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("$", "v", "toString", "0")), tie("plain"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
  leaf: fc.oneof(
    number,
    fc.string(),
    fc.boolean(),
    fc.constantFrom(null, undefined),
    fc.array(number).map((a) => Float64Array.from(a)),
    fc.int32Array(),
    fc.uint8Array(),
  ),
}));

const through = (value: Plain): Plain => decode(JSON.parse(JSON.stringify(encode(value))) as Json);

describe("encode and decode", () => {
  test("keep every bit through JSON", () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(firstDifference(value, through(value))).toBe(undefined);
      }),
    );
  });

  test("agree with structuredClone", () => {
    fc.assert(
      fc.property(plain, (value) => {
        expect(firstDifference(structuredClone(value), through(value))).toBe(undefined);
      }),
    );
  });

  test("keep a key __proto__ as a key", () => {
    const value = JSON.parse('{"__proto__": 1}') as Plain;
    expect(Object.getOwnPropertyNames(through(value))).toEqual(["__proto__"]);
  });

  test("write readable JSON", () => {
    expect(JSON.stringify(encode({ x: Float64Array.of(1, -0), t: 3, rate: Infinity }))).toBe(
      '{"x":{"$":"Float64Array","v":[1,"-0"]},"t":3,"rate":{"$":"number","v":"Infinity"}}',
    );
  });

  test("a view into a larger buffer is written as what it shows", () => {
    const matrix = Float64Array.of(1, 2, 3, 4);
    expect(through(matrix.subarray(1, 3))).toEqual(Float64Array.of(2, 3));
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  test.each([
    ["state.f is a function", { f: () => 1 }],
    ["state.m is a Map", { m: new Map() }],
    ["state[0].d is a Date", [{ d: new Date(0) }]],
    ["state.c is a UsageError", { c: new UsageError("a", "b", "c") }],
    ["state.b is a bigint", { b: 1n }],
    ["a hole in an array", [1, , 2]], // oxlint-disable-line no-sparse-arrays -- that is the case
    ["nested without end", cycle],
    ["symbol as key", { [Symbol("s")]: 1 }],
    ["is a Float32Array", { f: new Float32Array(1) }],
  ])("%s is refused", (found, value) => {
    expect(() => encode(value as unknown as Plain)).toThrow(found);
  });

  test.each([{ $: "Map", v: [] }, { $: "Float64Array", v: ["one"] }, { $: "number", v: "x" }, { $: 1 }])(
    "decode refuses %j",
    (json) => expect(() => decode(json as Json)).toThrow(UsageError),
  );
});
