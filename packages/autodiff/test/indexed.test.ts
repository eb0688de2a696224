// Ops that read and write where numbers say, or in order along an axis: the interpreter's bits from code of their own.
import {
  argmax,
  compile,
  cumsum,
  gather,
  grad,
  max,
  mean,
  mul,
  scatterAdd,
  square,
  sum,
  takeAlong,
  windows,
  type Tensor,
} from "@basin/autodiff";
import { assertSameBits, spread } from "@basin/autodiff/laws";
import { expect, test } from "vitest";

const at = [2, 0, 6, 2, -1, 3.5, 7, 5, -0, NaN, 1e10];
const pooled = (x: Tensor, size: number): Tensor =>
  windows(windows(x, size, 2, { axis: -2 }), size, 2, { axis: -2 });
const weigh = (y: Tensor): Tensor => sum(mul(y, y));

const cases: [string, (x: Tensor) => Tensor, number[]][] = [
  ...[[7], [7, 1], [7, 3], [7, 9]].map((shape): [string, (x: Tensor) => Tensor, number[]] => [
    `gather of ${shape.join("×")}`,
    (x) => gather(x, at),
    shape,
  ]),
  ["gather along an inner axis", (x) => gather(x, at, { axis: 1 }), [3, 7, 5]],
  ["one of each row", (x) => takeAlong(x, [1, 4, 0, 9]), [4, 5]],
  ["gradient of gather", grad((x) => weigh(gather(x, [2, 0, 2, 2, 6]))), [7, 5]],
  ["scatter-add", (x) => scatterAdd(mul(x, 2), [1, 1, 0, 4, 8, 1, -1], square(x)), [7, 3]],
  ["gradient of scatter-add", grad((x) => weigh(scatterAdd(x, [1, 1, 0, 4, 8, 1, -1], square(x)))), [7, 3]],
  ...[0, 1, 2].flatMap((axis): [string, (x: Tensor) => Tensor, number[]][] => [
    [`running sums along axis ${axis}`, (x) => cumsum(x, { axis }), [3, 5, 11]],
    [`reversed running sums along axis ${axis}`, (x) => cumsum(x, { axis, reverse: true }), [3, 5, 11]],
    [`argmax along axis ${axis}`, (x) => argmax(x, { axis }), [3, 5, 11]],
  ]),
  ["max-pooling", (x) => max(pooled(x, 2), { axis: [-2, -1] }), [3, 8, 10]],
  ["gradient of max-pooling", grad((x) => weigh(max(pooled(x, 3), { axis: [-2, -1] }))), [2, 9, 11]],
  ["mean pooling", (x) => mean(pooled(x, 3), { axis: [-2, -1] }), [3, 9, 9]],
  ["gradient of mean pooling", grad((x) => weigh(mean(pooled(x, 3), { axis: [-2, -1] }))), [3, 9, 9]],
  ["overlap-add in the middle", grad((x) => weigh(windows(x, 3, 1, { axis: 1 }))), [2, 7, 5]],
];

test.each(cases)("%s", (_, f, shape) => {
  const size = shape.reduce((a, b) => a * b, 1);
  const x = spread(size, -2, 2, 7);
  [x[0], x[1], x[size - 2]] = [x[4]!, -0, x[4]!];
  for (const input of [x, x.map((value, i) => (i === 3 ? NaN : value))])
    for (const precision of ["f64", "f32"] as const) {
      const wanted = compile(f, { shapes: [shape], precision, backend: "interpret" }).run([input]);
      const program = compile(f, { shapes: [shape], precision });
      program.run([input]);
      program.run([input]).forEach((found, k) => assertSameBits(found, wanted[k]!, precision));
      const { assembled } = program.portable().code as { assembled: { calls: readonly unknown[] } };
      expect(assembled.calls).toEqual([]);
    }
});
