// Normal clouds around centres on a circle, one a class.
import type { Dataset } from "../dataset.ts";
import { assemble, plane } from "./assemble.ts";
import type { RandomSource } from "./random-source.ts";
import { turn } from "./turn.ts";

export interface BlobsOptions {
  readonly rows?: number;
  /** Number of clouds. */
  readonly classes?: number;
  /** Standard deviation of each cloud; the centres lie at distance 2 from the origin. */
  readonly spread?: number;
}

/** Classes of equal size (± 1), in turn. */
export function blobs(
  random: RandomSource,
  { rows = 300, classes = 3, spread = 0.8 }: BlobsOptions = {},
): Dataset {
  const names = Array.from({ length: classes }, (_, c) => `cloud ${c + 1}`);
  const centres = names.map((_, c) => turn(c / classes));
  const about = { name: "blobs", title: "Blobs", target: { name: "cloud", unit: "" }, classes: names };
  return assemble(about, plane, rows, (i) => {
    const [c, s] = centres[i % classes]!;
    return { x: [2 * c + spread * random.normal(), 2 * s + spread * random.normal()], y: i % classes };
  });
}
