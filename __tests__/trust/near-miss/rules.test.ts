import { type Miss, missOf } from "../../../lib/trust/near-miss/miss";
import { HINT_RULES } from "../../../lib/trust/near-miss/rules";
import type { WebIdentityCall } from "../../../lib/trust/sts/call";
import { playSts } from "../../../lib/trust/sts/play";
import { bareClaims } from "../../../lib/trust/sts/token";
import { ACCOUNT, allow, call, ISSUER, keys, policy, SUBJECT, wanting, withClaims } from "../calls";

const miss = (given: WebIdentityCall): Miss => missOf(given, playSts(given));

const REPOSITORY = "repo:octo-org/web-shop";
const IDS = "repo:octo-org@65/web-shop@74";
const WORKFLOW = "octo-org/ci/.github/workflows/release.yml";

/** A subject that comes where another is wanted. */
const subject = (wanted: string | readonly string[], actual: string, operator?: string): WebIdentityCall =>
  withClaims({ sub: actual }, { policy: wanting(wanted, operator) });
/** A claim that comes where another is wanted, with everything else right. */
const claim = (
  name: string,
  wanted: unknown,
  actual: unknown,
  otherwise: Partial<WebIdentityCall> = {},
): WebIdentityCall =>
  withClaims({ [name]: actual }, { policy: policy(allow({ StringEquals: keys({ [name]: wanted }) })), ...otherwise });
