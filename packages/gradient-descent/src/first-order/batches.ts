// Which examples each question is about: all of them, or mini-batches drawn at random or taken in sequence.
import { z, type Minibatch } from "@basin/objective";

export const batchSettings = {
  batchSize: z
    .int()
    .min(0)
    .default(0)
    .meta({
      label: "Batch size",
      help: "Examples that each gradient is about; 0 for all of them.",
      range: [0, 256],
    }),
  order: z.enum(["random", "sequence"]).default("sequence").meta({
    label: "Order of examples",
    help: "Whether each batch is drawn anew at random, or epochs go through all examples in sequence.",
  }),
};

const schema = z.object(batchSettings);
export type BatchSettings = z.output<typeof schema>;

/** The examples of question `asked` = 0, 1, …; undefined for all. Batches of a sequence are numbered on from epoch to epoch. */
export function examplesOf({ batchSize, order }: BatchSettings, asked: number): Minibatch | undefined {
  if (batchSize === 0) return undefined;
  return order === "random"
    ? { size: batchSize, draw: "random", id: asked }
    : { size: batchSize, draw: "sequence", epoch: 0, index: asked };
}
