// The law of mini-batches: together they are the whole.
import { examplesVisited } from "../examples.ts";
import { demand } from "../law.ts";
import { evaluationsOf, queryOf } from "./sample.ts";
import { sampleOf, scale, type LawTable } from "./subject.ts";

export const exampleLaws = {
  "adds up over an epoch: the size-weighted average of its batches is the full answer"(subject) {
    const { objective, streams } = subject;
    const count = objective.examples;
    if (count < 2 || objective.noisy) return;
    const kind = objective.answers.gradient === undefined ? "value" : "gradient";
    const [x] = sampleOf(subject, streams.rng("epoch point"));
    const queries = [queryOf(kind, x!, streams.rng("direction"))];
    return (async () => {
      const [full] = await evaluationsOf<"gradient">(objective, { queries }, streams.rng("evaluate", 0));
      // one that divides nothing, and one that leaves a small last batch
      for (const size of new Set([
        Math.max(1, Math.ceil(count / 4)),
        Math.max(1, Math.floor((2 * count) / 3)),
      ])) {
        let value = 0;
        const gradient = new Float64Array(x!.length);
        for (let index = 0; index * size < count; index++) {
          const examples = { size, draw: "sequence", epoch: 3, index } as const;
          const weight = examplesVisited(examples, count) / count;
          const [part] = await evaluationsOf<"gradient">(
            objective,
            { queries, examples },
            streams.rng("epoch", 3),
          );
          value += weight * part!.value;
          if (kind === "gradient") part!.gradient.forEach((g, i) => (gradient[i]! += weight * g));
        }
        demand(
          Math.abs(value - full!.value) <= 1e-9 * (1 + Math.abs(full!.value)),
          `batches of ${size} average to ${value}, the full f is ${full!.value}`,
        );
        if (kind !== "gradient") continue;
        const tolerance = 1e-9 * (1 + scale(full!.gradient));
        for (const [i, g] of gradient.entries())
          demand(
            Math.abs(g - full!.gradient[i]!) <= tolerance,
            `batches of ${size} average to gradient[${i}] = ${g}, the full one is ${full!.gradient[i]}`,
          );
      }
    })();
  },
} satisfies LawTable;
