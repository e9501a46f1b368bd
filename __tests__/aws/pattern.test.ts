import {
  ANY,
  concat,
  cover,
  difference,
  escape,
  exactText,
  example,
  formatPattern,
  includes,
  includesAny,
  intersects,
  isUniversal,
  literalPattern,
  matches,
  MAX_STEPS,
  meet,
  ONE,
  parsePattern,
  unmentioned,
} from "../../lib/aws/pattern";

const p = parsePattern;
const all = (...texts: string[]) => texts.map(p);

describe("a pattern", () => {
  test.each([
    ["a letter", "a", [97]],
    ["wildcards", "a*b?", [97, ANY, 98, ONE]],
    ["runs of wildcards in one order", "*?*?a**", [ONE, ONE, ANY, 97, ANY]],
    ["a character beyond the first plane as one", "😀?", [0x1f600, ONE]],
    ["nothing", "", []],
  ])("is read from %s", (_what, text, tokens) => {
    expect(p(text).tokens).toEqual(tokens);
  });

  test("may hold wildcards that stand for themselves", () => {
    const pattern = concat(p("v?"), literalPattern("*"), p("*"));
    expect(matches(pattern, "v1*")).toBe(true);
    expect(matches(pattern, "v12")).toBe(false);
    expect(formatPattern(pattern)).toBe("v?${*}*");
  });

  test.each(["a*b?c", "", "${", "$", "😀*"].map((text) => [text, p(text)] as const))(
    "is written back: %j",
    (text, pattern) => {
      expect(formatPattern(pattern)).toBe(text === "${" ? "${$}{" : text);
    },
  );

  test("that is joined brings its wildcards into order too", () => {
    expect(concat(p("a*"), p("?b")).tokens).toEqual(p("a?*b").tokens);
  });

  test.each([
    ["*", true],
    ["**", true],
    ["?*", false],
    ["", false],
    ["a*", false],
  ])("%j is universal: %j", (text, expected) => {
    expect(isUniversal(p(text))).toBe(expected);
  });

  test("has one text when it has no wildcard", () => {
    expect(exactText(p("repo:a/b:pull_request"))).toBe("repo:a/b:pull_request");
    expect(exactText(literalPattern("*"))).toBe("*");
    expect(exactText(p("a*"))).toBeUndefined();
  });

  test.each([
    ["repo:octo-org/*:ref:refs/heads/*", "repo:octo-org/x:ref:refs/heads/x"],
    ["v?.?", "vx.x"],
    ["main", "main"],
  ])("%j has the example %j", (text, expected) => {
    expect(example(p(text))).toBe(expected);
  });

  test("leaves a character unmentioned, a letter first", () => {
    expect(unmentioned(all("ax", "y*"))).toBe("z".codePointAt(0));
    expect(unmentioned(all("xyzqjkwvabcdefghilmnoprstuXYZ0123456789", "¡"))).toBe("¢".codePointAt(0));
  });
});

describe("a pattern matches", () => {
  test.each([
    ["main*", "main", true],
    ["main*", "main2", true],
    ["repo:o/*", "repo:o/r:ref:refs/heads/a", true],
    ["repo:o/r:*", "repo:O/r:x", false],
    ["a?", "a", false],
    ["a?", "a😀", true],
    ["a??", "a😀", false],
    ["*a?c*", "xabxazc", true],
    ["*ab", "aab", true],
    ["a*a", "a", false],
    ["", "", true],
    ["*", "", true],
    ["?*", "", false],
  ])("%j against %j: %j", (pattern, text, expected) => {
    expect(matches(p(pattern), text)).toBe(expected);
  });
});

describe("one pattern includes another", () => {
  test.each([
    ["*", "anything*"],
    ["repo:o/*", "repo:o/r:*"],
    ["repo:o/r:*", "repo:o/r:ref:refs/heads/*"],
    ["a*", "a?b*"],
    ["?*", "*?"],
    ["*?a", "*aa"],
    ["*?b?*", "*ab?*"],
    ["a*b*c", "a*bxb*c"],
    ["a?c", "abc"],
  ])("%j includes %j", (a, b) => {
    expect(includes(p(a), p(b))).toBe(true);
  });

  test.each([
    ["repo:o/r:*", "repo:o/*", "repo:o/x"],
    ["repo:o/r:ref:refs/heads/*", "repo:o/r:*", "repo:o/r:x"],
    ["release/?*", "release/*", "release/"],
    ["*a", "*a*", "xax"],
    ["a?b*", "a*b*", "axxxxxb"],
    ["abc", "ab?", "abx"],
  ])("%j does not include %j: it leaves out %j", (a, b, left) => {
    const text = escape(p(a), p(b)) ?? "";
    expect([matches(p(a), text), matches(p(b), text)]).toEqual([false, true]);
    expect(difference([p(a)], p(b))?.length).toBeLessThanOrEqual(left.length);
  });
});

