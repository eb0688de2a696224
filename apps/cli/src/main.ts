#!/usr/bin/env node
// basin in the terminal. Exit codes: 0 done, 1 a run or a law failed, 2 wrong usage, 130 stopped by Ctrl-C.
import { program } from "./program.ts";
import { exitCodeOf } from "./errors.ts";

// Whoever reads us may have read enough (`| head`): that is no error.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
    // a full disk behind ">"
    if (stream === process.stdout)
      process.stderr.write(`basin: its output could not be written: ${error.message}\n`);
    process.exit(1);
  });

try {
  await program().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
