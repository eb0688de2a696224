// Odd but legal programs, as a stranger might write them: every backend gives the interpreter's bits in both precisions, also in
// another thread; and tangents are what differences of values say.
import {
  argmax,
  atan2,
  broadcast,
  clip,
  compile,
  concat,
  constant,
  conv1d,
  conv2d,
  crossEntropy,
  cumsum,
  div,
  einsum,
  erf,
  exp,
  gather,
  gelu,
  grad,
  greater,
  hessian,
  hvp,
  jacobian,
  jvp,
  log,
  logsumexp,
  matmul,
  max,
  maxPool2d,
  mean,
  mul,
  name,
  norm,
  pad,
  pow,
  prod,
  reshape,
  revive,
  scatterAdd,
  sin,
  slice,
  softmax,
  sqrt,
  square,
  stack,
  stopGradient,
  sub,
  sum,
  tanh,
  transpose,
  valueAndGrad,
  variance,
  vjp,
  vmap,
  where,
  xlogy,
  type Tensor,
} from "@basin/autodiff";
import { assertNear, assertSameBits, spread } from "@basin/autodiff/laws";
import { describe, expect, test } from "vitest";

type F = (...inputs: Tensor[]) => Tensor | Tensor[];
interface Stranger {
  readonly f: F;
  readonly shapes: readonly (readonly number[])[];
  readonly low?: number;
  readonly high?: number;
  /** Not differentiated: it has kinks everywhere, or its arguments are whole. */
  readonly rough?: boolean;
}

const weigh = (y: Tensor): Tensor => sum(mul(y, y));
const total = (f: (x: Tensor) => Tensor) => (x: Tensor) => sum(f(x));

