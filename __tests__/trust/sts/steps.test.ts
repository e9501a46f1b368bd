import type { WebIdentityCall } from "../../../lib/trust/sts/call";
import { playSts } from "../../../lib/trust/sts/play";
import { readRoleFacts } from "../../../lib/trust/sts/role-facts";
import type { StepName } from "../../../lib/trust/sts/step";
import { ACCOUNT, allow, call, CLAIMS, ISSUER, keys, policy, PROVIDER, SUBJECT, wanting, withClaims } from "../calls";

type Expected =
  "pass" | "skipped" | "InvalidIdentityToken" | "ExpiredTokenException" | "AccessDenied" | "ValidationError";

const AT = call().at;
const role = (account: string): WebIdentityCall["role"] => ({ arn: { partition: "aws", account, name: "deploy" } });
const slugged = (issuer: string): WebIdentityCall["policy"] =>
  policy(
    allow(
      { StringEquals: keys({ sub: SUBJECT }, issuer) },
      { Principal: { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${issuer}` } },
    ),
  );
const signed = (claims: object, length = 1_000): WebIdentityCall => ({
  ...call(),
  token: {
    claims: { ...CLAIMS, exp: AT, ...claims },
    length,
    signed: { alg: "RS256", kid: "a", critical: false, claims: {}, signed: "", signature: Buffer.from("x") },
  },
});

const CASES: readonly (readonly [StepName, string, WebIdentityCall, Expected])[] = [
  ["token", "bare claims", call(), "pass"],
  ["token", "20,000 characters", signed({}, 20_000), "pass"],
  ["token", "20,001 characters", signed({}, 20_001), "ValidationError"],
  [
    "token",
    "bare claims of which every token is too long",
    withClaims({ workflow: "x".repeat(15_000) }),
    "ValidationError",
  ],
  ["token", "a token without an audience", signed({ aud: undefined }), "InvalidIdentityToken"],
  ["token", "a token without an expiry", signed({ exp: undefined }), "InvalidIdentityToken"],
  ["token", "claims without either", withClaims({ aud: undefined }), "pass"],

  ["issuer", "the provider of the policy", call(), "pass"],
  ["issuer", "claims that leave it out", withClaims({ iss: undefined }), "skipped"],
  [
    "issuer",
    "a policy without a provider",
    call({ policy: policy(allow({}, { Principal: { Service: "ec2.amazonaws.com" } })) }),
    "skipped",
  ],
  ["issuer", "the role's own account", call({ role: role(ACCOUNT) }), "pass"],
  ["issuer", "another account than the role's", call({ role: role("444455556666") }), "InvalidIdentityToken"],
  [
    "issuer",
    "another account, and claims that leave it out",
    withClaims({ iss: undefined }, { role: role("444455556666") }),
    "InvalidIdentityToken",
  ],
  ["issuer", "another host", withClaims({ iss: "https://token.actions.octo.ghe.com" }), "InvalidIdentityToken"],
  ["issuer", "a slug in the token alone", withClaims({ iss: `https://${ISSUER}/octo` }), "InvalidIdentityToken"],
  ["issuer", "a slug in the policy alone", call({ policy: slugged(`${ISSUER}/octo`) }), "InvalidIdentityToken"],
  [
    "issuer",
    "the same slug in both",
    withClaims({ iss: `https://${ISSUER}/octo` }, { policy: slugged(`${ISSUER}/octo`) }),
    "pass",
  ],
  [
    "issuer",
    "another slug",
    withClaims({ iss: `https://${ISSUER}/acme` }, { policy: slugged(`${ISSUER}/octo`) }),
    "InvalidIdentityToken",
  ],
  ["issuer", "a slash at its end", withClaims({ iss: `https://${ISSUER}/` }), "InvalidIdentityToken"],
  ["issuer", "plain http", withClaims({ iss: `http://${ISSUER}` }), "InvalidIdentityToken"],
  [
    "issuer",
    "GitHub Enterprise Server",
    withClaims(
      { iss: "https://github.example.com/_services/token" },
      { policy: slugged("github.example.com/_services/token") },
    ),
    "pass",
  ],

  ["audience", "unknown client ids", call(), "skipped"],
  ["audience", "a client id", call({ clientIds: ["other", "sts.amazonaws.com"] }), "pass"],
  ["audience", "no client id", call({ clientIds: ["other"] }), "InvalidIdentityToken"],
  [
    "audience",
    "one of several audiences",
    withClaims({ aud: ["a", "sts.amazonaws.com"] }, { clientIds: ["sts.amazonaws.com"] }),
    "pass",
  ],
  [
    "audience",
    "claims that leave it out",
    withClaims({ aud: undefined }, { clientIds: ["sts.amazonaws.com"] }),
    "skipped",
  ],
  [
    "audience",
    "another case",
    withClaims({ aud: "STS.amazonaws.com" }, { clientIds: ["sts.amazonaws.com"] }),
    "InvalidIdentityToken",
  ],

  ["signature", "bare claims", call(), "skipped"],

  ["time", "claims that leave all of it out", call(), "skipped"],
  ["time", "expired 300 seconds ago", withClaims({ exp: AT - 300 }), "pass"],
  ["time", "expired 301 seconds ago", withClaims({ exp: AT - 301 }), "ExpiredTokenException"],
  ["time", "valid in 300 seconds", withClaims({ nbf: AT + 300 }), "pass"],
  ["time", "valid in 301 seconds", withClaims({ nbf: AT + 301 }), "ExpiredTokenException"],
  ["time", "issued in 300 seconds", withClaims({ iat: AT + 300 }), "pass"],
  ["time", "issued in 301 seconds", withClaims({ iat: AT + 301 }), "ExpiredTokenException"],
  ["time", "an expiry that is a text", withClaims({ exp: String(AT) }), "InvalidIdentityToken"],
  ["time", "an expiry beyond all dates", withClaims({ exp: 1e300 }), "InvalidIdentityToken"],

  ["trust-policy", "a statement that allows", call(), "pass"],
  ["trust-policy", "none that allows", withClaims({ sub: `${SUBJECT}2` }), "AccessDenied"],
  [
    "trust-policy",
    "one that denies beside one that allows",
    call({ policy: policy(allow({}, { Effect: "Deny" }), allow()) }),
    "AccessDenied",
  ],
  ["trust-policy", "another action", call({ policy: policy(allow({}, { Action: "sts:AssumeRole" })) }), "AccessDenied"],
  [
    "trust-policy",
    "a claim that AWS makes no key of",
    call({ policy: policy(allow({ StringEquals: keys({ repository_owner: "octo-org" }) })) }),
    "AccessDenied",
  ],
  [
    "trust-policy",
    "a session's name that is wanted",
    call({ sessionName: "deploy", policy: policy(allow({ StringEquals: { "sts:RoleSessionName": "deploy" } })) }),
    "pass",
  ],

  ["duration", "none asked for", call(), "pass"],
  ["duration", "899 seconds", call({ durationSeconds: 899 }), "ValidationError"],
  ["duration", "900 seconds", call({ durationSeconds: 900 }), "pass"],
  ["duration", "43200 seconds", call({ durationSeconds: 43_200 }), "pass"],
  ["duration", "43201 seconds", call({ durationSeconds: 43_201 }), "ValidationError"],
  [
    "duration",
    "as long as the role allows",
    call({ durationSeconds: 7_200, role: { maxSessionSeconds: 7_200 } }),
    "pass",
  ],
  [
    "duration",
    "longer than the role allows",
    call({ durationSeconds: 7_201, role: { maxSessionSeconds: 7_200 } }),
    "ValidationError",
  ],

  ["session-name", "none given", call(), "pass"],
  ["session-name", "one character", call({ sessionName: "a" }), "ValidationError"],
  ["session-name", "two characters", call({ sessionName: "ab" }), "pass"],
  ["session-name", "64 characters", call({ sessionName: "a".repeat(64) }), "pass"],
  ["session-name", "65 characters", call({ sessionName: "a".repeat(65) }), "ValidationError"],
  ["session-name", "every sign that is allowed", call({ sessionName: "a_b+c=d,e.f@g-h" }), "pass"],
  ["session-name", "a space", call({ sessionName: "a b" }), "ValidationError"],
];

test.each(CASES)("%s: %s", (name, _what, given, expected) => {
  const { steps } = playSts(given);
  const step = steps.find((each) => each.name === name);
  expect(step?.error ?? step?.outcome).toBe(expected);
});

test("every step is taken, in order, and the error is that of the first that fails", () => {
  const { decision, error, steps } = playSts(
    withClaims({ exp: 0, sub: "x" }, { clientIds: ["a"], durationSeconds: 1, sessionName: " " }),
  );
  expect([decision, error]).toEqual(["deny", "InvalidIdentityToken"]);
  expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
    "token pass",
    "issuer pass",
    "audience fail",
    "signature skipped",
    "time fail",
    "trust-policy fail",
    "duration fail",
    "session-name fail",
  ]);
});

test("what is skipped does not deny", () =>
  expect(playSts(withClaims({ iss: undefined }))).toMatchObject({ decision: "allow", error: null }));

test("AWS's own sentences are there to be searched for", () => {
  const details = playSts(
    withClaims({ iss: "https://token.actions.octo.ghe.com", sub: "x" }, { clientIds: ["a"] }),
  ).steps.map(({ detail }) => detail);
  expect(details).toEqual(
    expect.arrayContaining([
      expect.stringMatching(
        /^No OpenIDConnect provider found in your account for https:\/\/token\.actions\.octo\.ghe\.com:/,
      ),
      expect.stringMatching(/^Incorrect token audience: /),
      "Not authorized to perform sts:AssumeRoleWithWebIdentity",
    ]),
  );
});

test("of several providers the one of the token's issuer is taken", () => {
  const both = policy(
    allow(
      { StringEquals: keys({ sub: SUBJECT }, `${ISSUER}/octo`) },
      { Principal: { Federated: [PROVIDER, `${PROVIDER}/octo`] } },
    ),
  );
  expect(playSts(withClaims({ iss: `https://${ISSUER}/octo` }, { policy: both }))).toMatchObject({
    decision: "allow",
    lookup: { principal: `${PROVIDER}/octo` },
  });
});

test("in China, whose list of keys is not known, only the subject and the audience count", () => {
  const china = (condition: object): WebIdentityCall["policy"] =>
    policy(
      allow({ StringEquals: condition }, { Principal: { Federated: PROVIDER.replace("arn:aws:", "arn:aws-cn:") } }),
    );
  expect(playSts(call({ policy: china(keys({ sub: SUBJECT })) })).decision).toBe("allow");
  expect(playSts(call({ policy: china(keys({ sub: SUBJECT, repository_id: "74" })) })).decision).toBe("deny");
});

describe("what get-role says beside the policy", () => {
  const output = {
    Role: { Arn: "arn:aws:iam::111122223333:role/ci/deploy", MaxSessionDuration: 7_200, AssumeRolePolicyDocument: {} },
  };
  test.each([
    [
      "its output",
      JSON.stringify(output),
      { arn: { partition: "aws", account: ACCOUNT, name: "deploy" }, maxSessionSeconds: 7_200 },
    ],
    [
      "the role alone",
      JSON.stringify(output.Role),
      { arn: { partition: "aws", account: ACCOUNT, name: "deploy" }, maxSessionSeconds: 7_200 },
    ],
    ["a bare policy", JSON.stringify({ Statement: [], Arn: output.Role.Arn }), {}],
    ["what is no number and no ARN", '{"Role": {"Arn": 1, "MaxSessionDuration": "7200"}}', {}],
    ["no JSON", "{", {}],
    ["a list", "[]", {}],
    ["null", "null", {}],
  ])("%s", (_what, text, facts) => expect(readRoleFacts(text)).toEqual(facts));
});

test("a wildcard principal needs no provider to be named", () =>
  expect(
    playSts(
      call({ policy: policy(allow({ StringEquals: keys({ sub: SUBJECT }) }, { Principal: { Federated: "*" } })) }),
    ).decision,
  ).toBe("allow"));

test("the sound call is allowed by every form of operator", () =>
  expect(playSts(call({ policy: wanting("repo:octo-org/web-shop:*", "StringLike") })).decision).toBe("allow"));
