// What went wrong, in words, and the exit code for it. Never a stack trace, unless BASIN_DEBUG asks for one.
import { UsageError } from "@basin/objective";
import { CommanderError } from "commander";

/** Ends the program with this exit code; what there was to say has been said. */
export class Exit extends Error {
  override readonly name: string = "Exit";
  readonly code: number;
  constructor(code: number) {
    super(`exit ${code}`);
    this.code = code;
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof Exit) return error.code;
  // commander has said what was wrong; help and version are no mistakes
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (process.env["BASIN_DEBUG"] !== undefined) console.error(error);
  if (error instanceof UsageError) {
    console.error(`basin: ${error.message}`);
    return 2;
  }
  console.error(`basin: ${error instanceof Error ? error.message : String(error)}`);
  console.error("basin: that was not expected; BASIN_DEBUG=1 shows where it comes from.");
  return 1;
}
