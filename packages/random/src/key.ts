// A key is a path of randomness: plain data, printable, the same numbers wherever it is opened.
import { refuse } from "./refuse.ts";

/** A path such as ["7", "penguins-logistic", "3"]. Plain data. */
export interface Key {
  readonly path: readonly string[];
}

function part(who: string, value: number | string): string {
  if (typeof value === "string") return value;
  if (!Number.isFinite(value))
    throw refuse(who, `a part of the path is ${value}`, "give a finite number or a string");
  return String(value);
}

/**
 * The key at the root of all randomness. A number is the same as its decimal string.
 * @throws RangeError where the seed is NaN or infinite.
 */
export function rootKey(seed: number | string): Key {
  return { path: [part("rootKey", seed)] };
}

/**
 * The key below this one at these parts: foldIn(foldIn(k, a), b) = foldIn(k, a, b). Every path has numbers of its own.
 * @throws RangeError where a part is NaN or infinite.
 */
export function foldIn(key: Key, ...parts: (string | number)[]): Key {
  return { path: [...key.path, ...parts.map((p) => part("foldIn", p))] };
}

/** Printable ASCII stays, except for what has a meaning in a path; the rest is written as its UTF-16 units, %hh or %uhhhh. */
function escape(text: string): string {
  if (text === "") return "%";
  return text.replace(/[^!-$&-.0-~]/g, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 256 ? `%${code.toString(16).padStart(2, "0")}` : `%u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The path in printable ASCII, "7/penguins-logistic/3". Distinct paths print distinctly: each part is escaped. */
export function pathOf(key: Key): string {
  return key.path.map(escape).join("/");
}
