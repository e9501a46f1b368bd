import type { AccessModel, EnvironmentModel } from "../../lib/model/model";
import { closes } from "../../lib/review/gate";
import { reviewSchema } from "../../lib/review/review";
import { reviewOf } from "../../lib/review/review-of";
import { allow, modelOf, role, trusting } from "../difference/models";
import { policyText } from "../aws/policy/policies";
import { NO_ACCESS, planOf } from "./reviews";

const PRODUCTION = "repo:octo-org/web-shop:environment:production";
const PULL_REQUEST = "repo:octo-org/web-shop:pull_request";
const at = (name: string, policy: string) =>
  role(policy, { name, arn: `arn:aws:iam::111122223333:role/${name}`, location: { address: `aws_iam_role.${name}` } });
const environment = (otherwise: Partial<EnvironmentModel> = {}): EnvironmentModel => ({
  repository: "octo-org/web-shop",
  name: "production",
  reviewers: [{ kind: "team", name: "release-managers" }],
  waitMinutes: 0,
  preventSelfReview: true,
  adminsCanBypass: false,
  deployFrom: { branches: ["main"], tags: [] },
  location: { address: "github_repository_environment.production" },
  ...otherwise,
});
const withEnvironment = (model: AccessModel, otherwise: Partial<EnvironmentModel> = {}): AccessModel => ({
  ...model,
  environments: [environment(otherwise)],
});
const DEPLOY = modelOf(at("deploy", trusting(PRODUCTION)));

test("a plan that changes nothing has nothing to say", () => {
  const review = reviewOf([planOf(withEnvironment(DEPLOY))]);
  expect(reviewSchema.parse(review)).toEqual({
    gained: [],
    lost: [],
    widened: [],
    narrowed: [],
    permissions: [],
    protection: [],
    values: [],
    unknown: [],
    findings: { new: [], gone: 0, old: 0 },
    drift: null,
    resources: { changing: 0, withoutAccess: 0, forgotten: [] },
    plans: [{ file: "plan.json", terraform: "1.13.4", errored: false, account: "production" }],
    summary: {
      headline: "No change in who can do what",
      gained: 0,
      lost: 0,
      widened: 0,
      narrowed: 0,
      morePermissions: 0,
      lessPermissions: 0,
      weakened: 0,
      strengthened: 0,
      values: 0,
      newFindings: 0,
      unknown: 0,
      drift: 0,
      errored: false,
    },
  });
});

test("a review is of its schema, and counts what it has", () => {
  const review = reviewOf([
    planOf(
      withEnvironment(DEPLOY),
      withEnvironment(modelOf(at("deploy", trusting(PRODUCTION, PULL_REQUEST)), at("new", trusting(PULL_REQUEST))), {
        reviewers: [],
      }),
    ),
  ]);
  expect(reviewSchema.parse(review)).toEqual(review);
  expect(review.summary).toMatchObject({
    headline: expect.stringMatching(
      /^1 job gains access to production, 1 role widened, 1 environment lost its reviewers; [0-9] new findings$/,
    ) as string,
    gained: 1,
    widened: 1,
    weakened: 1,
    lost: 0,
    newFindings: review.findings.new.length,
  });
});

test("what one plan says of environments holds for the roles of another", () => {
  const roles = planOf(NO_ACCESS, DEPLOY, { file: "aws.json" });
  const github = planOf(withEnvironment(NO_ACCESS), withEnvironment(NO_ACCESS), { file: "github.json" });
  const { gained } = reviewOf([roles, github]);
  expect(gained).toMatchObject([
    {
      location: { address: "aws_iam_role.deploy", file: "aws.json" },
      who: [{ environment: { protection: { reviewers: ["release-managers"] } } }],
    },
  ]);
  expect(reviewOf([roles]).gained).toMatchObject([
    { who: [{ environment: { name: "production", protection: null } }] },
  ]);
  expect(reviewOf([roles]).gained[0]?.location).toEqual({ address: "aws_iam_role.deploy" });
});

test("a role that goes from one plan to another stays", () =>
  expect(
    reviewOf([planOf(DEPLOY, NO_ACCESS, { file: "a.json" }), planOf(NO_ACCESS, DEPLOY, { file: "b.json" })]).summary
      .headline,
  ).toBe("No change in who can do what"));

