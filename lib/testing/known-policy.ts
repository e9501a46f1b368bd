import type { FoundRole } from "../model/find-role";
import type { AccountModel } from "../model/model";
import { isUnknown, type TrustModel } from "../trust/trust-model";
import { isUnjudged, reparsedTrust } from "../trust/reparsed-trust";
import { partsOf, prefixWithoutIds, text, unknownsOf, type Lookup, type Text } from "../trust/text";
import type { TrustDocument } from "../aws/policy/trust-document";
import type { GithubJob } from "../github/job";
import { mintClaims } from "../github/token";

/** Stands for the account of the role, where it is not known which one that is. */
const OWN_ACCOUNT = "000000000000";

/** The trust policy as it will be for a job, or what of it cannot be told before the plan. */
export function knownPolicy(
  { role, account }: FoundRole,
  job: GithubJob,
): TrustDocument | { readonly undecided: string } {
  if (isUnknown(role.trust)) return { undecided: `its trust policy is not known: ${role.trust.unknown}` };
  if ("refused" in role.trust)
    return { undecided: `AWS would refuse its trust policy: ${role.trust.refused.join("; ")}` };
  const trust = inOwnAccount(role.trust, account);
  const unknown = unknownsIn(trust);
  if (unknown.length > 0) return { undecided: `a part of its trust policy is not known: ${unknown.join(", ")}` };
  const reparsed = reparsedTrust(trust, (lookup) => prefixFor(lookup, job));
  return isUnjudged(reparsed)
    ? { undecided: `its trust policy cannot be judged: ${reparsed.unjudged}` }
    : reparsed.document;
}

type KnownTrust = Extract<TrustModel, { statements: unknown }>;

/**
 * The prefix that the plan will look up. That of the job's own repository is whatever the job has; of any
 * other it is only certain that it names that other repository. Where ids are looked up, a job without any
 * has none of them.
 */
function prefixFor({ lookup: repository, withIds }: Lookup, job: GithubJob): string {
  // GitHub ignores case in names, and the plan reads the prefix in its spelling.
  const isOwn =
    repository.toLowerCase() === job.repository.toLowerCase() && (withIds !== true || job.immutableSubject === true);
  if (!isOwn) return withIds ? prefixWithoutIds(repository) : `repo:${repository}`;
  // A customised subject need not begin with the prefix.
  const { sub } = mintClaims({ ...job, subjectTemplate: undefined });
  return sub.slice(0, sub.indexOf(":", "repo:".length));
}

/** A provider of the same account has its id, also where that id is not known. */
function inOwnAccount(trust: KnownTrust, account: AccountModel): KnownTrust {
  const own = new Set(account.providers.map(({ arn }) => JSON.stringify(arn)));
  const settled = (value: Text): Text =>
    own.has(JSON.stringify(value))
      ? text(...partsOf(value).map((part) => STAND_INS.get(unknownsOf([part])[0] ?? "") ?? part))
      : value;
  return {
    ...trust,
    statements: trust.statements.map((statement) => ({
      ...statement,
      principals: statement.principals.map(({ kind, value }) => ({ kind, value: settled(value) })),
    })),
  };
}

/** By what `arns.ts` says is not known. */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ["account", OWN_ACCOUNT],
  ["partition", "aws"],
]);

const unknownsIn = ({ statements }: KnownTrust): string[] => [
  ...new Set(
    statements
      .flatMap(({ principals, conditions }) => [
        ...principals.map(({ value }) => value),
        ...conditions.flatMap(({ values }) => values),
      ])
      .flatMap(unknownsOf),
  ),
];
