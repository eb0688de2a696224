// JSON with comments and trailing commas, read: the same words for the same mistake in every engine, with line and column.
import { SpecError, type Fault } from "./fault.ts";

/** What a text holds. A name that stands twice in one object is a fault: JSON.parse would silently take the last. */
export interface Read {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** Where each value and name stands, by its place: "problems[1].settings" → 4. */
  readonly lines: ReadonlyMap<string, number>;
}

/** Deeper than this nobody means it. */
const DEEPEST = 200;

/**
 * The value of a text.
 * @throws SpecError where it is not JSON, with the place.
 */
export function readJsonc(text: string): Read {
  const faults: Fault[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;

  const lines = new Map<string, number>();
  // lines are counted on from the last place that was asked for, which rise
  let [counted, line] = [0, 1];
  const mark = (place: string): void => {
    for (; counted < at; counted++) if (text[counted] === "\n") line++;
    if (place !== "") lines.set(place, line);
  };
  const placeAt = (index: number): string => {
    const before = text.slice(0, index).split("\n");
    return `line ${before.length}, column ${before.at(-1)!.length + 1}`;
  };
  const fail = (message: string, index = at): never => {
    throw new SpecError([{ place: placeAt(index), message: `it is not JSON: ${message}` }]);
  };
  /** What stands there, in a sentence. */
  const found = (): string =>
    at >= text.length ? "it ends" : `"${/^[\w.+-]+|^[^]/u.exec(text.slice(at, at + 40))?.[0] ?? ""}" stands`;

  /** On to what is neither space nor comment. */
  function skip(): void {
    for (;;) {
      const letter = text[at];
      if (letter === " " || letter === "\n" || letter === "\r" || letter === "\t") at++;
      else if (letter === "/" && text[at + 1] === "/") {
        const end = text.indexOf("\n", at);
        at = end < 0 ? text.length : end;
      } else if (letter === "/" && text[at + 1] === "*") {
        const end = text.indexOf("*/", at + 2);
        if (end < 0) fail("a comment does not end");
        at = end + 2;
      } else return;
    }
  }

  function string(): string {
    const from = at++;
    while (text[at] !== '"') {
      const letter = text[at];
      if (letter === undefined || letter === "\n" || letter === "\r") fail("a text does not end", from);
      at += letter === "\\" ? 2 : 1;
    }
    at++;
    try {
      return JSON.parse(text.slice(from, at)) as string;
    } catch {
      return fail("a text has a letter that must be escaped", from);
    }
  }

  /** Values with commas between, up to the bracket; one comma more may stand before it. */
  function list(bracket: string, each: () => void): void {
    at++;
    for (skip(); text[at] !== bracket; skip()) {
      each();
      skip();
      if (text[at] === ",") at++;
      else if (text[at] !== bracket) fail(`${found()} where a comma or ${bracket} is expected`);
    }
    at++;
  }

  function object(depth: number, place: string): unknown {
    const entries = new Map<string, unknown>();
    list("}", () => {
      if (text[at] !== '"') fail(`${found()} where a name in double quotes is expected`);
      const inner = (name: string): string => (place === "" ? name : `${place}.${name}`);
      const name = string();
      mark(inner(name));
      skip();
      if (text[at] !== ":") fail(`${found()} where a colon is expected`);
      at++;
      if (entries.has(name))
        faults.push({ place, message: `${name} stands there twice (leave one of them)`, line });
      entries.set(name, value(depth + 1, inner(name)));
    });
    return Object.fromEntries(entries);
  }

  function array(depth: number, place: string): unknown {
    const items: unknown[] = [];
    list("]", () => {
      const inner = `${place}[${items.length}]`;
      mark(inner);
      items.push(value(depth + 1, inner));
    });
    return items;
  }

  function value(depth: number, place: string): unknown {
    if (depth > DEEPEST) fail(`brackets are nested more than ${DEEPEST} deep`);
    skip();
    const letter = text[at];
    if (letter === "{") return object(depth, place);
    if (letter === "[") return array(depth, place);
    if (letter === '"') return string();
    const word = /^[\w.+-]+/.exec(text.slice(at, at + 400))?.[0] ?? "";
    if (word === "true" || word === "false" || word === "null") {
      at += word.length;
      return JSON.parse(word) as unknown;
    }
    if (/^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i.test(word)) {
      at += word.length;
      return Number(word);
    }
    return fail(`${found()} where a value is expected`);
  }

  skip();
  if (at >= text.length)
    fail(
      'there is nothing in it; write an experiment, such as {"problems": ["sphere"], "optimizers": ["adam"]}',
      0,
    );
  const read = value(0, "");
  skip();
  if (at < text.length) fail(`${found()} after its end`);
  return { value: read, faults, lines };
}
