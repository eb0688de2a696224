// Ctrl-C, and how to go on after it.

/**
 * The first Ctrl-C (or polite kill) stops in order, the second one at once: whatever is appended is on its way to the disk already. The function
 * returned lets go.
 */
export function onInterrupt(stop: () => void): () => void {
  let asked = false;
  const listener = (): void => {
    if (asked) process.exit(130);
    asked = true;
    if (process.stderr.isTTY) process.stderr.write("\r\u001B[KStopping … Ctrl-C again stops at once.\n");
    stop();
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, listener);
  return () => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, listener);
  };
}

/** The line that was typed, to be typed again. */
export function sameCommand(): string {
  return commandLine(...process.argv.slice(2).filter((word) => word !== "--force"));
}

/** Words as a shell reads them. */
export function commandLine(...words: readonly string[]): string {
  const plain = /^[\w@%+=:,./-]+$/;
  return [
    "basin",
    ...words.map((word) => (plain.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)),
  ].join(" ");
}
