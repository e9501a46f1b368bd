import { literal } from "../../lib/constructs/template";
import { ProtectedBranch, ProtectedBranchesLookup } from "../../lib/constructs/branch-protection";
import { synthesizePlain } from "./plain-stack";
import { evaluate, terraformMissing } from "./terraform-console";
import { argumentsOf, onlyBlock } from "./terraform-json";

const protect = (branch: string, repository = "web") =>
  synthesizePlain((stack) => void new ProtectedBranch(stack, "main", { repository, branch }));
const lookUp = (fullName: string) =>
  synthesizePlain((stack) => void new ProtectedBranchesLookup(stack, "protected", { fullName }));

describe("A protected branch", () => {
  test("takes one approval that a later push takes away, administrators included", () => {
    expect(argumentsOf(onlyBlock(protect("main").resource, "github_branch_protection_v3"))).toEqual({
      repository: "web",
      branch: "main",
      enforce_admins: true,
      required_pull_request_reviews: { required_approving_review_count: 1, dismiss_stale_reviews: true },
    });
  });

  test.each<[string, string, string]>([
    [
      "release/*",
      "web",
      'plain/main: branch "release/*" of repository "web": name each branch: GitHub protects patterns only through an API that is not used here',
    ],
    ["refs/heads/main", "web", 'plain/main: branch "refs/heads/main" of repository "web": write "main"'],
    ["main", "octo-org/web", 'plain/main: branch "main" of repository "octo-org/web": '],
  ])("%s of %s is refused", (branch, repository, message) => {
    expect(() => protect(branch, repository)).toThrow(message);
  });
});

describe("Protected branches that are looked up", () => {
  test("are asked for in the plan", () => {
    expect(onlyBlock(lookUp("octo-org/web").data, "github_rest_api")["endpoint"]).toBe(
      "repos/octo-org/web/branches?protected=true&per_page=100",
    );
    expect(() => lookUp("web")).toThrow(
      'plain/protected: "web" is not the full name of a repository: write it as "OWNER/NAME"',
    );
  });
});

const CHECKS = ["found", "protected", "with rules"] as const;
const ok = (body: unknown) => ({ code: 200, body: typeof body === "string" ? body : JSON.stringify(body) });
const branch = (name: string, enabled?: unknown) => ({
  name,
  protected: true,
  ...(enabled !== undefined && { protection: { enabled } }),
});

/** GitHub's answers, and the checks that each fails. None: a branch is protected. */
const ANSWERS: readonly (readonly [string, { code: number; body: string }, readonly (typeof CHECKS)[number][]])[] = [
  ["a branch with rules", ok([branch("main", true)]), []],
  ["a branch of which it does not say whose rules", ok([branch("main")]), []],
  ["a branch of a ruleset beside one with rules", ok([branch("dev", false), branch("main", true)]), []],
  ["a branch of a ruleset alone", ok([branch("main", false)]), ["with rules"]],
  ["no branch", ok([]), ["protected"]],
  [
    "a branch that is not protected",
    ok([{ name: "main", protected: false, protection: { enabled: true } }]),
    ["protected"],
  ],
  ["a branch of which it does not say whether it is protected", ok([{ name: "main" }]), ["protected"]],
  ["an object", ok({}), ["protected"]],
  ["a page", ok("<html>"), ["protected"]],
  ["null", ok("null"), ["protected"]],
  ["no repository", { code: 404, body: '{"message":"Not Found"}' }, ["found"]],
  ["no permission", { code: 403, body: "[]" }, ["found"]],
];

const missing = terraformMissing();

(missing === undefined ? describe : describe.skip)(
  `Protected branches that are looked up, when GitHub answers with${missing === undefined ? "" : ` (skipped: ${missing})`}`,
  () => {
    let verdicts: readonly (readonly string[])[];
    beforeAll(() => {
      const conditions = (onlyBlock(lookUp("octo-org/web").data, "github_rest_api").lifecycle?.postcondition ?? []).map(
        ({ condition }) => condition.slice(2, -1),
      );
      const answers = ANSWERS.map(([, { code, body }]) => ({ code, body: literal(body) }));
      // A condition that cannot be evaluated is none that fails: it must say false.
      verdicts = evaluate(
        { answers },
        `[for self in local.answers : [${conditions.map((each) => `try(tostring(${each}), "no truth value")`).join(", ")}]]`,
      ) as string[][];
    });

    test.each(
      ANSWERS.map(
        ([title, , failing], index) =>
          [
            title,
            failing.length > 0 ? `fails the plan: not ${failing.join(" and not ")}` : "is enough",
            index,
            failing,
          ] as const,
      ),
    )("%s, %s", (_, __, index, failing) => {
      expect(CHECKS.map((check, at) => [check, verdicts[index]?.[at]])).toEqual(
        CHECKS.map((check) => [check, String(!failing.includes(check))]),
      );
    });
  },
);
