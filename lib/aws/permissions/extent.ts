import {
  ANY,
  concat,
  cover,
  intersects,
  literalPattern,
  ONE,
  parsePattern,
  type Cover,
  type Pattern,
} from "../pattern";
import * as glob from "../policy/glob";
import { type PolicyVariable, readTemplate, type TemplatePart } from "../policy/policy-variables";
import { isEveryAction } from "./read-policy";

/** Actions, or resources, that a statement is about: those of one pattern, or all but those of several. */
export interface Extent {
  /** `NotAction`, `NotResource`. */
  readonly not: boolean;
  readonly texts: readonly ExtentText[];
}

/** One action or resource of a policy. */
export interface ExtentText {
  /** As the policy writes it. */
  readonly written: string;
  /** A policy variable in it is a run of characters that stand in no policy. */
  readonly pattern: Pattern;
  /** With `*` for each policy variable: whatever a request may fill it with. */
  readonly widened: Pattern;
  readonly hasVariables: boolean;
}

/** Whether something lies within something else. */
export type Answer = Cover["answer"];

const EVERYTHING: Pattern = { tokens: [ANY] };
const EVERY_TEXT: ExtentText = { written: "*", pattern: EVERYTHING, widened: EVERYTHING, hasVariables: false };

/** What a list of a statement is about: one extent for each of its texts, or for all of them that it leaves out. */
export const extentsOf = (texts: readonly string[], not: boolean, read: (written: string) => ExtentText): Extent[] =>
  not ? [{ not, texts: texts.map(read) }] : texts.map((written) => ({ not, texts: [read(written)] }));

/** Case does not matter in actions. */
export const actionText = (written: string): ExtentText =>
  isEveryAction(written) ? { ...EVERY_TEXT, written } : plainText(written, written.toLowerCase());

export function resourceText(written: string): ExtentText {
  const template = readTemplate(written, { variables: true, wildcards: true });
  if (!template.some(isVariable))
    return plainText(written, concat(...template.map((part) => (isVariable(part) ? EVERYTHING : fixed(part)))));
  return {
    written,
    pattern: concat(...template.map((part) => (isVariable(part) ? marked(part) : fixed(part)))),
    widened: concat(...template.map((part) => (isVariable(part) ? EVERYTHING : fixed(part)))),
    hasVariables: true,
  };
}

function plainText(written: string, text: string | Pattern): ExtentText {
  const pattern = typeof text === "string" ? parsePattern(text) : text;
  return { written, pattern, widened: pattern, hasVariables: false };
}

const isVariable = (part: TemplatePart): part is PolicyVariable => typeof part === "object";

const fixed = (part: glob.PatternPart): Pattern =>
  part === glob.ANY ? EVERYTHING : part === glob.ONE ? { tokens: [ONE] } : literalPattern(part);

/** A plane of Unicode whose characters mean nothing, and which AWS takes in no policy. */
const PRIVATE = 0xf0000;

/** The same run for the same variable, which no run of another one holds: a "(" begins each and stands nowhere else in it. */
function marked({ key, fallback }: PolicyVariable): Pattern {
  const name = Buffer.from(JSON.stringify([key, fallback ?? null])).toString("hex");
  return { tokens: Array.from(`(${name})`, (character) => PRIVATE + (character.codePointAt(0) ?? 0)) };
}

/** Whether extents, taken together, hold all of one. `undecided` is to be taken for the worse of the two. */
export function within(one: Extent, all: readonly Extent[]): Answer {
  const plain = all.filter(({ not }) => !not).flatMap(({ texts }) => texts);
  const negated = all.filter(({ not }) => not);
  // All but some texts lie within others where those and the texts are everything.
  const inPlain = one.not
    ? covers([...plain, ...one.texts], EVERY_TEXT)
    : everyAnswer(one.texts.map((text) => covers(plain, text)));
  if (inPlain === "yes" || negated.length === 0) return inPlain;
  // What is common to it and to what one of them leaves out has to lie within the rest.
  const answers = negated.map(({ texts }) =>
    everyAnswer(
      texts.map((text) =>
        one.not
          ? covers([...plain, ...one.texts], text)
          : one.texts.some((each) => meets(each, text))
            ? covers(plain, text)
            : "yes",
      ),
    ),
  );
  if (answers.includes("yes")) return "yes";
  const isExact = negated.length === 1 && (one.not || plain.length === 0);
  return isExact && !answers.includes("undecided") ? "no" : "undecided";
}

const everyAnswer = (answers: readonly Answer[]): Answer =>
  answers.includes("no") ? "no" : answers.includes("undecided") ? "undecided" : "yes";

/** A variable may be filled with more than one character: `?` is not sure to take it. */
function covers(list: readonly ExtentText[], text: ExtentText): Answer {
  if (list.some(({ written }) => written === text.written)) return "yes";
  const near = list.filter(
    ({ pattern }) => beginsAlike(pattern, text.pattern) && !(text.hasVariables && pattern.tokens.includes(ONE)),
  );
  const { answer } =
    near.length === 0
      ? NONE
      : cover(
          near.map(({ pattern }) => pattern),
          text.pattern,
        );
  // What a variable is filled with may lie within after all.
  return answer === "no" && text.hasVariables ? "undecided" : answer;
}

const NONE = { answer: "no" } as const;

/** Whether two patterns agree up to the first wildcard of either, or its end. Most have nothing in common, and differ here already. */
function beginsAlike({ tokens: one }: Pattern, { tokens: other }: Pattern): boolean {
  for (let index = 0; index < one.length && index < other.length; index += 1) {
    const [a = ANY, b = ANY] = [one[index], other[index]];
    if (a < 0 || b < 0) return true;
    if (a !== b) return false;
  }
  return true;
}

const meets = (one: ExtentText, other: ExtentText): boolean => intersects(one.widened, other.widened);
