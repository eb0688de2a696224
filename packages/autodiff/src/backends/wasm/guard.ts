// Functions that hold in a common range of arguments: outside of it @basin/math itself is called.
import type { Emit, Value } from "./code.ts";
import type { Lanes } from "./lanes.ts";

/**
 * The value of `fast`, but of the host's function where a lane is outside of where `fast` holds: in a hopeful loop that is only
 * noted (`Code.good`), and the loop run again.
 */
export function guarded(m: Lanes, fast: Emit, inside: Emit, name: string, operands: readonly Emit[]): Value {
  const result = m.let(m.number(fast));
  const { good, ways } = m.code;
  if (good === undefined) m.unlessAll(inside, () => m.assign(result, m.host(name, operands)));
  else
    for (let way = 0; way < ways; way++) {
      m.and(good, inside)(way);
      m.code.set(good.local);
    }
  return result;
}
