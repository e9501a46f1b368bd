import { admits, type Breadth } from "../../../lib/trust/admitted";
import { ISSUER, policyText, PROVIDER, read, statement } from "../../aws/policy/policies";

const AUDIENCE = { [`${ISSUER}:aud`]: "sts.amazonaws.com" };

/** A policy with one condition on the subject. */
const like = (sub: string | readonly string[], operator = "StringLike", more: object = {}): string =>
  policyText(
    statement({
      Condition:
        operator === "StringEquals"
          ? { StringEquals: { ...AUDIENCE, [`${ISSUER}:sub`]: sub, ...more } }
          : { StringEquals: { ...AUDIENCE, ...more }, [operator]: { [`${ISSUER}:sub`]: sub } },
    }),
  );

const admitted = (text: string) => admits(read(text));
const breadthOf = (sub: string): Breadth | undefined => admitted(like(sub)).breadth;

describe("how broad a subject is", () => {
  test.each<[string, Breadth]>([
    ["repo:octo-org/web-shop:ref:refs/heads/main", "exact"],
    ["repo:octo-org@65/web-shop@74:environment:production", "exact"],
    ["repo:octo-org/web-shop:pull_request", "exact"],
    [
      "repo:octo-org/web-shop:environment:prod:job_workflow_ref:octo-org/ci/.github/workflows/a.yml@refs/heads/main",
      "exact",
    ],
    ["repo:octo-org/web-shop:ref:refs/heads/release/*", "pattern"],
    ["repo:octo-org/web-shop:ref:refs/heads/mai?", "pattern"],
    ["repo:octo-org/web-shop:environment:*", "pattern"],
    ["repo:octo-org@*/web-shop@*:environment:production", "pattern"],
    ["repo:octo-org@6?/web-shop@74:*", "repository"],
    ["repo:octo-org/web-shop:*", "repository"],
    ["repo:octo-org/web-shop", "repository"],
    ["repo:octo-org/web-shop:??????*", "repository"],
    ["repo:octo-org/*", "organization"],
    ["repo:octo-org/*:ref:refs/heads/main", "organization"],
    ["repo:octo-org/web*:ref:refs/heads/main", "organization"],
    ["repo:octo-org@65/*", "organization"],
    ["repo:octo-org/web-shop*", "organization"],
    ["repository_owner_id:65:job_workflow_ref:octo-org/ci/.github/workflows/a.yml@refs/heads/main", "organization"],
    ["repository_id:74:environment:production", "exact"],
    ["repo:octo-org*/web-shop:environment:production", "anyone"],
    ["repo:octo-org*", "anyone"],
    ["repo:octo-or?/web-shop:pull_request", "anyone"],
    ["repo:*", "anyone"],
    ["repo:*/*", "anyone"],
    ["*:environment:production", "anyone"],
    ["*web-shop*", "anyone"],
    ["environment:production", "anyone"],
    ["job_workflow_ref:octo-org/ci/.github/workflows/a.yml@refs/heads/main", "anyone"],
    ["repository_id:7*", "anyone"],
  ])("%s admits %s", (sub, breadth) => expect(breadthOf(sub)).toBe(breadth));

  test("the id of a repository or an owner narrows what the subject leaves open", () => {
    expect(admitted(like("repo:*", "StringLike", { [`${ISSUER}:repository_id`]: "74" })).breadth).toBe("repository");
    expect(admitted(like("repo:*", "StringLike", { [`${ISSUER}:repository_owner_id`]: ["65", "66"] })).breadth).toBe(
      "organization",
    );
    expect(admitted(like("repo:*", "StringLike", { [`${ISSUER}:actor_id`]: "7" })).breadth).toBe("anyone");
  });

  test("the widest of several values counts", () =>
    expect(admitted(like(["repo:octo-org/web-shop:ref:refs/heads/main", "repo:octo-org/*"])).breadth).toBe(
      "organization",
    ));

  // An environment may be called pull_request.
  test("two conditions must hold both", () => {
    const text = policyText(
      statement({
        Condition: {
          StringEquals: { [`${ISSUER}:sub`]: ["repo:octo-org/web-shop:pull_request", "repo:evil/x:pull_request"] },
          StringLike: { [`${ISSUER}:sub`]: "repo:octo-org/*" },
        },
      }),
    );
    expect(admitted(text).admissions[0]?.subjects.map(({ text: subject }) => subject)).toEqual([
      "repo:octo-org/web-shop:pull_request",
    ]);
    const cross = policyText(
      statement({
        Condition: {
          StringLike: { [`${ISSUER}:sub`]: "repo:octo-org/*" },
          "ForAnyValue:StringLike": { [`${ISSUER}:sub`]: "*:pull_request" },
        },
      }),
    );
    expect(
      admitted(cross).admissions[0]?.subjects.map(({ text: subject, kinds, breadth }) => [
        subject,
        [...kinds],
        breadth,
      ]),
    ).toEqual([["repo:octo-org/* and *:pull_request", ["environment", "pullRequest"], "organization"]]);
  });
});

