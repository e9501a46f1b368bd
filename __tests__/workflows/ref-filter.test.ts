import fc from "fast-check";
import { matches, parsePattern } from "../../lib/aws/pattern";
import { admittedRefs, refPattern } from "../../lib/workflows/ref-filter";
import { casesMet, runs } from "../support/runs";

// The cheat sheet of GitHub's documentation, and what its signs come to.
test.each<[string, string, boolean]>([
  ["main", "main", true],
  ["feature/*", "feature/*", false],
  ["feature/**", "feature/*", true],
  ["*", "*", false],
  ["**", "*", true],
  ["*feature", "*feature", false],
  ["**feature**", "*feature*", true],
  ["v2*", "v2*", false],
  ["v[12].[0-9]+.[0-9]+", "v?.?*.?*", false],
  ["docs?", "doc*", false],
  ["xy+", "xy*", false],
  ["[ab]?c", "*c", false],
  ["a**b", "a*b", true],
  ["a\\*b", "a*b", false],
  ["a\\?b", "a?b", false],
  ["a\\+b", "a+b", true],
  ["[open", "[open", true],
  ["", "", true],
])("%s is as a pattern of IAM %s", (filter, pattern, exact) => {
  expect(refPattern(filter)).toEqual({ pattern, exact });
});

describe("the refs that filters admit", () => {
  test.each<[string, string[] | null, string[] | null, [string, boolean][]]>([
    ["are all without any", null, null, [["*", true]]],
    ["are fewer with some ignored", null, ["main"], [["*", false]]],
    [
      "are those named",
      ["main", "release/**"],
      null,
      [
        ["main", true],
        ["release/*", true],
      ],
    ],
    ["are at most those before a negation", ["release/**", "!release/old"], null, [["release/*", false]]],
    ["are none with negations alone", ["!main"], null, []],
  ])("%s", (_, only, ignored, expected) => {
    expect(admittedRefs(only, ignored).map(({ pattern, exact }) => [pattern, exact])).toEqual(expected);
  });
});

/** GitHub's filter as the regular expression that its documentation describes. */
const asRegExp = (parts: readonly string[]): RegExp =>
  new RegExp(
    `^${parts.map((part) => (part === "**" ? ".*" : part === "*" ? "[^/]*" : /^[?+]$/.test(part) || part.startsWith("[") ? part : part.replaceAll(/[.+?]/g, "\\$&"))).join("")}$`,
  );

test("what GitHub's filter admits, the pattern admits; and no more where it is exact", () => {
  const atom = fc.constantFrom("a", "b", "/", ".", "[ab]", "[a-c]");
  const parts = fc
    .array(
      fc.oneof(
        fc.tuple(atom, fc.constantFrom("", "", "?", "+")).map((pair) => pair.filter(Boolean)),
        fc.constantFrom(["*"], ["**"]),
      ),
      { maxLength: 6 },
    )
    .map((list) =>
      list.flat().filter((part, index, all) => !(part.startsWith("*") && all[index - 1]?.startsWith("*"))),
    );
  const ref = fc.array(fc.constantFrom("a", "b", "c", "/", "."), { maxLength: 6 }).map((list) => list.join(""));
  let admitted = 0;
  fc.assert(
    fc.property(parts, ref, (filter, name) => {
      const { pattern, exact } = refPattern(filter.join(""));
      const [theirs, ours] = [asRegExp(filter).test(name), matches(parsePattern(pattern), name)];
      if (theirs) admitted += 1;
      return theirs ? ours : !exact || !ours;
    }),
    { numRuns: runs(5_000) },
  );
  expect(admitted).toBeGreaterThan(casesMet(20));
});

test("a filter longer than any ref is anything, and takes no time", () => {
  expect(refPattern("[".repeat(1_000_000))).toEqual({ pattern: "*", exact: false });
});
