/** HTML of each text of an array, as GitHub's flavour of Markdown has it: JSON in, JSON out. */
import { readFileSync } from "node:fs";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(
  JSON.stringify(
    texts.map((text) =>
      micromark(text, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }),
    ),
  ),
);
