// Faults in an experiment file: all of them, each with its place, what is wrong, and the nearest name that would be right.
import { UsageError, nearest, type z } from "@basin/objective";

export interface Fault {
  /** Where in the file: "optimizers[1].settings.rate". */
  readonly place: string;
  /** "rte is unknown (did you mean rate)" */
  readonly message: string;
}

/** An experiment that cannot be run as written; `faults` lists everything that is wrong with it. */
export class SpecError extends UsageError {
  override readonly name: string = "SpecError";
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ place, message }) => (place === "" ? message : `${place}: ${message}`));
    const found = lines.length === 1 ? lines[0]! : `${lines.length} faults`;
    super("experiment", found, "correct it");
    this.message = `experiment: ${lines.length === 1 ? found : [`${found}:`, ...lines].join("\n  ")}`;
    this.faults = faults;
  }
}

/** A path of a zod issue below a place: ["optimizers", 1, "name"] → "optimizers[1].name". */
export function placeOf(place: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (at, key) =>
      typeof key === "number" ? `${at}[${key}]` : at === "" ? String(key) : `${at}.${String(key)}`,
    place,
  );
}

/** "did you mean rate" or "use one of: rate, momentum". */
export function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${near}`;
  return known.length === 0 ? "there are none" : `use one of: ${known.join(", ")}`;
}

/** The issues of a schema as faults; keys that it does not know are each a fault of their own. */
export function faultsOf(
  issues: readonly z.core.$ZodIssue[],
  place: string,
  knownAt: (path: readonly PropertyKey[]) => readonly string[],
): Fault[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          place: placeOf(place, issue.path),
          message: `${key} is unknown (${hint(key, knownAt(issue.path))})`,
        }))
      : [{ place: placeOf(place, issue.path), message: lowerFirst(issue.message) }],
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
