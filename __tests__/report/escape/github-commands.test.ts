import fc from "fast-check";
import { annotationText, outputAddress, outputText } from "../../../lib/report/escape/github-commands";
import { hostileText } from "../../support/hostile-text";

describe("a text of others in commands and outputs of GitHub", () => {
  test("an annotation is one line of at most 1,000 characters, of which none is cut in half", () => {
    expect(annotationText("a\n::set-output name=x::y%0A")).toBe("a\\u000a::set-output name=x::y%0A");
    expect(annotationText("a".repeat(1_000))).toHaveLength(1_000);
    expect(annotationText("a".repeat(1_001))).toBe(`${"a".repeat(999)}…`);
    expect(annotationText(`${"a".repeat(998)}🏳🏳`)).toBe(`${"a".repeat(998)}…`);
  });

  test("a sentence that a later step prints is no command, whatever is in it", () => {
    expect(outputText("::warning::x")).toBe("\\u003a:warning::x");
    fc.assert(
      fc.property(hostileText(), (text) => {
        const output = outputText(text);
        expect(output).not.toMatch(/^\s*::|##\[|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  test.each([
    "https://github.com/octo-org/web-shop/pull/7#issuecomment-123",
    "https://ghe.octo.example:8443/octo-org/web.shop_1/pull/7#issuecomment-123",
    "http://127.0.0.1:4000/comments/1",
  ])("%s is an address that is handed on", (address) => {
    expect(outputAddress(address)).toBe(address);
  });

  test.each([
    "javascript:alert(1)",
    "https://github.com/a b",
    "https://github.com/$(id)",
    "https://github.com/`id`",
    'https://github.com/";id;"',
    "https://github.com/a\n::set-output name=closed::false",
    "https://github.com/%0A::x",
    "https://user:secret@github.com/a",
    "https://github.com/a\u202e",
    `https://github.com/${"a".repeat(2_000)}`,
    "",
  ])("%j is none", (address) => {
    expect(outputAddress(address)).toBeUndefined();
  });
});
