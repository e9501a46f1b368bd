import fc from "fast-check";
import { literalPattern, matches, parsePattern } from "../../lib/aws/pattern";
import { compilePattern, ANY, ONE } from "../../lib/aws/policy/glob";
import { CONDITION_OPERATORS } from "../../lib/aws/policy/condition-operators";
import type { ValuePattern } from "../../lib/trust/key-test";
import { Tape } from "../../lib/trust/tape";

const like = (text: string): ValuePattern => ({ pattern: parsePattern(text), anyCase: false });
const anyCase = (text: string): ValuePattern => ({ pattern: literalPattern(text), anyCase: true });

/** What a tape says of a text for each of its questions: at its end, and before. */
function readBy(
  tape: Tape,
  text: string,
  questions: number,
): { answers: boolean[]; outlooks: (boolean | undefined)[][] } {
  const numbers = Array.from({ length: questions }, (_, index) => index);
  const outlooks: (boolean | undefined)[][] = [];
  let places = tape.start;
  for (let at = 0; at < text.length; at += 1) {
    places = tape.advance(places, text.charCodeAt(at));
    outlooks.push(numbers.map((number) => tape.outlook(places, number)));
  }
  return { answers: numbers.map((number) => tape.answer(places, number)), outlooks };
}

const globOf = (text: string): ((actual: string) => boolean) =>
  compilePattern(Array.from(text, (part) => (part === "*" ? ANY : part === "?" ? ONE : part)));
const unit = fc.constantFrom("a", "b", "A", ":", "\u{1f600}", "\u{1f601}");
const pattern = fc
  .array(fc.oneof(unit, fc.constantFrom("*", "**", "?")), { maxLength: 7 })
  .map((parts) => parts.join(""));
const text = fc.array(unit, { maxLength: 7 }).map((parts) => parts.join(""));

test("a tape matches what the evaluator does, and its outlook comes true", () => {
  fc.assert(
    fc.property(fc.array(fc.array(pattern, { maxLength: 3 }), { maxLength: 3 }), text, (lists, actual) => {
      const { answers, outlooks } = readBy(new Tape(lists.map((each) => each.map(like))), actual, lists.length);
      const wanted = lists.map((each) => each.some((one) => globOf(one)(actual)));
      expect(answers).toEqual(wanted);
      for (const known of outlooks)
        for (const [question, outlook] of known.entries()) expect([undefined, wanted[question]]).toContain(outlook);
    }),
    { numRuns: 2_000 },
  );
});

test("patterns as values match what the evaluator does, but for ? beside characters beyond the basic plane", () => {
  fc.assert(
    fc.property(pattern, text, (wanted, actual) => {
      fc.pre(!wanted.includes("?") || actual.length === [...actual].length);
      expect(matches(parsePattern(wanted), actual)).toBe(globOf(wanted)(actual));
    }),
    { numRuns: 2_000 },
  );
});

test("letters of any case are those that the evaluator takes for the same", () => {
  const isSame = CONDITION_OPERATORS.StringEqualsIgnoreCase.test;
  const wrong: string[] = [];
  // No policy has other letters than those of Latin-1; a token may have any.
  for (let code = 0x21; code <= 0xff; code += 1) {
    const letter = String.fromCodePoint(code);
    const [tape, matchesLetter] = [new Tape([[anyCase(letter)]]), isSame([letter])];
    for (let other = 0x21; other < 0xd800; other += 1) {
      const taken = tape.answer(tape.advance(tape.start, other), 0);
      if (taken !== matchesLetter(String.fromCharCode(other))) wrong.push(`${letter} ${String.fromCharCode(other)}`);
    }
  }
  expect(wrong).toEqual([]);
});
