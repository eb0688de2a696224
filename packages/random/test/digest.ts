// A short digest of long results, so that their bits can be committed: two lanes of FNV-1a over the bytes.

/** 16 hexadecimal digits over the bytes, little-endian. */
export function digest(...arrays: readonly (Float64Array | Int32Array | Uint32Array)[]): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (const array of arrays)
    for (const byte of new Uint8Array(array.buffer, array.byteOffset, array.byteLength)) {
      a = Math.imul(a ^ byte, 0x01000193);
      b = Math.imul(b ^ byte ^ (a >>> 24), 0x01000193);
    }
  return [a, b].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
}
