import fc from "fast-check";
import { code, md, row } from "../../../lib/report/escape/markdown";
import { visible } from "../../../lib/report/escape/visible";
import { codesOf, githubHtml, tagsOf } from "../../support/github-html";
import { hostileText } from "../../support/hostile-text";

describe("a text of others in Markdown", () => {
  test.each([
    ["main", "`main`"],
    ["a`b", "``a`b``"],
    ["`a``b", "``` `a``b ```"],
    ["``", "` `` `"],
    ["@octo-org/admins closes #12 and GH-7", "`@octo-org/admins closes #12 and GH-7`"],
    ["a|b", "`a|b`"],
    ["a\\|b", "`a\\u005c|b`"],
    ["a\\\\|b\\c", "`a\\u005c\\u005c|b\\c`"],
    ["<!-- marker -->", "`\\u003c!-- marker -->`"],
    ["two\nlines\r", "`two\\u000alines\\u000d`"],
    ["evil\u202egnp", "`evil\\u202egnp`"],
    ["a\u200bb\u00a0c\u3164", "`a\\u200bb\\u00a0c\\u3164`"],
    ["e\u0301 z\u0301\u0301\u0301", "`e\u0301 z\u0301\u0301\\u0301`"],
    ["", '`""`'],
    [" a", '`" a"`'],
    ["#ff0000", '`"#ff0000"`'],
    ["RGB(1,2,3)", '`"RGB(1,2,3)"`'],
    ["#main", "`#main`"],
    ["x".repeat(160), `\`${"x".repeat(160)}\``],
    [`${"x".repeat(120)}y${"z".repeat(40)}`, `\`${"x".repeat(120)}…${"z".repeat(40)}\``],
  ])("%j is written %j", (text, written) => {
    expect(code(text)).toBe(written);
  });

  test("of backticks in every number a fence of few is found, as GitHub knows none over 80", () => {
    expect(code("`".repeat(150))).toMatch(/^` `{150} `$/);
  });

  test("a row of a table has as many cells as it is given, whatever is in them", () => {
    expect(row([code("a|b"), md`c`])).toBe("| `a\\|b` | c |");
  });

  test("is the text of one code element, in a sentence as in a table, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 400, maxLength: 400 }), (texts) => {
        const inLines = githubHtml(texts.map((text) => md`a ${code(text)} b`));
        const inTables = githubHtml(texts.map((text) => `| h | i |\n| --- | --- |\n${row([code(text), code(text)])}`));
        texts.forEach((text, index) => {
          const [line = "", table = ""] = [inLines[index], inTables[index]];
          expect(tagsOf(line)).toEqual(["<p>", "<code>", "</code>", "</p>"]);
          expect(tagsOf(table).filter((tag) => !/^<\/?(?:table|thead|tbody|tr|th)>$/.test(tag))).toEqual([
            "<td>",
            "<code>",
            "</code>",
            "</td>",
            "<td>",
            "<code>",
            "</code>",
            "</td>",
          ]);
          const [shown = ""] = codesOf(line);
          expect(codesOf(table)).toEqual([shown, shown]);
          // What is written as a code or in quotation marks is said above; what is left is the text.
          const plain = (each: string): string =>
            each
              .replaceAll("\\u005c", "\\")
              .replaceAll("\\u003c", "<")
              .replace(/^"([\s\S]*)"$/, "$1");
          expect(plain(shown)).toBe(plain(visible(text)));
        });
      }),
      { numRuns: 5, endOnFailure: true },
    );
  }, 60_000);
});
