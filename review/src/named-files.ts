import { readdirSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { InputError } from "./input-error";

/**
 * The files that an input names: files as they stand, and of folders what ends in `.json`, in order of their names.
 * A file that is named twice is read once.
 *
 * @throws InputError for what is not there, and for a folder without such a file: it would be reviewed as "no change".
 */
export function namedFiles(input: string, names: readonly string[]): string[] {
  return [
    ...new Set(
      names.flatMap((name) => (statOf(input, name).isDirectory() ? filesIn(input, name) : [path.normalize(name)])),
    ),
  ];
}

function statOf(input: string, name: string): Stats {
  const stat = statSync(name, { throwIfNoEntry: false });
  if (stat) return stat;
  throw new InputError(
    `${input}: there is no ${JSON.stringify(name)}${/[*?[\]]/.test(name) ? ": patterns are not read, name the folder instead" : ""}`,
  );
}

function filesIn(input: string, folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();
  if (files.length === 0)
    throw new InputError(`${input}: the folder ${JSON.stringify(folder)} has no file that ends in ".json"`);
  return files;
}
