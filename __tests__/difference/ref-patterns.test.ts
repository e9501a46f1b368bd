import fc from "fast-check";
import { includesRefs } from "../../lib/difference/ref-patterns";
import { casesMet, runs } from "../support/runs";

describe("patterns of refs that may deploy", () => {
  test.each<[wider: string, narrower: string, includes: boolean]>([
    ["main", "main", true],
    ["main", "Main", false],
    ["*", "main", true],
    ["*", "release/1", false],
    ["release/*", "release/1", true],
    ["release/*", "release/1/2", false],
    ["release/*", "release/1*", true],
    ["release/1*", "release/*", false],
    ["release/?", "release/1", true],
    ["release/?", "release/*", false],
    ["release/*", "release/?", true],
    ["**/*", "main", true],
    ["**/*", "release/1/2", true],
    ["**/*", "release/**/*", true],
    ["release/**/*", "**/*", false],
    ["release/**/*", "release/1", true],
    ["release/**/x", "release/a/b/x", true],
    ["release/**/x", "release/a/b/y", false],
    ["a/**/b/**/c", "a/x/b/y/z/c", true],
    ["**", "release/1", false],
    ["**", "main", true],
    ["*", "**/x", false],
    ["v[0-9]", "v[0-9]", true],
    ["v[0-9]", "v1", false],
    ["v\\*", "v*", false],
    ["v*", "v\\*", false],
  ])("%s include %s: %s", (wider, narrower, expected) => expect(includesRefs(wider, narrower)).toBe(expected));

  const segment = fc.constantFrom("a", "b", "ab", "*", "?", "a*", "*b", "**", "a?");
  const pattern = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join("/"));
  const ref = fc
    .array(fc.constantFrom("a", "b", "ab", "ba", "aab"), { minLength: 1, maxLength: 5 })
    .map((parts) => parts.join("/"));

  /** As `File.fnmatch` has it. */
  const expression = (written: string): RegExp =>
    new RegExp(
      `^${written.replaceAll(/(?<=^|\/)\*\*\/|\*+|\?/g, (token) => (token === "**/" ? "(?:[^/]+/)*" : token === "?" ? "[^/]" : "[^/]*"))}$`,
    );

  test("include another one only where they admit every ref of it", () => {
    let included = 0;
    fc.assert(
      fc.property(pattern, pattern, fc.array(ref, { minLength: 30, maxLength: 30 }), (wider, narrower, refs) => {
        if (!includesRefs(wider, narrower)) return;
        included += 1;
        for (const each of refs) if (expression(narrower).test(each)) expect(each).toMatch(expression(wider));
      }),
      { numRuns: runs(3_000) },
    );
    expect(included).toBeGreaterThan(casesMet(100));
  });

  test("include every name that they admit", () =>
    fc.assert(
      fc.property(pattern, ref, (wider, name) => {
        expect(includesRefs(wider, name)).toBe(expression(wider).test(name));
      }),
      { numRuns: runs(3_000) },
    ));
});
