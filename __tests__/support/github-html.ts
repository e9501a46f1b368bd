import { execFileSync } from "node:child_process";
import path from "node:path";

/** Markdown as HTML. The parser is an ES module, which Jest does not load: a process of its own does, one for all the texts. */
export const githubHtml = (texts: readonly string[]): string[] =>
  JSON.parse(
    execFileSync(process.execPath, [path.join(__dirname, "markdown-to-html.mjs")], {
      input: JSON.stringify(texts),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    }),
  ) as string[];

/** Its tags, with attributes. Text has no "<" that is not an entity. */
export const tagsOf = (html: string): string[] => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag);

/** The texts of its code elements. */
export const codesOf = (html: string): string[] =>
  [...html.matchAll(/<code>([\s\S]*?)<\/code>/g)].map(([, text = ""]) =>
    text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"),
  );