describe("patterns meet", () => {
  test.each([
    ["repo:o/*:ref:refs/heads/main", "repo:o/r:*", "repo:o/r:ref:refs/heads/main"],
    ["repo:o/r:*", "repo:o/*", "repo:o/r:x"],
    ["a*c", "ab*", "abxc"],
    ["???", "a*", "axx"],
    ["*", "*", "x"],
    ["main", "main", "main"],
  ])("%j and %j in %j", (a, b, text) => {
    expect(meet(p(a), p(b))).toBe(text);
    expect(meet(p(b), p(a))).toBe(text);
  });

  test.each([
    ["main", "Main"],
    ["a*", "b*"],
    ["*a", "*b"],
    ["a?", "a"],
    ["a*b*a", "a?cd"],
    ["", "?*"],
  ])("not: %j and %j", (a, b) => {
    expect([intersects(p(a), p(b)), meet(p(a), p(b))]).toEqual([false, undefined]);
  });
});

describe("patterns together", () => {
  test.each([
    ["a single one", ["main", "release/*"], "release/1"],
    ["none and some", ["main", "main?*"], "main*"],
    ["none, one and more", ["a*bx", "ab", "a?b", "a??*b"], "a*b"],
    ["each length of two stars", ["ab*c", "a?*bc", "a?*b?*c"], "a*b*c"],
  ])("include what %s of them admits", (_what, list, b) => {
    expect(cover(all(...list), p(b))).toEqual({ answer: "yes" });
    expect(includesAny(all(...list), p(b))).toBe(true);
  });

  test.each([
    ["one length is missing", ["ab", "a??*b"], "a*b", "axb"],
    ["one of four cases is missing", ["abc", "a?*bc", "a?*b?*c"], "a*b*c", "abxc"],
    ["it is the empty list", [], "repo:o/*", "repo:o/x"],
    ["it is wider", ["repo:o/r:ref:refs/heads/main", "repo:o/r:environment:*"], "repo:o/r:*", "repo:o/r:x"],
  ])("leave something out where %s", (_what, list, b, text) => {
    expect(cover(all(...list), p(b))).toEqual({ answer: "no", escapes: text });
    expect(difference(all(...list), p(b))).toBe(text);
    expect(includesAny(all(...list), p(b))).toBe(false);
  });
});

/** `a*b*c*…`: each star stands between two letters of its own, so that patterns can speak of its length. */
const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";
const chain = (stars: number, between: (star: number) => string): string =>
  Array.from({ length: stars + 1 }, (_, index) => (LETTERS[index] ?? "") + (index < stars ? between(index) : "")).join(
    "",
  );

describe("the cost", () => {
  test("of a match is at most pattern × text, and one pass where nothing has to be tried again", () => {
    const steps = (text: string, pattern: string): number => {
      let reads = 0;
      const tokens = new Proxy(p(pattern).tokens, {
        get: (target, key) => ((reads += /^\d+$/.test(String(key)) ? 1 : 0), Reflect.get(target, key)),
      });
      matches({ tokens }, text);
      return reads;
    };
    expect(steps("a".repeat(1_000), "a*".repeat(50))).toBeLessThan(1_200);
    expect(steps("a".repeat(1_000), `${"*a".repeat(50)}b`)).toBeLessThan(3 * 1_000);
    expect(steps("a".repeat(1_000), `*${"a".repeat(100)}b`)).toBeLessThan(102 * 1_001);
  });

  test("of including one pattern is at most a × b", () => {
    for (const n of [50, 100, 200]) {
      const work = { steps: 0 };
      expect(includes(p(`*${"a".repeat(n)}b*`), p(`*${"a".repeat(n)}c${"a".repeat(n)}*`), work)).toBe(false);
      expect(work.steps).toBeLessThan((n + 3) * (2 * n + 3));
    }
  });

  test.each([
    ["b has no star", [chain(6, () => "?*"), chain(6, () => "?")], chain(6, () => "??")],
    [
      "no pattern of the list has a question mark",
      Array.from({ length: 30 }, (_, star) => chain(30, (each) => (each === star ? "" : "*"))),
      chain(30, () => "*"),
    ],
  ])("of including many is small where %s", (_what, list, b) => {
    const work = { steps: 0 };
    expect(cover(all(...list), p(b), work).answer).not.toBe("undecided");
    expect(work.steps).toBeLessThan(list.join("").length * b.length);
  });

  test("of including many is bounded in the worst case, and the answer then is that there is none", () => {
    // A formula over 24 truths ("this star is empty") in clauses of three, dealt out without a pattern.
    const clause = (seed: number): string => {
      const chosen = new Map(
        [1, 2, 3].map((each) => [(seed * (7 * each + 4) + each * each * 5) % 24, (seed >> each) % 2]),
      );
      return chain(24, (star) => (chosen.has(star) ? (chosen.get(star) === 0 ? "" : "?*") : "*"));
    };
    const list = Array.from({ length: 140 }, (_, seed) => p(clause(seed + 1)));
    const work = { steps: 0 };
    const { answer } = cover(list, p(chain(24, () => "*")), work);
    expect(work.steps).toBeLessThan(4 * MAX_STEPS);
    expect(answer).toBe("undecided");
    expect(includesAny(list, p(chain(24, () => "*")))).toBe(false);
  });
});
