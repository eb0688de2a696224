// Random graphs: every backend gives the bits of the interpreter, for values and for pullbacks, in both precisions.
import {
  acos,
  add,
  asin,
  atan,
  atan2,
  broadcast,
  compile,
  concat,
  cos,
  cosh,
  cumsum,
  div,
  erf,
  exp,
  expm1,
  less,
  log1p,
  matmul,
  max,
  maximum,
  mul,
  neg,
  pad,
  pow,
  reshape,
  sigmoid,
  sin,
  sinh,
  slice,
  softplus,
  sqrt,
  square,
  sub,
  sum,
  tan,
  tanh,
  trace,
  transpose,
  valueAndGrad,
  vjp,
  vmap,
  where,
  windows,
  type Tensor,
} from "@basin/autodiff";
import { assertSameBits, spread } from "@basin/autodiff/laws";
import fc from "fast-check";
import { expect, test } from "vitest";

const runs = process.env["BASIN_LONG"] === undefined ? 60 : 2000;

type Pick = (count: number) => number;
const often = [neg, square, exp, log1p, sigmoid, softplus, tanh, sin, cos, sqrt, (x: Tensor) => mul(0.25, x)];
const unary = [...often, erf, expm1, tan, sinh, cosh, asin, acos, atan];
const choose = (a: Tensor, b: Tensor): Tensor => where(less(a, b), a, mul(b, 2));
const binary = [add, sub, mul, div, maximum, less, pow, atan2, choose];

/** One more tensor, made of those that are there by an op that the numbers pick. */
function grow(known: readonly Tensor[], pick: Pick): Tensor {
  const x = known[pick(known.length)]!;
  const y = known[pick(known.length)]!;
  const rank = x.shape.length;
  const axis = rank === 0 ? 0 : pick(rank);
  const length = x.shape[axis] ?? 1;
  const fitting = known.filter((one) => one.shape.join() === x.shape.join());
  switch (pick(12)) {
    case 0:
    case 1:
      return unary[pick(unary.length)]!(x);
    case 2:
    case 3:
      return binary[pick(binary.length)]!(x, fitting[pick(fitting.length)]!);
    case 4:
      return rank === 0 ? broadcast(x, [3, 4]) : sum(x, { axis, keepDims: pick(2) === 0 });
    case 5:
      return rank === 0 ? exp(x) : max(x, { axis });
    case 6:
      return rank === 0 ? reshape(x, [1]) : slice(x, pick(length), length, { axis });
    case 7:
      return rank === 0 ? neg(x) : pad(x, pick(2), 1, { axis });
    case 8:
      return rank < 2 ? mul(x, sum(y)) : transpose(x, [1, 0, 2].slice(0, rank));
    case 9: {
      // x […, k] × its own transpose, or a vector of ones
      if (rank === 2) return pick(2) === 0 ? matmul(x, transpose(x)) : matmul(transpose(x), x);
      return rank === 1 ? matmul(reshape(x, [1, length]), x) : add(x, 1);
    }
    case 10:
      return rank === 0 ? sub(x, 1) : concat([x, fitting[pick(fitting.length)]!], { axis });
    default:
      if (rank === 1) return length > 1 ? windows(x, 2) : cumsum(x);
      return reshape(x, [x.size]);
  }
}

const start: readonly (readonly number[])[] = [[5], [4, 3], [], [33], [9, 4]];

test("random graphs give the same bits on every backend", { timeout: 300_000 }, () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.array(fc.nat(1_000_000), { minLength: 4, maxLength: 60 }),
      fc.nat(1000),
      (numbers, seed) => {
        let at = 0;
        const pick: Pick = (count) => numbers[at++ % numbers.length]! % count;
        const f = (...inputs: Tensor[]): Tensor[] => {
          at = 0;
          const known = [...inputs];
          for (let step = 0; step < numbers.length / 3; step++) {
            const next = grow(known, pick);
            if (next.size <= 600 && next.shape.length <= 3 && next.size > 0) known.push(next);
          }
          return [known[known.length - 1]!, known[known.length - 2]!, sum(known[known.length - 3]!)];
        };
        const pullback = (...inputs: Tensor[]): Tensor[] => vjp(f)(inputs, f(...inputs)).slice(3);
        // Alone, and as a batch as long as some axes are.
        for (const batch of [[], [4]]) {
          const shapes = start.map((shape) => [...batch, ...shape]);
          const inputs = shapes.map((shape, k) =>
            spread(
              shape.reduce((a, b) => a * b, 1),
              -2,
              2,
              seed + k,
            ),
          );
          const both = batch.length === 0 ? [f, pullback] : [vmap(pullback)];
          for (const [graph, precision] of both.flatMap((one) =>
            (["f64", "f32"] as const).map((two) => [trace(one, shapes), two] as const),
          )) {
            const wanted = compile(graph, { backend: "interpret", precision }).run(inputs);
            for (const backend of ["wasm", "wasm-scalar", "tape"] as const) {
              const program = compile(graph, { backend, precision });
              // twice: nothing of the first run may show in the second
              program.run(inputs);
              program.run(inputs).forEach((found, k) => {
                compared += found.length;
                assertSameBits(found, wanted[k]!, `${backend}, ${precision}, output ${k}`);
              });
            }
          }
        }
      },
    ),
    { numRuns: runs, seed: 1 },
  );
  expect(compared).toBeGreaterThan(0);
});

