// Settings as they are written on a command line: name:setting=value:…, name.setting=value.
import { UsageError } from "@basin/objective";

export type Settings = Record<string, unknown>;

export interface Written {
  readonly name: string;
  readonly settings: Settings;
}

/** Splits at a separator that stands outside of brackets and quotes. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = [];
  let [depth, quoted, from] = [0, false, 0];
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (letter === '"' && text[i - 1] !== "\\") quoted = !quoted;
    else if (quoted) continue;
    else if ("[{".includes(letter)) depth++;
    else if ("]}".includes(letter)) depth--;
    else if (letter === separator && depth === 0) {
      parts.push(text.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(text.slice(from));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** JSON where it is JSON (numbers, true, false, lists), and otherwise the word itself. */
export function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** "rate=0.01" → into the settings; "schedule.kind=cosine" goes one level down. */
export function assign(settings: Settings, text: string, who: string): void {
  const at = text.indexOf("=");
  if (at < 1)
    throw new UsageError(who, `"${text}" is no setting`, "write it as name=value, for example rate=0.01");
  const path = text.slice(0, at).trim().split(".");
  let inner = settings;
  for (const key of path.slice(0, -1)) inner = (inner[key] ??= {}) as Settings;
  inner[path.at(-1)!] = valueOf(text.slice(at + 1).trim());
}

/** "adam,adam:rate=0.01:beta1=0.8" */
export function writtenEntries(text: string, who: string): Written[] {
  return splitOutside(text, ",").map((entry) => {
    const [name = "", ...rest] = splitOutside(entry, ":");
    const settings: Settings = {};
    for (const part of rest) assign(settings, part, `${who} ${name}`);
    return { name, settings };
  });
}
