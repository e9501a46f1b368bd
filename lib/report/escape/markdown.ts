import type { Phrase } from "../phrase";
import { codeOf, visible } from "./visible";

declare const markdown: unique symbol;

/** Markdown that is safe to publish: `md`, `code` and `markdownOf` alone make it, so that no text of others gets in unescaped. */
export type Markdown = string & { readonly [markdown]: true };

/** The template's own text as it stands, and between it what is Markdown already. */
export const md = (own: TemplateStringsArray, ...values: readonly (Markdown | number)[]): Markdown =>
  String.raw({ raw: own }, ...values) as Markdown;

export const join = (parts: readonly Markdown[], separator: "\n" | "\n\n" | "<br>" | " | " | ", " | ""): Markdown =>
  parts.join(separator) as Markdown;

/** Longest text that is shown whole by default; of a longer one the beginning and the end are. */
const SHOWN = 160;

/**
 * A text of others as a code span, in which GitHub takes nothing for Markdown, HTML, a mention, a reference, an emoji or
 * mathematics.
 *
 * @param most longest text that is shown whole, in characters
 * @see https://github.github.com/gfm/#code-spans
 */
export function code(text: string, most = SHOWN): Markdown {
  const shown = harmless(shortened(visible(text), most));
  const padding = /^`|`$/.test(shown) ? " " : "";
  const fence = fenceFor(shown);
  return `${fence}${padding}${shown}${padding}${fence}` as Markdown;
}

function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most
    ? text
    : [...characters.slice(0, most * 0.75), "…", ...characters.slice(-most * 0.25)].join("");
}

/**
 * What means something even in code, or is read otherwise by one reader than by another:
 *
 * - Around a text that is empty, or begins or ends with a space, are quotation marks: a code span would lose them. So they
 *   are around a colour, which GitHub shows a swatch of.
 * - A comment's opening: whoever looks for a marker in the source must not find one of others.
 * - Backslashes before a pipe: within tables readers disagree on which of the two is escaped.
 *
 * @see https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#supported-color-models
 */
function harmless(text: string): string {
  const plain = text
    .replaceAll("<!--", `${codeOf("<")}!--`)
    .replaceAll(/(?<!\\)\\+(?=\|)/g, (slashes) => codeOf("\\").repeat(slashes.length));
  return plain !== plain.trim() || plain === "" || /^(?:#[0-9a-f]{3,8}|(?:rgb|hsl)a?\(.*\))$/i.test(plain)
    ? `"${plain}"`
    : plain;
}

/** The shortest run of backticks that the text does not have: GitHub's reader takes none over 80 for a fence. */
function fenceFor(text: string): string {
  const runs = new Set((text.match(/`+/g) ?? []).map((run) => run.length));
  let length = 1;
  while (runs.has(length)) length++;
  return "`".repeat(length);
}

export function markdownOf(phrase: Phrase): Markdown {
  const parts = phrase.map((part) =>
    part.kind === "name" ? code(part.text) : part.kind === "strong" ? `**${markdownOf(part.of)}**` : part.text,
  );
  // Two code spans that touch would be one.
  return parts.reduce(
    (text, part) => (text.endsWith("`") && part.startsWith("`") ? `${text} ${part}` : text + part),
    "",
  ) as Markdown;
}

/** A row of a table: a pipe within a cell would begin another one, in code as well. */
export const row = (cells: readonly Markdown[]): Markdown =>
  md`| ${join(
    cells.map((cell) => cell.replaceAll("|", "\\|") as Markdown),
    " | ",
  )} |`;
