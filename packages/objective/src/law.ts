// A law: one statement about an implementation that can be checked, independent of any test runner.

/** One statement that every implementation must satisfy. In a test: `for (const law of laws) test(law.name, law.check)`. */
export interface Law {
  /** A sentence: "tell does not write to its arguments". */
  readonly name: string;
  /** Throws where the law is broken, with a message that shows how. */
  readonly check: () => void | Promise<void>;
}

/** Thrown by a law that is broken. */
export class LawBroken extends Error {
  override readonly name: string = "LawBroken";
}

/**
 * Asserts within a law; `message` is made only if it is needed.
 * @throws LawBroken unless `holds`.
 */
export function demand(holds: boolean, message: string | (() => string)): asserts holds {
  if (!holds) throw new LawBroken(typeof message === "string" ? message : message());
}