const audience = (wanted: string, actual: unknown): WebIdentityCall => claim("aud", wanted, actual);
const issuer = (trusted: string, actual: string): WebIdentityCall =>
  withClaims(
    { iss: `https://${actual}` },
    { policy: policy(allow({}, { Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${trusted}` } })) },
  );
const inAccount = (account: string): WebIdentityCall =>
  call({ role: { arn: { partition: "aws", account, name: "deploy" } } });
const condition = (block: object): WebIdentityCall => call({ policy: policy(allow(block)) });

/** For each rule a call for which it has something to say, what it says, and one as near as can be for which it has not. */
const PAIRS: readonly (readonly [id: string, applies: WebIdentityCall, says: string, appliesNot: WebIdentityCall])[] = [
  [
    "token-form",
    { ...call(), token: { ...bareClaims({}), length: 20_001 } },
    "exceeds the length",
    { ...call(), token: { ...bareClaims({}), length: 20_000 } },
  ],
  [
    "signature",
    {
      ...call(),
      token: {
        ...call().token,
        signed: { alg: "none", kid: "a", critical: false, claims: {}, signed: "", signature: Buffer.from("") },
      },
    },
    "not valid",
    call(),
  ],
  ["token-expired", withClaims({ exp: call().at - 301 }), "has expired", withClaims({ exp: call().at - 300 })],
  [
    "token-too-early",
    withClaims({ nbf: call().at + 301 }),
    "later than the call",
    withClaims({ nbf: call().at + 300 }),
  ],
  ["odd-time", withClaims({ exp: "1795000000" }), "not a number of seconds", withClaims({ exp: 0 })],
  [
    "explicit-deny",
    call({ policy: policy(allow(), allow({}, { Sid: "No", Effect: "Deny" })) }),
    "Statement 2 (No) denies",
    call({
      policy: policy(
        allow({ StringEquals: keys({ sub: "x" }) }),
        allow({ StringEquals: keys({ sub: "x" }) }, { Effect: "Deny" }),
      ),
    }),
  ],
  [
    "no-oidc-principal",
    call({ policy: policy(allow({}, { Principal: { Service: "ec2.amazonaws.com" } })) }),
    'Service "ec2.amazonaws.com"',
    subject("x", SUBJECT),
  ],
  [
    "no-oidc-principal",
    call({
      policy: policy(
        allow({}, { Principal: { AWS: ACCOUNT } }),
        allow({ StringEquals: keys({ sub: "x" }) }, { Effect: "Deny" }),
      ),
    }),
    `AWS "${ACCOUNT}"`,
    issuer(ISSUER, "token.actions.octo.ghe.com"),
  ],
  [
    "no-oidc-principal",
    call({ policy: policy(allow({ StringEquals: keys({ sub: "x" }) }, { Effect: "Deny" })) }),
    "allows nothing",
    call({ policy: policy(allow({}, { Effect: "Deny" })) }),
  ],
  [
    "wrong-action",
    call({ policy: policy(allow({}, { Action: "sts:AssumeRole" })) }),
    'allows "sts:AssumeRole"',
    call({ policy: policy(allow({ StringEquals: keys({ sub: "x" }) }, { Action: "sts:AssumeRole*" })) }),
  ],
  [
    "issuer-slug",
    issuer(ISSUER, `${ISSUER}/octo`),
    "only the token's has an enterprise's slug",
    issuer(ISSUER, "token.actions.octo.ghe.com/octo"),
  ],
  [
    "issuer-slug",
    issuer(`${ISSUER}/octo`, ISSUER),
    "only the policy's has an enterprise's slug",
    issuer(`${ISSUER}/octo`, `${ISSUER}/octo`),
  ],
  ["issuer-slash", issuer(`${ISSUER}/`, ISSUER), "a slash stands behind the issuer", issuer(`${ISSUER}/octo`, ISSUER)],
  ["other-account", inAccount("444455556666"), "The role is in account 444455556666", inAccount(ACCOUNT)],
  [
    "other-issuer",
    issuer(ISSUER, "token.actions.octo.ghe.com"),
    "The token was issued by",
    issuer(ISSUER, `${ISSUER}/octo`),
  ],
  [
    "unknown-key",
    claim("repository_owner", "octo-org", "octo-org"),
    "AWS has no condition key",
    claim("repository_owner_id", "65", "66"),
  ],
  [
    "unknown-key",
    claim("repositry", "octo-org/web-shop", undefined),
    "the condition never holds",
    claim("environment", "production", undefined),
  ],
  [
    "key-of-other-issuer",
    condition({ StringEquals: keys({ sub: SUBJECT }, `${ISSUER}/octo`) }),
    "belongs to an issuer other than",
    claim("repository_owner", "octo-org", "octo-org"),
  ],
  [
    "key-of-other-issuer",
    condition({ StringEquals: keys({ sub: SUBJECT }, `https://${ISSUER}`) }),
    "belongs to an issuer other than",
    condition({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
  ],
  [
    "absent-key",
    condition({ StringEquals: { "sts:ExternalId": "x" } }),
    "an external id is a parameter of AssumeRole",
    condition({ StringEquals: { "sts:RoleSessionName": "x" } }),
  ],
  [
    "wildcard-in-exact",
    subject(`${REPOSITORY}:*`, SUBJECT),
    'takes "*" literally',
    subject(`${REPOSITORY}:environment:*`, SUBJECT, "StringLike"),
  ],
  [
    "environment-instead-of-branch",
    subject(SUBJECT, `${REPOSITORY}:environment:production`),
    'names environment "production"',
    subject(`${REPOSITORY}:environment:staging`, `${REPOSITORY}:environment:production`),
  ],
  [
    "environment-instead-of-branch",
    subject(`${REPOSITORY}:ref:*`, `${REPOSITORY}:environment:production`, "StringLike"),
    "names that and no branch",
    subject(`${REPOSITORY}2:*`, `${REPOSITORY}:environment:production`, "StringLike"),
  ],
  [
    "branch-instead-of-environment",
    subject(`${REPOSITORY}:environment:production`, SUBJECT),
    'ran for branch "main" and names no environment',
    subject(`${REPOSITORY}:ref:refs/heads/production`, SUBJECT),
  ],
  [
    "branch-instead-of-environment",
    claim("environment", "production", undefined),
    'no claim "environment"',
    claim("environment", "production", "staging"),
  ],
  [
    "letter-case",
    subject("repo:Octo-Org/web-shop:ref:refs/heads/main", SUBJECT),
    '"Octo-Org", but the token has "octo-org"',
    subject("repo:octo-orgs/web-shop:ref:refs/heads/main", SUBJECT),
  ],
  [
    "letter-case",
    subject(`${REPOSITORY}:environment:Production`, `${REPOSITORY}:environment:production`),
    '"Production", but the token has "production"',
    subject(`${REPOSITORY}:environment:Production`, `${REPOSITORY}:ref:refs/heads/production`),
  ],
  ["letter-case", claim("actor", "Octocat", "octocat"), "is case-sensitive", claim("actor", "octocat2", "octocat")],
  [
    "hyphen-ids",
    subject("repo:octo-org-65/web-shop-74:ref:refs/heads/main", `${IDS}:ref:refs/heads/main`),
    'GitHub uses "@"',
    subject("repo:octo-org-65/web-shop-75:ref:refs/heads/main", `${IDS}:ref:refs/heads/main`),
  ],
  [
    "hyphen-ids",
    subject("repo:octo-org-65/web-shop-74:ref:refs/heads/main", SUBJECT),
    'GitHub uses "@"',
    subject("repo:octo-org-eu/web-shop-eu:ref:refs/heads/main", SUBJECT),
  ],
  [
    "ids-missing-in-policy",
    subject(SUBJECT, `${IDS}:ref:refs/heads/main`),
    `carries ids, "${IDS}"`,
    subject(`${IDS}:environment:production`, `${IDS}:ref:refs/heads/main`),
  ],
  [
    "ids-missing-in-policy",
    subject("repo:octo-org/*", `${IDS}:ref:refs/heads/main`, "StringLike"),
    `carries ids, "${IDS}"`,
    subject("repo:octo-org/*", SUBJECT, "StringLike"),
  ],
  [
    "several-in-one",
    subject(`${SUBJECT},repo:octo-org/orders:*`, SUBJECT),
    "is 2 subjects in one",
    subject("repo:octo-org/web-shop:environment:a,b", SUBJECT),
  ],
  [
    "ids-missing-in-token",
    subject(`${IDS}:ref:refs/heads/main`, SUBJECT),
    "carry only names",
    subject(`${REPOSITORY}:ref:refs/heads/main2`, SUBJECT),
  ],
  [
    "other-ids",
    subject("repo:octo-org@65/web-shop@75:ref:refs/heads/main", `${IDS}:ref:refs/heads/main`),
    'repository\'s id is "74"',
    subject(`${IDS}:ref:refs/heads/main2`, `${IDS}:ref:refs/heads/main`),
  ],
  ["other-ids", claim("repository_owner_id", "66", "65"), 'owner\'s id is "65"', claim("actor_id", "66", "65")],
  [
    "renamed-repository",
    subject("repo:octo-org@65/shop@74:ref:refs/heads/main", `${IDS}:ref:refs/heads/main`),
    'was "octo-org/shop"',
    subject("repo:octo-org@65/shop@75:ref:refs/heads/main", `${IDS}:ref:refs/heads/main`),
  ],
  [
    "other-repository",
    subject("repo:octo-org/shop:ref:refs/heads/main", SUBJECT),
    'belongs to repository "octo-org/web-shop"',
    subject("repo:octo-org/Web-Shop:ref:refs/heads/main", SUBJECT),
  ],
  [
    "other-repository",
    claim("repository", "octo-org/shop", "octo-org/web-shop"),
    'requires "octo-org/shop"',
    claim("repository", "octo-org/Web-Shop", "octo-org/web-shop"),
  ],
  [
    "pull-request",
    subject(SUBJECT, `${REPOSITORY}:pull_request`),
    "runs for a pull request",
    subject(`${REPOSITORY}:environment:production`, `${REPOSITORY}:pull_request`),
  ],
  [
    "pull-request",
    subject(`${REPOSITORY}:pull_request`, SUBJECT),
    "admits jobs of pull requests",
    subject(`${REPOSITORY}:pull_request`, `${REPOSITORY}:environment:production`),
  ],
  [
    "pull-request",
    claim("ref", "refs/heads/main", "refs/pull/7/merge"),
    "pull request 7",
    claim("ref", "refs/heads/main", "refs/heads/main2"),
  ],
  [
    "tag-and-branch",
    subject(SUBJECT, `${REPOSITORY}:ref:refs/tags/v1`),
    'ran on tag "v1"',
    subject(`${REPOSITORY}:ref:refs/tags/v2`, `${REPOSITORY}:ref:refs/tags/v1`),
  ],
  [
    "tag-and-branch",
    subject(`${REPOSITORY}:ref:refs/tags/v*`, SUBJECT, "StringLike"),
    'requires tag "v*"',
    subject(`${REPOSITORY}:ref:refs/heads/v*`, SUBJECT, "StringLike"),
  ],
  [
    "merge-queue",
    subject(SUBJECT, `${REPOSITORY}:ref:refs/heads/gh-readonly-queue/main/pr-7-3f9a`),
    "ran for a merge queue",
    subject(SUBJECT, `${REPOSITORY}:ref:refs/heads/queue/main`),
  ],
  [
    "unencoded-colon",
    subject(`${REPOSITORY}:environment:production:v1`, `${REPOSITORY}:environment:production%3Av1`),
    'writes it as "%3A"',
    subject(`${REPOSITORY}:environment:production:v2`, `${REPOSITORY}:environment:production%3Av1`),
  ],
  [
    "unencoded-colon",
    claim("environment", "production%3Av1", "production:v1"),
    'not in the claim "environment"',
    claim("environment", "production%3Av2", "production:v1"),
  ],
  [
    "customised-subject",
    subject(SUBJECT, "repository_owner_id:65:event_name:push"),
    "follow a customised template",
    subject("repository_owner_id:66:event_name:push", "repository_owner_id:65:event_name:push"),
  ],
  [
    "customised-subject",
    subject("repository_owner_id:65:event_name:push", SUBJECT),
    "requires a subject of a customised template",
    subject(`${REPOSITORY}:main`, SUBJECT),
  ],
  [
    "customised-subject",
    subject(
      `${REPOSITORY}:environment:production`,
      `${REPOSITORY}:environment:production:job_workflow_ref:${WORKFLOW}@refs/heads/main`,
    ),
    "follow a customised template",
    subject(`${REPOSITORY}:environment:production`, `${REPOSITORY}:environment:production:v1:beta`),
  ],
  [
    "customised-subject",
    subject(`${REPOSITORY}:pull_request:actor:octocat`, `${REPOSITORY}:pull_request`),
    "requires a subject of a customised template",
    subject(`${REPOSITORY}:pull_request:actor:octocat`, `${REPOSITORY}:pull_request:actor:hubot`),
  ],
  [
    "template-claim",
    subject(
      `${REPOSITORY}:environment:production:job_workflow_ref:${WORKFLOW}@refs/heads/main`,
      `${REPOSITORY}:environment:production:job_workflow_ref:${WORKFLOW}@refs/heads/dev`,
    ),
    `has job_workflow_ref "${WORKFLOW}@refs/heads/dev"; the policy requires "${WORKFLOW}@refs/heads/main"`,
    subject(
      `${REPOSITORY}:environment:production:job_workflow_ref:${WORKFLOW}@*`,
      `${REPOSITORY}:environment:staging:job_workflow_ref:${WORKFLOW}@refs/heads/dev`,
      "StringLike",
    ),
  ],
  [
    "template-claim",
    subject(`${SUBJECT}:actor:octocat`, `${SUBJECT}:actor:octocat:event_name:push`),
    "contain event_name, but the policy requires one without it",
    subject(`${SUBJECT}:actor:octocat`, SUBJECT),
  ],
  [
    "template-claim",
    subject(`${SUBJECT}:actor:octocat:event_name:push`, `${SUBJECT}:actor:octocat`),
    "requires a subject that contains event_name",
    subject(SUBJECT, `${SUBJECT}:actor:octocat`),
  ],
  [
    "other-environment",
    subject(`${REPOSITORY}:environment:staging:actor:octocat`, `${REPOSITORY}:environment:production:actor:octocat`),
    'names environment "production"; the policy requires environment "staging"',
    subject(`${REPOSITORY}:environment:staging:actor:octocat`, `${REPOSITORY}:environment:staging:actor:hubot`),
  ],
  [
    "malformed-subject",
    subject(`${REPOSITORY}:refs/heads/main`, SUBJECT),
    "GitHub mints no subject like",
    subject(`${REPOSITORY}:ref:refs/heads/main2`, SUBJECT),
  ],
  [
    "malformed-subject",
    subject("octo-org/web-shop:ref:refs/heads/main", SUBJECT),
    "GitHub mints no subject like",
    subject("repository_id:74:ref:refs/heads/main", SUBJECT),
  ],
  ["white-space", subject(`${SUBJECT} `, SUBJECT), "white space", subject(`${SUBJECT}2 `, SUBJECT)],
  [
    "other-environment",
    subject(`${REPOSITORY}:environment:staging`, `${REPOSITORY}:environment:production`),
    'requires environment "staging"',
    subject(`${REPOSITORY}:environment:Production`, `${REPOSITORY}:environment:production`),
  ],
  [
    "other-ref",
    subject(`${REPOSITORY}:ref:refs/heads/release/*`, SUBJECT, "StringLike"),
    'requires branch "release/*"',
    subject(`${REPOSITORY}:ref:refs/tags/main`, SUBJECT),
  ],
  [
    "default-audience",
    audience("sts.amazonaws.com", "https://github.com/octo-org"),
    "requests no audience",
    audience("sts.amazonaws.com", "https://example.com/a/b"),
  ],
  [
    "partition-audience",
    audience("sts.amazonaws.com.cn", "sts.amazonaws.com"),
    "accounts in China",
    audience("sts.amazonaws.com.hk", "sts.amazonaws.com"),
  ],
  [
    "partition-audience",
    call({ clientIds: ["sts.amazonaws.com.cn"] }),
    "accounts in China",
    call({ clientIds: ["sts.amazonaws.com"] }),
  ],
  ["audience-missing", audience("sts.amazonaws.com", undefined), 'have no "aud"', audience("sts.amazonaws.com", "x")],
  [
    "other-audience",
    audience("sts.amazonaws.com", "sigstore"),
    'token is for "sigstore"',
    audience("sts.amazonaws.com", "https://github.com/octo-org"),
  ],
  [
    "workflow-at-other-ref",
    claim("job_workflow_ref", `${WORKFLOW}@refs/tags/v1`, `${WORKFLOW}@refs/heads/main`),
    'ran at "refs/heads/main"',
    claim("job_workflow_ref", `${WORKFLOW.replace("release", "deploy")}@refs/tags/v1`, `${WORKFLOW}@refs/heads/main`),
  ],
  [
    "claim-missing",
    claim("enterprise_id", "3", undefined),
    'no claim "enterprise_id"',
    claim("enterprise_id", "3", "4"),
  ],
  [
    "other-session-name",
    call({ sessionName: "me", policy: policy(allow({ StringLike: { "sts:RoleSessionName": "deploy-*" } })) }),
    'requires a session named "deploy-*", but the call names it "me"',
    condition({ StringEquals: { "aws:PrincipalOrgID": "o-1" } }),
  ],
  ["session-length", call({ durationSeconds: 43_201 }), "43201 seconds", call({ durationSeconds: 43_200 })],
  [
    "session-name",
    call({ sessionName: "a".repeat(65) }),
    "does not accept the session",
    call({ sessionName: "a".repeat(64) }),
  ],
];

describe.each(PAIRS)("%s", (id, applies, says, appliesNot) => {
  const rule = HINT_RULES.find((each) => each.id === id);
  test("applies", () => {
    const found = rule?.find(miss(applies));
    expect(found?.message).toContain(says);
    expect(found?.fix).toMatch(/^[A-Z].*\.$/s);
    expect(found?.message).toMatch(/[.]$/);
  });
  test("does not apply", () => expect(rule?.find(miss(appliesNot))).toBeUndefined());
});

test("each rule has such a pair, and an id of its own", () => {
  const ids = HINT_RULES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...new Set(PAIRS.map(([id]) => id))].sort()).toEqual([...ids].sort());
});

test("none applies to a call that is allowed", () => {
  const allowed = miss(call());
  expect(HINT_RULES.filter((rule) => rule.find(allowed)).map(({ id }) => id)).toEqual([]);
});

test("a provider is named in full where neither the claims nor the policy say one", () => {
  const fix = HINT_RULES.find(({ id }) => id === "no-oidc-principal")?.find(
    miss(
      withClaims({ iss: undefined }, { policy: policy(allow({}, { Principal: { Service: "ec2.amazonaws.com" } })) }),
    ),
  )?.fix;
  expect(fix).toContain(`:oidc-provider/${ISSUER}"}`);
});

test("a pattern that lacks the ids keeps its scope in the fix", () => {
  const rule = HINT_RULES.find(({ id }) => id === "ids-missing-in-policy");
  const found = rule?.find(miss(subject("repo:octo-org/*", `${IDS}:ref:refs/heads/main`, "StringLike")));
  expect(found?.fix).toContain('Add "repo:octo-org@65/*" to the list, next to "repo:octo-org/*"');
});
