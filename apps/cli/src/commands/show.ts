// basin show: which command draws a figure anew, from what the figure itself says.
import { readFileSync } from "node:fs";
import { UsageError } from "@basin/objective";
import { version } from "@basin/experiment";
import { commandOf, provenanceOf } from "@basin/report";

export interface ShowOptions {
  readonly spec?: boolean;
}

export function show(file: string, { spec = false }: ShowOptions): void {
  let figure: string | Uint8Array;
  try {
    const bytes = readFileSync(file);
    figure = /\.png$/i.test(file) ? bytes : bytes.toString();
  } catch {
    throw new UsageError(file, "the file cannot be read", "check its name and its permissions");
  }
  try {
    const from = provenanceOf(figure);
    if (spec) return console.log(JSON.stringify(from.spec, null, 2));
    const other = from.basin === version ? "" : `; this is basin ${version}, which may compute other bits`;
    // comments of the shell, so that all of it may be pasted
    console.log(`# ${from.figure} of experiment ${from.fingerprint}, drawn by basin ${from.basin}${other}`);
    console.log(commandOf(figure, file));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      file,
      "there is no experiment inside",
      "give a figure (.svg or .png) that basin drew",
    );
  }
}
