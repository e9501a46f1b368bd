import { markedDocumentTexts } from "./document-texts";
import { hasMark, markedTexts } from "./marks";
import { memberOf } from "./plan-entry";
import { isAttributes, isList, Template, type Attributes, type Piece, type Value } from "./resource";
import { MADE_OF_NAMES, type Side } from "./sensitive";
import { reasonOf, Withheld } from "./withheld";

/** Arguments that a provider makes other ones of: ARNs, full names, documents. Those it marks no more. */
const NAMES = [
  ...["name", "name_prefix", "path", "url", "arn"],
  ...["full_name", "slug", "username", "environment", "secret_name"],
];
const DOCUMENT = "aws_iam_policy_document";
/** Published for everybody: to hide them would hide all of every trust policy. */
const PUBLIC: ReadonlySet<string> = new Set([
  "token.actions.githubusercontent.com",
  "https://token.actions.githubusercontent.com",
  "sts.amazonaws.com",
]);
/** Shortest text that is looked for inside of others. */
const SHORTEST_PART = 4;
const MAX_DEPTH = 50;
const TOO_DEEP = new Template([{ unknown: "it is nested too deep" }]);

interface Named {
  readonly type: string;
  readonly address: string;
}

/**
 * Texts that are marked at one place of a plan and stand at others without a mark. Terraform marks what a
 * configuration hands on, and not what a provider makes of it: the ARN of a role whose name is sensitive has no
 * mark, nor has the policy that names this ARN, or the JSON of a policy document.
 */
export class HiddenTexts {
  private readonly places = new Map<string, string>();
  /** Lengths of the texts that begin with the same characters, longest first. */
  private readonly lengths = new Map<string, number[]>();

  /** Learns what a resource hides. */
  learn({ type, address }: Named, side: Side): void {
    if (!hasMark(side.marks)) return;
    if (type === DOCUMENT) this.learnDocument(address, side);
    else for (const name of NAMES) this.learnNames(name, address, side);
  }

  /** A value without the texts that are hidden. */
  hide(value: Value | undefined, depth = 0): Value | undefined {
    if (this.places.size === 0) return value;
    if (depth > MAX_DEPTH) return TOO_DEEP;
    if (typeof value === "string") return this.hidden(value);
    if (value instanceof Withheld) return value;
    if (value instanceof Template) {
      return new Template(value.pieces.flatMap((piece) => (typeof piece === "string" ? this.pieces(piece) : [piece])));
    }
    if (isList(value)) return value.map((each) => this.hide(each, depth + 1) ?? null);
    return isAttributes(value) ? this.hideIn(value, depth) : value;
  }

  hideIn(values: Attributes, depth = 0): Attributes {
    if (this.places.size === 0) return values;
    return Object.fromEntries(Object.entries(values).map(([name, each]) => [name, this.hide(each, depth + 1)]));
  }

  private learnNames(argument: string, address: string, { values, marks }: Side): void {
    const place = `${address}.${argument}`;
    for (const text of markedTexts(values[argument], memberOf(marks, argument))) {
      for (const form of [text, text.replace(/^https:\/\//, "").replace(/\/$/, "")]) this.add(form, place);
      for (const name of MADE_OF_NAMES) this.learnMade(values[name], text, place);
    }
  }

  /** What is made of a text as a whole, unless the text will be found in it: then the rest need not be hidden. */
  private learnMade(made: unknown, text: string, place: string): void {
    const at = typeof made === "string" ? made.indexOf(text) : -1;
    if (typeof made !== "string" || at < 0) return;
    if (text.length < SHORTEST_PART || !isWord(made, at, at + text.length)) this.add(made, place);
  }

  /** A document's own texts, and its JSON as a whole: AWS and providers write it otherwise. */
  private learnDocument(address: string, { values, marks }: Side): void {
    for (const text of markedDocumentTexts(values, marks)) this.add(text, `${address}.json`);
    for (const name of ["json", "minified_json"]) {
      const made = values[name];
      if (typeof made === "string") this.add(made, `${address}.${name}`);
    }
  }

  private add(text: string, place: string): void {
    if (!/[\p{L}\p{N}]/u.test(text) || PUBLIC.has(text) || this.places.has(text)) return;
    this.places.set(text, place);
    if (text.length < SHORTEST_PART) return;
    const start = text.slice(0, SHORTEST_PART);
    const lengths = new Set(this.lengths.get(start)).add(text.length);
    this.lengths.set(
      start,
      [...lengths].sort((a, b) => b - a),
    );
  }

  private hidden(text: string): Value {
    const whole = this.places.get(text);
    if (whole !== undefined) return new Withheld(whole);
    const pieces = this.pieces(text);
    return pieces.length === 1 && pieces[0] === text ? text : new Template(pieces);
  }

  private pieces(text: string): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (let at = 0; at <= text.length - SHORTEST_PART; at += 1) {
      const found = this.foundAt(text, at);
      if (found === undefined) continue;
      if (at > from) pieces.push(text.slice(from, at));
      pieces.push({ unknown: reasonOf(this.places.get(found) ?? "") });
      from = at + found.length;
      at = from - 1;
    }
    return from === 0 ? [text] : [...pieces, ...(from < text.length ? [text.slice(from)] : [])];
  }

  /** The longest hidden text that stands at a place as a word of its own. */
  private foundAt(text: string, at: number): string | undefined {
    const lengths = this.lengths.get(text.slice(at, at + SHORTEST_PART));
    const length = lengths?.find((each) => this.places.has(text.slice(at, at + each)) && isWord(text, at, at + each));
    return length === undefined ? undefined : text.slice(at, at + length);
  }
}

/** Whether a part of a text is no piece of a longer word. */
const isWord = (text: string, from: number, to: number): boolean => !goesOn(text, from) && !goesOn(text, to);

/** Whether a word goes on from the character before a place to the one at it. */
const goesOn = (text: string, at: number): boolean =>
  /^[\p{L}\p{N}_]{2}$/u.test(text.slice(Math.max(0, at - 1), at + 1));
