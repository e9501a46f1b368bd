import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

export const ROOT = path.join(__dirname, "../..");

/** Text of a file, by its path from the project's root. */
export const textOf = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");

export const isThere = (file: string): boolean => existsSync(path.join(ROOT, file));

/** Names of the files and folders in a folder of the project, in order. */
export const namesIn = (folder: string, ending = ""): string[] =>
  readdirSync(path.join(ROOT, folder))
    .filter((name) => name.endsWith(ending))
    .sort();

/** Every TypeScript file below a folder, by its path from the project's root. */
export const sourcesBelow = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.split(path.sep).join("/")}`)
    .sort();

/** What stands under a heading of a page, up to the next heading of its level or above. */
export function sectionOf(page: string, heading: string): string {
  const lines = textOf(page).split("\n");
  const start = lines.indexOf(heading);
  if (start < 0) throw new Error(`${page} has no heading "${heading}"`);
  const level = heading.indexOf(" ");
  const length = lines.slice(start + 1).findIndex((line) => /^#+ /.test(line) && line.indexOf(" ") <= level);
  return lines.slice(start, length < 0 ? undefined : start + 1 + length).join("\n");
}

/** Files and folders that a Markdown text names: in code spans that look like a path, and as targets of links. */
export function pathsIn(markdown: string): string[] {
  const prose = markdown.replaceAll(/^```[\s\S]*?^```$/gm, "");
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)]
    .map(([, span = ""]) => span)
    .filter((span) => /^[.\w/<>-]+$/.test(span) && (/\//.test(span) || /\.(?:ts|js|mjs|json|md|yaml)$/.test(span)));
  const links = [...prose.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map(([, target = ""]) => target);
  return [...new Set([...spans, ...links])];
}

/** The files that a list of `CONTRIBUTING.md` has: what stands at the head of its items, before the colon. */
export const listedFiles = (heading: string): string[] =>
  [...sectionOf("CONTRIBUTING.md", heading).matchAll(/^- ([^:]*):/gm)].flatMap(([, head = ""]) => pathsIn(head));

/** Those words that a file does not have, as whole words. */
export function lackedBy(file: string, words: readonly string[]): string[] {
  const text = textOf(file);
  return words.filter((word) => !new RegExp(`\\b${word}\\b`).test(text));
}

const PLACEHOLDER = /<[^<>]+>/g;

/** Whether a path is there; of one with a placeholder, as in `docs/rules/L<number>.md`, whether any such file is. */
export function isAnyThere(file: string): boolean {
  const placeholder = file.search(PLACEHOLDER);
  if (placeholder < 0) return isThere(file);
  const folder = file.slice(0, file.lastIndexOf("/", placeholder));
  const pattern = file
    .slice(folder.length + 1)
    .replaceAll(".", "\\.")
    .replaceAll(PLACEHOLDER, "[^/]+");
  return namesIn(folder).some((name) => new RegExp(`^${pattern}$`).test(name));
}
