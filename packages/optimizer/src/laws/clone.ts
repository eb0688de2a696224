// structuredClone, which every engine that basin runs on has, but which is not part of the language and its types.

const host = globalThis as unknown as { readonly structuredClone: <T>(value: T) => T };

/** A deep copy of plain data. */
export function structuredClone<T>(value: T): T {
  return host.structuredClone(value);
}
