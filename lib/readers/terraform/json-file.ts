import { isUtf8 } from "node:buffer";
import { readFileSync, statSync } from "node:fs";
import { SourceError } from "../../model/source-error";

/** Largest file: a plan of ten thousand roles has a fifth of it. */
export const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads a text file, or for `-` standard input.
 *
 * @throws SourceError when there is none, or it is larger than any that is meant.
 */
export function readTextFile(file: string): string {
  try {
    if (file === "-") return decoded(readFileSync(0), file);
    const stat = statSync(file);
    if (stat.isDirectory()) throw new SourceError(`${file}: is a folder: name a file`);
    if (!stat.isFile()) throw new SourceError(`${file}: is no regular file: write it to one first`);
    if (stat.size > MAX_BYTES)
      throw new SourceError(
        `${file}: has ${stat.size} bytes, over the ${MAX_BYTES} that are read: split the configuration`,
      );
    return decoded(readFileSync(file), file);
  } catch (error) {
    if (error instanceof SourceError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new SourceError(
      code === "ENOENT" ? `${file}: there is no such file` : `${file}: cannot be read (${code ?? "unknown error"})`,
    );
  }
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
