// The laws on other encodings: a method for bits and orders, sound and broken.
import { describe, expect, test } from "vitest";
import { z, type Domain, type Vector } from "@basin/objective";
import { defineOptimizer, lossOf } from "@basin/optimizer";
import { optimizerLaws } from "@basin/optimizer/laws";

interface State {
  readonly best: Vector;
  readonly loss: number;
  readonly next: Vector;
}

/** Changes the best point a little, by `change`, and keeps what is better. */
const changer = (change: (x: Float64Array, i: number, j: number, domain: Domain) => void) =>
  defineOptimizer({
    name: "changer",
    family: "test",
    summary: "Flips a bit or swaps two places.",
    references: [],
    needs: ["value"],
    requires: { encodings: ["bits", "permutation"] },
    hyperparameters: z.object({}),
    create: (_, domain) => ({
      init: (start): State => ({ best: start, loss: Infinity, next: start }),
      ask: ({ next }) => ({ queries: [{ kind: "value", x: next }] }),
      tell(state, [outcome], rng) {
        const loss = lossOf(outcome!);
        const [best, least] = loss < state.loss ? [state.next, loss] : [state.best, state.loss];
        const next = Float64Array.from(best);
        change(next, rng.integer(next.length), rng.integer(next.length), domain);
        return { best, loss: least, next };
      },
      recommend: ({ best }) => best,
    }),
  });

const flipOrSwap = changer((x, i, j, { encoding }) => {
  if (encoding === "bits") x[i] = 1 - x[i]!;
  else [x[i], x[j]] = [x[j]!, x[i]!];
});

describe("flips and swaps", () => {
  const laws = optimizerLaws(flipOrSwap);
  for (const law of laws) test(law.name, () => law.check());
  test("are checked on each encoding", () => {
    expect(laws.filter(({ name }) => name.endsWith("(bits)")).length).toBe(laws.length / 2);
    expect(laws.filter(({ name }) => name.endsWith("(permutation)")).length).toBe(laws.length / 2);
  });
});

describe("what leaves the encoding is found out", () => {
  test.each([
    ["which is no bit (bits)", (x: Float64Array, i: number) => (x[i] = 0.5)],
    ["is no permutation (permutation)", (x: Float64Array, i: number, j: number) => (x[i] = x[j]!)],
  ])("%s", (found, change) => {
    const encoding = found.slice(found.indexOf("("));
    const broken = optimizerLaws(changer(change)).find(
      ({ name }) => name.includes("asks about points of the domain") && name.endsWith(encoding),
    );
    expect(broken!.check).toThrow(found.slice(0, found.indexOf(" (")));
  });
});
