import { conditionKeys, type WebIdentityRequest } from "../../lib/aws/token-keys";

const ISSUER = "token.actions.githubusercontent.com";
const REQUEST: WebIdentityRequest = { issuer: ISSUER, partition: "aws" };

/** A token that says more than AWS listens to. */
const CLAIMS = {
  iss: `https://${ISSUER}`,
  sub: "repo:octo-org/web-shop:environment:production",
  aud: "sts.amazonaws.com",
  exp: 1_900_000_000,
  actor: "octocat",
  actor_id: "7",
  environment: "production",
  enterprise: "octo",
  enterprise_id: "3",
  event_name: "push",
  head_ref: "",
  job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main",
  ref: "refs/heads/main",
  repo_property_team: "shop",
  repository: "octo-org/web-shop",
  repository_id: "74",
  repository_owner: "octo-org",
  repository_owner_id: "65",
  runner_environment: "github-hosted",
  sha: "5ca1ab1e",
  workflow: "Deploy",
  workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main",
};

const ofIssuer = (claims: object, request: WebIdentityRequest): Record<string, readonly string[]> =>
  Object.fromEntries(
    [...conditionKeys(claims, request)].flatMap(([key, values]) =>
      key.startsWith(`${request.issuer.toLowerCase()}:`) ? [[key.slice(request.issuer.length + 1), values]] : [],
    ),
  );

describe("of a token of github.com", () => {
  test("AWS makes keys of the claims it lists, and of no other", () => {
    expect(ofIssuer(CLAIMS, REQUEST)).toEqual({
      actor: ["octocat"],
      actor_id: ["7"],
      aud: ["sts.amazonaws.com"],
      enterprise_id: ["3"],
      environment: ["production"],
      job_workflow_ref: ["octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main"],
      ref: ["refs/heads/main"],
      repository: ["octo-org/web-shop"],
      repository_id: ["74"],
      repository_owner_id: ["65"],
      sub: ["repo:octo-org/web-shop:environment:production"],
      workflow: ["Deploy"],
    });
  });

  test.each([
    ["in China", { ...REQUEST, partition: "aws-cn" }],
    ["in GovCloud", { ...REQUEST, partition: "aws-us-gov" }],
    ["with a slug in the issuer", { ...REQUEST, issuer: `${ISSUER}/octo` }],
    ["of ghe.com", { ...REQUEST, issuer: "token.actions.octo.ghe.com" }],
    ["of a server", { ...REQUEST, issuer: "github.example.com/_services/token" }],
  ] as const)("only the subject and the audience are certain %s", (_what, request) => {
    expect(Object.keys(ofIssuer(CLAIMS, request)).sort()).toEqual(["aud", "sub"]);
  });

  test("keys are in lower case, whatever the issuer's is", () => {
    expect(conditionKeys(CLAIMS, { ...REQUEST, issuer: `${ISSUER}/Octo` }).get(`${ISSUER}/octo:sub`)).toEqual([
      CLAIMS.sub,
    ]);
  });

  test("a missing claim is a missing key", () => {
    expect(conditionKeys({ ...CLAIMS, environment: undefined }, REQUEST).has(`${ISSUER}:environment`)).toBe(false);
  });

  test.each([
    ["a list of audiences", "aud", ["a", "b"], ["a", "b"]],
    ["a list of methods", "amr", ["authenticated"], ["authenticated"]],
    ["an e-mail address", "email", "a@example.com", ["a@example.com"]],
    ["an empty audience list", "aud", [], undefined],
    ["a list that is not of strings", "aud", ["a", 1], undefined],
    ["a list of subjects", "sub", ["a"], undefined],
    ["a number", "repository_id", 74, undefined],
    ["nothing", "sub", null, undefined],
  ])("%s gives what AWS documents", (_what, claim, value, expected) => {
    expect(conditionKeys({ ...CLAIMS, [claim]: value }, REQUEST).get(`${ISSUER}:${claim}`)).toEqual(expected);
  });

  test("what an object inherits is no claim", () => {
    expect(ofIssuer(Object.create({ sub: "repo:x/y:pull_request" }) as object, REQUEST)).toEqual({});
  });
});

describe("of the call itself", () => {
  test("nothing is known but that it is encrypted", () => {
    expect([...conditionKeys({}, REQUEST)]).toEqual([["aws:securetransport", ["true"]]]);
  });

  test("what is given becomes a key", () => {
    const keys = conditionKeys(
      {},
      {
        ...REQUEST,
        providerArn: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`,
        roleSessionName: "GitHubActions",
        sourceIp: "192.0.2.7",
        region: "eu-west-1",
        at: 1_795_219_200,
      },
    );
    expect(Object.fromEntries(keys)).toEqual({
      "aws:currenttime": ["2026-11-21T00:00:00Z"],
      "aws:epochtime": ["1795219200"],
      "aws:federatedprovider": [`arn:aws:iam::111122223333:oidc-provider/${ISSUER}`],
      "aws:requestedregion": ["eu-west-1"],
      "aws:securetransport": ["true"],
      "aws:sourceip": ["192.0.2.7"],
      "sts:rolesessionname": ["GitHubActions"],
    });
  });
});
