import type { Partition } from "../aws/partition";
import { SESSION_NAME_KEY } from "../aws/condition-keys";
import { allows, prepare, type PreparedPolicy } from "../aws/policy/evaluate";
import type { Condition } from "../aws/policy/condition";
import type { TrustDocument } from "../aws/policy/trust-document";
import { conditionKeys } from "../aws/token-keys";
import { parseSubject, type JobContext } from "../github/subject";
import {
  AdmittedJobs,
  claimOf,
  inclusion,
  meeting,
  termExample,
  tokenSource,
  WEB_IDENTITY_ACTION,
  type Admission,
  type ClaimExample,
  type SubjectSet,
} from "../trust/admitted";
import type { JobPart, TrustedJobs } from "./trusted-jobs";

/** A job of GitHub's, as far as a trust policy looks at it. */
export interface JobExample {
  /** Without `https://`. */
  readonly issuer: string;
  /** By name; `sts:RoleSessionName` is what the session must be called. */
  readonly claims: ClaimExample;
}

/** Looks for jobs that one trust policy lets in and another does not, and tries each with the evaluator. */
export class ExampleSearch {
  private readonly before: PreparedPolicy;
  private readonly after: PreparedPolicy;
  private readonly denied: readonly Admission[];

  constructor(
    private readonly from: TrustedJobs,
    private readonly to: TrustedJobs,
  ) {
    this.before = prepare(from.document);
    this.after = prepare(to.sure);
    this.denied = deniedIn(from);
  }

  /**
   * A job that `to` lets in by one of its parts and `from` does not; `undefined` where none was found.
   *
   * @param cover what `from` has of the kind.
   */
  find(part: JobPart, cover: readonly Admission[]): JobExample | undefined {
    const { issuer } = part.admission;
    const provider = this.providerOf(part.admission);
    for (const claims of this.candidates(part, cover)) {
      const isAllowedBy = (policy: PreparedPolicy): boolean => isAllowed(policy, provider, issuer, claims);
      if (isLikely(claims) && isAllowedBy(this.after) && !isAllowedBy(this.before)) return { issuer, claims };
    }
    return undefined;
  }

  /** ARN of the provider that tokens of an admission come from; where everybody is let in, the one that the policies name. */
  private providerOf({ source, issuer }: Admission): string {
    if (source.issuer !== undefined) return source.principal.value;
    const named = [this.from, this.to].flatMap(({ document }) =>
      document.statements.flatMap(({ principals }) => principals.map(tokenSource)),
    );
    return (
      named.find((each) => each?.issuer === issuer)?.principal.value ??
      `arn:aws:iam::000000000000:oidc-provider/${issuer}`
    );
  }

  /** Fuller ones first: they read best. */
  private *candidates({ admission, subject }: JobPart, cover: readonly Admission[]): Generator<ClaimExample> {
    for (const each of this.jobs(admission, subject, cover))
      for (const asked of [
        () => ({}),
        () => openClaims(admission, this.from.document, () => "other"),
        () => openClaims(admission, this.to.document, ([first]) => first?.text ?? ""),
      ]) {
        const more = asked();
        yield { sub: "", ...likely(each), ...more, ...each };
        yield { ...more, ...each };
      }
  }

  /** Jobs of an admission that others may not let in. */
  private *jobs(admission: Admission, { term }: SubjectSet, cover: readonly Admission[]): Generator<ClaimExample> {
    for (const list of cover.length === 0 ? [[]] : [cover, []]) {
      const included = inclusion(list, admission);
      if (included.answer !== "yes" && included.example !== undefined) yield included.example;
    }
    for (const denied of this.denied) {
      const example = meeting(admission, denied);
      if (example) yield example;
    }
    const sub = termExample(term);
    if (sub !== undefined) yield { sub };
  }
}

/** Whether no claim is a policy variable taken by the letter: what that says of jobs is no more than a perhaps. */
const isLikely = (claims: ClaimExample): boolean => Object.values(claims).every((value) => !value.includes("${"));

/** What is denied, as if it were let in. */
export const deniedIn = ({ document }: TrustedJobs): readonly Admission[] =>
  AdmittedJobs.of({
    ...document,
    statements: document.statements.flatMap((each) =>
      each.effect === "Deny" ? [{ ...each, effect: "Allow" as const }] : [],
    ),
  }).written;

/** Claims that a policy looks at and an admission leaves open, with values made of those that it compares them with. */
const openClaims = (
  admission: Admission,
  { statements }: TrustDocument,
  valueOf: (values: Condition["values"]) => string,
): ClaimExample =>
  Object.fromEntries(
    statements.flatMap(({ conditions }) =>
      conditions.flatMap((condition): [string, string][] => {
        const claim = claimOf(condition, admission.issuer);
        return claim === undefined || admission.claims.has(claim) ? [] : [[claim, valueOf(condition.values)]];
      }),
    ),
  );

/** What a job's token has beside its subject, as far as the subject says it. */
function likely({ sub = "" }: ClaimExample): ClaimExample {
  const subject = parseSubject(sub);
  if (!subject) return { aud: DEFAULT_AUDIENCE };
  const { prefix, context } = subject;
  const ids: ClaimExample =
    prefix.form === "immutable" ? { repository_owner_id: prefix.ownerId, repository_id: prefix.repositoryId } : {};
  return { aud: DEFAULT_AUDIENCE, repository: `${prefix.owner}/${prefix.repository}`, ...ids, ...claimsOf(context) };
}

/** Audience that `aws-actions/configure-aws-credentials` asks for. @see https://github.com/aws-actions/configure-aws-credentials */
const DEFAULT_AUDIENCE = "sts.amazonaws.com";

function claimsOf(context: JobContext): ClaimExample {
  switch (context.kind) {
    case "environment":
      return { environment: context.environment };
    case "branch":
      return { ref: `refs/heads/${context.branch}` };
    case "tag":
      return { ref: `refs/tags/${context.tag}` };
    case "pullRequest":
    case "mergeQueue":
    case "any":
      return {};
  }
}

function isAllowed(
  policy: PreparedPolicy,
  provider: string,
  issuer: string,
  { [SESSION_NAME_KEY]: roleSessionName, ...claims }: ClaimExample,
): boolean {
  const keys = conditionKeys(claims, {
    issuer,
    partition: (provider.split(":")[1] ?? "aws") as Partition,
    ...(roleSessionName === undefined ? {} : { roleSessionName }),
  });
  return allows(policy, { action: WEB_IDENTITY_ACTION, principal: { kind: "Federated", value: provider }, keys });
}
