#!/usr/bin/env node
/** The command line as a process of its own. */
import { EXIT_USAGE, runCommandLine } from "./command-line";

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : EXIT_USAGE));

void runCommandLine(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
