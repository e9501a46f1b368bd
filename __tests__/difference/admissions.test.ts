import { differenceOf, isEmptyDifference } from "../../lib/difference/difference";
import type { AccessModel, RoleModel } from "../../lib/model/model";
import type { Text } from "../../lib/trust/text";
import { allows, prepare } from "../../lib/aws/policy/evaluate";
import { conditionKeys } from "../../lib/aws/token-keys";
import { policyText, PROVIDER, read, statement, WEB_IDENTITY } from "../aws/policy/policies";
import { ISSUER } from "../trust/calls";
import { admissionsIn, allow, modelOf, NO_ACCESS, role, trusting } from "./models";

const OF = "repo:octo-org/web-shop:";
const [MAIN, PRODUCTION, PULL_REQUEST] = [
  `${OF}ref:refs/heads/main`,
  `${OF}environment:production`,
  `${OF}pull_request`,
];
const DEPLOY = trusting(PRODUCTION);
const SUB = `${ISSUER}:sub`;

type Trust = Text | RoleModel["trust"] | null;
const model = (trust: Trust): AccessModel => (trust === null ? NO_ACCESS : modelOf(role(trust)));
const change = (before: Trust, after: Trust) => differenceOf(model(before), model(after));

const conditions = (block: object, otherwise: object = {}): string =>
  policyText(statement({ Condition: block, ...otherwise }));
const deny = (block: object, otherwise: object = {}): object =>
  statement({ Effect: "Deny", Condition: block, ...otherwise });
const assume = (principal: object | string, block?: object, otherwise: object = {}): object => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: principal,
  ...(block ? { Condition: block } : {}),
  ...otherwise,
});

