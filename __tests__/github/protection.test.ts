import {
  grantsProtectionRules,
  GITHUB_PLANS,
  planProblems,
  reviewerCount,
  VISIBILITIES,
  type GithubPlan,
  type Protection,
  type Visibility,
} from "../../lib/github/protection";

/** Every setting that needs a person or a clock. */
const STRICT: Protection = {
  reviewers: { teams: ["release"], users: ["octocat"] },
  waitTimer: 10,
  preventSelfReview: true,
  adminsCanBypass: false,
  deployFrom: { branches: ["main"] },
};
/** What every plan with environments grants. */
const PLAIN: Protection = {
  waitTimer: 0,
  preventSelfReview: false,
  adminsCanBypass: true,
  deployFrom: "protectedBranches",
};

const keys = (protection: Protection, plan: GithubPlan | undefined, visibility: Visibility): (string | undefined)[] =>
  planProblems(protection, plan, visibility).map(({ key }) => key);

describe("the rules that need a person or a clock", () => {
  test.each<[GithubPlan | undefined, Visibility, boolean]>([
    [undefined, "private", true],
    ["free", "public", true],
    ["free", "private", false],
    ["pro", "public", true],
    ["pro", "private", false],
    ["team", "public", true],
    ["team", "private", false],
    ["team", "internal", false],
    ["enterprise", "private", true],
    ["enterprise", "internal", true],
  ])("on plan %s, in a repository that is %s: %p", (plan, visibility, granted) => {
    expect(grantsProtectionRules(plan, visibility)).toBe(granted);
  });
});

describe("what a plan does not grant", () => {
  test.each(VISIBILITIES)("is nothing when the plan is not known (%s)", (visibility) => {
    expect(planProblems(STRICT, undefined, visibility)).toEqual([]);
  });

  test.each(VISIBILITIES)("is nothing on Enterprise (%s)", (visibility) => {
    expect(planProblems(STRICT, "enterprise", visibility)).toEqual([]);
  });

  test.each(["free", "team", "enterprise"] as const)("is nothing in a public repository on %s", (plan) => {
    expect(planProblems(STRICT, plan, "public")).toEqual([]);
  });

  test.each(GITHUB_PLANS.filter((plan) => plan !== "free"))(
    "is nothing for a plain environment of a private repository on %s",
    (plan) => {
      expect(planProblems(PLAIN, plan, "private")).toEqual([]);
    },
  );

  test("is the whole environment in a private repository on Free, said once", () => {
    expect(planProblems(STRICT, "free", "private")).toEqual([
      {
        key: undefined,
        message: expect.stringMatching(
          /private repository needs GitHub Pro, Team or Enterprise.*silently ignored/,
        ) as string,
      },
    ]);
    expect(keys(PLAIN, "free", "private")).toEqual([undefined]);
  });

  test("is each rule on Team, in a private repository", () => {
    expect(keys(STRICT, "team", "private")).toEqual(["reviewers", "waitTimer", "preventSelfReview", "adminsCanBypass"]);
    for (const { message } of planProblems(STRICT, "team", "private"))
      expect(message).toMatch(
        /in a private repository needs GitHub Enterprise, and "plan" is "team": leave it out, or make the repository public/,
      );
  });

  test.each<[string, Protection, string[]]>([
    ["a wait timer of nothing", { waitTimer: 0 }, []],
    ["a wait timer of a minute", { waitTimer: 1 }, ["waitTimer"]],
    ["reviewers that name nobody", { reviewers: { teams: [], users: [] } }, []],
    ["one user as reviewer", { reviewers: { users: ["octocat"] } }, ["reviewers"]],
    ["administrators who may bypass", { adminsCanBypass: true }, []],
    ["administrators of whom nothing is said", {}, []],
    ["administrators who may not bypass", { adminsCanBypass: false }, ["adminsCanBypass"]],
    ["branch patterns", { deployFrom: { branches: ["main"], tags: ["v*"] } }, []],
  ])("on Team, with %s, is %j", (_what, protection, expected) => {
    expect(keys(protection, "team", "private")).toEqual(expected);
  });

  test("is a team as reviewer on Pro, which single users have, even in public", () => {
    expect(keys({ reviewers: { teams: ["release"] } }, "pro", "public")).toEqual(["reviewers"]);
    expect(keys({ reviewers: { users: ["octocat"] } }, "pro", "public")).toEqual([]);
  });
});

describe("the number of reviewers", () => {
  test.each([
    [undefined, 0],
    [{}, 0],
    [{ teams: ["a", "b"] }, 2],
    [{ teams: ["a"], users: ["b", "c"] }, 3],
  ])("of %j is %i: users and teams together", (reviewers, count) => {
    expect(reviewerCount(reviewers)).toBe(count);
  });
});
