// What programs promise beside their results: arrays of their own, other threads, memory, ops of one's own.
import {
  apply,
  compile,
  div,
  matmul,
  mul,
  revive,
  square,
  sub,
  sum,
  valueAndGrad,
  type Op,
  type Program,
  type Tensor,
} from "@basin/autodiff";
import { opLaws } from "@basin/autodiff/laws";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { describe, expect, test, vi } from "vitest";
import { logistic, mlp, models, rosenbrock, runModel } from "./models.ts";

test.each(models)("$name can be sent to another thread", (model) => {
  const shapes = model.inputs.map((one) => one.shape);
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(compile(model.f, { shapes }).portable());
  const received = receiveMessageOnPort(port2)!.message;
  port1.close();
  expect(revive(received).run(model.inputs.map((one) => one.data))).toEqual(runModel(model, {}));
});

test.each(["f64", "f32"] as const)(
  "arguments out of the common range keep their bits, also elsewhere: %s",
  (precision) => {
    const [rows, columns] = [1003, 7];
    const shapes = [[columns], [rows, columns], [rows]];
    const w = Float64Array.from({ length: columns }, (_, i) => i - 3);
    const x = Float64Array.from(
      { length: rows * columns },
      (_, i) => Math.sqrt(i) * (i % 3 === 0 ? 1 : -0.9),
    );
    const y = Float64Array.from({ length: rows }, (_, i) => i % 2);
    // in a block in the middle, in the last one, beyond all numbers
    [x[700], x[rows * columns - 2], x[3500]] = [1e4, -1e5, Infinity];
    const f = valueAndGrad(logistic);
    const wanted = compile(f, { shapes, precision, backend: "interpret" }).run([w, x, y]);
    const program = compile(f, { shapes, precision });
    const revived = revive(structuredClone(program.portable()));
    for (const one of [program, revived, program]) expect(one.run([w, x, y])).toEqual(wanted);
  },
);

test("a program's own arrays spare copies", () => {
  const program = compile(
    valueAndGrad((x) => sum(square(x))),
    { shapes: [[3]] },
  );
  program.input(0).set([1, 2, 3]);
  program.execute();
  expect([program.output(0)[0], [...program.output(1)]]).toEqual([14, [2, 4, 6]]);
});

test("running allocates nothing that stays", () => {
  const program = compile(valueAndGrad(rosenbrock), { shapes: [[10]] });
  const x = new Float64Array(10).fill(0.5);
  const outs = program.run([x]);
  const runs = process.env["BASIN_LONG"] === undefined ? 100_000 : 1_000_000;
  const before = process.memoryUsage();
  for (let i = 0; i < runs; i++) program.run([x], outs);
  const after = process.memoryUsage();
  // A single number kept from each run would be 0.8 MB at least.
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(500_000);
  expect(program.memory).toBeLessThan(200_000);
});

test("intermediates share memory, and rows come in blocks", () => {
  const rows = 20_000;
  const program = compile(valueAndGrad(logistic), { shapes: [[10], [rows, 10], [rows]] });
  // Data takes 8 · 11 bytes a row; intermediates of all rows would take 8 · 2 more.
  expect(program.memory).toBeLessThan(8 * 11 * rows + 150_000);
});

test.each(["interpret", "wasm"] as const)(
  "gradient descent on a network follows the committed losses: %s",
  (backend) => {
    const model = models.find((one) => one.name.startsWith("mlp"))!;
    const program = compile(valueAndGrad(mlp, [0, 1, 2, 3]), {
      shapes: model.inputs.map((one) => one.shape),
      backend,
    });
    const weights = model.inputs.slice(0, 4).map((one) => one.data.slice());
    model.inputs.slice(4).forEach((one, k) => program.set(4 + k, one.data));
    const losses: number[] = [];
    for (let step = 0; step <= 200; step++) {
      const [loss, ...gradients] = program.run(weights);
      if (step % 50 === 0) losses.push(loss![0]!);
      gradients.forEach((gradient, k) =>
        gradient.forEach((g, i) => (weights[k]![i] = weights[k]![i]! - 0.5 * g)),
      );
    }
    // Written by the first version of this test.
    expect(losses).toEqual([
      1.607017912999978, 1.0936569744745317, 1.0929474968370558, 1.0924369288193894, 1.092008762168109,
    ]);
  },
);

