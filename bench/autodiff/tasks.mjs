// The tasks: losses of standard models on made-up data, as functions of basin's ops, with what peers need to do the same.
import * as ad from "@basin/autodiff";

const { add, crossEntropy, matmul, mean, mul, slice, softplus, square, sub, sum, tanh, valueAndGrad, vmap } =
  ad;

/** Numbers that look random: a linear congruential generator (Numerical Recipes' constants), begun by `seed`. */
const numbers = (count, size, seed) => {
  let state = (seed * 2654435769) % 4294967296;
  const random = () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296 - 0.5;
  };
  return Float64Array.from({ length: count }, () => size * random());
};
const classes = (count, k) => Float64Array.from({ length: count }, (_, i) => (i * 7) % k);

/** An array of a task, made when it is read: a process that only compiles would have to collect thirty megabytes of them. */
const lazily = (shape, make) => {
  let data;
  return {
    shape,
    get data() {
      return (data ??= make());
    },
  };
};

const rosenbrock = (x) => {
  const n = x.shape[0];
  const [a, b] = [slice(x, 0, n - 1), slice(x, 1, n)];
  return sum(add(mul(100, square(sub(b, square(a)))), square(sub(1, a))));
};
const logistic = (w, x, y) => {
  const u = matmul(x, w);
  return mean(sub(softplus(u), mul(y, u)));
};
const softmax = (w, x, y) => crossEntropy(matmul(x, w), y);
const mlp = (w1, b1, w2, b2, x, y) => crossEntropy(add(matmul(tanh(add(matmul(x, w1), b1)), w2), b2), y);

/** Published beside the task in the issue that asked for this backend: hand-written WASM, f64x2 and f32x4, µs on a like machine. */
const reference = {
  "rosenbrock 10": [0.015, 0.013],
  "rosenbrock 1000": [0.75, 0.39],
  "logistic 1000×10": [12.4, 7.3],
  "logistic 10000×100": [443, 200],
  "softmax 64-10, 1797 rows": [444, 282],
  "mlp 64-32-10, 32 rows": [26, 13],
  "mlp 64-32-10, 1797 rows": [1400, 700],
  "mlp 784-128-10, 64 rows": [1450, 675],
  "256 × logistic 1000×10": [2150, 850],
  "256 × mlp 64-32-10, 256 rows": [32000, 16000],
};

/** Published there too: PyTorch in f64 on one thread. */
const torch = { "mlp 64-32-10, 32 rows": 80 };

/** `plain`: the same without a gradient; or, of a population, for one candidate. */
const task = (kind, name, f, plain, parameters, data) => ({
  kind,
  name,
  f,
  plain,
  torch: torch[name],
  population: kind.endsWith("s"),
  parameters,
  data,
  reference: reference[name],
});
let tensors = 0;
const tensor = (shape, size = 1) => {
  const seed = ++tensors;
  return lazily(shape, () =>
    numbers(
      shape.reduce((a, b) => a * b, 1),
      size,
      seed,
    ),
  );
};
const labels = (rows, k) => lazily([rows], () => classes(rows, k));
const mlpTask = (inputs, hidden, outputs, rows) =>
  task(
    "mlp",
    `mlp ${inputs}-${hidden}-${outputs}, ${rows} rows`,
    valueAndGrad(mlp, [0, 1, 2, 3]),
    mlp,
    [tensor([inputs, hidden], 0.2), tensor([hidden]), tensor([hidden, outputs], 0.2), tensor([outputs])],
    [tensor([rows, inputs], 2), labels(rows, outputs)],
  );

export const tasks = [
  ...[10, 100, 1000, 10000].map((n) =>
    task("rosenbrock", `rosenbrock ${n}`, valueAndGrad(rosenbrock), rosenbrock, [tensor([n], 2)], []),
  ),
  ...[
    [1000, 10],
    [10000, 100],
  ].map(([rows, k]) =>
    task(
      "logistic",
      `logistic ${rows}×${k}`,
      valueAndGrad(logistic),
      logistic,
      [tensor([k])],
      [tensor([rows, k], 2), labels(rows, 2)],
    ),
  ),
  ...[32, 1797].map((rows) =>
    task(
      "softmax",
      `softmax 64-10, ${rows} rows`,
      valueAndGrad(softmax),
      softmax,
      [tensor([64, 10], 0.2)],
      [tensor([rows, 64], 2), labels(rows, 10)],
    ),
  ),
  mlpTask(64, 32, 10, 32),
  mlpTask(64, 32, 10, 1797),
  mlpTask(784, 128, 10, 64),
  task(
    "logistics",
    "256 × logistic 1000×10",
    vmap(logistic, [0, null, null]),
    logistic,
    [tensor([256, 10])],
    [tensor([1000, 10], 2), labels(1000, 2)],
  ),
  task(
    "mlps",
    "256 × mlp 64-32-10, 256 rows",
    vmap(mlp, [0, 0, 0, 0, null, null]),
    mlp,
    [tensor([256, 64, 32], 0.2), tensor([256, 32]), tensor([256, 32, 10], 0.2), tensor([256, 10])],
    [tensor([256, 64], 2), labels(256, 10)],
  ),
];
