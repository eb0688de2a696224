// The codec: plain data to JSON-able data and back, bit for bit where JSON alone would lose vectors, NaN, ±Infinity, −0 and undefined.
import { UsageError } from "@basin/objective";
import type { Plain } from "./plain.ts";

/** What JSON.stringify writes and JSON.parse gives back unchanged. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

// A tagged value is an object whose only own keys are "$" (the tag) and "v". A plain object that has a key "$" of its
// own is written as tag "object" with its entries, so nothing a state holds can be mistaken for a tag.
const TAG = "$";
/** Deeper than any honest state; a cycle gets here. */
const DEEPEST = 1000;

const SPECIAL: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  Infinity: Infinity,
  "-Infinity": -Infinity,
  "-0": -0,
};

const typedArrays: Readonly<
  Record<string, new (entries: number[]) => Float64Array | Int32Array | Uint8Array>
> = {
  Float64Array,
  Int32Array,
  Uint8Array,
};

/** A number as JSON holds it: itself where that is exact (JSON numbers round-trip), else its name. */
function encodeNumber(value: number): number | string {
  return Number.isFinite(value) && !Object.is(value, -0)
    ? value
    : Object.is(value, -0)
      ? "-0"
      : String(value);
}

function decodeNumber(value: unknown): number {
  if (typeof value === "number") return value;
  const special = typeof value === "string" ? SPECIAL[value] : undefined;
  if (special === undefined)
    throw new UsageError("decode", `${JSON.stringify(value)} is no number`, "decode what encode wrote");
  return special;
}

const tagged = (tag: string, value?: Json): Json =>
  value === undefined ? { [TAG]: tag } : { [TAG]: tag, v: value };

/**
 * Plain data as JSON-able data: `JSON.stringify(encode(state))` keeps every bit (any NaN is written as one NaN).
 * Views into one buffer are written each for itself.
 * @throws UsageError where something is not plain, with its place in the state.
 */
export function encode(value: Plain): Json {
  return encodeAt(value, "state", 0);
}

function encodeAt(value: unknown, path: string, depth: number): Json {
  switch (typeof value) {
    case "number": {
      const written = encodeNumber(value);
      return typeof written === "number" ? written : tagged("number", written);
    }
    case "string":
    case "boolean":
      return value;
    case "undefined":
      return tagged("undefined");
    case "object":
      return value === null ? null : encodeObject(value, path, depth);
    default:
      throw notPlain(path, `a ${typeof value}`);
  }
}

function encodeObject(value: object, path: string, depth: number): Json {
  if (depth > DEEPEST) throw notPlain(path, "nested without end (a cycle?)");
  if (Array.isArray(value)) {
    const out: Json[] = [];
    for (let i = 0; i < value.length; i++) {
      if (!(i in value)) throw notPlain(`${path}[${i}]`, "a hole in an array");
      out.push(encodeAt(value[i], `${path}[${i}]`, depth + 1));
    }
    return out;
  }
  const name = Object.prototype.toString.call(value).slice(8, -1);
  if (ArrayBuffer.isView(value) && Object.hasOwn(typedArrays, name))
    return tagged(name, Array.from(value as Float64Array, encodeNumber));
  // Object.prototype and null, of this realm or another, have no prototype above them; classes do.
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && (name !== "Object" || Object.getPrototypeOf(prototype) !== null))
    throw notPlain(path, `a ${(prototype as { constructor?: { name?: string } }).constructor?.name ?? name}`);
  if (Object.getOwnPropertySymbols(value).length > 0) throw notPlain(path, "an object with a symbol as key");
  const entries = Object.entries(value).map(
    ([key, entry]) => [key, encodeAt(entry, `${path}.${key}`, depth + 1)] as const,
  );
  return Object.hasOwn(value, TAG) ? tagged("object", entries) : Object.fromEntries(entries);
}

function notPlain(path: string, found: string): UsageError {
  return new UsageError(
    "encode",
    `${path} is ${found}`,
    "keep to plain data: numbers, strings, booleans, null, arrays, plain objects, Float64Array, Int32Array, Uint8Array",
  );
}

/**
 * The plain data that `encode` wrote, to the last bit.
 * @throws UsageError for what `encode` cannot have written.
 */
export function decode(json: Json): Plain {
  if (typeof json !== "object" || json === null) {
    if (json === null || typeof json === "number" || typeof json === "string" || typeof json === "boolean")
      return json;
    throw new UsageError("decode", `found a ${typeof json}`, "decode what encode wrote");
  }
  if (Array.isArray(json)) return json.map(decode);
  const object = json as { readonly [name: string]: Json };
  if (!Object.hasOwn(object, TAG))
    return Object.fromEntries(Object.entries(object).map(([key, entry]) => [key, decode(entry)]));
  const [tag, inner] = [object[TAG], object["v"]];
  if (tag === "undefined") return undefined;
  if (tag === "number") return decodeNumber(inner);
  if (Array.isArray(inner) && tag === "object")
    return Object.fromEntries((inner as [string, Json][]).map(([key, entry]) => [key, decode(entry)]));
  if (Array.isArray(inner) && typeof tag === "string" && Object.hasOwn(typedArrays, tag))
    return new typedArrays[tag]!(inner.map(decodeNumber));
  throw new UsageError("decode", `found the tag ${JSON.stringify(tag)}`, "decode what encode wrote");
}
