// Tables of the ziggurat for the normal density, 256 layers of equal area (Marsaglia & Tsang, "The ziggurat method for
// generating random variables", J. Stat. Software 5(8), 2000), from `@basin/math`, so that they are the same on every engine.
import { exp, log } from "@basin/math";

/** Where the tail begins: the edge of the lowest layer. */
export const TAIL = 3.6541528853610088;

/** Area of each of the 256 layers under exp(−x²/2): TAIL·exp(−TAIL²/2) + ∫ from TAIL to ∞ (the test derives both). */
export const AREA = 0.004928673233974655;

/** Right edges, widest first; EDGE[0] is that of the lowest layer as if it were a rectangle, EDGE[256] = 0. Shape [257]. */
export const EDGE: Float64Array = new Float64Array(257);
/** exp(−EDGE²/2): heights at which the layers meet. Shape [257]. */
export const HEIGHT: Float64Array = new Float64Array(257);

EDGE[0] = AREA / exp(-0.5 * TAIL * TAIL);
EDGE[1] = TAIL;
HEIGHT[1] = exp(-0.5 * TAIL * TAIL);
for (let i = 2; i < 256; i++) {
  // A layer is EDGE[i − 1] wide and has this area, so its top is at HEIGHT[i − 1] + AREA / EDGE[i − 1].
  HEIGHT[i] = HEIGHT[i - 1]! + AREA / EDGE[i - 1]!;
  EDGE[i] = Math.sqrt(-2 * log(HEIGHT[i]!));
}
EDGE[256] = 0;
HEIGHT[256] = 1;
