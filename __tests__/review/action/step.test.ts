import { readFileSync } from "node:fs";
import path from "node:path";
import type { Review } from "../../../lib/review/review";
import { reviewSchema } from "../../../lib/review/review";
import { mergeReviews } from "../../../lib/review/merge-reviews";
import { admission, gaining, QUIET, weakened } from "./support/reviews";
import { type ActionOptions, runAction } from "./support/run-action";

const run = (review: Review, options: ActionOptions = {}) =>
  runAction({ review, ...options, inputs: { comment: "false", ...options.inputs } });
const of = (more: Partial<Review>): Review => mergeReviews([{ ...QUIET, ...more }]);

const GAINED = gaining(admission());
const WIDENED = of({ widened: [admission()] });
const WEAKENED = of({ protection: [weakened] });
const NARROWED = of({ narrowed: [admission()], lost: [admission("other")] });

describe("the gate", () => {
  test.each<[string, Review, Record<string, number>]>([
    ["no change", QUIET, { none: 0, gained: 0, widened: 0, weakened: 0 }],
    ["less access", NARROWED, { none: 0, gained: 0, widened: 0, weakened: 0 }],
    ["a role gained", GAINED, { none: 0, gained: 1, widened: 1, weakened: 1 }],
    ["a role widened", WIDENED, { none: 0, gained: 0, widened: 1, weakened: 1 }],
    ["a protection weakened", WEAKENED, { none: 0, gained: 0, widened: 0, weakened: 1 }],
  ])("on %s closes as fail-on says, which the output says too", async (_, review, codes) => {
    for (const [failOn, code] of Object.entries(codes)) {
      const result = await run(review, { inputs: { "fail-on": failOn } });
      expect({ failOn, code: result.code, closed: result.outputs["closed"] }).toEqual({
        failOn,
        code,
        closed: String(code === 1),
      });
      expect(result.annotations.filter((line) => line.startsWith("::error")).length).toBe(code);
    }
  });

  test("is open where fail-on is not given", async () => {
    expect((await run(GAINED)).code).toBe(0);
  });
});

