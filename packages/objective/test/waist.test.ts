// The small things that everybody leans on: boxes, outcomes, kinds, bits.
import { describe, expect, test } from "vitest";
import * as fc from "fast-check";
import {
  UsageError,
  addKind,
  clampToBox,
  faultOfNumber,
  faultOfVector,
  firstDifference,
  inBox,
  isEvaluation,
  isFiniteVector,
  kindNames,
  kindRow,
  lossOf,
  suggest,
  threw,
  type Vector,
} from "@basin/objective";

// A package's own kind of query: this is all it takes.
declare module "@basin/objective" {
  interface Queries {
    ranks: { readonly kind: "ranks"; readonly x: Vector };
  }
  interface Answers {
    ranks: { readonly value: number; readonly ranks: Vector };
  }
}
const row = {
  gives: "f(x), and the rank of each coordinate",
  fault: (answer: { readonly value: number; readonly ranks: Vector }) =>
    faultOfNumber(answer.value, "value") ?? faultOfVector(answer.ranks, "ranks"),
};

describe("boxes", () => {
  const vector = fc
    .array(fc.double({ noNaN: true }), { minLength: 3, maxLength: 3 })
    .map((a) => Float64Array.from(a));
  const box = fc.tuple(vector, vector).map(([a, b]) => ({
    lower: a.map((ai, i) => Math.min(ai, b[i]!)),
    upper: a.map((ai, i) => Math.max(ai, b[i]!)),
  }));

  test("clampToBox gives a point of the box, and the point itself where it is one", () => {
    fc.assert(
      fc.property(vector, box, (x, box) => {
        const before = x.slice();
        const clamped = clampToBox(x, box);
        expect(inBox(clamped, box)).toBe(true);
        expect(firstDifference(x, before)).toBe(undefined);
        expect(firstDifference(clamped, x) === undefined || !inBox(x, box)).toBe(true);
        expect(clampToBox(x, box, x)).toBe(x);
        expect(firstDifference(x, clamped)).toBe(undefined);
      }),
    );
  });

  test("a NaN stays one, and is in no box", () => {
    const everything = { lower: Float64Array.of(-Infinity), upper: Float64Array.of(Infinity) };
    expect(clampToBox(Float64Array.of(Number.NaN), everything)[0]).toBe(Number.NaN);
    expect(inBox(Float64Array.of(Number.NaN), everything)).toBe(false);
  });

  test("isFiniteVector", () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (a) => {
        expect(isFiniteVector(Float64Array.from(a))).toBe(a.every(Number.isFinite));
      }),
    );
    expect(isFiniteVector(Float64Array.of(Number.MAX_VALUE, -Number.MAX_VALUE, -0))).toBe(true);
  });
});

describe("outcomes", () => {
  const x = Float64Array.of(1);
  test("are told apart", () => {
    expect(isEvaluation({ kind: "value", x, value: -3 })).toBe(true);
    expect(lossOf({ kind: "value", x, value: -3 })).toBe(-3);
    expect(isEvaluation(threw(new Error("why")))).toBe(false);
    expect(lossOf(threw("why"))).toBe(Infinity);
    expect([threw(new Error("why")), threw("why")]).toEqual([
      { failed: "threw", message: "why" },
      { failed: "threw", message: "why" },
    ]);
  });
});

describe("the table of kinds", () => {
  const x = Float64Array.of(1, 2);
  test("knows what is wrong with an answer", () => {
    const gradient = Float64Array.of(1, 2);
    const fault = (answer: object): unknown =>
      kindRow("gradient").fault(answer as never, { kind: "gradient", x });
    expect(fault({ value: 1, gradient })).toBe(undefined);
    expect(fault({ value: Infinity, gradient })).toEqual({
      fault: "not-finite",
      message: "value is Infinity",
    });
    expect(fault({ value: 1, gradient: Float64Array.of(1, Number.NaN) })).toEqual({
      fault: "not-finite",
      message: "gradient[1] is NaN",
    });
    expect(fault({ value: 1, gradient: Float64Array.of(1) })).toMatchObject({ fault: "malformed" });
    expect(fault({ value: 1, gradient: [1, 2] })).toMatchObject({ fault: "malformed" });
    expect(fault({ value: 1 })).toEqual({ fault: "malformed", message: "gradient is missing" });
    expect(fault({ gradient })).toEqual({ fault: "malformed", message: "value is missing" });
    expect(fault({ value: "1", gradient })).toEqual({ fault: "malformed", message: "value is string" });
    const curved = { value: 1, gradient, product: Float64Array.of(-Infinity, 0) };
    expect(kindRow("curvature").fault(curved, { kind: "curvature", x, direction: x })).toEqual({
      fault: "not-finite",
      message: "product[0] is -Infinity",
    });
  });

  test("wants a Jacobian of as many rows as there are residuals", () => {
    const fault = (answer: object): unknown =>
      kindRow("residuals").fault(answer as never, { kind: "residuals", x });
    const residuals = Float64Array.of(1, 2, 3);
    expect(fault({ value: 14, residuals, jacobian: new Float64Array(6) })).toBe(undefined);
    expect(fault({ value: 14, residuals, jacobian: new Float64Array(3) })).toEqual({
      fault: "malformed",
      message: "jacobian has 3 entries instead of 6",
    });
  });

  test("takes a kind of a package's own", () => {
    expect(() => kindRow("ranks")).toThrow(UsageError);
    addKind("ranks", row);
    addKind("ranks", row);
    expect(kindNames()).toEqual(["value", "gradient", "curvature", "residuals", "ranks"]);
    const ranks = Float64Array.of(1, Number.NaN, 3);
    expect(kindRow("ranks").fault({ value: 1, ranks }, { kind: "ranks", x })).toMatchObject({
      message: "ranks[1] is NaN",
    });
    expect(() => addKind("value", row as never)).toThrow("exists already");
  });
});

describe("firstDifference", () => {
  const json = fc.jsonValue();
  test("is none between equals", () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(firstDifference(value, structuredClone(value))).toBe(undefined);
      }),
    );
  });
  test.each([
    [0, -0, "it: 0 and -0"],
    [Number.NaN, 0, "it: NaN and 0"],
    ["a", "b", 'it: "a" and "b"'],
    [Float64Array.of(1, 0), Float64Array.of(1, -0), "it[1]: 0 and -0"],
    [Float64Array.of(1), Int32Array.of(1), "it: [object Float64Array] and [object Int32Array]"],
    [[1, 2], [1], "it.length: 2 and 1"],
    [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, "it.a[0].b: 1 and 2"],
    [{ a: 1 }, {}, "it.a: present and absent"],
    [{}, { a: undefined }, "it.a: absent and present"],
    [null, {}, "it: null and [object Object]"],
  ])("%j and %j", (a, b, found) => {
    expect(firstDifference(a, b)).toBe(found);
  });
  test("any NaN is any NaN", () => {
    const [a, b] = [0x7ff8000000000000n, 0xfff8000000000001n].map(
      (bits) => new Float64Array(new BigUint64Array([bits]).buffer),
    );
    expect(firstDifference(a, b)).toBe(undefined);
  });
});

describe("suggest", () => {
  test("names the nearest, or else all", () => {
    expect(suggest("adma", ["adam", "sgd"])).toBe("did you mean adam");
    expect(suggest("cobyla", ["adam", "sgd"])).toBe("use one of: adam, sgd");
  });
});
