/**
 * Writes the files that are made from the code: `npm run generate`. Tests fail when one is not current.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "./generated-files";

for (const [file, text] of Object.entries(generatedFiles())) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
