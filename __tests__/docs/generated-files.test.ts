import { readFileSync } from "node:fs";
import path from "node:path";
import { generatedFiles } from "../../scripts/generated-files";

const ROOT = path.join(__dirname, "../..");

test.each(Object.entries(generatedFiles()))("%s is what npm run generate makes", (file, text) => {
  expect(readFileSync(path.join(ROOT, file), "utf8")).toBe(text);
});
