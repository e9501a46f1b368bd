import fc from "fast-check";
import { GITHUB_CLAIM_KEYS } from "../../lib/aws/condition-keys";
import { allows, prepare } from "../../lib/aws/policy/evaluate";
import { parseTrustDocument, type TrustDocument } from "../../lib/aws/policy/trust-document";
import { conditionKeys } from "../../lib/aws/token-keys";
import type { GithubJob } from "../../lib/github/job";
import { mintClaims } from "../../lib/github/token";
import { AdmissionSearch, isLike, isNoneOf, isOneOf, type JobAnswer } from "../../lib/trust/admission-search";
import type { KeyTest } from "../../lib/trust/key-test";
import { playSts } from "../../lib/trust/sts/play";
import { bareClaims } from "../../lib/trust/sts/token";
import { anyJob, anySessionName } from "./support/any-job";
import { anyTrustPolicy } from "./support/any-trust-policy";
import { ISSUER, type PolicyJson, PROVIDER } from "./support/policy-json";
import { policyNear } from "./support/policy-near-job";

const ORIGIN = { issuer: ISSUER, partition: "aws", arn: PROVIDER } as const;

function read(policy: PolicyJson): TrustDocument | undefined {
  return parseTrustDocument(JSON.stringify(policy)).document;
}

function isLetIn(document: TrustDocument, claims: object, roleSessionName: string): boolean {
  const keys = conditionKeys(claims, { issuer: ISSUER, partition: "aws", roleSessionName });
  const principal = { kind: "Federated", value: PROVIDER } as const;
  return allows(prepare(document), { action: "sts:AssumeRoleWithWebIdentity", principal, keys });
}

/** A test that a job fulfils. */
const fulfilled = (job: GithubJob): fc.Arbitrary<KeyTest[]> => {
  const claims: Readonly<Record<string, unknown>> = { ...mintClaims(job) };
  const texts = ["sub", "aud", ...GITHUB_CLAIM_KEYS].flatMap((claim) => {
    const text = claims[claim];
    return typeof text === "string" ? [[claim, text] as const] : [];
  });
  const test = fc
    .tuple(fc.constantFrom(...texts), fc.constantFrom("is", "like", "not"), fc.nat(40))
    .map(([[claim, text], kind, length]): KeyTest => {
      if (kind === "not") return isNoneOf(claim, [`${text}-other`]);
      const isPlain = !/[*?]/.test(text);
      return kind === "like" && isPlain ? isLike(claim, `${text.slice(0, length)}*`) : isOneOf(claim, [text]);
    });
  return fc.array(test, { maxLength: 3 });
};

function expectSound(answer: JobAnswer, document: TrustDocument): void {
  if (answer.answer !== "yes") return;
  const { job, claims, sessionName } = answer.job;
  expect(mintClaims(job)).toEqual(claims);
  expect(isLetIn(document, claims, sessionName)).toBe(true);
}

const jobAndPolicy = fc
  .tuple(anyJob, anyJob, anySessionName)
  .chain(([job, other, sessionName]) =>
    fc.tuple(fc.constant(job), fc.constant(sessionName), policyNear(job, other, sessionName), fulfilled(job)),
  );

describe("a search for a job that is let in", () => {
  test("never says no of a policy that lets a job in", () => {
    let admitted = 0;
    fc.assert(
      fc.property(jobAndPolicy, ([job, sessionName, policy, also]) => {
        const document = read(policy);
        if (!document || !isLetIn(document, mintClaims(job), sessionName)) return;
        admitted += 1;
        const search = new AdmissionSearch(document, ORIGIN);
        for (const answer of [search.find(), search.find(...also)]) {
          expect(answer.answer).not.toBe("no");
          expectSound(answer, document);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(admitted).toBeGreaterThan(100);
  });

  test("never says no of a policy of any kind that lets a job in", () => {
    fc.assert(
      fc.property(
        anyTrustPolicy({ variables: true }),
        fc.array(anyJob, { minLength: 8, maxLength: 8 }),
        (policy, jobs) => {
          const document = read(policy);
          if (!document) return;
          const answer = new AdmissionSearch(document, ORIGIN).find();
          expectSound(answer, document);
          if (answer.answer === "no")
            expect(jobs.filter((job) => isLetIn(document, mintClaims(job), "GitHubActions"))).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("shows a job that STS lets in", () => {
    fc.assert(
      fc.property(jobAndPolicy, ([, , policy]) => {
        const document = read(policy);
        const answer = document && new AdmissionSearch(document, ORIGIN).find();
        if (!document || answer?.answer !== "yes") return;
        const { claims, sessionName } = answer.job;
        const verdict = playSts({ token: bareClaims(claims), policy: document, at: claims.iat, sessionName });
        const trust = verdict.steps.filter(({ outcome }) => outcome === "fail").map(({ name }) => name);
        // Any audience may be among the provider's client ids.
        expect(trust.filter((id) => id !== "audience")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
