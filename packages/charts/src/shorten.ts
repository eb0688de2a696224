// Names that are too long for their place: what tells settings apart stands at the end, so the middle goes.

/** At most `most` letters, with "…" for those left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = Math.floor((most - 1) * 0.6);
  return `${text.slice(0, Math.max(1, most - 1 - tail))}…${text.slice(text.length - tail)}`;
}
