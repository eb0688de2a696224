// Laws of answers as such: finite, repeatable, one by one as in a batch, and never written to.
import { firstDifference } from "../bits.ts";
import { demand } from "../law.ts";
import type { Objective } from "../objective.ts";
import type { Ask } from "../query.ts";
import { evaluationsOf, kindsOf, outcomesOf, shown } from "./sample.ts";
import { allKinds, forEach, same, someAsks, streamFor, type LawTable } from "./subject.ts";

export const answerLaws = {
  "is finite all over the initial box, for every kind that it answers"(subject) {
    return forEach(someAsks(subject, subject.streams.rng("finite")), async (ask) => {
      await evaluationsOf(subject.objective, ask, streamFor(subject, ask));
    });
  },

  "gives the question back with the answer"(subject) {
    return forEach(someAsks(subject, subject.streams.rng("question")), async (ask) => {
      const answers = await evaluationsOf(subject.objective, ask, streamFor(subject, ask));
      for (const [i, query] of ask.queries.entries())
        for (const [field, value] of Object.entries(query))
          same(
            (answers[i] as unknown as Record<string, unknown>)[field],
            value,
            `${field} asked and answered`,
          );
    });
  },

  "gives the same bits for the same question and rng, whatever it was asked before"(subject) {
    const other = subject.make();
    const asks = someAsks(subject, subject.streams.rng("bits"));
    const all = (objective: Objective, order: readonly Ask[]) =>
      forEach(order, (ask) => outcomesOf(objective, ask, streamFor(subject, ask)));
    return (async () => {
      const first = await all(subject.objective, asks);
      same(first, await all(subject.objective, asks), "answers and answers once more");
      same(
        first,
        (await all(other, asks.toReversed())).toReversed(),
        "answers and those of one made anew, asked backwards,",
      );
    })();
  },

  "answers a full question without chance unless it is noisy"(subject) {
    const queries = allKinds(subject, subject.streams.rng("chance"));
    return (async () => {
      const [a, b] = await forEach([0, 1], (t) =>
        outcomesOf(subject.objective, { queries }, subject.streams.rng("evaluate", t)),
      );
      if (!subject.objective.noisy) same(a, b, "answers with two streams");
      else
        demand(firstDifference(a, b) !== undefined, "it is noisy, but gives the same bits with two streams");
    })();
  },

  "answers a batch as it answers its queries one by one"(subject) {
    return forEach(someAsks(subject, subject.streams.rng("batch")), async (ask) => {
      if (subject.objective.noisy) return;
      const together = await outcomesOf(subject.objective, ask, streamFor(subject, ask));
      const alone = await forEach(ask.queries, async (query) => {
        const one = { ...ask, queries: [query] };
        return (await outcomesOf(subject.objective, one, streamFor(subject, one)))[0];
      });
      same(together, alone, "answers of a batch and of its queries alone");
    });
  },

  "never writes to a question, nor later to an answer"(subject) {
    const asks = someAsks(subject, subject.streams.rng("write"));
    return (async () => {
      const before = asks.map(copied);
      const given = await forEach(asks, (ask) => outcomesOf(subject.objective, ask, streamFor(subject, ask)));
      const answers = given.map(copied);
      await forEach(asks.toReversed(), (ask) => outcomesOf(subject.objective, ask, streamFor(subject, ask)));
      same(asks, before, "questions before and after");
      same(given, answers, "answers then and after more questions");
    })();
  },

  "gives one f(x) with all kinds"(subject) {
    if (subject.objective.noisy) return;
    const asks = someAsks(subject, subject.streams.rng("one value"));
    return forEach(asks, async (ask) => {
      const answers = await evaluationsOf<"value">(subject.objective, ask, streamFor(subject, ask));
      const kinds = kindsOf(subject.objective).length;
      for (const [i, { value }] of answers.entries()) {
        const first = answers[i - (i % kinds)]!.value;
        // kinds may sum in another order: some hundred roundings
        demand(
          Math.abs(value - first) <= 1e-12 * (1 + Math.abs(first)),
          `at [${shown(answers[i]!.x)}] one kind gives ${first}, another ${value}`,
        );
      }
    });
  },
} satisfies LawTable;

/** A copy of plain data made of arrays, typed arrays and objects. */
function copied<T>(value: T): T {
  if (value instanceof Float64Array) return value.slice() as T;
  if (Array.isArray(value)) return value.map(copied) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, copied(entry)])) as T;
}
