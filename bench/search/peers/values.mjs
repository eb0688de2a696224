// Answers values of one BBOB function over standard input and output, so that other people's optimizers search the same function to
// the last bit. node values.mjs f n instance: first f_opt; then for each block of points (their number as uint32, then n doubles a
// point, all little-endian) one double a point.
import { readSync, writeSync } from "node:fs";
import { bbob } from "@basin/problems";
import { rngOf, rootKey } from "@basin/random";

const [f, n, instance] = process.argv.slice(2).map(Number);
const objective = bbob[f - 1].create({ dimension: n, instance }, rngOf(rootKey(0)));

function read(bytes) {
  const buffer = Buffer.alloc(bytes);
  for (let have = 0; have < bytes;) {
    const got = readSync(0, buffer, have, bytes - have, null);
    if (got === 0) process.exit(0);
    have += got;
  }
  return buffer;
}

function write(values) {
  const buffer = Buffer.from(Float64Array.from(values).buffer);
  for (let done = 0; done < buffer.length;) done += writeSync(1, buffer, done);
}

write([objective.minimum.value]);
for (;;) {
  const points = read(4).readUInt32LE();
  const numbers = new Float64Array(new Uint8Array(read(8 * n * points)).buffer);
  const queries = Array.from({ length: points }, (_, i) => ({
    kind: "value",
    x: numbers.subarray(i * n, (i + 1) * n),
  }));
  write(objective.evaluate({ queries }).map((outcome) => outcome.value ?? Number.NaN));
}
