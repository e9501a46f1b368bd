import { prepare, type RequestContext } from "../../../lib/aws/policy/evaluate";
import { decideEvery, ISSUER, policyText, PROVIDER, read, request } from "./policies";

interface Example {
  /** AWS's page that shows the policy. */
  readonly page: string;
  readonly statements: unknown;
  readonly allowed: readonly RequestContext[];
  readonly denied: readonly RequestContext[];
}

const web = (claims: Readonly<Record<string, string>>): RequestContext =>
  request(Object.fromEntries(Object.entries(claims).map(([name, value]) => [`${ISSUER}:${name}`, value])));
const from = (
  kind: RequestContext["principal"]["kind"],
  value: string,
  action: string,
  keys: Parameters<typeof request>[0] = {},
): RequestContext => request(keys, { action, principal: { kind, value } });

const AUD = "sts.amazonaws.com";

/** Trust policies as AWS's documentation shows them, with who gets in. */
const EXAMPLES: readonly Example[] = [
  {
    page: "id_roles_providers_create_oidc.html#idp_oidc_Create_GitHub",
    statements: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringEquals: {
            [`${ISSUER}:aud`]: AUD,
            [`${ISSUER}:sub`]: "repo:GitHubOrg/GitHubRepo:ref:refs/heads/GitHubBranch",
          },
        },
      },
    ],
    allowed: [web({ aud: AUD, sub: "repo:GitHubOrg/GitHubRepo:ref:refs/heads/GitHubBranch" })],
    denied: [
      web({ aud: AUD, sub: "repo:GitHubOrg/GitHubRepo:ref:refs/heads/githubbranch" }),
      web({ aud: "https://github.com/GitHubOrg", sub: "repo:GitHubOrg/GitHubRepo:ref:refs/heads/GitHubBranch" }),
      web({ sub: "repo:GitHubOrg/GitHubRepo:ref:refs/heads/GitHubBranch" }),
    ],
  },
  {
    page: "id_roles_providers_create_oidc.html#idp_oidc_Create_GitHub",
    statements: [
      {
        Effect: "Allow",
        Principal: { Federated: PROVIDER },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: {
          StringLike: { [`${ISSUER}:sub`]: "repo:GitHubOrg/GitHubRepo:*" },
          StringEquals: { [`${ISSUER}:aud`]: AUD },
        },
      },
    ],
    allowed: [web({ aud: AUD, sub: "repo:GitHubOrg/GitHubRepo:pull_request" })],
    denied: [web({ aud: AUD, sub: "repo:GitHubOrg/GitHubRepo2:pull_request" })],
  },
  {
    page: "id_roles_create_for-idp_oidc.html",
    statements: {
      Effect: "Allow",
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-2:12345678-abcd" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
      },
    },
    allowed: [
      from("Federated", "cognito-identity.amazonaws.com", "sts:AssumeRoleWithWebIdentity", {
        "cognito-identity.amazonaws.com:aud": "us-east-2:12345678-abcd",
        "cognito-identity.amazonaws.com:amr": ["unauthenticated", "other"],
      }),
    ],
    denied: [
      from("Federated", "cognito-identity.amazonaws.com", "sts:AssumeRoleWithWebIdentity", {
        "cognito-identity.amazonaws.com:aud": "us-east-2:12345678-abcd",
        "cognito-identity.amazonaws.com:amr": "authenticated",
      }),
      from("Federated", "cognito-identity.amazonaws.com", "sts:AssumeRoleWithWebIdentity", {
        "cognito-identity.amazonaws.com:aud": "us-east-2:12345678-abcd",
      }),
    ],
  },
  {
    page: "id_roles_create_for-idp_saml.html",
    statements: {
      Effect: "Allow",
      Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/PROVIDER-NAME" },
      Action: "sts:AssumeRoleWithSAML",
      Condition: {
        StringEquals: {
          "saml:aud": "https://signin.aws.amazon.com/saml",
          "saml:edupersonaffiliation": ["student", "staff"],
        },
      },
    },
    allowed: [
      from("Federated", "arn:aws:iam::111122223333:saml-provider/PROVIDER-NAME", "sts:AssumeRoleWithSAML", {
        "SAML:aud": "https://signin.aws.amazon.com/saml",
        "saml:eduPersonAffiliation": "staff",
      }),
    ],
    denied: [web({ aud: AUD })],
  },
  {
    page: "id_roles_common-scenarios_third-party.html",
    statements: {
      Effect: "Allow",
      Principal: { AWS: "444455556666" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "12345" } },
    },
    allowed: [from("AWS", "arn:aws:iam::444455556666:role/broker", "sts:AssumeRole", { "sts:ExternalId": "12345" })],
    denied: [
      from("AWS", "arn:aws:iam::444455556666:role/broker", "sts:AssumeRole"),
      from("AWS", "arn:aws:iam::777788889999:role/broker", "sts:AssumeRole", { "sts:ExternalId": "12345" }),
    ],
  },
  {
    page: "id_credentials_mfa_configure-api-require.html",
    statements: {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "sts:AssumeRole",
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
      },
    },
    allowed: [
      from("AWS", "arn:aws:iam::444455556666:user/eva", "sts:AssumeRole", {
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": "3599",
      }),
    ],
    denied: [
      from("AWS", "arn:aws:iam::444455556666:user/eva", "sts:AssumeRole", {
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": "3600",
      }),
      from("AWS", "arn:aws:iam::444455556666:user/eva", "sts:AssumeRole"),
    ],
  },
  {
    page: "id_roles_create_for-service.html",
    statements: {
      Effect: "Allow",
      Principal: { Service: ["ec2.amazonaws.com", "datapipeline.amazonaws.com"] },
      Action: "sts:AssumeRole",
    },
    allowed: [from("Service", "ec2.amazonaws.com", "sts:AssumeRole")],
    denied: [from("Service", "lambda.amazonaws.com", "sts:AssumeRole")],
  },
  {
    page: "id_credentials_temp_control-access_monitor.html",
    statements: [
      { Effect: "Allow", Principal: { AWS: "444455556666" }, Action: ["sts:AssumeRole", "sts:SetSourceIdentity"] },
      {
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "sts:AssumeRole",
        Condition: { StringNotLike: { "sts:SourceIdentity": ["Admin*", "Eva"] } },
      },
    ],
    allowed: [
      from("AWS", "arn:aws:iam::444455556666:role/x", "sts:AssumeRole", { "sts:SourceIdentity": "AdminSaanvi" }),
    ],
    denied: [
      from("AWS", "arn:aws:iam::444455556666:role/x", "sts:AssumeRole", { "sts:SourceIdentity": "Bob" }),
      from("AWS", "arn:aws:iam::444455556666:role/x", "sts:AssumeRole"),
    ],
  },
];

describe.each(EXAMPLES.map((example) => [example.page, example] as const))(
  "the trust policy of %s",
  (_, { statements, allowed, denied }) => {
    const policy = prepare(read(policyText(statements)));

    test("lets in whom it is for", () => {
      for (const context of allowed) expect(decideEvery(policy, context).decision).toBe("allow");
    });

    test("and nobody else", () => {
      for (const context of denied) expect(decideEvery(policy, context).decision).not.toBe("allow");
    });
  },
);