describe("ops of one's own", () => {
  /** x / (1 + |x|) */
  const softsign: Op = {
    name: "softsign",
    arity: 1,
    infer: ([shape]) => shape!,
    kernel: { kind: "elementwise", apply: (x) => x / (1 + Math.abs(x)) },
    // y′ = 1 / (1 + |x|)² = (y / x)²
    derivative: { kind: "partials", of: ([x], y) => [square(div(y, x!))] },
    operations: (node) => 6 * node.size,
  };
  /** Entries in reverse order; its transpose is itself. */
  const reverse: Op = {
    name: "reverse",
    arity: 1,
    infer: ([shape]) => shape!,
    kernel: {
      kind: "array",
      run: (out, [x], node) => {
        const n = node.shape[node.shape.length - 1] ?? 1;
        for (let row = 0; row < out.length; row += n)
          for (let i = 0; i < n; i++) out[row + i] = x![row + n - 1 - i]!;
      },
    },
    derivative: {
      kind: "linear",
      operands: "all",
      transpose: (cotangent) => apply(reverse, [cotangent]),
    },
    operations: () => 0,
  };
  for (const law of opLaws(softsign, [{ shapes: [[5]], ranges: [[0.5, 2]] }]))
    test(law.name, () => law.check());
  for (const law of opLaws(reverse, [{ shapes: [[5]] }, { shapes: [[3, 4]] }]))
    test(law.name, () => law.check());

  test("are used like any other, on every backend", () => {
    const f = (x: Tensor): Tensor => sum(mul(apply(softsign, [x]), apply(reverse, [sub(x, 1)])));
    const shapes = [[9]];
    const x = Float64Array.from({ length: 9 }, (_, i) => i - 3.5);
    const results = (["interpret", "tape", "wasm", "wasm-scalar"] as const).map((backend) =>
      compile(valueAndGrad(f), { shapes, backend }).run([x]),
    );
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(results[3]).toEqual(results[0]);
    expect(() => compile(f, { shapes }).portable()).toThrow(/cannot|can be sent/);
  });

  test("that break a law are caught", () => {
    const wrong: Op = { ...softsign, derivative: { kind: "partials", of: (_, y) => [y] } };
    const broken = opLaws(wrong, [{ shapes: [[5]], ranges: [[0.5, 2]] }]).filter((law) => {
      try {
        law.check();
        return false;
      } catch {
        return true;
      }
    });
    expect(broken.map((law) => law.name)).toContain("softsign: gradient = finite difference");
  });
});

/** Engines as a page may find them. */
interface Engine {
  readonly Instance: unknown;
  readonly Module: unknown;
  readonly validate: (bytes: Uint8Array) => boolean;
  readonly CompileError: new (message: string) => Error;
}
const { Instance, Module, validate, CompileError } = (
  globalThis as unknown as { readonly WebAssembly: Engine }
).WebAssembly;
/** The byte before instructions on vectors; the probe without them has none. */
function withoutVectors(bytes: Uint8Array): boolean {
  return !bytes.includes(0xfd) && validate(bytes);
}
function refuse(): never {
  throw new CompileError("refused");
}
const engines: [string, unknown, string][] = [
  ["without WebAssembly", undefined, "tape"],
  // What engines from before SIMD, and from before memory.fill, say of the probes.
  ["without SIMD", { Instance, CompileError, validate: withoutVectors, Module }, "wasm-scalar"],
  ["older than that", { Instance, CompileError, validate: () => false, Module: refuse }, "tape"],
  // A policy without wasm-unsafe-eval lets code be validated, and refuses to compile it.
  ["whose policy forbids compiling", { Instance, CompileError, validate, Module: refuse }, "tape"],
];
function whyNotSent(program: Program): string {
  try {
    program.portable();
    return "";
  } catch (error) {
    return String(error);
  }
}
test.each(engines)("an engine %s gives the same bits", async (_, engine, backend) => {
  const wanted = models.map((model) => runModel(model, {}));
  const portable = compile(models[0]!.f, {
    shapes: models[0]!.inputs.map((one) => one.shape),
  }).portable();
  const known = Object.getOwnPropertyDescriptor(globalThis, "WebAssembly")!;
  vi.resetModules();
  try {
    Object.defineProperty(globalThis, "WebAssembly", { value: engine, configurable: true });
    const { compile: compileWithout, revive: reviveWithout } = await import("@basin/autodiff");
    const { models: again } = await import("./models.ts");
    again.forEach(({ f, inputs }, k) => {
      const program = compileWithout(f, { shapes: inputs.map((one) => one.shape) });
      expect(program.run(inputs.map((one) => one.data))).toEqual(wanted[k]);
      expect(program.backend).toBe(backend);
      expect(whyNotSent(program)).toMatch(backend === "tape" ? /no code that can be sent/ : /^$/);
    });
    expect(() => reviveWithout(portable)).toThrow(/no WebAssembly/);
  } finally {
    Object.defineProperty(globalThis, "WebAssembly", known);
    vi.resetModules();
  }
});

