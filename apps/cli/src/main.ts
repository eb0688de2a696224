#!/usr/bin/env node
// basin in the terminal. Exit codes: 0 done, 1 a run or a law failed, 2 wrong usage, 130 stopped by Ctrl-C.
import { program } from "./program.ts";
import { exitCodeOf } from "./errors.ts";

// Whoever reads us may have read enough (`| head`): that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
  throw error;
});

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
