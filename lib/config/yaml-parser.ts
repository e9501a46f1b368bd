import { Composer, Lexer, Parser, type CST, type Document, type LineCounter, type ParsedNode } from "yaml";
import { yamlMistakes, type YamlMistake } from "./yaml-mistake";

/** Deepest nesting: the deepest sound value is eight levels down, policy documents a few more. */
export const MAX_DEPTH = 64;
/** Most anchors, aliases and tags: a sound file has a few, if any. */
const MAX_MARKS = 10_000;
/** More mistakes than this help nobody, and their number could fill the memory. */
const MAX_MISTAKES = 100;

export const TOO_DEEP = `nested more than ${MAX_DEPTH} levels deep: no access file is, check the brackets and dashes`;

/** What a text holds as YAML, or what keeps it from being YAML. */
export type ParsedYaml = { readonly document: Document.Parsed<ParsedNode> } | { readonly mistakes: readonly YamlMistake[] };

/** Parses a text as one document of YAML 1.2, within bounds of depth and memory. Duplicate keys are let through. */
export function parseYaml(text: string, lines: LineCounter): ParsedYaml {
  const tokens = readTokens(text, lines);
  if (!Array.isArray(tokens)) return { mistakes: [tokens] };
  const composer = new Composer({ uniqueKeys: false, version: "1.2" });
  limitErrors(composer);
  const [document] = composer.compose(tokens, true, text.length);
  if (!document) throw new Error("A text without a document");
  const mistakes = yamlMistakes([...document.errors, ...document.warnings], document, (offset) => lines.linePos(offset).line);
  return mistakes.length > 0 ? { mistakes } : { document };
}

/** The text's tokens, unless they would exhaust who makes a document of them. */
function readTokens(text: string, lines: LineCounter): CST.Token[] | YamlMistake {
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let [errors, documents, marks] = [0, 0, 0];
  let isScalar = false;
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    if (!isScalar && /^[&*!]/.test(lexeme) && ++marks > MAX_MARKS) return { offset: parser.offset, message: `more than ${MAX_MARKS} anchors, aliases and tags: write the values out` };
    isScalar = lexeme === SCALAR_FOLLOWS;
    for (const token of parser.next(lexeme)) {
      if (token.type === "document" && ++documents > 1) return { offset: token.offset, message: SECOND_DOCUMENT };
      if (token.type !== "error" || ++errors <= MAX_MISTAKES) tokens.push(token);
    }
    if (parser.stack.length > MAX_DEPTH) return { offset: parser.offset, message: TOO_DEEP };
  }
  tokens.push(...parser.end());
  return tokens;
}
