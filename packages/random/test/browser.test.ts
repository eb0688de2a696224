// Digests of the streams, the same in Node and in a real Chromium. A digest that changes changes every committed result.
import { expect, test } from "vitest";
import { foldIn, halton, latinHypercube, openStreams, rootKey, sobol } from "@basin/random";
import { digest } from "./digest.ts";

const streams = openStreams(foldIn(rootKey(7), "penguins-logistic", 3, "genetic-algorithm"));
const N = 100_000;

const digests: Record<string, readonly [() => string, string]> = {
  bits: [
    () => {
      const rng = streams.rng("init");
      return digest(Uint32Array.from({ length: N }, () => rng.bits()));
    },
    "bda7057d708f5919",
  ],
  uniforms: [() => digest(streams.rng("init").fillUniform(new Float64Array(N), -3, 5)), "74eda967adbc8f32"],
  normals: [() => digest(streams.rng("init").fillNormal(new Float64Array(10 * N), 1, 2)), "ef4d514d09df8baa"],
  integers: [
    () => {
      const rng = streams.rng("init");
      return digest(Uint32Array.from({ length: N }, (_, i) => rng.integer(i % 2 === 0 ? i + 1 : 30_000 * i)));
    },
    "3e7c69494debf943",
  ],
  "permutations and samples": [
    () => {
      const rng = streams.rng("init");
      return digest(
        rng.permutation(1000),
        rng.sample(1000, 7),
        rng.sample(1000, 500),
        Int32Array.of(rng.choice([1, 2, 3])),
      );
    },
    "2fbd36e4efe4ca22",
  ],
  siblings: [
    () => digest(Float64Array.from({ length: 10_000 }, (_, i) => streams.rng("tell", i).uniform())),
    "e615f0eb580484f7",
  ],
  "names, seeds and long paths": [
    () =>
      digest(
        ...["", "a", "ũ/\0", "\ud800", "x".repeat(300), 7, -0.5, 1e300].map((part) =>
          openStreams(foldIn(rootKey(part), part))
            .rng(String(part), 7)
            .fork(part)
            .fillUniform(new Float64Array(4)),
        ),
      ),
    "4bd3d153364c709b",
  ],
  "low-discrepancy points": [
    () =>
      digest(
        sobol(100, 7).write(new Float64Array(100 * 500), 0),
        halton(100, 7).write(new Float64Array(100 * 500), 0),
        latinHypercube(streams.rng("init"), 500, 100),
      ),
    "a863b1ac1409ae7f",
  ],
};

test.each(Object.entries(digests))("%s", (_, [compute, committed]) => {
  expect(compute()).toBe(committed);
});
