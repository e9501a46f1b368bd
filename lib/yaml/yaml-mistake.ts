import { isScalar, visit, type Document, type YAMLError } from "yaml";
import type { FileKind } from "./file-kind";

/** A mistake in the YAML itself: where it stands, and what to do about it. */
export interface YamlMistake {
  /** Place in the text, counted from 0. */
  readonly offset: number;
  readonly message: string;
}

const BAD_INDENT = /^BAD_INDENT.* start at the same column/;

/**
 * What the library's messages mean for somebody who writes a file; the first that fits counts.
 * None repeats what stands in the file: it may be a secret that somebody forgot to put in quotes.
 */
const MEANING: readonly (readonly [RegExp, string | ((kind: FileKind) => string)])[] = [
  [/^TAB_AS_INDENT|unexpected tab/i, "a tab in the indentation: YAML takes only spaces, replace it"],
  [BAD_INDENT, "this stands further left or right than what it belongs to: indent it like its neighbours"],
  [/ end with a }/, 'a "{" is still open here: add its "}" before this, or take a bracket too many away'],
  [/ end with a ]/, 'a "[" is still open here: add its "]" before this, or take a bracket too many away'],
  [/closing .?quote/, "the quotes that begin here are not closed: close them"],
  [
    / between flow/,
    'a comma is missing before this: put one between the entries (and text with ":", "{" or "[" in quotes)',
  ],
  [/Unexpected (,|empty item)/, "a comma too many: take it away"],
  [/^MISSING_CHAR.*(space after :)/, 'write a space after the ":"'],
  [/Comments must be separated/, 'write a space before the "#", or put the text in quotes'],
  [/Sequence item without/, 'write "- " before each entry of the list'],
  [
    /^MULTILINE_IMPLICIT_KEY|followed by map values/,
    'a key without its colon, here or on the line before: write "key: value"',
  ],
  [/^BLOCK_AS_IMPLICIT_KEY/, "two colons in one line: put the text in quotes, or begin a new line"],
  [
    /^BLOCK_IN_FLOW/,
    'a second ":" in one entry inside brackets: put a comma between the entries, and text with ":" in quotes',
  ],
  [
    /Unexpected flow-(map|seq)-end/,
    "a closing bracket without its opening one: take it away, or put the text in quotes",
  ],
  [/block-seq-ind/, 'a "-" beside a key: begin the list on a line of its own'],
  [/Block scalar header/, 'text behind "|" or ">": begin it on the next line'],
  [
    /at node end|Unexpected \S*scalar/,
    "text behind a value that has ended: put the whole value in quotes, or begin a new line",
  ],
  [/^BAD_SCALAR_START/, "text begins with a character that YAML keeps for itself: put the text in quotes"],
  [/^BAD_DQ_ESCAPE/, 'a "\\" that begins no escape: write "\\\\", or use single quotes'],
  [/^BAD_ALIAS.*Anchor|ANCHORS/, 'text begins with "&", the mark of an anchor: put the text in quotes'],
  [/ALIAS/, 'text begins with "*", the mark of an alias: put the text in quotes'],
  [/TAG/, ({ one }) => `text begins with "!", the mark of a tag, and ${one} has no tags: put the text in quotes`],
  [
    /^BAD_DIRECTIVE|directives-end/,
    'a line begins with "%", the mark of a directive: put the text in quotes, or take the line away',
  ],
  [/^KEY_OVER_1024_CHARS/, "a key of over 1024 characters: shorten it"],
];

const UNKNOWN = "this is no YAML: check quotes, brackets and indentation here and on the line before";

/**
 * The library's errors in our words: one a line, as the rest of a line mostly follows from its first error. Behind a
 * mistake all that follows stands wrong, to the end of a long file: of indentation only the first mistake is told.
 */
export function yamlMistakes(
  document: Document.Parsed,
  text: string,
  kind: FileKind,
  lineOf: (offset: number) => number,
): YamlMistake[] {
  const byLine = new Map<number, YamlMistake>();
  for (const error of [...document.errors, ...document.warnings].sort((a, b) => a.pos[0] - b.pos[0])) {
    const said = `${error.code}: ${error.message}`;
    if (byLine.size > 0 && BAD_INDENT.test(said)) continue;
    const meaning = MEANING.find(([pattern]) => pattern.test(said))?.[1] ?? UNKNOWN;
    const message = typeof meaning === "string" ? meaning : meaning(kind);
    const offset = placeOf(error, document, text);
    if (!byLine.has(lineOf(offset))) byLine.set(lineOf(offset), { offset, message });
  }
  return [...byLine.values()];
}

/** Where the mistake shows: not at the end of the file, and not in the white space before it. */
function placeOf({ message, pos: [start] }: YAMLError, document: Document, text: string): number {
  if (/closing .?quote/.test(message)) return openingQuote(document, start);
  const spaces = /^ */.exec(text.slice(start, start + 100))?.[0].length ?? 0;
  return start + spaces;
}

/** Where the text in quotes begins that has not ended at a place. */
function openingQuote(document: Document, end: number): number {
  let start = end;
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && node.type?.startsWith("QUOTE") && node.range && node.range[0] < end && node.range[2] >= end)
        start = node.range[0];
    },
  });
  return start;
}
