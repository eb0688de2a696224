// Errors that say who complains, what was found, and what to do; and the nearest name to a misspelt one.

/** A mistake of the caller's, told as: who, what was found, what to do. */
export class UsageError extends Error {
  override readonly name: string = "UsageError";
  readonly who: string;
  readonly found: string;
  readonly advice: string;
  constructor(who: string, found: string, advice: string) {
    super(`${who}: ${found}; ${advice}.`);
    this.who = who;
    this.found = found;
    this.advice = advice;
  }
}

/** Damerau–Levenshtein distance (restricted; Damerau 1964): insertions, deletions, replacements, swaps of neighbours. */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, rows[i - 2]![j - 2]! + 1);
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

/** The known name nearest to a misspelt one, or undefined where none is near. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    const d = lower.startsWith(wanted) && wanted.length >= 3 ? 1 : distance(wanted, lower);
    if (d < least) [best, least] = [candidate, d];
  }
  return best;
}

/** Advice for an unknown name: the nearest one if there is one, otherwise the list. */
export function suggest(name: string, known: Iterable<string>): string {
  const names = [...known];
  const near = nearest(name, names);
  return near === undefined ? `use one of: ${names.join(", ")}` : `did you mean ${near}?`.replace(/\?$/, "");
}
