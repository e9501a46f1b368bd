import { type ActionOptions, runAction, TOKEN } from "./support/run-action";
import { QUIET } from "./support/reviews";

const REVIEW = JSON.stringify(QUIET);
const files = { "review.json": REVIEW, "text.json": "hello", "other.json": "{}", "empty.json": "" };
const given = (inputs: Record<string, string>): ActionOptions => ({ files, inputs });

describe("a mistake in the step is one sentence, and the step fails:", () => {
  test.each<[string, ActionOptions, string | RegExp]>([
    [
      "nothing to review",
      given({}),
      'plans: name what "terraform show -json" printed of a plan, one file on each line',
    ],
    [
      "blank lines alone",
      given({ plans: "\n  \n" }),
      'plans: name what "terraform show -json" printed of a plan, one file on each line',
    ],
    ["plans and reviews", given({ plans: "plan.json", reviews: "review.json" }), "plans and reviews: give one of them"],
    ["a file that is not there", given({ plans: "plan.json" }), 'plans: there is no "plan.json"'],
    [
      "a pattern",
      given({ plans: "plans/*.json" }),
      'plans: there is no "plans/*.json": patterns are not read, name the folder instead',
    ],
    [
      "a folder without plans",
      { ...given({ plans: "." }), files: {} },
      'plans: the folder "." has no file that ends in ".json"',
    ],
    ["a plan that is no JSON", given({ plans: "text.json" }), /^text\.json: .*JSON/],
    ["a plan that is empty", given({ plans: "empty.json" }), /^empty\.json: /],
    ["a file that is no plan", given({ plans: "other.json" }), /^other\.json: /],
    ["one of several that is no plan", given({ plans: "." }), /^empty\.json: /],
    [
      "a review that is none",
      given({ reviews: "other.json" }),
      'reviews: "other.json" is not what this version of the action writes as report-json',
    ],
    [
      "a review that is no JSON",
      given({ reviews: "text.json" }),
      'reviews: "text.json" is not what this version of the action writes as report-json',
    ],
    [
      "a gate that is none",
      given({ reviews: "review.json", "fail-on": "gaind" }),
      'fail-on: "gaind" is none of none, gained, widened, weakened',
    ],
    [
      "comment that is neither",
      given({ reviews: "review.json", comment: "yes" }),
      'comment: "yes" is neither true nor false',
    ],
    [
      "a key that ends the marker",
      given({ reviews: "review.json", key: "x --> y" }),
      'key: "x --> y" is no key: use letters, digits, ".", "_", "/" and single "-", at most 100',
    ],
    ["a key that is too long", given({ reviews: "review.json", key: "k".repeat(101) }), /^key: "k{101}" is no key/],
    [
      "an author that is none",
      given({ reviews: "review.json", "comment-author": "a b" }),
      'comment-author: "a b" is no login, as "octocat" or "my-app[bot]"',
    ],
    [
      "a report that cannot be written",
      given({ reviews: "review.json", report: "review.json/x.md" }),
      /^report: "review\.json\/x\.md" cannot be written \((EEXIST|ENOTDIR)\)$/,
    ],
    [
      "a report that is named as JSON",
      given({ reviews: "review.json", report: "out.json" }),
      'report: "out.json" is for Markdown: give it a name that ends in ".md"',
    ],
  ])("%s", async (_, options, sentence) => {
    const { code, annotations, stderr, outputs, summary } = await runAction(options);
    expect({ code, stderr, outputs, summary }).toEqual({ code: 1, stderr: "", outputs: {}, summary: "" });
    expect(annotations).toHaveLength(1);
    const [, message = ""] = /^::error title=Review::(.*)$/.exec(annotations[0] ?? "") ?? [];
    if (typeof sentence === "string") expect(message).toBe(sentence);
    else expect(message).toMatch(sentence);
  });

  test("a token with a line break, which is not repeated", async () => {
    const { code, stdout } = await runAction(given({ reviews: "review.json", "github-token": `${TOKEN}\n${TOKEN}` }));
    expect(code).toBe(1);
    expect(stdout).toBe(
      "::error title=Review::github-token: it is no token: it has spaces, line breaks or other characters that none has\n",
    );
  });
});

test.each([
  ["a key of 100 characters", { key: "k".repeat(100) }],
  ["comment in capitals", { comment: "False" }],
  ["names with blanks around them", { reviews: "  review.json  \r\n\r\n" }],
  [
    "everything empty but the review",
    { "fail-on": "", comment: "", key: "", "comment-author": "", report: "", matrix: "" },
  ],
])("%s is fine", async (_, inputs) => {
  expect(await runAction({ ...given({ reviews: "review.json", ...inputs }), event: "push" })).toMatchObject({
    code: 0,
    stderr: "",
  });
});
