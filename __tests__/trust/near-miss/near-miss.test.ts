import { explainCall, type Explained, outputOf } from "../../../lib/trust/near-miss/explained";
import { explainOutputSchema } from "../../../lib/trust/sts/output";
import { allow, call, keys, policy, SUBJECT, wanting, withClaims } from "../calls";

const ids = ({ hints }: Explained): string[] => hints.map(({ id }) => id);
const REPOSITORY = "repo:octo-org/web-shop";

describe("the nearest statement", () => {
  const to = (...subjects: string[]): ReturnType<typeof explainCall> =>
    explainCall(call({ policy: policy(...subjects.map((sub) => allow({ StringEquals: keys({ sub }) }))) }));

  test("is the one with the fewest conditions that fail", () => {
    const two = policy(
      allow({ StringEquals: keys({ sub: `${SUBJECT}2`, aud: "x" }) }),
      allow({ StringEquals: keys({ sub: "repo:other/other:pull_request" }) }),
    );
    expect(explainCall(call({ policy: two })).statement?.index).toBe(1);
  });
  test("is then the one whose values are nearest in what they mean", () => {
    expect(to("repo:octo-org/shop:pull_request", `${REPOSITORY}:environment:production`).statement?.index).toBe(1);
    expect(
      to(`${REPOSITORY}:environment:main`, `${REPOSITORY}:ref:refs/heads/a-branch-far-away`).statement?.index,
    ).toBe(1);
  });
  test("is then the one whose values are nearest letter by letter", () =>
    expect(to(`${SUBJECT}-and-more`, `${SUBJECT}2`).statement?.index).toBe(1));
  test("is about this principal and action, if any is", () => {
    const others = policy(
      allow({}, { Principal: { Service: "ec2.amazonaws.com" } }),
      allow({}, { Action: "sts:TagSession" }),
      allow({ StringEquals: keys({ sub: "x", aud: "y" }) }),
    );
    expect(explainCall(call({ policy: others })).statement?.index).toBe(2);
  });
  test("is the one that denies, where one does", () =>
    expect(
      explainCall(call({ policy: policy(allow({ StringEquals: keys({ sub: "x" }) }), allow({}, { Effect: "Deny" })) }))
        .statement?.index,
    ).toBe(1));
  test("is none of a call that is allowed, nor of one that fails elsewhere", () => {
    expect(explainCall(call()).statement).toBeUndefined();
    expect(explainCall(call({ sessionName: "" })).statement).toBeUndefined();
  });
});

test("of several values the nearest is compared", () => {
  const { blocking } = explainCall(
    call({ policy: wanting(["repo:octo-org/shop:pull_request", `${SUBJECT}2`, `${REPOSITORY}:environment:main`]) }),
  );
  expect(blocking[0]?.pairs[0]?.wanted).toBe(`${SUBJECT}2`);
});

test("two mistakes in one value are both told", () =>
  expect(
    ids(
      explainCall(
        withClaims({ sub: "repo:octo-org@65/web-shop@74:environment:production" }, { policy: wanting(SUBJECT) }),
      ),
    ),
  ).toEqual(["environment-instead-of-branch", "ids-missing-in-policy"]));

test.each([
  ["with ids", "repo:evil@9/web-shop@8:ref:refs/heads/main", SUBJECT],
  ["without", "repo:evil/web-shop:ref:refs/heads/main", "repo:octo-org@65/web-shop@74:ref:refs/heads/main"],
])("of a stranger's subject %s only the stranger is told, and no way to let it in", (_, sub, wanted) =>
  expect(ids(explainCall(withClaims({ sub }, { policy: wanting(wanted) })))).toEqual(["other-repository"]),
);

test("mistakes in two conditions are both told", () =>
  expect(
    ids(explainCall(withClaims({ sub: `${REPOSITORY}:pull_request`, aud: "https://github.com/octo-org" }))),
  ).toEqual(["pull-request", "default-audience"]));

test("at most three hints are given", () => {
  const { hints } = explainCall(
    withClaims(
      { sub: "repo:Octo-org@65/web-shop@74:environment:production", aud: "x" },
      {
        policy: policy(
          allow({ StringEquals: keys({ sub: SUBJECT, aud: "sts.amazonaws.com", repository_owner: "octo-org" }) }),
        ),
      },
    ),
  );
  expect(hints).toHaveLength(3);
});

test("what is refused before the trust policy comes first", () =>
  expect(ids(explainCall(withClaims({ exp: 0, sub: `${REPOSITORY}:pull_request` })))).toEqual([
    "token-expired",
    "pull-request",
  ]));

test("conditions that hold for want of a key are no reason", () => {
  const odd = policy(
    allow({
      StringEquals: keys({ sub: `${SUBJECT}2` }),
      StringEqualsIfExists: keys({ event_name: "push" }),
      "ForAllValues:StringLike": keys({ runner_environment: "x" }),
    }),
  );
  expect(ids(explainCall(call({ policy: odd })))).toEqual(["other-ref"]);
});

describe("when no reason is known, the plain difference is said", () => {
  const plain = (block: object, claims: object = {}): string[] =>
    explainCall(withClaims(claims, { policy: policy(allow(block)) })).hints.map(
      ({ id, message }) => `${id}: ${message}`,
    );
  const [ACTOR, SUB] = ["token.actions.githubusercontent.com:actor", "token.actions.githubusercontent.com:sub"];
  test.each([
    [
      "two values",
      { StringEquals: { [ACTOR]: "octodog" } },
      `plain-difference: "${ACTOR}": the policy requires "octodog", but the token has "octocat"; they differ from character 5 on.`,
    ],
    [
      "a value that is shut out",
      { StringNotEquals: { [ACTOR]: ["octocat"] } },
      `plain-difference: "${ACTOR}": StringNotEquals excludes "octocat".`,
    ],
    [
      "a key that is there",
      { Null: { [SUB]: "true" } },
      `plain-difference: "${SUB}": Null requires "true", but the call has "${SUBJECT}".`,
    ],
    [
      "a number",
      { NumericLessThan: { "aws:EpochTime": "1" } },
      'plain-difference: "aws:EpochTime": NumericLessThan requires "1", but the call has "1795000000".',
    ],
    [
      "an empty list",
      { StringEquals: { [ACTOR]: [] } },
      `plain-difference: "${ACTOR}": StringEquals requires a value of an empty list, but the call has "octocat".`,
    ],
  ])("%s", (_what, block, said) => expect(plain(block, { actor: "octocat" })).toEqual([said]));
});

test("values cannot show as something that they are not", () => {
  const { hints } = explainCall(
    withClaims({ actor: "a\u001b[2Jb\u202ec" }, { policy: policy(allow({ StringEquals: keys({ actor: "x" }) })) }),
  );
  expect(hints[0]?.message).toContain("a\\u001b[2Jb\\u202ec");
});

test("every kind of outcome follows the schema", () => {
  for (const each of [
    call(),
    withClaims({ sub: "x" }),
    call({ policy: policy(allow({}, { Effect: "Deny", Sid: "a" })) }),
    withClaims({ iss: "https://x.y" }),
    call({ policy: policy(allow({ Null: keys({ sub: true }) })) }),
  ]) {
    const output = JSON.parse(JSON.stringify(outputOf(explainCall(each)))) as unknown;
    expect(explainOutputSchema.parse(output)).toEqual(output);
  }
});
