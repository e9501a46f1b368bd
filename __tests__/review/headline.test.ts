import { headlineOf, type Reviewed } from "../../lib/review/headline";
import { admission, jobs, NO_DIFFERENCE, permission, principal, protection, reviewed, unknown, value } from "./reviews";

const plan = (errored: boolean): Reviewed["plans"][number] => ({
  file: "plan.json",
  terraform: null,
  errored,
  account: null,
});
const noReviewers = { aspect: "reviewers", before: "octocat", after: "nobody" } as const;
const perhaps = { certain: false };

test.each<[string, Partial<Reviewed>]>([
  ["No change in who can do what", {}],
  ["1 job gains access to production", { gained: [admission()] }],
  ["2 jobs gain access to production", { gained: [admission([jobs("any pull request", "branch main")])] }],
  ["2 jobs gain access to production", { gained: [admission(), admission([jobs("branch main")], { role: "other" })] }],
  ["1 job gains access to production", { gained: [admission(), admission(undefined, { role: "other" })] }],
  ["1 job may gain access to production", { gained: [admission(undefined, perhaps)] }],
  ["1 job gains access to account 111122223333", { gained: [admission(undefined, { account: "111122223333" })] }],
  ["1 job gains access to an account", { gained: [admission(undefined, { account: "account not known" })] }],
  ["1 job gains access to 2 accounts", { gained: [admission(), admission(undefined, { account: "staging" })] }],
  ["1 AWS principal gains access to production", { gained: [admission([principal("444455556666")])] }],
  [
    "1 job and 2 AWS principals gain access to production",
    { gained: [admission([jobs("branch main"), principal("a"), principal("b")])] },
  ],
  [
    "2 jobs gain access to production, 1 role widened, 1 environment lost its reviewers",
    { gained: [admission([jobs("a", "b")])], widened: [admission()], protection: [protection("weaker", noReviewers)] },
  ],
  ["2 roles widened", { widened: [admission(), admission(undefined, { role: "other", certain: false })] }],
  ["1 role perhaps widened", { widened: [admission(undefined, perhaps)] }],
  [
    "1 role opened to another owner's repositories, 2 roles widened",
    { widened: [admission(), admission(undefined, { strangers: ["evil-org"] }), admission()] },
  ],
  [
    "1 role perhaps opened to another owner's repositories",
    { widened: [admission(undefined, { strangers: ["*"], certain: false })] },
  ],
  ["1 role widened, 1 role narrowed", { widened: [admission()], narrowed: [admission()] }],
  ["1 job loses access to production", { lost: [admission()] }],
  [
    "2 environments lost their reviewers",
    {
      protection: [protection("weaker", noReviewers), protection("weaker", { ...noReviewers, environment: "staging" })],
    },
  ],
  ["1 environment lost its reviewers", { protection: [protection("weaker", noReviewers), protection("weaker")] }],
  ["1 environment weakened", { protection: [protection("weaker"), protection("changed", { aspect: "refs" })] }],
  ["1 environment weakened", { protection: [protection("weaker"), protection("stronger", { aspect: "refs" })] }],
  ["1 protection strengthened", { protection: [protection("stronger"), protection("stronger", { aspect: "refs" })] }],
  [
    "1 environment weakened, 1 protection strengthened",
    { protection: [protection("weaker"), protection("stronger", { environment: "staging" })] },
  ],
  [
    "1 branch protection weakened, 1 subject template changed",
    {
      protection: [
        protection("weaker", { environment: null, aspect: "branch protection" }),
        protection("changed", { environment: null, aspect: "subject template" }),
      ],
    },
  ],
  ["1 role can do more", { permissions: [permission("more"), permission("less")] }],
  [
    "1 role can do more, 1 role may do more, 2 roles can do less",
    {
      permissions: [
        permission("more", "a"),
        permission("changed", "b"),
        permission("less", "c"),
        permission("less", "d"),
      ],
    },
  ],
  ["1 value changes", { values: [value("AWS_ROLE_ARN")] }],
  ["2 values change", { values: [value("AWS_ROLE_ARN"), value("AWS_REGION")] }],
  ["No change in who can do what; 1 new finding", { newFindings: 1 }],
  ["Nothing known to change; 1 thing could not be known", { unknown: [unknown(false)] }],
  ["Nothing known to change; 1 thing could not be known", { unknown: [unknown(true)] }],
  [
    "1 role widened; 3 things could not be known; 2 new findings",
    { widened: [admission()], unknown: [unknown(true), unknown(true), unknown(false)], newFindings: 2 },
  ],
  [
    "No change in who can do what; 2 changes of access happened outside Terraform",
    { drift: { ...NO_DIFFERENCE, widened: [admission()], narrowed: [admission()] } },
  ],
  [
    "The plan ended with an error and does not say all: 1 role widened",
    { plans: [plan(true)], widened: [admission()] },
  ],
  ["The plan ended with an error and does not say all: nothing known to change", { plans: [plan(true)] }],
  [
    "1 of 2 plans ended with an error and does not say all: nothing known to change",
    { plans: [plan(true), plan(false)] },
  ],
  [
    "2 of 3 plans ended with an error and do not say all: 1 job gains access to production",
    { plans: [plan(true), plan(true), plan(false)], gained: [admission()] },
  ],
])("%s", (headline, review) => expect(headlineOf(reviewed(review))).toBe(headline));
