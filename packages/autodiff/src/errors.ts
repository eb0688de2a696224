// Errors that say which op complains, what it was given, what to do, and on which line of the caller's it was traced.

/** A mistake in a traced function or in the use of a program. `line` is where it was traced, if the engine tells. */
export class AutodiffError extends Error {
  override readonly name: string = "AutodiffError";
  readonly who: string;
  readonly found: string;
  readonly advice: string;
  readonly line: string | undefined;
  constructor(who: string, found: string, advice: string) {
    const line = callerLine(new Error("where").stack);
    super(`${who}: ${found}; ${advice}.${line === undefined ? "" : ` (traced at ${line})`}`);
    this.who = who;
    this.found = found;
    this.advice = advice;
    this.line = line;
  }
}

// Not `new URL(".", import.meta.url)`: bundlers take that for a file to copy.
const own = (import.meta as unknown as { readonly url: string }).url
  .replace(/[^/]*$/, "")
  .replace(/^file:\/\//, "");

/** The first line of a stack that is not in this package: file:line:column. V8's and SpiderMonkey's formats. */
function callerLine(stack: string | undefined): string | undefined {
  for (const frame of stack?.split("\n") ?? []) {
    const at = /((?:file|https?):\/\/[^\s)]+|\/[^\s()@]+):(\d+):(\d+)\)?$/.exec(frame.trim());
    if (at === null) continue;
    const path = at[1]!.replace(/^file:\/\//, "").replace(/\?.*$/, "");
    if (path.startsWith(own) || path.includes("/node_modules/")) continue;
    return `${path}:${at[2]}:${at[3]}`;
  }
  return undefined;
}
