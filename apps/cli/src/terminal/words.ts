// Counts in words.

/** "1 run", "15 runs"; units such as min stay as they are. */
export function counted(n: number, noun: string): string {
  const plural = n === 1 || noun === "min" ? noun : `${noun}s`;
  return `${n.toLocaleString("en-US")} ${plural}`;
}
