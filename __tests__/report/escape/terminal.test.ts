import fc from "fast-check";
import { terminalData, terminalLines, terminalText } from "../../../lib/report/escape/terminal";
import { wrap } from "../../../lib/report/wrap";
import { hostileText } from "../../support/hostile-text";

/** What a terminal obeys, or shows as nothing or in another order. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;
/** What GitHub's runner takes for a command: it looks behind leading spaces, and for the older form anywhere. */
const isCommand = (line: string): boolean => /^\s*::/.test(line) || line.includes("##[");

describe("a text of others at a terminal", () => {
  test.each([
    ["main", "main"],
    ["arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/*"],
    ["\u001b[2J", "\\u001b[2J"],
    ["evil\u202egnp", "evil\\u202egnp"],
    ["a\u200bb", "a\\u200bb"],
    ["a\u{e0041}b", "a\\u{e0041}b"],
    ["\ud800", "\\ud800"],
    ["::set-output name=closed::false", "\\u003a:set-output name=closed::false"],
    ["a ::stop-commands::b", "a \\u003a:stop-commands::b"],
    ["##[group]x", "#\\u0023[group]x"],
    ["## [group]", "## [group]"],
  ])("%j is printed as %j", (text, printed) => {
    expect(terminalText(text)).toBe(printed);
  });

  test("has nothing that cannot be seen and is no command, also where it wraps, and twice is once", () => {
    fc.assert(
      fc.property(hostileText(), fc.integer({ min: 5, max: 40 }), (text, width) => {
        const printed = terminalText(text);
        expect(printed).not.toMatch(UNSEEN);
        expect(isCommand(printed)).toBe(false);
        expect(terminalText(printed)).toBe(printed);
        for (const line of wrap(printed, width, 2)) expect(isCommand(line)).toBe(false);
      }),
    );
  });

  test("a command does not begin where a long word is broken", () => {
    expect(wrap(`${"a".repeat(9)}/::add-mask::x`, 10)).toEqual(["aaaaaaaaa/", "\\u003a:add-", "mask::x"]);
  });

  test("a word of any length is broken without running out of stack", () => {
    expect(wrap("a".repeat(1_000_000), 40)).toHaveLength(25_000);
    expect(wrap(":".repeat(100_000), 40).some(isCommand)).toBe(false);
  });

  test("a message keeps its line breaks and nothing else of the kind", () => {
    expect(terminalLines("one\n::error::two\r\u2028")).toBe("one\n\\u003a:error::two\\u000d\\u2028");
  });

  test("data is made harmless at every depth, keys included", () => {
    expect(terminalData({ "a\u200b": ["\u0007", { b: null, c: 1, d: true }] })).toEqual({
      "a\\u200b": ["\\u0007", { b: null, c: 1, d: true }],
    });
  });
});