describe("outputs", () => {
  test("are the counts, the headline and the files of the report", async () => {
    const { outputs } = await run(mergeReviews([GAINED, WIDENED, WEAKENED, NARROWED]));
    expect(outputs).toMatchObject({
      gained: "1",
      widened: "1",
      lost: "1",
      narrowed: "1",
      weakened: "1",
      unknown: "0",
      closed: "false",
      "comment-url": "",
    });
    expect(outputs["headline"]).toBe(
      "1 job gains access to production, 1 role widened, 1 environment lost its reviewers, 1 job loses access to production, 1 role narrowed",
    );
    expect(readFileSync(outputs["report"] ?? "", "utf8")).toContain("web-shop-production");
    expect(reviewSchema.parse(JSON.parse(readFileSync(outputs["report-json"] ?? "", "utf8"))).gained).toHaveLength(1);
  });

  test("cannot be added to by a name with line breaks", async () => {
    const hostile = "x\nclosed=false\nghadelimiter_x\nreport<<y\nz\ny";
    const { outputs } = await run(gaining({ ...admission(hostile), account: hostile }), {
      inputs: { "fail-on": "gained" },
    });
    expect(outputs).toMatchObject({
      closed: "true",
      report: expect.stringMatching(/review\.md$/),
      headline: "1 job gains access to x\\u000aclosed=false\\u000aghadelimiter_x\\u000areport<<y\\u000az\\u000ay",
    });
    expect(Object.keys(outputs)).toHaveLength(11);
  });

  test("and the summary are left out where there is no runner to read them", async () => {
    const { code, stderr } = await run(GAINED, { env: { GITHUB_OUTPUT: "", GITHUB_STEP_SUMMARY: "" } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

test("A summary that cannot be written is a warning, and the gate holds", async () => {
  const { code, annotations } = await run(GAINED, {
    env: { GITHUB_STEP_SUMMARY: "/nonexistent/summary" },
    inputs: { "fail-on": "gained" },
  });
  expect(code).toBe(1);
  expect(annotations).toContain(
    "::warning title=Summary::The summary of the run cannot be written: the report has the review",
  );
});

describe("the report", () => {
  test("is written where it is wanted, with all that the comment has no room for", async () => {
    const many = gaining(...Array.from({ length: 3_000 }, (_, i) => admission(`role-${i}-`)));
    const { folder, outputs } = await run(many, { inputs: { report: "out/access/review.md" } });
    expect(outputs).toMatchObject({ report: "out/access/review.md", "report-json": "out/access/review.json" });
    const text = readFileSync(path.join(folder, "out/access/review.md"), "utf8");
    expect(Array.from({ length: 3_000 }, (_, i) => `role-${i}-`).filter((role) => !text.includes(role))).toEqual([]);
  });

  test("of another run can be read as a review", async () => {
    const first = await run(GAINED);
    const { summary } = await run(
      reviewSchema.parse(JSON.parse(readFileSync(first.outputs["report-json"] ?? "", "utf8"))),
    );
    expect(summary).toBe(first.summary);
  });

  test("keeps the summary below what GitHub shows", async () => {
    const many = gaining(...Array.from({ length: 6_000 }, (_, i) => admission(`role-${i}-${"é".repeat(60)}`)));
    const { summary, code } = await run(many);
    expect({
      code,
      fits: Buffer.byteLength(summary) <= 1024 * 1024,
      isUsed: Buffer.byteLength(summary) > 900_000,
    }).toEqual({ code: 0, fits: true, isUsed: true });
  });
});

describe("annotations", () => {
  test("say in words who gains what, and what is weaker", async () => {
    const { annotations } = await run(of({ gained: [admission()], protection: [weakened] }), {
      inputs: { "fail-on": "gained" },
    });
    expect(annotations).toEqual([
      "::error title=The gate is closed::1 role now grants access; it granted none before (fail-on: gained)",
      expect.stringMatching(
        /^::warning title=Access::gained web-shop-production \(new\) in production: any job in environment production of octo-org\/web-shop; /,
      ),
      expect.stringMatching(
        /^::warning title=Protection weakened::environment production of octo-org\/web-shop, reviewers: release-managers → nobody/,
      ),
    ]);
  });

  test("say what is not known, what drifted, and that planning ended with an error", async () => {
    const { annotations } = await run(
      of({
        unknown: [
          { what: "aws_iam_role.x", reason: "its trust policy is known after apply", mayAdmit: true },
          { what: "aws_iam_role.y", reason: "its policy is known after apply", mayAdmit: false },
        ],
        drift: { ...QUIET, gained: [admission()] },
        plans: [{ file: "plan.json", terraform: null, errored: true, account: null }],
      }),
    );
    expect(annotations).toEqual([
      "::warning title=Planning ended with an error::plan.json does not say all that would change",
      expect.stringMatching(
        /^::warning title=May let somebody in::aws_iam_role\.x: its trust policy is known after apply/,
      ),
      "::notice title=Changed outside Terraform::1 change of access since the last apply: see the summary of the run",
      "::notice title=Not known::aws_iam_role.y: its policy is known after apply",
    ]);
  });

  test.each([
    [8, 8],
    [9, 8],
    [500, 8],
  ])("of %d roles are %d", async (count, shown) => {
    const { annotations } = await run(gaining(...Array.from({ length: count }, (_, i) => admission(`role-${i}`))));
    expect(annotations).toHaveLength(shown);
    expect(annotations.at(-1)).toContain(
      count === 8 ? "role-7" : `title=And more::${count - 7} more: see the summary of the run`,
    );
  });

  test("are none where nothing changes", async () => {
    expect((await run(QUIET)).annotations).toEqual([]);
  });

  const HOSTILE = [
    "\n::error::injected",
    "\r\n::add-mask::a",
    "\u2028::error::injected",
    "%0A::error::injected",
    "::stop-commands::x",
    "##[add-mask]a",
    "\u001b[2J",
    "\u202egnp.exe",
    "x".repeat(5_000),
  ];
  test.each(HOSTILE)("hold no command and no control character of a stranger's (%j)", async (text) => {
    const hostile = admission(`role${text}`, `octo-org/shop${text}`);
    const { stdout, code } = await run(
      of({ gained: [hostile], unknown: [{ what: `x${text}`, reason: `y${text}`, mayAdmit: true }] }),
    );
    const lines = stdout.split("\n");
    expect(code).toBe(0);
    // The token's mask, one line for each annotation, and the end of the last.
    expect(
      lines.filter(
        (line) =>
          !/^(::warning title=(Access|May let somebody in)::role|::warning title=(Access|May let somebody in)::)/.test(
            line,
          ),
      ),
    ).toEqual([expect.stringMatching(/^::add-mask::ghs_/), ""]);
    expect(lines).toHaveLength(4);
    expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u2028\u202e]/);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(1_200);
  });
});

describe("several reviews", () => {
  const files = { "a.json": JSON.stringify(GAINED), "b.json": JSON.stringify(WEAKENED) };

  test("make one, whose gate closes for each of them", async () => {
    const { code, outputs, summary } = await runAction({
      files,
      inputs: { reviews: "a.json\nb.json", comment: "false", "fail-on": "weakened" },
    });
    expect({ code, outputs }).toMatchObject({ code: 1, outputs: { gained: "1", weakened: "1" } });
    expect(summary).toContain("2 plans");
  });

  test("may stand in a folder, and one that is named twice counts once", async () => {
    const { outputs } = await runAction({
      files,
      inputs: { reviews: ".\na.json\n./a.json", comment: "false", report: "out/review.md" },
    });
    expect(outputs).toMatchObject({ gained: "1" });
  });

  test("are counted by what is in them, not by what they say", async () => {
    const lying = { ...GAINED, summary: { ...QUIET.summary } };
    expect(await run(lying, { inputs: { "fail-on": "gained" } })).toMatchObject({ code: 1, outputs: { gained: "1" } });
  });
});
