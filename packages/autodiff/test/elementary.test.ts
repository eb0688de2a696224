// Elementary functions in WebAssembly: the bits of @basin/math for special values, the neighbours of every branch, and sizes of
// all kinds; nothing of it calls the host where the argument is an ordinary one.
import {
  acos,
  asin,
  atan,
  atan2,
  compile,
  cos,
  cosh,
  erf,
  exp,
  expm1,
  log,
  log1p,
  pow,
  sigmoid,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
  type Tensor,
} from "@basin/autodiff";
import { assertSameBits, spread } from "@basin/autodiff/laws";
import * as math from "@basin/math";
import { describe, expect, test } from "vitest";

/** Where @basin/math branches, and where the code in WebAssembly does. */
const edges = [
  0,
  5e-324,
  2.2250738585072014e-308,
  1e-290,
  7.450580596923828e-9,
  1.4901161193847656e-8,
  1.862645149230957e-9,
  0.25,
  0.4375,
  0.5,
  0.6875,
  0.75,
  1,
  1.1875,
  2.4375,
  6,
  22,
  28,
  40,
  44,
  87,
  707,
  708,
  709,
  710,
  711,
  745,
  746,
  524288,
  823549.66,
  1e15,
  9007199254740992,
  1e18,
  3.6893488147419103e19,
  1e22,
  1e290,
  1e300,
  6e307,
  6.3e307,
  6.36e307,
  8.98846567431158e307,
  Number.MAX_VALUE,
  Math.PI / 2,
  Math.PI,
  22.5,
];
const view = new DataView(new ArrayBuffer(8));
function neighbours(x: number): number[] {
  view.setFloat64(0, x);
  const bits = view.getBigInt64(0);
  return [-1n, 0n, 1n].flatMap((step) => {
    if (bits + step < 0n) return [];
    view.setBigInt64(0, bits + step);
    return [view.getFloat64(0)];
  });
}
const near = edges.flatMap(neighbours);
/** Sizes from 10⁻¹² to 10¹², ordinary ones more often. */
const many = Array.from(
  spread(process.env["BASIN_LONG"] === undefined ? 3000 : 60_000, -12, 12, 1),
  (e, i) => (i % 2 === 0 ? 1 : -1) * math.pow(10, i % 3 === 0 ? e : e / 12),
);
const given = Float64Array.from([...near, ...near.map((x) => -x), Infinity, -Infinity, NaN, ...many]);

const unary: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  acos,
  asin,
  atan,
  cos,
  cosh,
  erf,
  exp,
  expm1,
  log,
  log1p,
  sigmoid,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
};

const machines = [
  ["f64", "wasm"],
  ["f32", "wasm"],
  ["f64", "wasm-scalar"],
  ["f32", "wasm-scalar"],
] as const;

describe("the bits of the interpreter, for each argument", () => {
  for (const [name, f] of Object.entries(unary))
    test.each(machines)(`${name}, %s, %s`, (precision, backend) => {
      // One after the other, so that no lane is led to the host by another one; then all of them at once.
      const one = compile(f, { shapes: [[1]], precision, backend });
      const wanted = compile(f, { shapes: [[given.length]], precision, backend: "interpret" }).run([
        given,
      ])[0]!;
      const found = given.map((x) => one.run([Float64Array.of(x)])[0]![0]!);
      assertSameBits(found, wanted, "alone");
      const all = compile(f, { shapes: [[given.length]], precision, backend }).run([given])[0]!;
      assertSameBits(all, wanted, "together");
    });

  const pairs = (): [Float64Array, Float64Array] => {
    const few = [...edges.filter((_, i) => i % 2 === 0), 2, 3, 2.5, 1 / 3, 7, 1e-160, 1e160, Infinity, NaN];
    const signed = [...few, ...few.map((x) => -x)];
    const grid = signed.flatMap((a) => signed.map((b) => [a, b] as const));
    const close = near.flatMap((t) => [-3, 2e-9].map((b) => [t * b, b] as const));
    const rest = many.map(
      (a, i) => [a, many[(7 * i + 3) % many.length]! * (i % 5 === 0 ? 1 : 1e-3)] as const,
    );
    const whole = many.map((a, i) => [a, (i % 41) - 20] as const);
    const list = [...grid, ...close, ...rest, ...whole];
    return [Float64Array.from(list, ([a]) => a), Float64Array.from(list, ([, b]) => b)];
  };
  for (const [name, f] of Object.entries({ atan2, pow }))
    test.each(machines)(`${name}, %s, %s`, (precision, backend) => {
      const [a, b] = pairs();
      const wide = [[a.length], [a.length]];
      const wanted = compile(f, { shapes: wide, precision, backend: "interpret" }).run([a, b])[0]!;
      const one = compile(f, { shapes: [[1], [1]], precision, backend });
      const found = a.map((x, i) => one.run([Float64Array.of(x), Float64Array.of(b[i]!)])[0]![0]!);
      assertSameBits(found, wanted, "alone");
      assertSameBits(compile(f, { shapes: wide, precision, backend }).run([a, b])[0]!, wanted, "together");
    });
});

test("ordinary arguments never reach the host", () => {
  const all = (x: Tensor, y: Tensor): Tensor[] => [
    ...Object.values(unary).map((f) => f(x)),
    atan2(x, y),
    pow(x, y),
  ];
  for (const precision of ["f64", "f32"] as const) {
    const program = compile(all, { shapes: [[64], [64]], precision });
    const { assembled, module } = program.portable().code as {
      assembled: { functions: readonly string[]; calls: readonly unknown[] };
      module: unknown;
    };
    expect(module).toBeDefined();
    expect(assembled.calls).toEqual([]);
    // A call of rare loops, and of nothing else.
    expect(assembled.functions.filter((name) => !name.startsWith("rare "))).toEqual([]);
  }
});
