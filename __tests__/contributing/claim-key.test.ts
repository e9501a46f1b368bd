import { GITHUB_CLAIM_KEYS } from "../../lib/aws/condition-keys";
import { conditionKeys } from "../../lib/aws/token-keys";
import { parseTrustDocument } from "../../lib/aws/policy/trust-document";
import { accessConfigSchema } from "../../lib/config/schema";
import { claimValueRule } from "../../lib/github/claim-values";
import { SUBJECT_CLAIMS } from "../../lib/github/subject-template";
import { mintClaims } from "../../lib/github/token";
import { AdmissionSearch } from "../../lib/trust/admission-search";
import { lackedBy, listedFiles, textOf } from "./project-files";

const ISSUER = "token.actions.githubusercontent.com";
const PROVIDER = {
  issuer: ISSUER,
  partition: "aws",
  arn: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`,
} as const;
/** A job whose token has every claim that a token can have. */
const CLAIMS = mintClaims({
  repository: "octo-org/web-shop",
  environment: "production",
  enterprise: { slug: "octo", id: 4 },
});
/** Claims of which any value will do: a key belongs here only where GitHub does not limit its values. */
const FREE: readonly string[] = [];
/** Values of which each rule refuses at least one. */
const ODD = ["a b", "octo/ci/.github/workflows/deploy.yml@refs/heads/main", "[", "x".repeat(300)];

/** What the search answers of a policy for the job, when it asks for the claim of its token beside the subject. */
const answerBy = (claim: keyof typeof CLAIMS): string => {
  const condition = Object.fromEntries(["sub", claim].map((key) => [`${ISSUER}:${key}`, CLAIMS[key as "sub"]]));
  const { document } = parseTrustDocument(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { Federated: PROVIDER.arn },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: condition },
      },
    }),
  );
  if (!document) throw new Error("the policy of the test is wrong");
  return new AdmissionSearch(document, PROVIDER).find().answer;
};

const accepts = (claim: string): boolean =>
  accessConfigSchema.safeParse({
    github: { owner: "octo-org" },
    accounts: { production: { id: "111122223333", region: "eu-west-1" } },
    repositories: { web: { roles: { plan: { allow: [{ any: true, claims: { [claim]: "1" } }] } } } },
  }).success;

const isChecked = (claim: string): boolean => ODD.some((value) => claimValueRule(claim, value) !== undefined);

test.each(listedFiles("## Add a claim key"))("%s, which CONTRIBUTING.md lists, has every claim key", (file) =>
  expect(lackedBy(file, GITHUB_CLAIM_KEYS)).toEqual([]),
);

test("the list in CONTRIBUTING.md is read", () => {
  const some = ["lib/aws/condition-keys.ts", "lib/trust/token-grammar.ts", "docs/access-file.md"];
  expect(listedFiles("## Add a claim key")).toEqual(expect.arrayContaining(some));
  expect(lackedBy("lib/aws/condition-keys.ts", ["actor", "no_such_claim"])).toEqual(["no_such_claim"]);
});

describe.each(GITHUB_CLAIM_KEYS)("the claim key %s", (claim) => {
  test("is a claim of the token of a job that has everything", () => {
    expect(Object.keys(CLAIMS)).toContain(claim);
    expect(conditionKeys(CLAIMS, PROVIDER).get(`${ISSUER}:${claim}`)).toHaveLength(1);
  });

  test("is one that a subject template may have", () => expect(SUBJECT_CLAIMS).toContain(claim));

  test("is a key of `claims` in the access file, with a row in its documentation", () => {
    expect(accepts(claim)).toBe(true);
    expect(textOf("docs/access-file.md")).toContain(`allow[].claims.${claim}\` |`);
  });

  test("has a rule for its values, or any value will do", () => expect(isChecked(claim)).toBe(!FREE.includes(claim)));

  test("is one that the search for admitted jobs finds for a job", () => expect(answerBy(claim)).toBe("yes"));
});

test("a claim that AWS makes no key of is none of all this", () => {
  expect(accepts("event_name")).toBe(false);
  expect(isChecked("event_name")).toBe(false);
  expect(answerBy("event_name")).toBe("no");
  expect(conditionKeys(CLAIMS, PROVIDER).has(`${ISSUER}:event_name`)).toBe(false);
});
