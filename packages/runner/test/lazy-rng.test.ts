import { expect, test } from "vitest";
import { openStreams, rootKey, type Rng } from "@basin/random";
import { LazyRng } from "../src/lazy-rng.ts";

const streams = openStreams(rootKey(1));

test.each<[string, (rng: Rng) => unknown]>([
  ["bits", (rng) => rng.bits()],
  ["uniform", (rng) => rng.uniform()],
  ["normal", (rng) => rng.normal()],
  ["integer", (rng) => rng.integer(10)],
  ["fillUniform", (rng) => rng.fillUniform(new Float64Array(3), 2, 3)],
  ["fillNormal", (rng) => rng.fillNormal(new Float64Array(3), 2, 3)],
  ["permutation", (rng) => rng.permutation(5)],
  ["choice", (rng) => rng.choice(["a", "b", "c"])],
  ["sample", (rng) => rng.sample(9, 3)],
  ["fork", (rng) => rng.fork("a").uniform()],
])("%s is that of the stream it stands for", (_, draw) => {
  const lazy = new LazyRng(streams, "tell", 3);
  const stream = streams.rng("tell", 3);
  for (let i = 0; i < 3; i++) expect(draw(lazy)).toEqual(draw(stream));
});

test("is made when first drawn from, and once", () => {
  let made = 0;
  const counting = { rng: (...args: Parameters<typeof streams.rng>) => (made++, streams.rng(...args)) };
  const lazy = new LazyRng(counting, "tell", 3);
  expect(made).toBe(0);
  lazy.uniform();
  lazy.uniform();
  expect(made).toBe(1);
});
