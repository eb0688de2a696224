// Text inside of a PNG, in iTXt chunks: Portable Network Graphics Specification, third edition (W3C, 2023), 11.3.3.4.

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
/** Length, name and check of a chunk. */
const AROUND = 12;
const ITXT = 0x69_54_58_74;

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The chunks of a PNG, as far as they are whole. */
function* chunksOf(
  png: Uint8Array,
): Generator<{ readonly name: number; readonly data: Uint8Array; readonly end: number }> {
  if (!signature.every((byte, i) => png[i] === byte)) return;
  for (let at: number = signature.length; at + AROUND <= png.length;) {
    const length = view(png).getUint32(at);
    const end = at + AROUND + length;
    if (end > png.length) return;
    yield { name: view(png).getUint32(at + 4), data: png.subarray(at + 8, at + 8 + length), end };
    at = end;
  }
}

/**
 * The PNG with a text in it, before its pixels. `keyword`: 1 to 79 letters of Latin-1.
 * @throws RangeError where the bytes are no PNG.
 */
export function withText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const [header] = chunksOf(png);
  if (header === undefined) throw new RangeError("withText: these bytes are no PNG.");
  // not compressed, of no language, with no other keyword
  const data = new TextEncoder().encode(`${keyword}\0\0\0\0\0${text}`);
  const chunk = new Uint8Array(AROUND + data.length);
  view(chunk).setUint32(0, data.length);
  view(chunk).setUint32(4, ITXT);
  chunk.set(data, 8);
  view(chunk).setUint32(8 + data.length, crc(chunk.subarray(4, 8 + data.length)));
  const all = new Uint8Array(png.length + chunk.length);
  all.set(png.subarray(0, header.end));
  all.set(chunk, header.end);
  all.set(png.subarray(header.end), header.end + chunk.length);
  return all;
}

/** The text that `withText` put in; undefined where there is none, or where it was damaged. */
export function textIn(png: Uint8Array, keyword: string): string | undefined {
  const head = `${keyword}\0\0\0\0\0`;
  for (const { name, data, end } of chunksOf(png)) {
    if (name !== ITXT || view(png).getUint32(end - 4) !== crc(png.subarray(end - data.length - 8, end - 4)))
      continue;
    const text = new TextDecoder().decode(data);
    if (text.startsWith(head)) return text.slice(head.length);
  }
  return undefined;
}

/** CRC-32 over a chunk's name and data (the specification's annex D), bit by bit: texts are short. */
function crc(bytes: Uint8Array): number {
  let c = 0xff_ff_ff_ff;
  for (const byte of bytes) {
    c ^= byte;
    for (let bit = 0; bit < 8; bit++) c = (c & 1) === 1 ? (c >>> 1) ^ 0xed_b8_83_20 : c >>> 1;
  }
  return (c ^ 0xff_ff_ff_ff) >>> 0;
}
