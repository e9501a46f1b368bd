import fc from "fast-check";
import { explainCall } from "../../lib/trust/near-miss/explained";
import { colors } from "../../lib/report/colors";
import { renderExplanation } from "../../lib/report/explanation";
import { allow, call, keys, policy, SUBJECT, wanting, withClaims } from "../trust/calls";
import { runs } from "../support/runs";

const render = (given: Parameters<typeof explainCall>[0], width = 80): string =>
  renderExplanation(explainCall(given), { colors: colors(false), width });
/** The lines of the first comparison: wanted, actual and the mark below. */
const comparison = (text: string): string[] => {
  const lines = text.split("\n");
  const at = lines.findIndex((line) => line.startsWith("    wanted"));
  return lines.slice(at, at + 3);
};

test("a call that is allowed says so first, and what was skipped", () => {
  const text = render(call());
  expect(text).toMatch(/^Allowed: /);
  expect(text).toMatch(/– signature/);
  expect(text).not.toMatch(/✗|Why|Fix/);
});

test("a denial shows the condition with both values below each other, and where they begin to differ", () => {
  const [wanted = "", actual = "", mark = ""] = comparison(
    render(withClaims({ sub: "repo:octo-org/web-shop:environment:main" })),
  );
  expect(wanted.slice(12)).toBe(SUBJECT);
  expect(actual.slice(12)).toBe("repo:octo-org/web-shop:environment:main");
  expect(mark.indexOf("^")).toBe(12 + "repo:octo-org/web-shop:".length);
});

test.each([
  ["in front", `x${"a".repeat(200)}`, `y${"a".repeat(200)}`],
  ["in the middle", `${"a".repeat(100)}x${"a".repeat(100)}`, `${"a".repeat(100)}y${"a".repeat(100)}`],
  ["at the end", `${"a".repeat(200)}x`, `${"a".repeat(200)}y`],
  ["behind the end of one", "a".repeat(200), `${"a".repeat(200)}y`],
])("of long values the part around the difference is shown: %s", (_where, from, to) => {
  const [wanted = "", actual = "", mark = ""] = comparison(
    render(withClaims({ actor: to }, { policy: policy(allow({ StringEquals: keys({ actor: from }) })) })),
  );
  const at = mark.indexOf("^");
  expect([wanted, actual].map((line) => line.length).filter((length) => length > 80)).toEqual([]);
  expect([wanted[at] ?? "", actual[at] ?? ""].sort()).toEqual(from.length === to.length ? ["x", "y"] : ["", "y"]);
  expect(wanted.slice(13, at)).toBe(actual.slice(13, at));
});

test("a wildcard is not marked as where values differ", () =>
  expect(render(call({ policy: wanting("repo:octo-org/web-shop:ref:refs/tags/*", "StringLike") }))).toContain("^\n"));

test("every line fits the width, whatever is compared, and no control character comes through", () => {
  const text = fc.string({ unit: "grapheme-ascii", maxLength: 300 });
  fc.assert(
    fc.property(text, text, fc.constantFrom(80, 100, 120), (wanted, actual, width) => {
      const claims = { sub: `repo:octo-org/${actual}`, actor: `${actual}\u001b[31m`, aud: actual };
      const printable = wanted.replaceAll(/[^\u0020-\u007e]|\$\{/g, "-");
      const lines = render(
        withClaims(claims, {
          policy: policy(
            allow({ StringEquals: keys({ sub: `repo:octo-org/${printable}`, actor: printable, aud: printable }) }),
          ),
        }),
        width,
      ).split("\n");
      expect(lines.filter((line) => line.length > width)).toEqual([]);
      expect(lines.filter((line) => /\p{Cc}/u.test(line))).toEqual([]);
    }),
    { numRuns: runs(300) },
  );
});
