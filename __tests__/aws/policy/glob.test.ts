import fc from "fast-check";
import { ANY, compilePattern, type Meter, ONE, type PatternPart } from "../../../lib/aws/policy/glob";
import { globMatches } from "../trust-evaluator";
import { casesMet, runs } from "../../support/runs";

const partsOf = (pattern: string): PatternPart[] =>
  [...pattern].map((character) => (character === "*" ? ANY : character === "?" ? ONE : character));

describe("a pattern", () => {
  test.each([
    ["", "", true],
    ["", "a", false],
    ["*", "", true],
    ["?", "", false],
    ["main*", "main", true],
    ["*main", "main", true],
    ["a*a", "a", false],
    ["a*a", "aa", true],
    ["*ab*ab*", "abab", true],
    ["*ab*ab*", "aba", false],
    ["*?b*", "ab", true],
    ["*?b*", "b", false],
    ["repo:octo-org/*:environment:?", "repo:octo-org/a/b:c:environment:p", true],
    ["a\n*", "a\nb", true],
  ])("%j and %j: %s", (pattern, text, expected) => expect(compilePattern(partsOf(pattern))(text)).toBe(expected));

  test("matches what a table of all positions says", () => {
    const few = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 9 });
    const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 12 });
    const seen = { yes: 0, no: 0 };
    fc.assert(
      fc.property(few, text, (pattern, tested) => {
        const expected = globMatches(pattern, tested);
        seen[expected ? "yes" : "no"] += 1;
        const matches = compilePattern(partsOf(pattern));
        expect(matches(tested)).toBe(expected);
        expect(matches(tested, { steps: 0 })).toBe(expected);
      }),
      { numRuns: runs(20_000) },
    );
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(casesMet(1_000));
  });

  test.each([
    ["many stars", `${"*a".repeat(4_000)}*b`, "a".repeat(20_000)],
    ["a segment that nearly stands everywhere", `*${"a".repeat(4_000)}b*`, "a".repeat(20_000)],
    ["segments that overlap themselves", `*${"ab".repeat(1_000)}c*${"ab".repeat(1_000)}c*`, "ab".repeat(10_000)],
  ])("takes at most two steps a character, whatever it is: %s", (_, pattern, text) => {
    const meter: Meter = { steps: 0 };
    expect(compilePattern(partsOf(pattern))(text, meter)).toBe(false);
    expect(meter.steps).toBeLessThanOrEqual(2 * (text.length + pattern.length));
  });

  test("with ? takes at most the product of both lengths", () => {
    const [pattern, text] = [`*?${"a".repeat(300)}b*?${"a".repeat(300)}b*`, "a".repeat(2_000)];
    const meter: Meter = { steps: 0 };
    expect(compilePattern(partsOf(pattern))(text, meter)).toBe(false);
    expect(meter.steps).toBeLessThanOrEqual(pattern.length * text.length);
  });
});
