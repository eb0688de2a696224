// Compares plain data bit by bit, so that −0 differs from 0 and any NaN equals any NaN.

const tagOf = (value: unknown): string => Object.prototype.toString.call(value);

/** Arrays and typed arrays: what has a length and entries. */
function entries(value: unknown): ArrayLike<unknown> | undefined {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && "length" in value)
    ? (value as ArrayLike<unknown>)
    : undefined;
}

/**
 * Where two pieces of plain data first differ, as a path and both values ("x[3]: 0 and -0"), or undefined where they
 * are the same to the last bit. Typed arrays are compared by type and entries, objects by their own enumerable keys.
 */
export function firstDifference(a: unknown, b: unknown, path = "it"): string | undefined {
  if (Object.is(a, b)) return undefined;
  const differs = `${path}: ${print(a)} and ${print(b)}`;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return differs;
  if (tagOf(a) !== tagOf(b)) return differs;
  const [left, right] = [entries(a), entries(b)];
  if (left !== undefined && right !== undefined) {
    if (left.length !== right.length) return `${path}.length: ${left.length} and ${right.length}`;
    for (let i = 0; i < left.length; i++) {
      const found = Object.is(left[i], right[i])
        ? undefined
        : firstDifference(left[i], right[i], `${path}[${i}]`);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const [mine, theirs] = [Object.keys(a), Object.keys(b)];
  for (const key of mine) if (!Object.hasOwn(b, key)) return `${path}.${key}: present and absent`;
  for (const key of theirs) if (!Object.hasOwn(a, key)) return `${path}.${key}: absent and present`;
  for (const key of mine) {
    const found = firstDifference(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      `${path}.${key}`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

function print(value: unknown): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "object" && value !== null) return tagOf(value);
  return String(value);
}
