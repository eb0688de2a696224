// Models that tests compile on every backend and engine: losses on made-up data.
import {
  add,
  compile,
  crossEntropy,
  matmul,
  mean,
  mul,
  slice,
  softplus,
  square,
  sub,
  sum,
  tanh,
  valueAndGrad,
  vmap,
  type CompileOptions,
  type Shape,
  type Tensor,
  type Traceable,
} from "@basin/autodiff";
import { spread } from "@basin/autodiff/laws";

export const rosenbrock = (x: Tensor): Tensor => {
  const n = x.shape[0]!;
  const [a, b] = [slice(x, 0, n - 1), slice(x, 1, n)];
  return sum(add(mul(100, square(sub(b, square(a)))), square(sub(1, a))));
};
export const logistic = (w: Tensor, x: Tensor, y: Tensor): Tensor => {
  const u = matmul(x, w);
  return mean(sub(softplus(u), mul(y, u)));
};
export const mlp = (w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor, x: Tensor, y: Tensor): Tensor =>
  crossEntropy(add(matmul(tanh(add(matmul(x, w1), b1)), w2), b2), y);

export interface Model {
  readonly name: string;
  readonly f: Traceable;
  readonly inputs: readonly { readonly shape: Shape; readonly data: Float64Array }[];
}

const tensor = (shape: Shape, size: number, seed: number): Model["inputs"][number] => ({
  shape,
  data: spread(
    shape.reduce((a, b) => a * b, 1),
    -size,
    size,
    seed,
  ),
});
const labels = (rows: number, classes: number): Model["inputs"][number] => ({
  shape: [rows],
  data: Float64Array.from({ length: rows }, (_, i) => (i * 7) % classes),
});

export const models: readonly Model[] = [
  { name: "rosenbrock 101", f: valueAndGrad(rosenbrock), inputs: [tensor([101], 2, 1)] },
  {
    name: "logistic 1003 × 7",
    f: valueAndGrad(logistic),
    inputs: [tensor([7], 1, 2), tensor([1003, 7], 3, 3), labels(1003, 2)],
  },
  {
    name: "mlp 9-13-3, 211 rows",
    f: valueAndGrad(mlp, [0, 1, 2, 3]),
    inputs: [
      tensor([9, 13], 0.5, 4),
      tensor([13], 1, 5),
      tensor([13, 3], 0.5, 6),
      tensor([3], 1, 7),
      tensor([211, 9], 2, 8),
      labels(211, 3),
    ],
  },
  {
    name: "19 × logistic 301 × 5",
    f: vmap(logistic, [0, null, null]),
    inputs: [tensor([19, 5], 1, 9), tensor([301, 5], 3, 10), labels(301, 2)],
  },
];

export function runModel({ f, inputs }: Model, options: CompileOptions): Float64Array[] {
  const program = compile(f, { shapes: inputs.map((one) => one.shape), ...options });
  return program.run(inputs.map((one) => one.data));
}
