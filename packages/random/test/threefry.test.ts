import { expect, test } from "vitest";
import { threefry } from "../src/threefry.ts";

// The known answers that Random123 publishes for threefry4x32 with 20 rounds (tests/kat_vectors): counter, key, result.
const known = [
  [
    "00000000 00000000 00000000 00000000",
    "00000000 00000000 00000000 00000000",
    "9c6ca96a e17eae66 fc10ecd4 5256a7d8",
  ],
  [
    "ffffffff ffffffff ffffffff ffffffff",
    "ffffffff ffffffff ffffffff ffffffff",
    "2a881696 57012287 f6c7446e a16a6732",
  ],
  [
    "243f6a88 85a308d3 13198a2e 03707344",
    "a4093822 299f31d0 082efa98 ec4e6c89",
    "59cd1dbb b8879579 86b5d00c ac8b6d84",
  ],
] as const;

const words = (hex: string): Int32Array => Int32Array.from(hex.split(" "), (word) => parseInt(word, 16) | 0);

test.each(known)("counter %s under key %s is %s", (counter, key, result) => {
  const [c, k, out] = [words(counter), words(key), new Int32Array(4)];
  threefry(k[0]!, k[1]!, k[2]!, k[3]!, c[0]!, c[1]!, c[2]!, c[3]!, out);
  expect(out).toEqual(words(result));
});
