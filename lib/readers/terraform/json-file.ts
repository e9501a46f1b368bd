import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { SourceError } from "../../model/source-error";
import { readBounded } from "../bounded-input";

/** Largest input: a plan of ten thousand roles has a fifth of it. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads a text file, or for `-` standard input.
 *
 * @param most bytes that are read
 * @throws SourceError when there is none, or it is larger than any that is meant.
 */
export function readTextFile(file: string, most = MAX_BYTES): string {
  try {
    if (file === "-") return decoded(readBounded(0, most) ?? tooLarge("standard input", most), file);
    const stat = statSync(file);
    if (stat.isDirectory()) throw new SourceError(`${file}: is a folder: name a file`);
    if (!stat.isFile()) throw new SourceError(`${file}: is no regular file: write it to one first`);
    if (stat.size > most) return tooLarge(file, most);
    return decoded(readFileSync(file), file);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new SourceError(
      code === "ENOENT" ? `${file}: there is no such file` : `${file}: cannot be read (${code ?? "unknown error"})`,
    );
  }
}

function tooLarge(name: string, most: number): never {
  throw new SourceError(`${name}: exceeds the limit of ${most} bytes: split the configuration`);
}

function decoded(bytes: Buffer, file: string): string {
  if (!isUtf8(bytes))
    throw new SourceError(
      `${file}: is not text in UTF-8${file.endsWith(".json") ? "" : ', perhaps the plan itself: name the output of "terraform show -json" on it'}`,
    );
  return bytes.toString("utf8");
}

/** @throws SourceError when the text is not JSON. @param name what to call it in the message */
export function parseJson(text: string, name: string): unknown {
  if (text.trim() === "") throw new SourceError(`${name}: is empty`);
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    throw new SourceError(`${name}: is not JSON, or not all of it`);
  }
}
