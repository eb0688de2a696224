// What was already computed for an operand in a piece of straight code: sigmoid and softplus share e^−|x|.
import type { Emit } from "./code.ts";

export type Shared = Map<string, readonly Emit[]>;
/** An expression, and the local that holds its value if one does. */
export type Operand = Emit & { readonly local?: number };

/** Makes values once for an operand that lies in a local. */
export function once(shared: Shared, key: string, x: Operand, make: () => readonly Emit[]): readonly Emit[] {
  if (x.local === undefined) return make();
  const name = `${key}:${x.local}`;
  let found = shared.get(name);
  if (found === undefined) shared.set(name, (found = make()));
  return found;
}