const strangers: Readonly<Record<string, Stranger>> = {
  "vmap of the gradient of a convolution by its kernel": {
    f: vmap(
      grad((k, x) => weigh(conv2d(x, k, { stride: 2, padding: 1 })), 0) as F as (...t: Tensor[]) => Tensor,
      [null, 0],
    ),
    shapes: [
      [2, 3, 3, 2],
      [4, 1, 3, 7, 5],
    ],
  },
  "vmap of the gradient of a convolution by both": {
    f: vmap((k: Tensor, x: Tensor) =>
      concat(
        (grad((a, b) => weigh(tanh(conv1d(b, a))), [0, 1])(k, x) as Tensor[]).map((one) =>
          reshape(one, [one.size]),
        ),
      ),
    ),
    shapes: [
      [3, 2, 1, 2],
      [3, 2, 1, 6],
    ],
  },
  "jacobian of softmax": { f: jacobian((x) => softmax(x)), shapes: [[5]] },
  "jacobian of softmax over rows, backwards": {
    f: jacobian((x) => softmax(x, { axis: 0 }), { mode: "reverse" }),
    shapes: [[3, 4]],
  },
  "hessian of logsumexp": { f: hessian((x) => logsumexp(x)), shapes: [[6]], low: -30, high: 30 },
  "vmap of the hessian of cross-entropy": {
    f: vmap(hessian((x) => sum(crossEntropy(x, constant([0.25, 0.5, 0.25]))))),
    shapes: [[5, 3]],
  },
  "a hessian for each of as many points as a point has entries": {
    f: vmap(hessian((x) => mul(logsumexp(x), prod(x)))),
    shapes: [[3, 3]],
  },
  "third derivative of erf": { f: grad(total(grad(total(grad(total(erf)))))), shapes: [[9]] },
  "gradient of gradient of gelu": { f: grad(total(grad(total(gelu)))), shapes: [[3, 5]] },
  "scatter-add with repeated positions, twice differentiated": {
    f: grad(total(grad((x) => weigh(scatterAdd(square(x), [1, 1, 0, 1, 4], mul(x, 3)))))),
    shapes: [[5]],
  },
  "gather of a gather with repeats": {
    f: grad((x) => weigh(gather(gather(x, [3, 3, 0, 1]), [0, 1, 1, 3, 3]))),
    shapes: [[4, 3]],
  },
  "where with a NaN on the side not taken": {
    f: (x) => where(greater(x, 0), mul(x, log(where(greater(x, 0), x, 1))), mul(0, x)),
    shapes: [[8]],
  },
  "x log y at zero, differentiated": { f: grad((x) => sum(xlogy(mul(0, x), x))), shapes: [[6]], low: 0.1 },
  "shapes of ones": {
    f: (a, b) => [
      matmul(a, b),
      sum(matmul(transpose(b), transpose(a)), { axis: 0 }),
      cumsum(a),
      variance(reshape(a, [1])),
      max(b),
    ],
    shapes: [
      [1, 1],
      [1, 1],
    ],
    rough: true,
  },
  "a scalar alone": { f: (x) => hessian((y) => mul(sin(y), exp(y)))(x), shapes: [[]] },
  "sums of nothing": {
    f: (x, y) => [sum(x), sum(slice(y, 2, 2)), mul(x, 2), sum(reshape(x, [0, 4]), { axis: 0 })],
    shapes: [[0], [5]],
    rough: true,
  },
  "products over nothing": {
    f: (x, y) => [matmul(x, y), concat([x, transpose(y)], { axis: 0 })],
    shapes: [
      [3, 0],
      [0, 2],
    ],
    rough: true,
  },
  "the gradient of a product over nothing": {
    f: (x, y) => grad((a, b) => add1(sum(matmul(a, b))), [0, 1])(x, y) as Tensor[],
    shapes: [
      [3, 0],
      [0, 2],
    ],
  },
  "dots of a batch, differentiated by both": {
    f: (a, b) => grad((x, y) => weigh(einsum("bi,bi->b", x, y)), [0, 1])(a, b) as Tensor[],
    shapes: [
      [13, 5],
      [13, 5],
    ],
  },
  "hessian-vector product of a batch of dots": {
    f: (x, v, y) => hvp((p, q) => weigh(einsum("kb,kb->b", tanh(p), q)))(x, v, y),
    shapes: [
      [4, 9],
      [4, 9],
      [4, 9],
    ],
  },
  "a power of a negative base, and of zero": {
    f: (x) => [pow(x, 5), pow(mul(0, x), 2.5), pow(square(x), 0.75)],
    shapes: [[8]],
  },
  "both arguments of a power, twice": {
    f: (a, b) => grad((x, y) => sum(grad((p, q) => sum(pow(p, q)), 1)(x, y)), 0)(a, b),
    shapes: [[7], [7]],
    low: 0.3,
  },
  "the angle of a rotated point": {
    f: (x, y) => grad((a, b) => sum(square(atan2(sub(a, b), mul(a, b)))), 0)(x, y),
    shapes: [
      [3, 4],
      [3, 4],
    ],
  },
  "a vmap in a vmap, over other axes": {
    f: (x, w) => vmap((row: Tensor) => vmap((one: Tensor) => sum(sin(mul(one, row))), [1])(w))(x),
    shapes: [
      [3, 4],
      [4, 5],
    ],
  },
  "vmap of a jacobian of a gradient": {
    f: vmap(jacobian(grad((x) => mul(sum(square(x)), prod(x))))),
    shapes: [[3, 4]],
  },
  "max-pooling of a padded picture, differentiated": {
    f: grad((x) => weigh(maxPool2d(pad(x, 1, 0, { axis: -1 }), 2))),
    shapes: [[1, 2, 4, 5]],
    rough: true,
  },
  "stops, names and clips": {
    f: (x) => grad((y) => sum(mul(stopGradient(square(y)), name(clip(y, -0.5, 0.7), "u"))))(x),
    shapes: [[11]],
    rough: true,
  },
  "a transposed reshape of a broadcast of a slice": {
    f: (x) => transpose(reshape(broadcast(slice(x, 1, 4), [4, 3]), [2, 6])),
    shapes: [[5]],
  },
  "the same output twice, an input, a constant": {
    f: (x) => {
      const y = mul(x, x);
      return [y, y, x, constant([1, 2, 3])];
    },
    shapes: [[3]],
  },
  "an argmax used as a position": { f: (x) => gather(x, reshape(argmax(x), [1])), shapes: [[9]] },
  "a norm of rows with its derivative": { f: jacobian((x) => norm(x, { axis: 1 })), shapes: [[3, 4]] },
  "a stack of roots, seen through a vjp": {
    f: (x, c) => vjp((y) => stack([sqrt(y), div(1, y), log(y)], { axis: 1 }))([x], [c]),
    shapes: [[5], [5, 3]],
    low: 0.2,
  },
  "a mean of everything, as value and gradient, of a batch": {
    f: vmap((x: Tensor) => {
      const [value, gradient] = valueAndGrad((y) => mean(tanh(matmul(y, transpose(y)))))(x) as [
        Tensor,
        Tensor,
      ];
      return mul(gradient, value);
    }),
    shapes: [[4, 3, 5]],
  },
};