test("a role of a service that everybody gets by SAML is widened, closes the gate, and is a finding", () => {
  const service = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
  const audience = { StringEquals: { "SAML:aud": "https://signin.aws.amazon.com/saml" } };
  const saml = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRoleWithSAML", Condition: audience };
  const review = reviewOf([
    planOf(modelOf(at("ec2", policyText([service]))), modelOf(at("ec2", policyText([service, saml])))),
  ]);
  expect(review.widened).toMatchObject([
    { certain: true, who: [{ principal: "*", calls: ["sts:AssumeRoleWithSAML"] }] },
  ]);
  expect(review.findings.new).toMatchObject([{ rule: "L32", severity: "error", address: "aws_iam_role.ec2" }]);
  expect(closes(review, "widened")).toEqual(["1 role lets in more than before"]);
});

describe("findings", () => {
  const broad = at("deploy", policyText(allow("repo:octo-org/*")));
  const rules = (before: AccessModel, after: AccessModel) => {
    const { findings } = reviewOf([planOf(before, after)]);
    return {
      new: findings.new.map(({ rule, address }) => `${rule} ${address}`),
      gone: findings.gone,
      old: findings.old,
    };
  };

  test("of a role that changes are apart from those that it had", () => {
    const before = modelOf(broad);
    const after = modelOf(at("deploy", policyText([allow("repo:octo-org/*"), allow(PULL_REQUEST)])));
    expect(rules(NO_ACCESS, before)).toMatchObject({
      gone: 0,
      old: 0,
      new: expect.arrayContaining(["L3 aws_iam_role.deploy"]) as string[],
    });
    expect(rules(before, after)).toMatchObject({
      gone: 0,
      new: expect.not.arrayContaining(["L3 aws_iam_role.deploy"]) as string[],
    });
    expect(rules(before, after).old).toBeGreaterThan(0);
    expect(rules(before, NO_ACCESS)).toMatchObject({ new: [], old: 0 });
    expect(rules(before, NO_ACCESS).gone).toBeGreaterThan(0);
  });

  test("of a role that does not change are not looked for", () =>
    expect(
      rules(modelOf(broad), modelOf(broad, at("other", trusting(PRODUCTION)))).new.filter((each) =>
        each.endsWith("aws_iam_role.deploy"),
      ),
    ).toEqual([]));

  test("of a role whose environment changes are", () => {
    expect(
      rules(withEnvironment(DEPLOY), withEnvironment(DEPLOY, { reviewers: [], deployFrom: "any ref" })).new,
    ).toEqual(["L17 aws_iam_role.deploy"]);
    expect(
      rules(withEnvironment(DEPLOY, { reviewers: [], deployFrom: "any ref" }), withEnvironment(DEPLOY)),
    ).toMatchObject({ new: [], gone: 1 });
  });
});

