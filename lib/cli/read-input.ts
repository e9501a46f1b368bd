import { closeSync, openSync } from "node:fs";
import { readBounded } from "../readers/bounded-input";
import { INPUT_LENGTH } from "../trust/sts/input-error";
import { UsageError } from "./usage-error";

/** Most bytes that are read: UTF-8 has at most three for what counts as one character, and a mark may stand in front. */
const MOST_BYTES = INPUT_LENGTH * 3 + 3;

/**
 * Reads a file that an option names, or standard input for `-`.
 *
 * @param most bytes that are read
 * @throws UsageError for what is not there, not text, or huge. It repeats no name that looks like a token.
 */
export function readInput(option: string, file: string, most = MOST_BYTES): string {
  const name = nameOf(option, file);
  if (isSecret(file))
    throw new UsageError(
      `${option}: give the name of a file, or "-" for standard input. Others can see a token on the command line`,
    );
  const bytes = readBytes(name, file, most);
  if (!bytes)
    throw new UsageError(
      `${name}: it exceeds the limit of ${most} bytes. No token, policy or key set is that long: check which file it is`,
    );
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

function readBytes(name: string, file: string, most: number): Buffer | undefined {
  try {
    const descriptor = file === "-" ? 0 : openSync(file, "r");
    try {
      return readBounded(descriptor, most);
    } finally {
      if (file !== "-") closeSync(descriptor);
    }
  } catch (error) {
    throw new UsageError(`${name}: ${reasonFor((error as NodeJS.ErrnoException).code)}`);
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
