// What every op obeys, whoever wrote it. Run them on an op of your own: opLaws(op, examples).
import { backends } from "../backends/index.ts";
import { interpret } from "../backends/interpret.ts";
import { compile, type CompileOptions } from "../compile.ts";
import { makeNode, type Graph } from "../graph.ts";
import type { Attributes, Op, Tensor } from "../ir.ts";
import { mul } from "../ops/arithmetic.ts";
import { sum } from "../ops/sum-broadcast.ts";
import { sizeOf, type Shape } from "../shape.ts";
import { trace, type Traceable } from "../trace.ts";
import { grad } from "../transforms/gradient.ts";
import { hvp, jvp, vjp } from "../transforms/products.ts";
import { vmap } from "../transforms/vmap.ts";
import { simplifyExactly } from "../transforms/simplify.ts";
import { assertNear, assertSameBits, spread, type Law } from "./law.ts";

/** Inputs to try an op on: where its derivative exists. */
export interface OpExample {
  readonly shapes: readonly Shape[];
  readonly attributes?: Attributes;
  /** From where each input's entries are spread; default [−2, 2]. */
  readonly ranges?: readonly (readonly [number, number])[];
  /** Entries given one by one, for inputs that are positions or conditions. */
  readonly values?: Readonly<Record<number, readonly number[]>>;
  /** Inputs that the derivative is taken for; default all. */
  readonly differentiable?: readonly number[];
}

type Arrays = readonly Float64Array[];

function run(f: Traceable | Graph, inputs: Arrays, options: CompileOptions): Float64Array[] {
  const program = compile(f, options);
  const results = program.run(inputs);
  program.dispose();
  return results;
}

function inputsOf(example: OpExample, seed: number): Float64Array[] {
  return example.shapes.map((shape, k) => {
    const given = example.values?.[k];
    const [low, high] = example.ranges?.[k] ?? [-2, 2];
    return given === undefined ? spread(sizeOf(shape), low, high, seed + k) : Float64Array.from(given);
  });
}

const scalarProduct = (a: Float64Array, b: Float64Array): number =>
  a.reduce((total, x, i) => total + x * b[i]!, 0);

/** Special values for backends to agree on. */
const specials = [
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  NaN,
  5e-324,
  -2.5e-310,
  1e300,
  -710,
  745,
  0.5,
  3,
  1e-9,
  -40,
  88.5,
];