test("a batch gives the bits of a loop, on every backend and across blocks of rows", () => {
  const loss = (w: Tensor, x: Tensor, y: Tensor): Tensor => {
    const u = matmul(tanh(matmul(x, reshape(slice(w, 0, 24), [8, 3]))), slice(w, 24, 27));
    return sum(sub(softplus(u), mul(y, u)));
  };
  const [rows, batch] = [1003, 37];
  const shapes = [[27], [rows, 8], [rows]];
  const [w, x, y] = [
    spread(27 * batch, -1, 1, 1),
    spread(rows * 8, -2, 2, 2),
    spread(rows, 0, 1, 3),
  ] as const;
  const single = compile(loss, { shapes });
  const looped = Array.from(
    { length: batch },
    (_, i) => single.run([w.slice(27 * i, 27 * i + 27), x, y])[0]![0]!,
  );
  for (const backend of ["interpret", "tape", "wasm", "wasm-scalar"] as const) {
    const [found] = compile(vmap(loss, [0, null, null]), {
      shapes: [[batch, 27], [rows, 8], [rows]],
      backend,
    }).run([w, x, y]);
    expect([...found!]).toEqual(looped);
  }
});

test("a matrix larger than the cache, whose rows are touched ahead, gives the same bits", () => {
  const loss = (w: Tensor, x: Tensor, y: Tensor): Tensor => {
    const u = matmul(x, w);
    return sum(sub(softplus(u), mul(y, u)));
  };
  // More than 1 MB in f32 too; the matrix ends the module's memory, since it is the last input.
  const [rows, columns] = [5003, 53];
  const last = (y: Tensor, w: Tensor, x: Tensor): Tensor[] => valueAndGrad(loss)(w, x, y);
  const inputs = [spread(rows, 0, 1, 1), spread(columns, -1, 1, 2), spread(rows * columns, -2, 2, 3)];
  const shapes = [[rows], [columns], [rows, columns]];
  for (const f of [last, (y: Tensor, w: Tensor, x: Tensor) => loss(w, x, y)])
    for (const precision of ["f64", "f32"] as const) {
      const wanted = compile(f, { shapes, precision, backend: "interpret" }).run(inputs);
      for (const backend of ["wasm", "wasm-scalar"] as const)
        compile(f, { shapes, precision, backend })
          .run(inputs)
          .forEach((found, k) => assertSameBits(found, wanted[k]!, `${backend}, ${precision}, output ${k}`));
    }
});

test("gradients by slices of one vector keep their bits, −0 included", () => {
  // Parts in any order, some used twice, a gap between them, a gradient that is −0.
  const loss = (v: Tensor): Tensor => {
    const [a, b, c] = [slice(v, 14, 20), reshape(slice(v, 0, 12), [4, 3]), slice(v, 20, 23)];
    const u = matmul(b, c);
    return add(add(sum(mul(u, slice(a, 0, 4))), mul(-0, sum(a))), sum(mul(tanh(c), -0)));
  };
  const gradient = vjp(loss);
  const f = (v: Tensor): Tensor[] => gradient([v], [sum(mul(0, v))]);
  const g = (v: Tensor): Tensor => vjp(loss)([v], [add(mul(0, sum(v)), 1)])[1]!;
  const v = spread(25, -1, 1, 8);
  for (const graph of [trace(f, [[25]]), trace(g, [[25]])]) {
    const wanted = compile(graph, { backend: "interpret" }).run([v]);
    for (const backend of ["tape", "wasm", "wasm-scalar"] as const)
      compile(graph, { backend })
        .run([v])
        .forEach((found, k) => assertSameBits(found, wanted[k]!, backend));
  }
  expect(
    compile(g, { shapes: [[25]], backend: "interpret" })
      .run([v])[0]!
      .some((x) => Object.is(x, 0)),
  ).toBe(true);
});

test("sums of neighbours' parts, as gradients of slices are, keep their bits for every length", () => {
  const loss = (v: Tensor): Tensor => {
    const n = v.shape[0]!;
    const [a, b] = [slice(v, 0, n - 1), slice(v, 1, n)];
    return sum(mul(sub(b, square(a)), exp(mul(a, b))));
  };
  for (const n of [3, 4, 5, 6, 8, 9, 17, 33, 131])
    for (const precision of ["f64", "f32"] as const)
      for (const [f, shape] of [
        [valueAndGrad(loss), [n]],
        [vmap(valueAndGrad(loss)), [3, n]],
      ] as const) {
        const v = spread(
          shape.reduce((a, b) => a * b, 1),
          -1.5,
          1.5,
          n,
        );
        // exp of these leaves the common range
        if (n === 17) v[3] = -800;
        const wanted = compile(f, { shapes: [shape], precision, backend: "interpret" }).run([v]);
        for (const backend of ["wasm", "wasm-scalar"] as const) {
          const program = compile(f, { shapes: [shape], precision, backend });
          program.run([v]);
          program
            .run([v])
            .forEach((found, k) => assertSameBits(found, wanted[k]!, `${shape}, ${backend}, ${precision}`));
        }
      }
});