describe("whose jobs", () => {
  test("owner, repository, kinds and context are read from a subject", () => {
    const [subject] = admitted(like("repo:octo-org@65/web-shop@74:ref:refs/tags/v*")).admissions[0]?.subjects ?? [];
    expect(subject).toMatchObject({
      owner: "octo-org",
      repository: "octo-org/web-shop",
      context: "ref:refs/tags/v*",
      breadth: "pattern",
    });
    expect([...(subject?.kinds ?? [])]).toEqual(["tag"]);
    expect(
      admitted(like("repo:octo-org/web-shop:ref:refs/heads/gh-readonly-queue/main/pr-*")).admissions[0]?.subjects[0]
        ?.kinds,
    ).toEqual(new Set(["mergeQueue"]));
  });

  test("owners are listed while they are known", () => {
    expect(admitted(like(["repo:octo-org/*", "repo:hubot/x:pull_request"])).owners).toEqual(["octo-org", "hubot"]);
    expect(admitted(like(["repo:octo-org/*", "repo:hubot*"])).owners).toBe("anyone");
  });

  test("a statement for others, or for another action, admits no job", () => {
    expect(
      admitted(policyText(statement({ Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" })))
        .breadth,
    ).toBeUndefined();
    expect(
      admitted(
        policyText(statement({ Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" } })),
      ).breadth,
    ).toBeUndefined();
    expect(admitted(policyText(statement({ Action: "sts:AssumeRole" }))).breadth).toBeUndefined();
  });
});

describe("a guard that does not bind", () => {
  test("StringNotLike leaves the subject open, and the set is not exact", () => {
    const jobs = admitted(like("repo:octo-org/web-shop:pull_request", "StringNotLike"));
    expect([jobs.breadth, jobs.exact]).toEqual(["anyone", false]);
  });

  // Every token has a subject, so that nobody gets in for want of one.
  test.each(["StringLikeIfExists", "ForAllValues:StringLike", "StringEqualsIfExists"])(
    "%s holds without a subject, and lets in no more for that",
    (operator) => {
      const jobs = admitted(like("repo:octo-org/web-shop:pull_request", operator));
      expect([jobs.breadth, jobs.exact]).toEqual(["pattern", false]);
    },
  );

  test("a policy variable stands for any text", () =>
    expect(admitted(like("repo:octo-org/${aws:username}:pull_request")).admissions[0]).toMatchObject({
      breadth: "organization",
      exact: false,
    }));

  test("a key that AWS does not know is said never to hold", () =>
    expect(
      admitted(like("repo:octo-org/x:pull_request", "StringLike", { [`${ISSUER}:event_name`]: "push" })).admissions[0],
    ).toMatchObject({ neverHolds: true, exact: false }));
});

describe("denials", () => {
  const deny = (condition: object): object => statement({ Effect: "Deny", Condition: condition });
  const allowed = statement({
    Condition: {
      StringLike: {
        [`${ISSUER}:sub`]: ["repo:octo-org/web-shop:pull_request", "repo:octo-org/web-shop:environment:*"],
      },
    },
  });
  const left = (...denials: object[]): [string[], boolean] => {
    const jobs = admitted(policyText([allowed, ...denials]));
    return [jobs.admissions.flatMap(({ subjects }) => subjects.map(({ text }) => text)), jobs.exact];
  };

  test("what is denied whole is taken away", () =>
    expect(left(deny({ StringEquals: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:pull_request" } }))).toEqual([
      ["repo:octo-org/web-shop:environment:*"],
      true,
    ]));
  test("what is denied in part stays", () =>
    expect(left(deny({ StringLike: { [`${ISSUER}:sub`]: "*:environment:prod" } }))).toEqual([
      ["repo:octo-org/web-shop:pull_request", "repo:octo-org/web-shop:environment:*"],
      false,
    ]));
  test("a denial of all but some leaves those", () =>
    expect(left(deny({ StringNotLike: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:environment:prod" } }))).toEqual([
      ["repo:octo-org/web-shop:environment:prod"],
      true,
    ]));
  test("a denial under two conditions takes nothing away for certain", () =>
    expect(left(deny({ StringLike: { [`${ISSUER}:sub`]: "*", [`${ISSUER}:aud`]: "other" } }))[1]).toBe(false));
  test("a denial of everything leaves nothing", () => expect(left(deny({}))).toEqual([[], true]));
});

describe("comparison", () => {
  const compare = (a: string, b: string) => admitted(a).includes(admitted(b));

  test.each<[string, string]>([
    ["repo:octo-org/*", "repo:octo-org/web-shop:*"],
    ["repo:octo-org/web-shop:*", "repo:octo-org/web-shop:pull_request"],
    ["repo:octo-org*", "repo:octo-org@65/web-shop@74:pull_request"],
  ])("%s includes %s, and not the reverse", (wide, narrow) => {
    expect(compare(like(wide), like(narrow))).toEqual({ answer: "yes" });
    expect(compare(like(narrow), like(wide)).answer).toBe("no");
  });

  test("the example of a difference is a job that only the other one admits", () => {
    expect(
      compare(like("repo:octo-org/web-shop:ref:refs/heads/main"), like("repo:octo-org/web-shop:ref:refs/heads/main*")),
    ).toEqual({
      answer: "no",
      example: { aud: "sts.amazonaws.com", sub: "repo:octo-org/web-shop:ref:refs/heads/mainx" },
    });
  });

  test("several statements include together what none does alone", () => {
    const either = (a: string, b: string): string =>
      policyText([a, b].map((sub) => statement({ Condition: { StringLike: { [`${ISSUER}:sub`]: sub } } })));
    const both = policyText(
      statement({
        Condition: { StringLike: { [`${ISSUER}:sub`]: ["repo:a/x:pull_request", "repo:b/y:pull_request"] } },
      }),
    );
    expect(compare(either("repo:a/*", "repo:b/*"), both)).toEqual({ answer: "yes" });
  });

  test("a further condition makes a set smaller", () => {
    const narrow = like("repo:a/*", "StringLike", { [`${ISSUER}:ref`]: "refs/heads/main" });
    expect(compare(like("repo:a/*"), narrow)).toEqual({ answer: "yes" });
    expect(compare(narrow, like("repo:a/*"))).toMatchObject({ answer: "no", example: { sub: "repo:a/x" } });
  });

  test("another audience or issuer is another set", () => {
    const other = policyText(
      statement({
        Principal: { Federated: `${PROVIDER}/octo` },
        Condition: { StringLike: { [`${ISSUER}/octo:sub`]: "repo:a/*" } },
      }),
    );
    expect(compare(like("repo:a/*"), other).answer).toBe("no");
    expect(admitted(like("repo:a/*")).meets(admitted(other))).toBeUndefined();
  });

  test("what is not exact includes nothing for certain but itself", () => {
    const loose = like("repo:a/x:pull_request", "StringLikeIfExists");
    expect(compare(loose, like("repo:a/x:pull_request")).answer).toBe("undecided");
    expect(compare(loose, loose)).toEqual({ answer: "yes" });
  });

  test("every spelling of a text is more than one of them", () => {
    const [one, every] = [
      like("repo:a/x:pull_request", "StringEquals"),
      like("repo:a/x:pull_request", "StringEqualsIgnoreCase"),
    ];
    expect(compare(every, one)).toEqual({ answer: "yes" });
    expect(compare(one, every)).toMatchObject({ answer: "no" });
  });

  test("two policies meet in a job that both admit", () => {
    expect(admitted(like("repo:octo-org/*")).meets(admitted(like("*:pull_request")))).toMatchObject({
      sub: "repo:octo-org/x:pull_request",
    });
    expect(admitted(like("repo:octo-org/*")).meets(admitted(like("repo:hubot/*")))).toBeUndefined();
  });
});

describe("the name of the session, which the caller gives,", () => {
  const named = (sessionName: object): string =>
    policyText(
      statement({
        Condition: {
          StringEquals: { ...AUDIENCE, [`${ISSUER}:sub`]: "repo:octo-org/web-shop:pull_request" },
          ...sessionName,
        },
      }),
    );
  const any = admitted(named({}));
  const deploy = admitted(named({ StringLike: { "sts:RoleSessionName": "deploy-*" } }));

  test("leaves the jobs what they are", () => {
    expect([deploy.exact, deploy.breadth]).toEqual([true, "exact"]);
    expect(deploy.admissions[0]?.neverHolds).toBe(false);
  });

  test("is part of what is admitted: a statement that asks for one covers none that does not", () => {
    expect(any.includes(deploy).answer).toBe("yes");
    expect(deploy.includes(any).answer).toBe("no");
    const keys = (name: string): ReadonlyMap<string, string[]> =>
      new Map([
        [`${ISSUER}:aud`, ["sts.amazonaws.com"]],
        [`${ISSUER}:sub`, ["repo:octo-org/web-shop:pull_request"]],
        ["sts:rolesessionname", [name]],
      ]);
    expect([
      deploy.admits(ISSUER, keys("deploy-7")),
      deploy.admits(ISSUER, keys("me")),
      any.admits(ISSUER, keys("me")),
    ]).toEqual([true, false, true]);
  });

  test("may be one that STS does not take: then nobody may be admitted", () => {
    expect(admitted(named({ StringLike: { "STS:RoleSessionName": "a b" } })).exact).toBe(false);
  });
});