function add1(x: Tensor): Tensor {
  return sub(mul(x, x), -1);
}

const inputsOf = ({ shapes, low = -2, high = 2 }: Stranger): Float64Array[] =>
  shapes.map((shape, k) =>
    spread(
      shape.reduce((a, b) => a * b, 1),
      low,
      high,
      k + 1,
    ),
  );

describe.each(Object.entries(strangers))("%s", (_, stranger) => {
  const { f, shapes } = stranger;
  test.each(["f64", "f32"] as const)("has the same bits everywhere: %s", (precision) => {
    const inputs = inputsOf(stranger);
    const wanted = compile(f, { shapes, precision, backend: "interpret" }).run(inputs);
    expect(wanted.length).toBeGreaterThan(0);
    for (const backend of ["tape", "wasm", "wasm-scalar"] as const) {
      const program = compile(f, { shapes, precision, backend });
      expect(program.backend).toBe(backend);
      const again = backend === "tape" ? program : revive(structuredClone(program.portable()));
      for (const one of [program, again, program])
        one.run(inputs).forEach((found, k) => assertSameBits(found, wanted[k]!, `${backend}, output ${k}`));
    }
  });

  if (stranger.rough !== true)
    test("has the tangents that differences of values show", () => {
      const inputs = inputsOf(stranger);
      const along = inputs.map((input, k) => spread(input.length, -1, 1, 11 + k));
      const tangents = compile((...all) => jvp(f)(all.slice(0, shapes.length), all.slice(shapes.length)), {
        shapes: [...shapes, ...shapes],
      }).run([...inputs, ...along]);
      const program = compile(f, { shapes });
      const h = 1e-5; // near ∛ε: the error is of the size of h² and of ε/h
      const at = (step: number): Float64Array[] =>
        program.run(inputs.map((input, k) => input.map((x, i) => x + step * along[k]![i]!)));
      const [above, below] = [at(h), at(-h)];
      above.forEach((one, k) =>
        assertNear(
          tangents[above.length + k]!,
          one.map((y, i) => (y - below[k]![i]!) / (2 * h)),
          1e-6,
          `output ${k}`,
        ),
      );
    });
});

test("the side of a where that is not taken shows nothing of its NaN in derivatives", () => {
  const f = (x: Tensor): Tensor => sum(where(greater(x, 0), sqrt(where(greater(x, 0), x, 1)), 0));
  for (const backend of ["interpret", "tape", "wasm", "wasm-scalar"] as const)
    expect(compile(grad(f), { shapes: [[3]], backend }).run([Float64Array.of(-1, 4, 0)])[0]).toEqual(
      Float64Array.of(0, 0.25, 0),
    );
});
