import fc from "fast-check";
import { allows, prepare } from "../../lib/aws/policy/evaluate";
import { parseTrustDocument, type TrustDocument } from "../../lib/aws/policy/trust-document";
import { conditionKeys } from "../../lib/aws/token-keys";
import type { GithubJob } from "../../lib/github/job";
import { mintClaims } from "../../lib/github/token";
import { AdmittedJobs } from "../../lib/trust/admitted";
import { isAtLeast } from "../../lib/trust/admitted/breadth";
import { BreadthSearch } from "../../lib/trust/breadth-search";
import { spelledNames } from "../../lib/trust/spelled-names";
import { anyJob } from "./support/any-job";
import { anyTrustPolicy } from "./support/any-trust-policy";
import {
  entriesOf,
  ISSUER,
  listOf,
  type PolicyJson,
  PROVIDER,
  type StatementJson,
  withEntries,
} from "./support/policy-json";
import { policyNear } from "./support/policy-near-job";

const ORIGIN = { issuer: ISSUER, partition: "aws", arn: PROVIDER } as const;
const SESSION = "GitHubActions";

const read = (policy: PolicyJson): TrustDocument | undefined => parseTrustDocument(JSON.stringify(policy)).document;

function isLetIn(document: TrustDocument, claims: object): boolean {
  const keys = conditionKeys(claims, { issuer: ISSUER, partition: "aws", roleSessionName: SESSION });
  const principal = { kind: "Federated", value: PROVIDER } as const;
  return allows(prepare(document), { action: "sts:AssumeRoleWithWebIdentity", principal, keys });
}

/** Whether a policy names neither a job's owner nor its repository, in whatever case. */
function isStranger(document: TrustDocument, job: GithubJob): boolean {
  const claims = mintClaims(job);
  const names = spelledNames(document, ORIGIN);
  const owners = [...names.owners].map((owner) => owner.toLowerCase());
  return (
    !owners.includes(claims.repository_owner.toLowerCase()) &&
    !names.ownerIds.has(claims.repository_owner_id) &&
    !names.repositoryIds.has(claims.repository_id) &&
    !names.enterpriseIds.has(claims.enterprise_id ?? "")
  );
}

const policyAndJobs = fc.tuple(anyJob, anyJob, anyJob).chain((jobs) => {
  const [job, other] = jobs;
  const policy = fc.oneof(policyNear(job, other, SESSION), anyTrustPolicy({ variables: true }));
  return fc.tuple(policy, fc.constant(jobs));
});

test("a stranger who is let in is never denied to be", () => {
  fc.assert(
    fc.property(policyAndJobs, ([policy, jobs]) => {
      const document = read(policy);
      if (!document) return;
      const strangers = jobs.filter((job) => isStranger(document, job) && isLetIn(document, mintClaims(job)));
      const found = new BreadthSearch(document, ORIGIN).stranger();
      if (found.answer === "yes") {
        expect(isStranger(document, found.job.job)).toBe(true);
        expect(isLetIn(document, found.job.claims) || found.job.sessionName !== SESSION).toBe(true);
      }
      if (found.answer === "no") expect(strangers).toEqual([]);
    }),
    { numRuns: 120 },
  );
});

test("an admission is as broad as the jobs that its statement lets in", () => {
  let anyone = 0;
  fc.assert(
    fc.property(policyAndJobs, ([policy, jobs]) => {
      const document = read(policy);
      if (!document) return;
      const denials = document.statements.filter(({ effect }) => effect === "Deny");
      const admissions = AdmittedJobs.of(document).admissions;
      for (const { statement, source, letsIn, breadth } of admissions) {
        if (source.principal.value !== PROVIDER) continue;
        const alone = { ...document, statements: [statement, ...denials] };
        const admitted = jobs.filter((job) => isLetIn(alone, mintClaims(job)));
        if (letsIn === "nobody") expect(admitted).toEqual([]);
        const strangers = admitted.filter((job) => isStranger(alone, job));
        if (strangers.length > 0) anyone += 1;
        if (breadth !== "anyone") expect(strangers).toEqual([]);
        if (!isAtLeast(breadth, "organization"))
          expect(new Set(admitted.map(({ repository }) => repository.toLowerCase())).size).toBeLessThan(2);
      }
    }),
    { numRuns: 120 },
  );
  expect(anyone).toBeGreaterThan(0);
});

const reversed = <T>(values: readonly T[]): T[] => [...values].reverse();
const eachStatement =
  (change: (statement: StatementJson) => StatementJson) =>
  (policy: PolicyJson): PolicyJson => ({
    ...policy,
    Statement: policy.Statement.map(change),
  });
const REWRITES: Readonly<Record<string, (policy: PolicyJson) => PolicyJson>> = {
  "statements in another order": (policy) => ({ ...policy, Statement: reversed(policy.Statement) }),
  "conditions in another order": eachStatement((each) => withEntries(each, reversed(entriesOf(each.Condition)))),
  "values in another order, as lists": eachStatement((each) =>
    withEntries(
      each,
      entriesOf(each.Condition).map((entry) => ({ ...entry, values: reversed(listOf(entry.values)) })),
    ),
  ),
  "keys in capitals": eachStatement((each) => {
    const entries = entriesOf(each.Condition);
    const inCapitals = entries.map((entry) => ({ ...entry, key: entry.key.toUpperCase() }));
    // A key that stands there in both cases would become one.
    const isOne = new Set(inCapitals.map(({ operator, key }) => `${operator} ${key}`)).size < entries.length;
    return isOne ? each : withEntries(each, inCapitals);
  }),
  "the old version, or none": ({ Version: version, ...policy }) =>
    version === "2012-10-17"
      ? { Version: version, ...policy }
      : version
        ? policy
        : { Version: "2008-10-17", ...policy },
};

test.each(Object.entries(REWRITES))("%s: the answers are the same", (_, rewrite) => {
  const answers = (policy: PolicyJson): unknown => {
    const document = read(policy);
    if (!document) return "refused";
    const search = new BreadthSearch(document, ORIGIN);
    const breadths = AdmittedJobs.of(document).admissions.map(({ breadth, letsIn }) => `${breadth} ${letsIn}`);
    return [search.anybody().answer, search.stranger().answer, search.otherRepository().answer, breadths.sort()];
  };
  fc.assert(
    fc.property(policyAndJobs, ([policy]) => expect(answers(rewrite(policy))).toEqual(answers(policy))),
    { numRuns: 10 },
  );
});
