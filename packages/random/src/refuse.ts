// The one form of this package's errors: who complains, what was found, what to do.

/** A RangeError that says who complains, what was found, and what to do. */
export function refuse(who: string, found: string, advice: string): RangeError {
  return new RangeError(`${who}: ${found}; ${advice}.`);
}
