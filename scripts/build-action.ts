/** Builds the action in `review/`: one file, which GitHub runs as it stands, and the licences of what is in it. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { bundleAction } from "./bundle-action";

const ROOT = path.join(__dirname, "..");

void bundleAction().then((files) => {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(ROOT, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
});
