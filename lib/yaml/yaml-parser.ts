import { Composer, CST, Lexer, Parser, type Document, type LineCounter, type ParsedNode } from "yaml";
import type { FileKind } from "./file-kind";
import { yamlMistakes, type YamlMistake } from "./yaml-mistake";

/** Deepest nesting: the deepest sound value is eight levels down, policy documents a few more. */
export const MAX_DEPTH = 64;
/** Most names, values, brackets, colons and line ends: a dense file of the largest size has fewer. */
const MAX_PARTS = 8_000_000;
/** Most anchors, aliases and tags: a sound file has a few, if any. */
const MAX_MARKS = 10_000;
/** More mistakes than this help nobody, and their number could fill the memory. */
const MAX_MISTAKES = 100;

export const tooDeep = ({ name }: FileKind): string =>
  `nested more than ${MAX_DEPTH} levels deep: no ${name} is, check the brackets and dashes`;

type ComposeErrorHandler = (...error: unknown[]) => void;

/** What a text holds as YAML, or what keeps it from being YAML. */
export type ParsedYaml =
  { readonly document: Document.Parsed<ParsedNode> } | { readonly mistakes: readonly YamlMistake[] };

/** Parses a text as one document of YAML 1.2, within bounds of depth and memory. Duplicate keys are let through. */
export function parseYaml(text: string, lines: LineCounter, kind: FileKind): ParsedYaml {
  const reader = new TokenReader(lines, kind);
  if (!reader.read(text)) return { mistakes: reader.mistakes };
  const composer = new Composer({ uniqueKeys: false, version: "1.2" });
  limitErrors(composer);
  const [document] = composer.compose(reader.tokens, true, text.length);
  if (!document) throw new Error("YAML always has a document");
  const mistakes = yamlMistakes(document, text, kind, (offset) => lines.linePos(offset).line);
  return mistakes.length > 0 ? { mistakes } : { document };
}

/** Takes a text apart, and stops where its parts would exhaust who makes a document of them. */
class TokenReader {
  readonly tokens: CST.Token[] = [];
  readonly mistakes: YamlMistake[] = [];
  private readonly parser: Parser;
  private documents = 0;
  private errors = 0;
  private marks = 0;
  private parts = 0;

  constructor(
    lines: LineCounter,
    private readonly kind: FileKind,
  ) {
    this.parser = new Parser(lines.addNewLine);
    lines.addNewLine(0);
  }

  /** Whether the text was read to its end. */
  read(text: string): boolean {
    let previous: string = "";
    for (const lexeme of new Lexer().lex(text)) {
      if (previous !== CST.SCALAR && /^[&*!]/.test(lexeme)) this.marks++;
      previous = lexeme;
      this.parts++;
      this.take(this.parser.next(lexeme));
      if (this.isPastBounds()) return false;
    }
    this.take(this.parser.end());
    return !this.isPastBounds();
  }

  private take(tokens: Iterable<CST.Token>): void {
    for (const token of tokens) {
      if (token.type === "document" && ++this.documents === 2)
        this.mistakes.push({
          offset: token.offset,
          message: `a second document begins here: ${this.kind.one} is one, take the "---" away`,
        });
      if (token.type !== "error" || ++this.errors <= MAX_MISTAKES) this.tokens.push(token);
    }
  }

  private isPastBounds(): boolean {
    const { offset, stack } = this.parser;
    if (stack.length > MAX_DEPTH) this.mistakes.push({ offset, message: tooDeep(this.kind) });
    if (this.marks > MAX_MARKS)
      this.mistakes.push({ offset, message: `more than ${MAX_MARKS} anchors, aliases and tags: write the values out` });
    if (this.parts > MAX_PARTS)
      this.mistakes.push({
        offset,
        message: `more than ${MAX_PARTS} names, values and brackets up to here: ${this.kind.split}`,
      });
    return this.mistakes.length > 0;
  }
}

/** Lets the composer make no more errors than anybody reads. */
function limitErrors(composer: Composer): void {
  const report = composer["onError"] as ComposeErrorHandler;
  let count = 0;
  composer["onError"] = (...error: Parameters<ComposeErrorHandler>) => {
    if (++count <= MAX_MISTAKES) report(...error);
  };
}
