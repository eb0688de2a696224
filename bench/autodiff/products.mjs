// Speed of matrix products: 2 n³ operations, in thousand millions a second.
import { compile, matmul } from "@basin/autodiff";

/** What the issue asks for, and what was found. */
export function products(measure, figure) {
  const n = 256;
  const runs = Object.fromEntries(
    ["f64", "f32"].map((precision) => {
      const program = compile(matmul, {
        shapes: [
          [n, n],
          [n, n],
        ],
        precision,
      });
      for (const k of [0, 1])
        program.set(
          k,
          Float64Array.from({ length: n * n }, (_, i) => (i % 7) - 3),
        );
      return [precision, program.execute];
    }),
  );
  const times = measure(runs);
  return [
    { precision: "f64", aim: 20 },
    { precision: "f32", aim: 40 },
  ].map((one) => ({ ...one, found: (2 * n ** 3) / times[one.precision][figure] / 1000 }));
}
