// JSON with comments: what JSON.parse reads is read alike, and whatever is not is told with its place.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SpecError } from "@basin/experiment";
import { readJsonc } from "../src/jsonc.ts";

const faultOf = (text: string): string => {
  try {
    readJsonc(text);
    return "";
  } catch (error) {
    expect(error).toBeInstanceOf(SpecError);
    const [{ place, message } = { place: "", message: "" }] = (error as SpecError).faults;
    return `${place}: ${message.replace("it is not JSON: ", "")}`;
  }
};

test("reads all JSON as JSON.parse does", () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2, "\t"), (text, indent) => {
      const value: unknown = JSON.parse(text);
      expect(readJsonc(JSON.stringify(value, null, indent))).toMatchObject({ value, faults: [] });
    }),
  );
  // a name of its own, not the prototype
  const text = '{ "__proto__": { "a": 1 }, "n": [-0.5e-3, 1E2, true, null, "\\u00e9\\n"] }';
  expect(readJsonc(text).value).toEqual(JSON.parse(text));
  expect(Object.getPrototypeOf(readJsonc(text).value)).toBe(Object.prototype);
});

test("reads comments and trailing commas, and leaves texts that look so", () => {
  expect(readJsonc('\uFEFF// first\n{ /* in\nside */ "a//b": ["/* c */", 1, ], }\n// last').value).toEqual({
    "a//b": ["/* c */", 1],
  });
});

test("never throws anything but a SpecError, and refuses what JSON.parse refuses", () => {
  const piece = fc.constantFrom(...'{}[]:,"\\/* \n-+.e019truefalsn', "null", '"a"', "//", "/*", "*/");
  const by = (parse: () => unknown): { value: unknown } | { error: unknown } => {
    try {
      return { value: parse() };
    } catch (error) {
      return { error };
    }
  };
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join("");
      const [mine, theirs] = [by(() => readJsonc(text).value), by(() => JSON.parse(text) as unknown)];
      // comments and trailing commas are all that it takes beyond JSON
      const beyond = /\/[/*]|,\s*[\]}]/.test(text);
      if ("error" in mine) return mine.error instanceof SpecError && "error" in theirs;
      return beyond || ("value" in theirs && JSON.stringify(theirs.value) === JSON.stringify(mine.value));
    }),
    { numRuns: 5000 },
  );
});

describe("says where and what", () => {
  test.each([
    ...["", " \n// later\n"].map((text) => [
      text,
      'line 1, column 1: there is nothing in it; write an experiment, such as {"problems": ["sphere"], "optimizers": ["adam"]}',
    ]),
    ['{"a":', "line 1, column 6: it ends where a value is expected"],
    ["{ 'a': 1 }", 'line 1, column 3: "\'" stands where a name in double quotes is expected'],
    ['{ "a" 1 }', 'line 1, column 7: "1" stands where a colon is expected'],
    ["[1\n  2]", 'line 2, column 3: "2" stands where a comma or ] is expected'],
    ["[01]", 'line 1, column 2: "01" stands where a value is expected'],
    ['{"a": yes}', 'line 1, column 7: "yes" stands where a value is expected'],
    ['["a]', "line 1, column 2: a text does not end"],
    ['["\\x"]', "line 1, column 2: a text has a letter that must be escaped"],
    ["[1] 2", 'line 1, column 5: "2" stands after its end'],
    ["[1 /* 2]", "line 1, column 4: a comment does not end"],
    ["[".repeat(300), "line 1, column 202: brackets are nested more than 200 deep"],
  ])("%s", (text, said) => expect(faultOf(text)).toBe(said));
  test("on which line each value and name stands", () => {
    expect([...readJsonc('{ "a": [1,\n {\n"b": 2}],\n "c": 3 }').lines]).toEqual([
      ["a", 1],
      ["a[0]", 1],
      ["a[1]", 2],
      ["a[1].b", 3],
      ["c", 4],
    ]);
  });
  test("a name that stands twice", () => {
    expect(readJsonc('{ "a": { "b": 1,\n "b": 2 } }').faults).toEqual([
      { place: "a", message: "b stands there twice (leave one of them)", line: 2 },
    ]);
  });
});
