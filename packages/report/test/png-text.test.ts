// Text inside of a PNG: what is put in comes out, and what decoders check stays right.
import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { commandOf, figures, pngWithProvenance, provenanceOf } from "@basin/report";
import { textIn, withText } from "../src/png-text.ts";
import { gridExperiment } from "./made.ts";

function chunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
/** One grey pixel. */
const pixel = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  chunk("IHDR", Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])),
  chunk("IDAT", deflateSync(Buffer.from([0, 128]))),
  chunk("IEND", Buffer.alloc(0)),
]);

test("a text is a chunk after the header, with the check that zlib computes", () => {
  const text = '{"θ": "1 < 2"}';
  const made = withText(pixel, "basin", text);
  const expected = chunk("iTXt", Buffer.from(`basin\0\0\0\0\0${text}`));
  expect(Buffer.from(made)).toEqual(Buffer.concat([pixel.subarray(0, 33), expected, pixel.subarray(33)]));
});

test("any text comes out as it was put in", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      expect(textIn(withText(pixel, "basin", text), "basin")).toBe(text);
    }),
  );
  expect(textIn(pixel, "basin")).toBeUndefined();
  expect(textIn(withText(pixel, "other", "text"), "basin")).toBeUndefined();
});

test("whatever bytes are given: a text, none, or a RangeError", () => {
  const whole = withText(pixel, "basin", "text");
  fc.assert(
    fc.property(fc.nat(whole.length), fc.uint8Array(), (at, more) => {
      const cut = Buffer.concat([whole.subarray(0, at), more]);
      expect([undefined, "text"]).toContain(textIn(cut, "basin"));
      expect(() => provenanceOf(cut)).toThrow(RangeError);
    }),
  );
  // its length reaches into what follows: a text, but not the one that was put in
  expect(textIn(Buffer.concat([whole.subarray(0, 51), Buffer.alloc(8)]), "basin")).toBeUndefined();
  expect(() => withText(Buffer.from("<svg>"), "basin", "")).toThrow(RangeError);
});

test("a figure as PNG says what its SVG says", async () => {
  const [figure] = figures(await gridExperiment());
  const png = pngWithProvenance(pixel, figure!.svg);
  expect(provenanceOf(png)).toEqual(provenanceOf(figure!.svg));
  expect(commandOf(png)).toBe(commandOf(figure!.svg));
  expect(() => pngWithProvenance(pixel, "<svg></svg>")).toThrow(RangeError);
});
