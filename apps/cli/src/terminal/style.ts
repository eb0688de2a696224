// Colour where it is wanted (https://no-color.org), and text at a width.
import type { WriteStream } from "node:tty";

export interface Style {
  readonly colour: boolean;
  /** Columns. */
  readonly width: number;
}

/** As wide as the terminal, within reason; 80 where there is none. */
export function styleOf(stream: Pick<WriteStream, "isTTY" | "columns">): Style {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== "" && FORCE_COLOR !== "0";
  const refused = (NO_COLOR !== undefined && NO_COLOR !== "") || TERM === "dumb";
  return {
    colour: !refused && (forced || stream.isTTY === true),
    width: Math.max(40, Math.min(stream.isTTY === true && stream.columns > 0 ? stream.columns : 80, 110)),
  };
}

/** Colours of lines, in order: Okabe and Ito (2008), the nearest of the 256 that terminals have. */
const lines = [32, 166, 36, 175, 178, 246, 38, 142] as const;

export function coloured(text: string, line: number, { colour }: Style): string {
  return colour ? `\u001B[38;5;${lines[line % lines.length]}m${text}\u001B[39m` : text;
}

export function bold(text: string, { colour }: Style): string {
  return colour ? `\u001B[1m${text}\u001B[22m` : text;
}

export function quiet(text: string, { colour }: Style): string {
  return colour ? `\u001B[2m${text}\u001B[22m` : text;
}

/** At most this long, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** Words in lines of at most this width; lines after the first are indented. */
export function wrap(text: string, width: number, indent = "", first = ""): string {
  const out: string[] = [];
  let line = "";
  for (const word of text.split(" ").filter((part) => part !== "")) {
    const before = out.length === 0 ? first : indent;
    if (line === "") line = before + word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      out.push(line);
      line = indent + word;
    }
  }
  return [...out, line].join("\n");
}

/** Letters that name lines where colour does not. */
export function letterOf(line: number): string {
  return line < 26 ? String.fromCharCode(65 + line) : line < 52 ? String.fromCharCode(71 + line) : "·";
}