/** The laws of one op, each over all its examples. */
export function opLaws(op: Op, examples: readonly OpExample[]): readonly Law[] {
  const each = (
    name: string,
    check: (example: OpExample, f: (...inputs: Tensor[]) => Tensor) => void,
  ): Law => ({
    name: `${op.name}: ${name}`,
    check: () =>
      examples.forEach((one) => check(one, (...inputs) => makeNode(op, inputs, one.attributes ?? {}))),
  });
  const smooth = (example: OpExample): readonly number[] =>
    example.differentiable ?? example.shapes.map((_, k) => k);
  /** Tangents: zero for inputs without a derivative. */
  const directions = (example: OpExample, seed: number): Float64Array[] =>
    example.shapes.map((shape, k) =>
      smooth(example).includes(k) ? spread(sizeOf(shape), -1, 1, seed + k) : new Float64Array(sizeOf(shape)),
    );
  return [
    each("the shape is what was inferred, and every entry is written", (example, f) => {
      const { shapes } = example;
      const [output] = trace(f, shapes).outputs;
      if (op.kernel.kind !== "array" || output === undefined) return;
      const inputs = inputsOf(example, 1);
      const [zeros, ones] = [new Float64Array(output.size), new Float64Array(output.size).fill(1)];
      for (const out of [zeros, ones]) op.kernel.run(out, inputs, output, { round: (x) => x, lanes: 4 });
      assertSameBits(zeros, ones, "entries left as they were");
    }),
    each("gradient = finite difference", (example, f) => {
      const { shapes } = example;
      const inputs = inputsOf(example, 2);
      const [output] = trace(f, shapes).outputs;
      const weights = spread(output!.size, -1, 1, 9);
      const loss = compile((...all) => sum(mul(f(...all.slice(1)), all[0]!)), {
        shapes: [output!.shape, ...shapes],
      });
      for (const k of smooth(example)) {
        const [exact] = run(
          grad((...all) => sum(mul(f(...all.slice(1)), all[0]!)), k + 1),
          [weights, ...inputs],
          {
            shapes: [output!.shape, ...shapes],
          },
        );
        const step = 6e-6; // near ∛ε, which balances truncation against rounding
        const measured = inputs[k]!.map((x, i) => {
          const at = (value: number): number => {
            const moved = inputs.map((input) => input.slice());
            moved[k]![i] = value;
            return loss.run([weights, ...moved])[0]![0]!;
          };
          return (at(x + step) - at(x - step)) / (x + step - (x - step));
        });
        assertNear(exact!, measured, 2e-7, `∂/∂input ${k}`);
      }
    }),
    each("⟨w, Jv⟩ = ⟨Jᵀw, v⟩", (example, f) => {
      const { shapes } = example;
      const [inputs, v] = [inputsOf(example, 3), directions(example, 5)];
      const count = shapes.length;
      const [output] = trace(f, shapes).outputs;
      const w = spread(output!.size, -1, 1, 7);
      const pushed = run((...all) => jvp(f)(all.slice(0, count), all.slice(count)), [...inputs, ...v], {
        shapes: [...shapes, ...shapes],
      });
      const pulled = run((...all) => vjp(f)(all.slice(0, count), all.slice(count)), [...inputs, w], {
        shapes: [...shapes, output!.shape],
      });
      const right = v.reduce((total, direction, k) => total + scalarProduct(pulled[k + 1]!, direction), 0);
      assertNear([right], [scalarProduct(w, pushed[1]!)], 1e-11, "the products");
    }),
    each("second derivatives are symmetric", (example, f) => {
      const { shapes } = example;
      const inputs = inputsOf(example, 4);
      for (const k of smooth(example)) {
        const energy = (x: Tensor, ...rest: Tensor[]): Tensor => {
          const y = f(...rest.slice(0, k), x, ...rest.slice(k));
          return sum(mul(mul(y, y), y));
        };
        const others = inputs.filter((_, i) => i !== k);
        const otherShapes = shapes.filter((_, i) => i !== k);
        const product = compile((x, v, ...rest) => hvp(energy)(x, v, ...rest), {
          shapes: [shapes[k]!, shapes[k]!, ...otherShapes],
        });
        const [u, v] = [spread(sizeOf(shapes[k]!), -1, 1, 11), spread(sizeOf(shapes[k]!), -1, 1, 12)];
        const [hu] = product.run([inputs[k]!, u, ...others]).map((one) => one.slice());
        const [hv] = product.run([inputs[k]!, v, ...others]);
        assertNear([scalarProduct(v, hu!)], [scalarProduct(u, hv!)], 1e-9, `input ${k}`);
      }
    }),
    each("vmap = a loop, to the bit", (example, f) => {
      const { shapes } = example;
      const rows = [0, 1, 2].map((seed) => inputsOf(example, 20 + 7 * seed));
      const single = compile(f, { shapes, backend: "interpret" });
      const looped = rows.map((row) => single.run(row)[0]!);
      for (let fixed = -1; fixed < (shapes.length > 1 ? shapes.length : 0); fixed++) {
        const stacked = shapes.map((_, k) =>
          k === fixed ? rows[0]![k]! : Float64Array.from(rows.flatMap((row) => [...row[k]!])),
        );
        const wide = shapes.map((shape, k) => (k === fixed ? shape : [rows.length, ...shape]));
        const [found] = run(
          vmap(
            f,
            shapes.map((_, k) => (k === fixed ? null : 0)),
          ),
          stacked,
          { shapes: wide, backend: "interpret" },
        );
        const wanted =
          fixed < 0
            ? looped
            : rows.map((row) => single.run(row.map((input, k) => (k === fixed ? rows[0]![k]! : input)))[0]!);
        assertSameBits(
          found!,
          wanted.flatMap((one) => [...one]),
          fixed < 0 ? "all mapped" : `input ${fixed} shared`,
        );
      }
    }),
    each("every backend gives the bits of interpret, as does exact simplification", (example, f) => {
      const { shapes } = example;
      const inputs = inputsOf(example, 6);
      const special = inputs.map((input, k) =>
        example.values?.[k] === undefined
          ? input.map((_, i) => specials[(i * 5 + 3 * k) % specials.length]!)
          : input,
      );
      const pullback: Traceable = (...all) => vjp(f)(all, [f(...all)]);
      for (const graph of [trace(f, shapes), trace(pullback, shapes)])
        for (const at of [inputs, special])
          for (const precision of ["f64", "f32"] as const) {
            const wanted = run(graph, at, { backend: interpret, precision });
            const compare = (found: Float64Array[], who: string): void =>
              found.forEach((one, k) => assertSameBits(one, wanted[k]!, `${who}, ${precision}, output ${k}`));
            for (const backend of Object.values(backends))
              compare(run(graph, at, { backend, precision }), backend.name);
            compare(run(simplifyExactly(graph), at, { backend: interpret, precision }), "simplified");
          }
    }),
  ];
}
