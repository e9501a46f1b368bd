import fc from "fast-check";
import { sarifText } from "../../../lib/report/escape/sarif";
import { hostileText } from "../../support/hostile-text";

describe("a text of others in a message of SARIF", () => {
  test.each([
    ["plain [0] (text)", "plain [0] (text)"],
    ["[click](https://evil.example)", "[click]\\u0028https://evil.example)"],
    ["[first place](1)", "[first place]\\u00281)"],
    ["[a\\](1)", "[a\\]\\u00281)"],
    ['module.x["a"].aws_iam_role.b', 'module.x["a"].aws_iam_role.b'],
    ["evil\u202egnp", "evil\\u202egnp"],
    ["a]\u200b(b", "a]\\u200b(b"],
  ])("%j is written %j", (text, written) => {
    expect(sarifText(text)).toBe(written);
  });

  test("has no link, whatever is in it, and nothing that cannot be seen", () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (one, other) => {
        const written = sarifText(`${one}[${other}](${one})`);
        expect(written).not.toContain("](");
        expect(written).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test("a huge one is cut, and no link is made by the cut", () => {
    expect(sarifText("](".repeat(100_000)).length).toBeLessThan(40_000);
  });
});
