import fc from "fast-check";
import { mermaidLabel } from "../../../lib/report/escape/mermaid";
import { hostileText } from "../../support/hostile-text";

describe("a text of others in a label of Mermaid", () => {
  test.each([
    ["environment production", "environment production"],
    ['a"] --> b["', "a#34;#93; --#62; b#91;#34;"],
    ["<script>", "#60;script#62;"],
    ["#quot;", "#35;quot#59;"],
    // Mermaid would draw the character for the code of one that cannot be seen.
    ["evil\u202egnp", "evil#92;u202egnp"],
    ["a\u200bb", "a#92;u200bb"],
    ["\ud800", "#92;ud800"],
    ["two\nlines", "two#92;u000alines"],
    ["é🏳", "#233;#127987;"],
    // It refuses what begins like a list.
    ["1. first", "1#46; first"],
    ["- item", "#45; item"],
    ["1.5", "1.5"],
    ["a - b", "a - b"],
  ])("%j is written %j", (text, written) => {
    expect(mermaidLabel(text)).toBe(written);
  });

  test("has letters, digits, harmless signs and codes of what can be seen, and no more", () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const label = mermaidLabel(text);
        expect(label).toMatch(/^(?:[A-Za-z0-9 /:._@+=,()-]|#[0-9]+;)*$/);
        const drawn = label.replaceAll(/#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
        expect(drawn).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u);
      }),
    );
  });

  test("a huge one is cut: Mermaid draws no chart over 50,000 characters", () => {
    expect(mermaidLabel("a".repeat(200))).toBe("a".repeat(200));
    expect(mermaidLabel("a".repeat(201))).toBe(`${"a".repeat(199)}#8230;`);
  });
});
