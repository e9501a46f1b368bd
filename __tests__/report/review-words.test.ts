import type { PermissionChange, ProtectionChange, ValueChange, Who } from "../../lib/difference/schema";
import type { Phrase } from "../../lib/report/phrase";
import { code, markdownOf } from "../../lib/report/escape/markdown";
import { canWords } from "../../lib/report/review-words/can";
import {
  admissionLine,
  exampleWords,
  permissionLine,
  protectionLine,
  unknownLine,
  valueLine,
} from "../../lib/report/review-words/changes";
import { behindWords, whoWords, widerWords } from "../../lib/report/review-words/who";
import { admission, permission, protection, unknown, value, who } from "./reviews";

const said = (phrase: Phrase): string => markdownOf(phrase);
const OPEN = {
  reviewers: [],
  waitMinutes: 0,
  preventSelfReview: false,
  adminsCanBypass: true,
  deployFrom: "any ref" as const,
};

describe("who, in words", () => {
  test.each<[Partial<Who>, string]>([
    [{ jobs: ["environment production"] }, "any job in environment `production` of `octo-org/web-shop`"],
    [
      { jobs: ["environment two words with actor octocat"], environment: { name: "two words", protection: null } },
      "any job in environment `two words` `with actor octocat` of `octo-org/web-shop`",
    ],
    [{ jobs: ["environments prod*"] }, "any job in **any environment starting with `prod`** of `octo-org/web-shop`"],
    [{ jobs: ["environments *"] }, "any job in **any environment** of `octo-org/web-shop`"],
    [{ jobs: ["branch main"] }, "branch `main` of `octo-org/web-shop`"],
    [{ jobs: ["branches main*"] }, "**any branch starting with `main`** of `octo-org/web-shop`"],
    [{ jobs: ["branches *"] }, "**any branch** of `octo-org/web-shop`"],
    [{ jobs: ["branches release/*/fix?"] }, "**branches like `release/*/fix?`** of `octo-org/web-shop`"],
    [{ jobs: ["tags v*"] }, "**any tag starting with `v`** of `octo-org/web-shop`"],
    [{ jobs: ["tag v1"] }, "tag `v1` of `octo-org/web-shop`"],
    [{ jobs: ["merge queue of branch main"] }, "merge queue of branch `main` of `octo-org/web-shop`"],
    [
      { jobs: ["merge queue of branches m*"] },
      "merge queue of **any branch starting with `m`** of `octo-org/web-shop`",
    ],
    [{ jobs: ["any pull request", "branch main"] }, "**any pull request** or branch `main` of `octo-org/web-shop`"],
    [{ jobs: ["any pull request through a.yml"] }, "**any pull request** `through a.yml` of `octo-org/web-shop`"],
    [{ jobs: ["every job"], breadth: "repository" }, "**any job** of `octo-org/web-shop`"],
    [{ jobs: ["every job"], repository: "octo-org/*" }, "**any job** of **any repository of `octo-org`**"],
    [{ jobs: ["every job"], repository: "*" }, "**any job** of **anyone's repository**"],
    [{ jobs: ["subject repo:a:b"] }, "subject `repo:a:b` of `octo-org/web-shop`"],
    [{ jobs: ["something else"] }, "`something else` of `octo-org/web-shop`"],
    [
      { jobs: ["branch a", "branch b", "branch c", "branch d"] },
      "branch `a` or branch `b` or branch `c` or branch `d` of `octo-org/web-shop`",
    ],
    [
      { jobs: ["branch a", "branch b", "branch c", "branch d", "branch e"] },
      "branch `a` or branch `b` or branch `c` or branch `d` or 1 more of `octo-org/web-shop`",
    ],
    [
      { conditions: { aud: ["a"], job_workflow_ref: ["w.yml"], actor: ["a", "b"] } },
      "branch `main` of `octo-org/web-shop`, through `w.yml`, with `actor` `a` or `b`",
    ],
    [
      {
        conditions: {
          job_workflow_ref: [
            "octo-org/ci/.github/workflows/a.yml@refs/heads/main",
            "octo-org/ci/.github/workflows/a.yml@refs/tags/v1",
          ],
        },
      },
      "branch `main` of `octo-org/web-shop`, through workflow `a.yml` of `octo-org/ci` at branch `main` or workflow `a.yml` of `octo-org/ci` at tag `v1`",
    ],
    [{ kind: "principal", principal: "*" }, "**anyone in AWS**"],
    [{ kind: "principal", principal: "*", calls: ["sts:AssumeRole"] }, "**anyone in AWS**"],
    [{ kind: "principal", principal: "*", calls: ["sts:AssumeRoleWithSAML"] }, "**anyone by SAML**"],
    [
      { kind: "principal", principal: "*", calls: ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRole"] },
      "**anyone in AWS or with a token of any identity provider**",
    ],
    [{ kind: "principal", principal: "arn:aws:iam::111122223333:root" }, "anyone in account `111122223333`"],
    [{ kind: "principal", principal: "111122223333" }, "anyone in account `111122223333`"],
    [
      { kind: "principal", principal: "arn:aws:iam::111122223333:role/path/deploy" },
      "role `path/deploy` of account `111122223333`",
    ],
    [
      { kind: "principal", principal: "ecs.amazonaws.com", conditions: { "aws:SourceAccount": ["1"] } },
      "service `ecs.amazonaws.com`, with `aws:SourceAccount` `1`",
    ],
    [{ kind: "principal", principal: "arn:aws:iam::111122223333:user/x" }, "`arn:aws:iam::111122223333:user/x`"],
  ])("%j", (more, words) => {
    expect(said(whoWords(who("branch main", more)))).toBe(words);
  });

  test("what was there before stands before what comes, the repository once", () => {
    expect(said(widerWords(who("branch main"), who("branches main*")))).toBe(
      "branch `main` → **any branch starting with `main`** of `octo-org/web-shop`",
    );
    expect(said(widerWords(who("branch main", { repository: "a/b" }), who("branch main")))).toBe(
      "branch `main` of `a/b` → branch `main` of `octo-org/web-shop`",
    );
    expect(said(widerWords(who("branch main", { conditions: { actor: ["a"] } }), who("branch main")))).toBe(
      "branch `main` of `octo-org/web-shop`, with `actor` `a` → branch `main` of `octo-org/web-shop`",
    );
    expect(
      said(
        widerWords(who("tag v1", { conditions: { actor: ["a"] } }), who("tags *", { conditions: { actor: ["a"] } })),
      ),
    ).toBe("tag `v1` → **any tag** of `octo-org/web-shop`, with `actor` `a`");
  });

  test.each([
    [null, ""],
    [{ name: "a", protection: null }, "protection not known"],
    [{ name: "a", protection: OPEN }, "**behind nothing**"],
    [
      { name: "a", protection: { ...OPEN, reviewers: ["a", "b"], waitMinutes: 5, deployFrom: ["main", "v*"] } },
      "behind `a` or `b`, 5 min wait, from `main`, `v*`",
    ],
    [
      {
        name: "a",
        protection: { ...OPEN, reviewers: ["a", "b", "c", "d", "e"], deployFrom: "protected branches" as const },
      },
      "behind `a` or `b` or `c` or `d` or 1 more, from protected branches",
    ],
    [
      { name: "a", protection: { ...OPEN, reviewers: null, waitMinutes: null, deployFrom: null } },
      "reviewers not known, wait not known, refs not known",
    ],
    [{ name: "a", protection: { ...OPEN, deployFrom: [] } }, "from no ref"],
  ])("behind %j", (environment, words) => {
    expect(said(behindWords(who("environment a", { environment })))).toBe(words);
  });
});

describe("changes, in words", () => {
  const { can } = admission("a");
  test.each([
    [can, "can read: `ReadOnlyAccess`"],
    [{ ...can, level: "administrator" as const, permissions: [] }, "**is administrator**"],
    [
      {
        ...can,
        level: "writes" as const,
        permissions: [{ inline: "a" }, { inline: "b" }, { inline: "c" }, { inline: "d" }],
      },
      "can write: `a`, `b`, `c` and 1 more",
    ],
    [
      { ...can, level: "unknown" as const, permissions: [{ unknown: "known after apply" }] },
      "can do what is not known: not known: `known after apply`",
    ],
    [{ ...can, level: "nothing" as const, permissions: [] }, "can do nothing yet"],
  ])("what a role can do: %j", (power, words) => {
    expect(said(canWords(power))).toBe(words);
  });

  test("of who is let in or shut out", () => {
    expect(said(admissionLine(admission("a", { state: "created" }), "gained", 1))).toBe(
      "**gained** `a` (new): **any pull request** of `octo-org/web-shop`; it can read: `ReadOnlyAccess`",
    );
    expect(said(admissionLine(admission("a", { state: "deleted", certain: false }), "lost", 2))).toBe(
      "**perhaps lost** `a` (deleted) in `production`: **any pull request** of `octo-org/web-shop`",
    );
    expect(
      said(
        admissionLine(
          admission("a", { who: [who("branch a"), who("branch b")], instead: [who("branch c")] }),
          "widened",
          1,
        ),
      ),
    ).toBe(
      "**widened** `a`: branch `a` of `octo-org/web-shop`; branch `b` of `octo-org/web-shop`; until now only branch `c` of `octo-org/web-shop`; it can read: `ReadOnlyAccess`",
    );
    expect(said(admissionLine(admission("a", { instead: [who("branch c")] }), "narrowed", 1))).toContain(
      "; still let in: branch `c` of `octo-org/web-shop`",
    );
  });

  test("an example is the subject, and what that does not tell", () => {
    const example = (claims: Record<string, string>, issuer: string | null = null): string =>
      said(exampleWords(admission("a", { example: { issuer, claims } })));
    expect(
      example(
        {
          sub: "repo:a/b:ref:refs/heads/c",
          ref: "refs/heads/c",
          repository_id: "1",
          aud: "x",
          job_workflow_ref: "w.yml",
        },
        "token.actions.githubusercontent.com",
      ),
    ).toBe("`repo:a/b:ref:refs/heads/c`, `job_workflow_ref` `w.yml`");
    expect(example({ repository_id: "1", aud: "x" }, "example.com")).toBe("`repository_id` `1`, of `example.com`");
    expect(said(exampleWords(admission("a", { example: null })))).toBe("");
  });

  test.each<[Partial<PermissionChange>, string]>([
    [{}, "`a`: policy `AmazonS3FullAccess` attached: **reads → writes**"],
    [
      {
        change: "statement added",
        what: "allows iam:* on *",
        after: "administrator",
        because: ['"a" allows iam:PutRolePolicy'],
      },
      '`a`: statement added: `allows iam:* on *`: **reads → administrator**, as `"a" allows iam:PutRolePolicy`',
    ],
    [
      { change: "boundary removed", what: "ci", before: "administrator", after: "administrator" },
      "`a`: boundary `ci` removed; it stays **administrator**",
    ],
    [
      { change: "boundary changed", what: "a → b", direction: "changed", after: "reads" },
      "`a`: boundary changed: `a → b` (perhaps more)",
    ],
    [
      { change: "session shorter", what: "2 h → 1 h", direction: "less", after: "reads", admits: false },
      "`a`: shorter session: `2 h → 1 h` (no job of GitHub's may assume it)",
    ],
    [
      { change: "not known", what: "known after apply", direction: "changed", after: "unknown" },
      "`a`: permissions not known: `known after apply`: **reads → not known**",
    ],
  ])("of permissions: %j", (more, words) => {
    expect(said(permissionLine([permission("a", more)], 1))).toBe(words);
  });

  test.each<[Partial<ProtectionChange>, string]>([
    [
      {},
      "environment `production` of `octo-org/web-shop`, **reviewers**: `release-managers` → `nobody`; behind it `web-shop-production`",
    ],
    [
      { environment: null, aspect: "branch protection", direction: "changed", roles: [] },
      "`octo-org/web-shop`, **branch protection**: `release-managers` → `nobody` (perhaps weaker)",
    ],
    [
      { repository: null, environment: null, aspect: "subject template", roles: ["a", "b", "c", "d"] },
      "the organization, **subject template**: `release-managers` → `nobody`; behind it `a`, `b`, `c` and 1 more",
    ],
  ])("of protection: %j", (more, words) => {
    expect(said(protectionLine(protection(more)))).toBe(words);
  });

  test.each<[Partial<ValueChange>, string]>([
    [
      { before: "a", after: "b" },
      "variable `AWS_ROLE_ARN` of environment `production` of `octo-org/web-shop` points elsewhere: `a` → `b`",
    ],
    [
      { kind: "secret", environment: null, change: "added", before: null, after: "b" },
      "secret `AWS_ROLE_ARN` of `octo-org/web-shop` is new: `b`",
    ],
    [
      { change: "removed", before: "a", after: null },
      "variable `AWS_ROLE_ARN` of environment `production` of `octo-org/web-shop` is gone: `a`",
    ],
    [
      { repository: null, environment: null, change: "seen by fewer", before: null, after: null },
      "variable `AWS_ROLE_ARN` of the organization is seen by fewer repositories",
    ],
  ])("of values: %j", (more, words) => {
    expect(said(valueLine(value(more)))).toBe(words);
  });

  test("of what could not be known", () => {
    expect(said(unknownLine(unknown()))).toBe("`aws_iam_role.batch`: `its trust policy is read during apply`");
  });

  test("two names that touch stay two", () => {
    expect(
      said([
        { kind: "name", text: "a" },
        { kind: "name", text: "b" },
      ]),
    ).toBe(`${code("a")} ${code("b")}`);
  });
});