test("results go to arrays of the caller, and memory is let go of", () => {
  const program = compile(valueAndGrad(rosenbrock), { shapes: [[10]] });
  const outs = [new Float64Array(1), new Float64Array(10)];
  const x = new Float64Array(10).fill(0.5);
  expect(program.run([x], outs)).toBe(outs);
  expect(outs).toEqual(program.run([x]));
  expect(() => program.run([x], [outs[0]!])).toThrow(/output 1/);
  // A page of WebAssembly's memory holds it, and its code is short.
  expect(program.memory).toBeGreaterThan(65_536);
  expect(program.memory).toBeLessThan(2 * 65_536);
  program.dispose();
  expect(() => program.run([x], outs)).toThrow(/disposed/);
  expect(() => program.input(0)).toThrow(/disposed/);
  expect(() => program.execute()).toThrow(/disposed/);
});

test("programs that are let go of give their memory back", () => {
  const before = process.memoryUsage().external;
  for (let i = 0; i < 600; i++) {
    const program = compile(
      valueAndGrad((x) => sum(square(mul(x, i)))),
      { shapes: [[40_000]] },
    );
    expect(program.backend).toBe("wasm");
    program.execute();
    program.dispose();
  }
  // 600 programs of 0.65 MB would be 390 MB.
  expect(process.memoryUsage().external - before).toBeLessThan(200_000_000);
});

test("deep graphs are compiled in pieces", () => {
  const deep = (x: Tensor): Tensor => {
    let y = x;
    for (let i = 0; i < 400; i++) y = sub(mul(y, 0.5), square(div(y, 3)));
    return sum(y);
  };
  const results = (["interpret", "wasm"] as const).map((backend) => {
    const program = compile(valueAndGrad(deep), { shapes: [[5]], backend });
    expect(program.backend).toBe(backend);
    return program.run([Float64Array.of(1, -2, 0.5, 0.1, 3)]);
  });
  expect(results[1]).toEqual(results[0]);
});

test.each([1, 2, 3])("code does not grow with the number of rows: %i columns", (columns) => {
  const made = (rows: number, backend: "wasm" | "interpret") => {
    const f = (w: Tensor, x: Tensor, y: Tensor): Tensor => sum(square(sub(matmul(x, w), y)));
    const program = compile(valueAndGrad(f), {
      shapes: [[columns], [rows, columns], [rows]],
      backend,
    });
    program.set(
      1,
      Float64Array.from({ length: rows * columns }, (_, i) => Math.sqrt(i)),
    );
    program.set(
      2,
      Float64Array.from({ length: rows }, (_, i) => i % 7),
    );
    return program;
  };
  const length = (rows: number): number =>
    (made(rows, "wasm").portable().code as { assembled: { bytes: Uint8Array } }).assembled.bytes.length;
  expect(length(20_000)).toBeLessThan(length(1000) + 2000);
  const w = Float64Array.from({ length: columns }, (_, i) => 0.3 - i);
  for (const rows of [10_000, 10_007])
    expect(made(rows, "wasm").run([w])).toEqual(made(rows, "interpret").run([w]));
});
