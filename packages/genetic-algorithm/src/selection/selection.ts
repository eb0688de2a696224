// Selection: which members become parents. Members are ranked, the best first.
import type { Vector } from "@basin/objective";
import type { Rng } from "@basin/random";

/** A way to draw parents from a generation of `count` ranked members with these values (ascending; +Infinity where f failed). */
export type Selection = (values: Vector, count: number) => (rng: Rng) => number;
