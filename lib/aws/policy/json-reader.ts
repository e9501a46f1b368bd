import { type DocumentProblem, type Position, quoted } from "./position";

interface NodeBase {
  readonly position: Position;
  /** Where the value begins and ends in the text, as `slice` takes it. */
  readonly start: number;
  readonly end: number;
}

export interface JsonString extends NodeBase {
  readonly kind: "string";
  readonly value: string;
}

/** A number, a truth value or `null`. `text` is what was written: `1.0` is not `1`. */
export interface JsonLiteral extends NodeBase {
  readonly kind: "number" | "boolean" | "null";
  readonly text: string;
}

export interface JsonArray extends NodeBase {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

export interface JsonMember {
  readonly key: string;
  readonly keyPosition: Position;
  readonly value: JsonNode;
}

/** Members in the text's order: a list and not an object, so that `__proto__` is a key like any other. */
export interface JsonObject extends NodeBase {
  readonly kind: "object";
  readonly members: readonly JsonMember[];
}

export type JsonNode = JsonString | JsonLiteral | JsonArray | JsonObject;

export interface JsonReading {
  /** `undefined` when the text is not JSON. */
  readonly value: JsonNode | undefined;
  readonly problems: readonly DocumentProblem[];
}

/** Deepest nesting that is read: a trust policy needs six levels, and `get-role` adds two. */
export const MAX_DEPTH = 64;

/**
 * Reads JSON and keeps where everything stands. Strict, as AWS is: no comments, no trailing commas. A key
 * that stands twice in an object is a problem, since readers differ in which of the two they take.
 *
 * The time is linear in the text, and the depth is bounded. Never throws.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8259
 */
export function readJson(text: string): JsonReading {
  const reader = new Reader(text);
  try {
    return { value: reader.document(), problems: reader.problems };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { value: undefined, problems: [...reader.problems, { message: error.message, position: error.position }] };
  }
}

class NotJson extends Error {
  constructor(
    message: string,
    readonly position: Position,
  ) {
    super(message);
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
  ["b", "\b"],
  ["f", "\f"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
]);

class Reader {
  readonly problems: DocumentProblem[] = [];
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private depth = 0;
  /** Sticky, so that each looks only at where the reader stands. */
  private readonly number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
  private readonly word = /[A-Za-z_][A-Za-z0-9_]*/y;
  private readonly plain = /[^"\\\u0000-\u001f]*/y;

  constructor(private readonly text: string) {}

  document(): JsonNode {
    this.space();
    if (this.at === this.text.length) this.fail("it is empty");
    const value = this.value();
    this.space();
    if (this.at < this.text.length) this.fail(`nothing may follow the document, and ${this.here()} does`);
    return value;
  }

  private value(): JsonNode {
    const character = this.text[this.at];
    if (character === "{") return this.nested(() => this.object());
    if (character === "[") return this.nested(() => this.array());
    if (character === '"') return this.string();
    return this.literal();
  }

  private nested<T>(read: () => T): T {
    if (this.depth === MAX_DEPTH) this.fail(`it is nested more than ${MAX_DEPTH} levels deep`);
    this.depth += 1;
    const value = read();
    this.depth -= 1;
    return value;
  }

  private object(): JsonObject {
    const { position, at: start } = this;
    const members: JsonMember[] = [];
    const keys = new Set<string>();
    this.list("}", () => {
      if (this.text[this.at] !== '"') this.fail(`a key in double quotes belongs here, not ${this.here()}`);
      const { value: key, position: keyPosition } = this.string();
      if (keys.has(key))
        this.problems.push({
          message: `the key ${quoted(key)} stands here a second time: use it once`,
          position: keyPosition,
        });
      keys.add(key);
      this.space();
      this.expect(":");
      this.space();
      members.push({ key, keyPosition, value: this.value() });
    });
    return { kind: "object", members, position, start, end: this.at };
  }

  private array(): JsonArray {
    const { position, at: start } = this;
    const items: JsonNode[] = [];
    this.list("]", () => items.push(this.value()));
    return { kind: "array", items, position, start, end: this.at };
  }

  /** From the opening bracket to behind the closing one. */
  private list(close: string, item: () => void): void {
    this.at += 1;
    this.space();
    if (this.text[this.at] === close) {
      this.at += 1;
      return;
    }
    for (;;) {
      item();
      this.space();
      if (this.text[this.at] === close) break;
      if (this.text[this.at] !== ",") this.fail(`"," or "${close}" belongs here, not ${this.here()}`);
      this.at += 1;
      this.space();
      if (this.text[this.at] === close) this.fail(`no comma may stand before "${close}"`);
    }
    this.at += 1;
  }

  private string(): JsonString {
    const { position, at: start } = this;
    this.at += 1;
    const parts: string[] = [];
    for (;;) {
      parts.push(this.match(this.plain) ?? "");
      const character = this.text[this.at];
      if (character === '"') break;
      if (character === undefined) this.failAt("this string has no end", position);
      if (character !== "\\")
        this.fail(`the control character ${this.here()} cannot stand in a string: write it as an escape`);
      parts.push(this.escape());
    }
    this.at += 1;
    return { kind: "string", value: parts.join(""), position, start, end: this.at };
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? "";
    const plain = ESCAPES.get(letter);
    if (plain !== undefined) {
      this.at += 2;
      return plain;
    }
    const code = this.text.slice(this.at + 2, this.at + 6);
    if (letter !== "u" || !/^[0-9a-fA-F]{4}$/.test(code)) this.fail(`${quoted(`\\${letter}`)} is no escape of JSON`);
    this.at += 6;
    return String.fromCharCode(Number.parseInt(code, 16));
  }

  private literal(): JsonLiteral {
    const { position, at: start } = this;
    const number = this.match(this.number);
    if (number) return { kind: "number", text: number, position, start, end: this.at };
    const word = this.match(this.word);
    if (word === "true" || word === "false") return { kind: "boolean", text: word, position, start, end: this.at };
    if (word === "null") return { kind: "null", text: word, position, start, end: this.at };
    return this.failAt(`a value belongs here, not ${word ? quoted(word) : this.here()}`, position);
  }

  private match(expression: RegExp): string | undefined {
    expression.lastIndex = this.at;
    const found = expression.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private space(): void {
    for (;;) {
      const character = this.text[this.at];
      if (character !== " " && character !== "\n" && character !== "\r" && character !== "\t") return;
      this.at += 1;
      // Strings hold no line breaks, so that every one of them is met here.
      if (character === "\n") [this.line, this.lineStart] = [this.line + 1, this.at];
    }
  }

  private expect(character: string): void {
    if (this.text[this.at] !== character) this.fail(`"${character}" belongs here, not ${this.here()}`);
    this.at += 1;
  }

  private get position(): Position {
    return { line: this.line, column: this.at - this.lineStart + 1 };
  }

  private here(): string {
    const code = this.text.codePointAt(this.at);
    return code === undefined ? "the end" : quoted(String.fromCodePoint(code));
  }

  private fail(reason: string): never {
    return this.failAt(reason, this.position);
  }

  private failAt(reason: string, position: Position): never {
    throw new NotJson(reason, position);
  }
}
