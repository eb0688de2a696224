// Faults in an experiment file: all of them, each with its place, what is wrong, and the nearest name that would be right.
import { UsageError, nearest, type z } from "@basin/objective";

export interface Fault {
  /** Where in the file: "optimizers[1].settings.rate". */
  readonly place: string;
  /** "rte is unknown (did you mean rate)" */
  readonly message: string;
  /** Of the text, from 1; where there is one. */
  readonly line?: number;
}

/** An experiment that cannot be run as written; `faults` lists everything that is wrong with it. */
export class SpecError extends UsageError {
  override readonly name: string = "SpecError";
  readonly faults: readonly Fault[];
  /** `who`: the name of its file, say. */
  constructor(faults: readonly Fault[], who = "experiment") {
    const lines = faults.map(({ place, message, line }) => {
      const where = [line === undefined ? "" : `line ${line}`, place]
        .filter((part) => part !== "")
        .join(", ");
      return where === "" ? message : `${where}: ${message}`;
    });
    const found = lines.length === 1 ? lines[0]! : `${lines.length} faults`;
    super(who, found, "correct it");
    this.message = `${who}: ${lines.length === 1 ? found : [`${found}:`, ...lines].join("\n  ")}`;
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

/** More names than this nobody reads in an error. */
const NAMES = 12;

/** "did you mean rate" or "use one of: rate, momentum"; of many names the first few. */
export function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${near}`;
  if (known.length === 0) return "there are none";
  const more = known.length - NAMES;
  return `use one of: ${known.slice(0, NAMES).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The issues of a schema with what was given; keys that it does not know are each a fault of their own. */
export function faultsOf(
  { issues }: Pick<z.core.$ZodError, "issues">,
  given: unknown,
  place: string,
  knownAt: (path: readonly PropertyKey[]) => readonly string[],
): Fault[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          place: placeOf(place, issue.path),
          message: `${key} is unknown (${hint(key, knownAt(issue.path))})`,
        }))
      : [{ place: placeOf(place, issue.path), message: inWords(issue, valueIn(given, issue.path)) }],
  );
}

function valueIn(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    given,
  );
}

const kinds: Readonly<Record<string, string>> = {
  array: "a list",
  object: "an object",
  record: "an object",
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

/** What is wrong with a value, where zod's own words are for programmers. */
function inWords(issue: z.core.$ZodIssue, value: unknown): string {
  const found = value === undefined ? "it is missing" : `it is ${shortened(value)}`;
  if (issue.code === "invalid_type" && Object.hasOwn(kinds, issue.expected)) {
    // one problem is a list of one
    const list = issue.expected === "array" && value !== undefined ? `: [${shortened(value)}]` : "";
    return `${found} (give ${kinds[issue.expected]}${list})`;
  }
  if (issue.code === "invalid_value") {
    const names = issue.values.map(String);
    return `${found} (${typeof value === "string" ? hint(value, names) : `use one of: ${names.join(", ")}`})`;
  }
  if (issue.code === "too_small" && typeof value === "number")
    return `${found} (give ${issue.inclusive === true ? `${issue.minimum} or more` : `more than ${issue.minimum}`})`;
  if (issue.code === "too_big" && typeof value === "number")
    return `${found} (give ${issue.inclusive === true ? `${issue.maximum} or less` : `less than ${issue.maximum}`})`;
  return `${issue.message.charAt(0).toLowerCase()}${issue.message.slice(1)}`;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}
