import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { renderReviewMarkdown } from "../../lib/report/review-markdown";
import { code } from "../../lib/report/escape/markdown";
import { type Review, reviewSchema } from "../../lib/review/review";
import { codesOf, githubHtml, tagsOf } from "../support/github-html";
import { hostileText } from "../support/hostile-text";
import {
  admission,
  difference,
  permission,
  protection,
  renamed,
  review,
  REVIEWS,
  unknown,
  value,
  who,
} from "./reviews";
import { runs } from "../support/runs";

const GOLDEN = path.join(__dirname, "golden/review");
const bytes = (text: string): number => Buffer.byteLength(text);

describe("a review as a comment of a pull request", () => {
  test.each(Object.entries(REVIEWS))("%s is as it was looked at (UPDATE_GOLDEN=1 writes it)", (name, each) => {
    const file = path.join(GOLDEN, `${name}.md`);
    const printed = `${renderReviewMarkdown(each)}\n`;
    if (process.env["UPDATE_GOLDEN"]) writeFileSync(file, printed);
    else expect(printed).toBe(readFileSync(file, "utf8"));
  });

  test.each(Object.entries(REVIEWS))("the fixture %s is a review", (_, each) => {
    expect(reviewSchema.parse(each)).toEqual(each);
  });

  test("says first who gains, and of a plan that failed that it did", () => {
    expect(renderReviewMarkdown(REVIEWS.dangerous)).toMatch(
      /^### 🔴 1 job gains access to `production`, 1 role widened, 1 environment lost its reviewers\n\n\| who \| may assume \|\n\| --- \| --- \|\n\| 🔴 gained<br>\*\*any pull request\*\*/,
    );
    expect(renderReviewMarkdown(REVIEWS.errored)).toMatch(
      /^### ❌ The plan ended with an error and does not say all: /,
    );
  });

  test("of no change is one calm line, and a small one of what was looked at", () => {
    expect(renderReviewMarkdown(REVIEWS.nothing).split("\n\n")).toEqual([
      "### ⚪ No change in who can do what",
      expect.stringMatching(/^<sub>Review of `plan.json` · 3 resources change without changing access · .*<\/sub>$/),
    ]);
  });

  test("never says that nothing changes where something could not be known, be it folded or not", () => {
    expect(renderReviewMarkdown(review({ unknown: [unknown()] }))).toMatch(
      /^### ❓ Nothing known to change\n\n❓ \*\*1 thing could not be known, and may let somebody in\*\*\n\n- `aws_iam_role\.batch`/,
    );
    expect(renderReviewMarkdown(review({ unknown: [unknown({ mayAdmit: false })] }))).toContain(
      "<summary>❓ 1 thing could not be known</summary>",
    );
  });

  test("every sign has its word beside it", () => {
    for (const each of Object.values(REVIEWS))
      expect(renderReviewMarkdown(each)).not.toMatch(/(?:🔴|🟠|🟡|🟢|⚪|❓|⚠️|❌|✂️)(?! ?(?:\*\*)?[A-Za-z0-9])/u);
  });

  test("what is not certain is said to be perhaps so", () => {
    expect(renderReviewMarkdown(review({ gained: [admission("a", { certain: false })] }))).toContain(
      "| 🔴 perhaps gained<br>",
    );
  });

  test("strangers stand before everybody else, in red", () => {
    const opened = admission("deploy", {
      strangers: ["evil-org"],
      who: [who("branch main", { repository: "evil-org/web-shop" })],
    });
    const text = renderReviewMarkdown(review({ gained: [admission("plan")], widened: [admission("release"), opened] }));
    expect(text.match(/^### .*|^\| \S+ (?:gained|widened)[^<]*/gmu)).toEqual([
      "### 🔴 1 role opened to another owner's repositories, 1 job gains access to `production`, 1 role widened",
      "| 🔴 widened to another owner",
      "| 🔴 gained",
      "| 🟠 widened",
    ]);
    expect(renderReviewMarkdown(review({ widened: [opened] }))).toMatch(/^### 🔴 /);
  });

  test("folds what is too long for the eye, and never a gain", () => {
    const many = renderReviewMarkdown(
      review({
        gained: Array.from({ length: 40 }, (_, index) => admission(`role-${index}`)),
        protection: Array.from({ length: 40 }, () => protection()),
      }),
    );
    expect(many.match(/^\| 🔴 gained/gm)).toHaveLength(40);
    const [open = "", folded = ""] = many.split("<details><summary>28 more: 40 protections are weaker</summary>");
    expect([open.match(/^- environment/gm)?.length, folded.match(/^- environment/gm)?.length]).toEqual([12, 28]);
  });
});

describe("names of strangers in it", () => {
  const wellBehaved = Object.fromEntries(Object.entries(REVIEWS).map(([name, each]) => [name, renamed(each, [])]));

  test("become code, and change nothing of the document around them", () => {
    const names = fc.uniqueArray(hostileText(), { minLength: 120, maxLength: 120 });
    fc.assert(
      fc.property(fc.array(names, { minLength: 10, maxLength: 10 }), (lists) => {
        const cases = lists.flatMap((list) =>
          Object.entries(REVIEWS).map(([name, each]) => ({
            list,
            harmless: wellBehaved[name] as Review,
            hostile: renamed(each, list),
          })),
        );
        const html = githubHtml(
          cases.flatMap(({ harmless, hostile }) => [
            renderReviewMarkdown(harmless),
            renderReviewMarkdown(hostile, { limit: 1_000_000 }),
          ]),
        );
        cases.forEach((_, index) => {
          const [expected = "", found = ""] = html.slice(2 * index, 2 * index + 2);
          expect(tagsOf(found)).toEqual(tagsOf(expected));
          expect(
            tagsOf(found).filter(
              (tag) =>
                !/^<\/?(?:h3|p|table|thead|tbody|tr|th|td|br|strong|code|ul|li|details|summary|sub)(?: \/)?>$/.test(
                  tag,
                ),
            ),
          ).toEqual([]);
        });
      }),
      { numRuns: 3, endOnFailure: true },
    );
  }, 120_000);

  test("stand there as they are, as far as they can be seen", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(
          hostileText().filter((text) => text !== "*" && !text.endsWith("/*")),
          { minLength: 60, maxLength: 60 },
        ),
        (names) => {
          const cases = names.map((role) =>
            review({ gained: [admission(role, { who: [who(`branch ${role}`, { repository: `octo-org/${role}` })] })] }),
          );
          const shown = githubHtml(cases.map((each) => renderReviewMarkdown(each))).map(codesOf);
          const expected = githubHtml(names.map((role) => `${code(role)} ${code(`octo-org/${role}`)}`)).map(codesOf);
          names.forEach((_, index) => expect(shown[index]).toEqual(expect.arrayContaining(expected[index] ?? [])));
        },
      ),
      { numRuns: 2, endOnFailure: true },
    );
  }, 120_000);
});

