// The BBOB functions against values that COCO's own code gives (test/fixtures/README.md says how they were made).
import { readFileSync } from "node:fs";
import { rngOf, rootKey } from "@basin/random";
import { describe, expect, test } from "vitest";
import { instanceOf } from "../src/bbob/instance.ts";
import { suite } from "../src/bbob/suite.ts";
import { tracedEvaluator } from "../src/evaluator.ts";

interface Record {
  readonly f: number;
  readonly n: number;
  readonly i: number;
  readonly fopt: number;
  readonly xopt: readonly number[];
  readonly f_xopt: number;
  readonly f_near: number;
  readonly values: readonly number[];
}
const reference = JSON.parse(
  readFileSync(new URL("./fixtures/bbob-values.json", import.meta.url), "utf8"),
) as { points: { [n: string]: { x: number[] }[] }; records: Record[] };

const close = (got: number, want: number): void =>
  expect(Math.abs(got - want), `${got} and ${want}`).toBeLessThan(1e-9 + 1e-9 * Math.abs(want));

describe.each(suite.map((definition) => [`f${definition.number} ${definition.title}`, definition] as const))(
  "%s",
  (_, definition) => {
    const records = reference.records.filter((record) => record.f === definition.number);
    test.each(records.map((record) => [record.n, record.i, record] as const))(
      "n = %i, instance %i: COCO's values",
      (n, i, record) => {
        const { value, minimum, optimum } = instanceOf(definition, n, i);
        close(minimum, record.fopt);
        record.xopt.forEach((x, k) => close(optimum[k]!, x));
        close(value(optimum), record.f_xopt);
        const near = optimum.map((x, k) => x + (k % 2 === 0 ? 1e-3 : -1e-3));
        close(value(near), record.f_near);
        reference.points[n]!.forEach(({ x }, k) => close(value(Float64Array.from(x)), record.values[k]!));
      },
    );
  },
);

const more = JSON.parse(
  readFileSync(new URL("./fixtures/bbob-more-values.json", import.meta.url), "utf8"),
) as {
  records: [f: number, n: number, i: number, fopt: number, digest: number, ...values: number[]][];
};

test.each(more.records)(
  "f%i, n = %i, instance %i: COCO's values in and out of the box",
  (f, n, i, ...rest) => {
    const { value, minimum, optimum } = instanceOf(suite[f - 1]!, n, i);
    const [fopt, digest, ...values] = rest;
    close(minimum, fopt!);
    close(
      optimum.reduce((sum, x, j) => sum + (j + 1) * x, 0),
      digest!,
    );
    close(value(optimum), fopt!);
    values.forEach((want, k) => {
      const x = new Float64Array(n).map(
        (_, j) => (k === 3 ? 2 : 1) * ((((7 * j + 5 * k + 3 * j * k) % 23) - 11) / 2 + (k === 0 ? 0.25 : 0)),
      );
      close(value(x), want);
    });
  },
);

const traced = suite.flatMap((definition) => {
  const instance = instanceOf(definition, 6, 5);
  return instance.trace === undefined ? [] : [[definition.title, instance, instance.trace] as const];
});

test.each(traced)("%s: the traced function has the values of the fast one", (title, instance, trace) => {
  const evaluator = tracedEvaluator(trace, [[6]]);
  const rng = rngOf(rootKey(title));
  for (let k = 0; k < 50; k++) {
    const x = rng.fillUniform(new Float64Array(6), -6, 6);
    const [fast, slow] = [instance.value(x), evaluator.value(x)];
    // Angles near 10⁶ (Weierstrass) are rounded to 10⁻¹⁰ before either takes a cosine.
    expect(Math.abs(fast - slow)).toBeLessThan(1e-10 * Math.max(1, Math.abs(slow)));
  }
});
