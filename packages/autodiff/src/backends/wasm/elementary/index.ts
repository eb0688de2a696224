// The elementary functions that have code of their own; others are called on the host, lane by lane.
import { cos, sin, tan } from "./circular.ts";
import { erf } from "./error-function.ts";
import { cosh, exp, expm1, sigmoid, sinh, tanh } from "./exponential.ts";
import { acos, asin, atan, atan2 } from "./inverse-circular.ts";
import { log, log1p, softplus } from "./logarithm.ts";
import type { Elementary } from "./polynomial.ts";
import { pow } from "./power.ts";

/** Functions of any argument: nothing is left to the host. */
const total: Readonly<Record<string, Elementary>> = { acos, asin, atan, erf };

/** In doubles. Those that are not total hold in a common range, outside of which the host is called. */
export const elementary: Readonly<Record<string, Elementary>> = {
  ...total,
  atan2,
  cos,
  cosh,
  exp,
  expm1,
  log,
  log1p,
  pow,
  sigmoid,
  sin,
  sinh,
  softplus,
  tan,
  tanh,
};

/** Whether it has a common range, outside of which the host is called. */
export function isGuarded(name: string): boolean {
  return elementary[name] !== undefined && total[name] === undefined;
}