describe("the limit of a comment", () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `web-shop-${index}`);
  const full = renderReviewMarkdown(REVIEWS.everything, { limit: 1_000_000 });

  /** Whatever is left out, what is there is whole. */
  function expectWhole(text: string, limit: number): void {
    expect(bytes(text)).toBeLessThanOrEqual(limit);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    for (const line of text.split("\n").filter((each) => each.startsWith("|")))
      expect(line).toMatch(/^\| .* \| .* \|$/);
    expect(text).toMatch(/<\/sub>$/);
  }

  test("a text of exactly that length is whole, and of one byte less something is counted", () => {
    expect(renderReviewMarkdown(REVIEWS.everything, { limit: bytes(full) })).toBe(full);
    const less = renderReviewMarkdown(REVIEWS.everything, {
      limit: bytes(full) - 1,
      reportHint: "artifact access-review",
    });
    expectWhole(less, bytes(full) - 1);
    expect(less).toContain("all of it is in `artifact access-review`");
  });

  test("is counted in bytes: no way of counting characters gives more", () => {
    const wide = review({ gained: names(2_000).map((name) => admission(`${name}-変更-🏳️`)) });
    const text = renderReviewMarkdown(wide);
    expectWhole(text, 65_536);
    expect(bytes(text)).toBeGreaterThan(65_536 - 400);
    expect([...text].length).toBeLessThan(bytes(text));
  });

  test("every gain stands before anything else: in full, then in short, then counted", () => {
    const of = (count: number, limit: number): string =>
      renderReviewMarkdown(
        review({
          gained: names(count).map((name) =>
            admission(name, {
              account: "production",
              who: [who("any pull request"), who("branch main")],
              can: { level: "writes", because: [], permissions: [{ inline: "deploy-policy" }] },
            }),
          ),
          values: names(200).map((name) => value({ name })),
        }),
        { limit, reportHint: "artifact access-review" },
      );
    const rows = (text: string): number => text.match(/^\| 🔴 gained/gm)?.length ?? 0;
    const [inFull, inShort, counted] = [of(100, 20_000), of(100, 13_000), of(100, 5_000)];
    expect([rows(inFull), rows(inShort)]).toEqual([100, 100]);
    expect(inFull).toContain("deploy-policy");
    expect(inShort).not.toContain("deploy-policy");
    expect(inShort.match(/<br>and 1 more \|/g)).toHaveLength(100);
    const left = 100 - rows(counted);
    expect(left).toBeGreaterThan(0);
    expect(counted).toContain(`**${left} more gained or widened**\n`);
    for (const text of [inFull, inShort, counted])
      expect(text).toMatch(
        /(?:^- and \d+ more$|\*\*200 values change)[\s\S]*^✂️ There is more than a comment has room for: all of it is in `artifact access-review`\.$/m,
      );
  });

  test("holds for reviews of any size, at any limit from 1,000 on", () => {
    const size = fc.nat({ max: 60 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1_000, max: 65_536 }),
        fc.array(size, { minLength: 9, maxLength: 9 }),
        fc.array(hostileText(), { minLength: 60, maxLength: 60 }),
        fc.boolean(),
        (limit, sizes, texts, errored) => {
          const list = <T>(index: number, make: (name: string) => T): T[] => texts.slice(0, sizes[index]).map(make);
          const large = review({
            gained: list(0, (name) => admission(name, { account: name })),
            widened: list(1, (name) => admission(name, { instead: [who(`branch ${name}`)] })),
            lost: list(2, (name) => admission(name)),
            permissions: list(3, (name) => permission(name, { what: name })),
            protection: list(4, (name) => protection({ environment: name })),
            values: list(5, (name) => value({ name })),
            unknown: list(6, (what) => unknown({ what })),
            drift: difference({ gained: list(7, (name) => admission(name)) }),
            plans: list(8, (file) => ({ file, terraform: null, errored, account: file })),
          });
          expectWhole(renderReviewMarkdown(large, { limit, reportHint: "artifact access-review" }), limit);
        },
      ),
      { numRuns: runs(150), endOnFailure: true },
    );
  }, 120_000);

  test("holds for ten thousand gains, at once", () => {
    const huge = review({
      gained: names(10_000).map((name) => admission(name, { account: name })),
      permissions: names(10_000).map((name) => permission(name)),
    });
    for (const limit of [1_000, 1_001, 5_000, 65_536]) {
      const text = renderReviewMarkdown(huge, { limit });
      expectWhole(text, limit);
      const shown = text.match(/^\| 🔴 gained/gm)?.length ?? 0;
      expect(text).toContain(
        shown === 0
          ? "**10,000 gained or widened**"
          : `**${(10_000 - shown).toLocaleString("en-US")} more gained or widened**`,
      );
      expect(text).toMatch(/^### 🔴 1 job gains access to 10000 accounts/);
    }
  });

  test.each([
    ["thousands of letters", "x".repeat(5_000)],
    ["thousands of wide characters", "変更".repeat(2_000)],
    ["a few controls", "\u0000".repeat(40)],
    ["thousands of controls", "\u0000".repeat(2_000)],
    ["signs beyond the basic plane", "🏳".repeat(30)],
    ["backticks and pipes", "`|".repeat(500)],
  ])("holds at 1,000 where every name is %s", (_, long) => {
    const worst = review({
      gained: names(2_000).map((name) =>
        admission(name, {
          account: long,
          who: [who(`branch ${name}`), who("", { kind: "principal", principal: name, jobs: [] })],
          certain: false,
        }),
      ),
      widened: names(2_000).map((name) => admission(name, { account: long, certain: false })),
      protection: (["reviewers", "refs", "branch protection", "subject template"] as const).flatMap((aspect) =>
        names(2_000).map((name) =>
          protection({
            aspect,
            environment: aspect === "reviewers" || aspect === "refs" ? name : null,
            repository: name,
          }),
        ),
      ),
      permissions: (["more", "changed"] as const).flatMap((direction) =>
        names(2_000).map((name) => permission(`${direction}-${name}`, { account: long, direction })),
      ),
      plans: [{ file: long, terraform: null, errored: true, account: long }],
    });
    expectWhole(renderReviewMarkdown(worst, { limit: 1_000, reportHint: long.slice(0, 120) }), 1_000);
  });

  test("of less than 1,000 there is no room for what must be said", () => {
    expect(() => renderReviewMarkdown(REVIEWS.nothing, { limit: 999 })).toThrow(
      new RangeError("limit 999: it is at least 1000"),
    );
    expect(bytes(renderReviewMarkdown(REVIEWS.everything, { limit: 1_000 }))).toBeLessThanOrEqual(1_000);
  });
});
