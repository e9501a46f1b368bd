import { closeSync, openSync, readSync } from "node:fs";
import { INPUT_LENGTH } from "../trust/sts/input-error";
import { UsageError } from "./usage-error";

/** Most bytes that are read: UTF-8 has at most four for what counts as two characters. */
const MOST = INPUT_LENGTH * 3 + 16;

/**
 * Reads a file that an option names, or standard input for `-`.
 *
 * @throws UsageError for what is not there, not text, or huge. It repeats no name that looks like a token.
 */
export function readInput(option: string, file: string): string {
  const name = nameOf(option, file);
  if (isSecret(file))
    throw new UsageError(
      `${option}: give the name of a file, or "-" for standard input. Others can see a token on the command line`,
    );
  const bytes = readBytes(name, file);
  if (bytes.length > MOST)
    throw new UsageError(`${name}: it has more than ${INPUT_LENGTH} characters, more than any token or policy`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name}: it is not text in UTF-8`);
  }
}

/** How messages call an input. */
export const nameOf = (option: string, file: string): string =>
  file === "-" ? `standard input (${option})` : isSecret(file) ? option : file;

/** Somebody has given the token itself, or its claims, in place of a file. */
const isSecret = (file: string): boolean => /^\s*(?:\{|eyJ)/.test(file) || file.length > 1_000;

function readBytes(name: string, file: string): Buffer {
  try {
    const descriptor = file === "-" ? 0 : openSync(file, "r");
    try {
      return readAll(descriptor);
    } finally {
      if (file !== "-") closeSync(descriptor);
    }
  } catch (error) {
    throw new UsageError(`${name}: ${reasonFor((error as NodeJS.ErrnoException).code)}`);
  }
}

/** Stops behind the limit: standard input may have no end. */
function readAll(descriptor: number): Buffer {
  const chunks: Buffer[] = [];
  for (let length = 0; length <= MOST;) {
    const chunk = Buffer.alloc(65_536);
    const read = readSome(descriptor, chunk);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    length += read;
  }
  return Buffer.concat(chunks);
}

function readSome(descriptor: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(descriptor, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      // The other end of the pipe is not ready yet.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

function reasonFor(code: string | undefined): string {
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder; expected a file";
    case "EACCES":
    case "EPERM":
      return "it may not be read";
    default:
      return `it cannot be read (${code ?? "for an unknown reason"})`;
  }
}