describe("what could not be known", () => {
  test("arguments that are marked sensitive, and whether they decide who is let in", () => {
    const withheld = [
      { address: "aws_iam_role.a", type: "aws_iam_role", attributes: ["assume_role_policy"] },
      { address: "aws_iam_role.b", type: "aws_iam_role", attributes: ["inline_policy", "managed_policy_arns"] },
      {
        address: "aws_iam_openid_connect_provider.c",
        type: "aws_iam_openid_connect_provider",
        attributes: ["client_id_list"],
      },
      { address: "aws_iam_role_policy.d", type: "aws_iam_role_policy", attributes: ["policy"] },
    ];
    const review = reviewOf([planOf(NO_ACCESS, NO_ACCESS, { withheld })]);
    expect(review.unknown.map(({ what, mayAdmit }) => [what, mayAdmit])).toEqual([
      ["aws_iam_role.a", true],
      ["aws_iam_role.b", false],
      ["aws_iam_openid_connect_provider.c", true],
      ["aws_iam_role_policy.d", false],
    ]);
    expect(review.unknown.map(({ reason }) => reason).slice(0, 2)).toEqual([
      "assume_role_policy changes and is marked sensitive: what is in it is not read",
      "inline_policy, managed_policy_arns change and are marked sensitive: what is in them is not read",
    ]);
    expect(review.summary.headline).toBe("Nothing known to change; 4 things could not be known");
  });

  test("no secret: of that it is told among the values that it changes", () => {
    const place = {
      kind: "secret" as const,
      name: "SENTRY_DSN",
      repository: "octo-org/web-shop",
      environment: null,
      visibleTo: null,
      role: null,
      location: { address: "github_actions_secret.e" },
    };
    const after = { ...NO_ACCESS, values: [place] };
    const review = reviewOf([
      planOf(after, after, {
        withheld: [
          { address: "github_actions_secret.e", type: "github_actions_secret", attributes: ["plaintext_value"] },
        ],
      }),
    ]);
    expect([review.unknown, review.values, review.summary.headline]).toEqual([
      [],
      [
        {
          kind: "secret",
          name: "SENTRY_DSN",
          repository: "octo-org/web-shop",
          environment: null,
          change: "another value",
          before: null,
          after: null,
          location: { address: "github_actions_secret.e" },
        },
      ],
      "1 value changes",
    ]);
  });

  test("that a plan leaves something out, which lets nobody in", () => {
    expect(reviewOf([planOf(NO_ACCESS, NO_ACCESS, { partial: true })]).unknown).toMatchObject([
      { what: "plan.json", mayAdmit: false },
    ]);
    expect(reviewOf([planOf(NO_ACCESS, NO_ACCESS, { partial: false })]).unknown).toEqual([]);
  });

  test("notes that are new", () => {
    const noted = (...notes: string[]): AccessModel => ({ ...NO_ACCESS, notes });
    expect(reviewOf([planOf(noted("old"), noted("old", "new"))]).unknown).toEqual([
      { what: "plan.json", reason: "new", mayAdmit: false },
    ]);
  });
});

test("drift is told apart, where it is about access", () => {
  const drifted = modelOf(at("deploy", trusting(PRODUCTION, PULL_REQUEST)));
  const review = reviewOf([planOf(drifted, DEPLOY, { beforeDrift: DEPLOY })]);
  expect(review.drift?.widened.map((each) => each.role)).toEqual(["deploy"]);
  expect(review.narrowed.map((each) => each.role)).toEqual(["deploy"]);
  expect(review.summary.drift).toBe(1);
  expect(
    reviewOf([planOf(DEPLOY, DEPLOY, { beforeDrift: modelOf(at("deploy", trusting(PRODUCTION))) })]).drift,
  ).toBeNull();
});

test("resources that change are counted, and those that change no access", () => {
  const changes = [
    { address: "aws_iam_role.deploy", type: "aws_iam_role", action: "update", movedFrom: undefined },
    { address: "aws_iam_role.quiet", type: "aws_iam_role", action: "update", movedFrom: undefined },
    { address: "aws_s3_bucket.logs", type: "aws_s3_bucket", action: "create", movedFrom: undefined },
    { address: "aws_iam_role.left", type: "aws_iam_role", action: "forget", movedFrom: undefined },
  ] as const;
  const quiet = at("quiet", trusting(PRODUCTION));
  const { resources } = reviewOf([
    planOf(modelOf(at("deploy", trusting(PRODUCTION)), quiet), modelOf(at("deploy", trusting(PULL_REQUEST)), quiet), {
      changes,
    }),
  ]);
  expect(resources).toEqual({ changing: 3, withoutAccess: 2, forgotten: ["aws_iam_role.left"] });
});

test("a plan is of one account, or of none that is named", () => {
  const accountOf = (model: AccessModel) => reviewOf([planOf(model)]).plans[0]?.account;
  const [one] = DEPLOY.accounts;
  expect(accountOf(DEPLOY)).toBe("production");
  expect(accountOf({ ...DEPLOY, accounts: DEPLOY.accounts.map((each) => ({ ...each, name: null })) })).toBe(
    "111122223333",
  );
  expect(
    accountOf({
      ...DEPLOY,
      accounts: [...DEPLOY.accounts, ...(one ? [{ ...one, name: "staging", id: "444455556666" }] : [])],
    }),
  ).toBeNull();
  expect(accountOf(NO_ACCESS)).toBeNull();
});