describe("who is let in", () => {
  test.each<[string, Trust, Trust, string[]]>([
    ["a new role", null, DEPLOY, ["gained deploy (created): environment production of octo-org/web-shop"]],
    ["a role that goes", DEPLOY, null, ["lost deploy (deleted): environment production of octo-org/web-shop"]],
    [
      "a branch becomes a pattern",
      trusting(MAIN),
      trusting(`${MAIN}*`),
      ["widened deploy: branches main* of octo-org/web-shop, instead of branch main of octo-org/web-shop"],
    ],
    [
      "a pattern becomes a branch",
      trusting(`${MAIN}*`),
      trusting(MAIN),
      ["narrowed deploy: branches main* of octo-org/web-shop, instead of branch main of octo-org/web-shop"],
    ],
    [
      "one job in place of another",
      trusting(MAIN, PRODUCTION),
      trusting(PULL_REQUEST, PRODUCTION),
      [
        "widened deploy: any pull request of octo-org/web-shop",
        "narrowed deploy: branch main of octo-org/web-shop, instead of environment production of octo-org/web-shop",
      ],
    ],
    [
      "a repository of strangers",
      DEPLOY,
      trusting(PRODUCTION, "repo:evil-org/web-shop:environment:production"),
      ["widened deploy: environment production of evil-org/web-shop"],
    ],
    [
      "the whole organization",
      DEPLOY,
      trusting("repo:octo-org/*"),
      ["widened deploy: every job of octo-org/*, instead of environment production of octo-org/web-shop"],
    ],
    [
      "a claim that no longer binds",
      policyText(allow(PRODUCTION, { actor_id: "7" })),
      DEPLOY,
      [
        "widened deploy: environment production of octo-org/web-shop, instead of environment production of octo-org/web-shop with actor_id 7",
      ],
    ],
    [
      "another audience",
      DEPLOY,
      policyText(allow(PRODUCTION, { aud: ["sts.amazonaws.com", "other"] })),
      [
        "widened deploy: environment production of octo-org/web-shop with aud sts.amazonaws.com or other, instead of environment production of octo-org/web-shop",
      ],
    ],
    [
      "another session name",
      policyText(statement({ Condition: { StringEquals: { [SUB]: PRODUCTION, "sts:RoleSessionName": "ci" } } })),
      conditions({ StringEquals: { [SUB]: PRODUCTION } }),
      [
        "widened deploy: environment production of octo-org/web-shop, instead of environment production of octo-org/web-shop with sts:RoleSessionName ci",
      ],
    ],
    [
      "an address that calls no longer have to come from",
      conditions({ StringEquals: { [SUB]: PRODUCTION }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
      conditions({ StringEquals: { [SUB]: PRODUCTION } }),
      [
        "widened deploy: environment production of octo-org/web-shop, instead of environment production of octo-org/web-shop with aws:SourceIp (IpAddress) 10.0.0.0/8",
      ],
    ],
    [
      "another job, from the same address",
      conditions({ StringEquals: { [SUB]: PRODUCTION }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
      conditions({ StringEquals: { [SUB]: [PRODUCTION, MAIN] }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
      ["widened deploy: branch main of octo-org/web-shop with aws:SourceIp (IpAddress) 10.0.0.0/8, perhaps"],
    ],
    [
      "a narrower pattern, from the same address",
      conditions({ StringLike: { [SUB]: `${MAIN}*` }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
      conditions({ StringLike: { [SUB]: MAIN }, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } }),
      [
        "narrowed deploy: branches main* of octo-org/web-shop with aws:SourceIp (IpAddress) 10.0.0.0/8, instead of branch main of octo-org/web-shop with aws:SourceIp (IpAddress) 10.0.0.0/8, perhaps",
      ],
    ],
    [
      "what was denied is let in",
      policyText([allow(`${OF}*`), deny({ StringEquals: { [SUB]: PULL_REQUEST } })]),
      policyText(allow(`${OF}*`)),
      ["widened deploy: any pull request of octo-org/web-shop"],
    ],
    [
      "what was let in is denied",
      policyText(allow(`${OF}*`)),
      policyText([allow(`${OF}*`), deny({ StringEquals: { [SUB]: PULL_REQUEST } })]),
      ["narrowed deploy: any pull request of octo-org/web-shop, instead of every job of octo-org/web-shop"],
    ],
    [
      "a denial by who acts is lifted",
      policyText([allow(PRODUCTION), deny({ StringNotEquals: { [`${ISSUER}:actor_id`]: "7" } })]),
      DEPLOY,
      ["widened deploy: environment production of octo-org/web-shop"],
    ],
    [
      "another job behind the same denial",
      policyText([allow(PRODUCTION), deny({ StringNotEquals: { [`${ISSUER}:actor_id`]: "7" } })]),
      policyText([allow([PRODUCTION, MAIN]), deny({ StringNotEquals: { [`${ISSUER}:actor_id`]: ["7"] } })]),
      ["widened deploy: branch main of octo-org/web-shop"],
    ],
    [
      "everybody",
      DEPLOY,
      policyText([allow(PRODUCTION), assume("*", undefined, { Action: "sts:*" })]),
      ["widened deploy: every job of * and *"],
    ],
    [
      "a provider of another account",
      policyText(allow(PRODUCTION, {}, { Principal: { Federated: PROVIDER.replace("111122223333", "444455556666") } })),
      DEPLOY,
      [
        "widened deploy: environment production of octo-org/web-shop",
        "narrowed deploy: environment production of octo-org/web-shop",
      ],
    ],
    [
      "a condition on a claim that AWS does not know lets nobody in",
      policyText(allow(PRODUCTION, { repository_owner: "octo-org" })),
      DEPLOY,
      ["gained deploy: environment production of octo-org/web-shop"],
    ],
  ])("%s", (_, before, after, lines) => expect(admissionsIn(change(before, after))).toEqual(lines));

  test.each<[string, Trust, Trust, string[]]>([
    [
      "another repository of the same owner has none",
      DEPLOY,
      trusting(PRODUCTION, "repo:Octo-Org/api:environment:production"),
      [],
    ],
    [
      "the owner's repositories in the form with ids have none",
      DEPLOY,
      trusting(PRODUCTION, "repo:octo-org@1/web-shop@2:environment:production"),
      [],
    ],
    [
      "a repository of another owner has that one",
      DEPLOY,
      trusting(PRODUCTION, "repo:Evil-Org/web-shop:environment:production"),
      ["evil-org"],
    ],
    ["repositories of owners that begin alike may be anyone's", DEPLOY, trusting(PRODUCTION, "repo:octo-org*"), ["*"]],
    ["subjects of everybody are anyone's", DEPLOY, trusting(PRODUCTION, "*"), ["*"]],
    [
      "where anyone was let in nobody is a stranger",
      trusting("*", PRODUCTION),
      policyText([allow("*"), allow("repo:evil-org/x:pull_request", { aud: "other" })]),
      [],
    ],
    ["a new role has none: nobody was known there before", null, DEPLOY, []],
  ])("strangers: %s", (_, before, after, owners) => {
    const { gained, widened } = change(before, after);
    expect([...gained, ...widened].flatMap(({ strangers }) => strangers)).toEqual(owners);
    // The other way round they are those who are shut out altogether.
    const { lost, narrowed } = change(after, before);
    expect([...lost, ...narrowed].flatMap(({ strangers }) => strangers)).toEqual(owners);
  });
});

describe("whom AWS knows by another name than a job", () => {
  const ACCOUNT = assume({ AWS: "444455556666" });
  test.each<[string, object, object | null, string[]]>([
    ["an account", ACCOUNT, assume({ AWS: ["444455556666", "777788889999"] }), ["widened deploy: 777788889999"]],
    ["an account by its root", ACCOUNT, assume({ AWS: "arn:aws:iam::444455556666:root" }), []],
    [
      "a role of an account that is let in",
      ACCOUNT,
      assume({ AWS: ["444455556666", "arn:aws:iam::444455556666:role/ci"] }),
      ["widened deploy: arn:aws:iam::444455556666:role/ci"],
    ],
    [
      "an account without an external id",
      assume({ AWS: "444455556666" }, { StringEquals: { "sts:ExternalId": "x" } }),
      ACCOUNT,
      ["widened deploy: 444455556666, instead of 444455556666 with sts:ExternalId x"],
    ],
    [
      "an account with an external id",
      ACCOUNT,
      assume({ AWS: "444455556666" }, { StringEquals: { "sts:ExternalId": "x" } }),
      ["narrowed deploy: 444455556666, instead of 444455556666 with sts:ExternalId x"],
    ],
    [
      "one of two external ids",
      assume({ AWS: "444455556666" }, { StringEquals: { "sts:ExternalId": ["x", "y"] } }),
      assume({ AWS: "444455556666" }, { StringEquals: { "sts:ExternalId": "x" } }),
      ["narrowed deploy: 444455556666 with sts:ExternalId x or y, instead of 444455556666 with sts:ExternalId x"],
    ],
    [
      "a role of the account, by its ARN",
      assume({ AWS: "444455556666" }, { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/ci" } }),
      assume(
        { AWS: "444455556666" },
        {
          ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::444455556666:role/ci", "arn:aws:iam::444455556666:role/x"] },
        },
      ),
      ["widened deploy: arn:aws:iam::444455556666:role/x"],
    ],
    [
      "a service",
      ACCOUNT,
      assume({ AWS: "444455556666", Service: "ec2.amazonaws.com" }),
      ["widened deploy: ec2.amazonaws.com"],
    ],
    ["everybody", ACCOUNT, assume({ AWS: "*" }), ["widened deploy: *, instead of 444455556666"]],
    ["everybody, written barely", assume({ AWS: "*" }), assume("*"), []],
    ["no more than everybody", assume("*"), ACCOUNT, ["narrowed deploy: *, instead of 444455556666"]],
    [
      "another identity provider",
      ACCOUNT,
      statement({ Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/gitlab.com" } }),
      ["widened deploy: arn:aws:iam::111122223333:oidc-provider/gitlab.com", "narrowed deploy: 444455556666"],
    ],
    [
      "people who sign in by SAML",
      ACCOUNT,
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithSAML",
        Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/idp" },
      },
      ["widened deploy: arn:aws:iam::111122223333:saml-provider/idp", "narrowed deploy: 444455556666"],
    ],
    [
      "a role that only tags",
      ACCOUNT,
      assume({ AWS: "444455556666" }, undefined, { Action: "sts:TagSession" }),
      ["lost deploy: 444455556666"],
    ],
    ["a role that goes", ACCOUNT, null, ["lost deploy (deleted): 444455556666"]],
  ])("%s", (_, before, after, lines) =>
    expect(admissionsIn(change(policyText(before), after && policyText(after)))).toEqual(lines),
  );

  test("a denial that is lifted may let somebody in", () => {
    const denied = deny(
      { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } },
      { Principal: { AWS: "*" }, Action: "sts:AssumeRole" },
    );
    expect(admissionsIn(change(policyText([ACCOUNT, denied]), policyText(ACCOUNT)))).toEqual([
      "widened deploy: 444455556666, perhaps",
    ]);
    expect(admissionsIn(change(policyText([ACCOUNT, denied]), policyText([denied, ACCOUNT])))).toEqual([]);
  });

  test("who is denied altogether is not let in", () => {
    const denied = { Effect: "Deny", Action: "sts:AssumeRole", Principal: { AWS: "444455556666" } };
    expect(admissionsIn(change(policyText([ACCOUNT, denied]), policyText(ACCOUNT)))).toEqual([
      "gained deploy: 444455556666",
    ]);
  });
});

describe("the same in other words is no change", () => {
  const BOTH = policyText([allow([PRODUCTION, MAIN])]);
  const keys = (operator: string, issuer = ISSUER) =>
    conditions({ [operator]: { [`${issuer}:sub`]: PRODUCTION, [`${issuer}:aud`]: "sts.amazonaws.com" } });
  test.each<[string, string, string]>([
    ["another order of values", BOTH, policyText([allow([MAIN, PRODUCTION])])],
    ["a statement for each", BOTH, trusting(MAIN, PRODUCTION)],
    ["one statement in place of two", trusting(MAIN, PRODUCTION), BOTH],
    ["a value in a list", DEPLOY, policyText([allow([PRODUCTION])])],
    ["StringLike without a wildcard", keys("StringEquals"), keys("StringLike")],
    ["ForAnyValue of a claim with one value", keys("StringEquals"), keys("ForAnyValue:StringEquals")],
    ["keys in capitals", keys("StringEquals"), keys("StringEquals", ISSUER.toUpperCase())],
    ["a statement's name", DEPLOY, policyText([allow(PRODUCTION, {}, { Sid: "Deploy" })])],
    [
      "every action of STS in place of the one",
      DEPLOY,
      policyText([allow(PRODUCTION, {}, { Action: ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"] })]),
    ],
    ["a statement said twice", DEPLOY, trusting(PRODUCTION, PRODUCTION)],
    ["a job that a pattern lets in anyway", trusting(`${MAIN}*`), trusting(MAIN, `${MAIN}*`)],
    ["the older version without variables", DEPLOY, DEPLOY.replace("2012-10-17", "2008-10-17")],
    [
      "a denial split in two",
      policyText([allow(`${OF}*`), deny({ StringLike: { [SUB]: [PULL_REQUEST, `${OF}environment:x*`] } })]),
      policyText([
        allow(`${OF}*`),
        deny({ StringEquals: { [SUB]: PULL_REQUEST } }),
        deny({ StringLike: { [SUB]: `${OF}environment:x*` } }),
      ]),
    ],
    [
      "a condition that claims do not tell, in another place",
      conditions({ StringEquals: { [SUB]: PRODUCTION }, Bool: { "aws:SecureTransport": "true" } }),
      conditions({ Bool: { "aws:SecureTransport": ["true"] }, StringLike: { [SUB]: [PRODUCTION] } }),
    ],
  ])("%s", (_, before, after) => {
    expect(change(before, after)).toEqual(change(null, null));
    expect(isEmptyDifference(change(after, before))).toBe(true);
  });
});

describe("what is not known", () => {
  const unknown = (text: string, what: Exclude<Text, string>[number]): Text => {
    const [head = "", tail = ""] = DEPLOY.split(text);
    return [head, what, tail];
  };
  const reasonsIn = (before: Trust, after: Trust): string[] =>
    change(before, after).unknown.map(
      ({ what, reason, mayAdmit }) => `${what}: ${reason}${mayAdmit ? " (may admit)" : ""}`,
    );
  const LOOKED_UP = unknown("repo:octo-org/web-shop", { lookup: "octo-org/web-shop" });

  test.each<[string, Trust, Trust, string[], string[]]>([
    [
      "a trust policy afterwards",
      DEPLOY,
      { unknown: "aws_thing.x" },
      [],
      ["role deploy of production: whom it will trust: aws_thing.x (may admit)"],
    ],
    [
      "a trust policy of a new role",
      null,
      { unknown: "aws_thing.x" },
      [],
      ["role deploy of production: whom it will trust: aws_thing.x (may admit)"],
    ],
    ["the same trust policy before and afterwards", { unknown: "aws_thing.x" }, { unknown: "aws_thing.x" }, [], []],
    [
      "a trust policy before",
      { unknown: "x" },
      DEPLOY,
      ["widened deploy: environment production of octo-org/web-shop, perhaps"],
      ["role deploy of production: whom it trusted before: x (may admit)"],
    ],
    [
      "a trust policy before of a role that goes",
      { unknown: "x" },
      null,
      [],
      ["role deploy of production: whom it trusted before: x"],
    ],
    [
      "a part of a subject",
      DEPLOY,
      unknown("production", { unknown: "var.environment" }),
      [
        "widened deploy: environments * of octo-org/web-shop, instead of environment production of octo-org/web-shop, perhaps",
        "narrowed deploy: environment production of octo-org/web-shop, perhaps",
      ],
      [
        "role deploy of production: whom it will trust: not known until the plan is applied: var.environment (may admit)",
      ],
    ],
    [
      "a part of a subject, the same before",
      unknown("production", { unknown: "var.environment" }),
      unknown("production", { unknown: "var.environment" }),
      [],
      [],
    ],
    [
      "whether looked-up subjects carry ids",
      DEPLOY,
      LOOKED_UP,
      [
        "widened deploy: environment production of octo-org/web-shop, perhaps",
        "narrowed deploy: environment production of octo-org/web-shop, instead of environment production of octo-org/web-shop, perhaps",
      ],
      [
        "role deploy of production: what the subjects that it will trust begin with: it is read from GitHub when the plan is applied (may admit)",
      ],
    ],
    ["a looked-up prefix that is the same", LOOKED_UP, LOOKED_UP, [], []],
    [
      "a looked-up prefix within a pattern of both forms",
      trusting("repo:octo-org*"),
      LOOKED_UP,
      ["narrowed deploy: every job of *, instead of environment production of octo-org/web-shop"],
      [],
    ],
    [
      "a policy that AWS would refuse",
      DEPLOY,
      conditions({ Nonsense: { [SUB]: "x" } }),
      ["lost deploy: environment production of octo-org/web-shop, perhaps"],
      [
        expect.stringMatching(
          /^role deploy of production: whom it will trust: AWS would refuse the trust policy: .* \(may admit\)$/,
        ) as string,
      ],
    ],
    [
      "a claim of which AWS makes no key",
      DEPLOY,
      policyText([allow(PRODUCTION), allow(MAIN, { repository_owner: "octo-org" })]),
      [],
      [
        `role deploy of production: whether a statement of its trust policy admits anybody: as far as is known AWS makes no condition key ${ISSUER}:repository_owner`,
      ],
    ],
  ])("%s", (_, before, after, lines, reasons) => {
    expect(admissionsIn(change(before, after))).toEqual(lines);
    expect(reasonsIn(before, after)).toEqual(reasons);
  });
});

describe("an OIDC provider", () => {
  const [account] = modelOf(role(DEPLOY)).accounts;
  const having = (...providers: readonly string[]): AccessModel => ({
    ...NO_ACCESS,
    accounts: account
      ? [
          {
            ...account,
            providers: providers.map((each) => ({
              arn: PROVIDER,
              issuer: ISSUER,
              clientIds: [],
              mode: each as "created" | "existing",
              location: null,
            })),
          },
        ]
      : [],
  });
  test.each<[string, AccessModel, AccessModel, string[]]>([
    [
      "that is made lets in whom a role trusted already",
      having(),
      having("created"),
      ["gained deploy: environment production of octo-org/web-shop"],
    ],
    [
      "that is deleted lets nobody in any more",
      having("created"),
      having(),
      ["lost deploy: environment production of octo-org/web-shop"],
    ],
    ["that was looked up before was there", having("existing"), having("created"), []],
    ["that is only looked up was there", having(), having("existing"), []],
    ["that is in no source may be there", having(), having(), []],
  ])("%s", (_, before, after, lines) => expect(admissionsIn(differenceOf(before, after))).toEqual(lines));

  const unreadable = (
    model: AccessModel,
    trust: RoleModel["trust"],
    id: string | null = "111122223333",
  ): AccessModel => ({ ...model, accounts: model.accounts.map((each) => ({ ...each, id, roles: [role(trust)] })) });
  const mayAdmit = (before: AccessModel, after: AccessModel): number =>
    differenceOf(before, after).unknown.filter((each) => each.mayAdmit).length;

  test.each<[string, RoleModel["trust"]]>([
    ["is not known", { unknown: "marked sensitive" }],
    ["AWS would refuse, as far as is seen", { refused: ["no"], text: "{}" }],
  ])("that is made may let somebody in by a policy that %s", (_, trust) => {
    expect(mayAdmit(unreadable(having(), trust), unreadable(having("created"), trust))).toBe(2);
    expect(mayAdmit(unreadable(having("created"), trust), unreadable(having(), trust))).toBe(0);
    expect(mayAdmit(unreadable(having("existing"), trust), unreadable(having("created"), trust))).toBe(0);
  });

  test("that is made in another account lets nobody in by a policy that is not known", () => {
    const elsewhere = (model: AccessModel): AccessModel => ({
      ...model,
      accounts: [...model.accounts, ...unreadable(having(), { unknown: "marked sensitive" }, "444455556666").accounts],
    });
    const alone = (model: AccessModel): AccessModel => ({
      ...model,
      accounts: model.accounts.map((each) => ({ ...each, roles: [] })),
    });
    expect(mayAdmit(elsewhere(alone(having())), elsewhere(alone(having("created"))))).toBe(0);
  });
});

test("an example is a job that the evaluator lets in afterwards and not before", () => {
  const [before, after] = [policyText(allow(PRODUCTION, { actor_id: "7" })), trusting(PRODUCTION, PULL_REQUEST)];
  const example = change(before, after).widened[0]?.example;
  const isAllowed = (policy: string): boolean =>
    allows(prepare(read(policy)), {
      action: WEB_IDENTITY,
      principal: { kind: "Federated", value: PROVIDER },
      keys: conditionKeys(example?.claims ?? {}, { issuer: ISSUER, partition: "aws" }),
    });
  expect([isAllowed(before), isAllowed(after)]).toEqual([false, true]);
  expect(change(null, DEPLOY).gained[0]?.example).toEqual({
    issuer: ISSUER,
    claims: { sub: PRODUCTION, aud: "sts.amazonaws.com", repository: "octo-org/web-shop", environment: "production" },
  });
});

test("an entry has the role, what it can do, and the environment with what protects it", () => {
  const environment = {
    repository: "octo-org/web-shop",
    name: "production",
    reviewers: [{ kind: "team" as const, name: "release-managers" }],
    waitMinutes: 10,
    preventSelfReview: true,
    adminsCanBypass: false,
    deployFrom: "any ref" as const,
    location: null,
  };
  const managed = { managedPolicies: [{ arn: "arn:aws:iam::aws:policy/AdministratorAccess", document: null }] };
  const after = { ...modelOf(role(DEPLOY, managed)), environments: [environment] };
  expect(differenceOf(NO_ACCESS, after).gained).toMatchObject([
    {
      account: "production",
      accountId: "111122223333",
      role: "deploy",
      roleArn: "arn:aws:iam::111122223333:role/deploy",
      location: { address: "aws_iam_role.deploy" },
      can: { level: "administrator", permissions: [{ managed: "arn:aws:iam::aws:policy/AdministratorAccess" }] },
      who: [
        {
          kind: "jobs",
          breadth: "exact",
          environment: { name: "production", protection: { reviewers: ["release-managers"], waitMinutes: 10 } },
        },
      ],
    },
  ]);
  expect(differenceOf(after, NO_ACCESS).lost).toMatchObject([
    { can: { level: "administrator" }, who: [{ environment: { protection: { waitMinutes: 10 } } }] },
  ]);
});

test("strangers stand first, then who can do the most", () => {
  const at = (name: string, subject: string, otherwise: Partial<RoleModel> = {}): RoleModel =>
    role(trusting(subject), {
      name,
      arn: `arn:aws:iam::111122223333:role/${name}`,
      location: { address: name },
      ...otherwise,
    });
  const administrator = { managedPolicies: [{ arn: "arn:aws:iam::aws:policy/AdministratorAccess", document: null }] };
  const roles = [
    at("b", MAIN),
    at("a", MAIN),
    at("wide", `${OF}*`),
    at("admin", MAIN, administrator),
    at("strangers", "repo:*"),
  ];
  expect(differenceOf(NO_ACCESS, modelOf(...roles)).gained.map((each) => each.role)).toEqual([
    "strangers",
    "admin",
    "wide",
    "a",
    "b",
  ]);
});
