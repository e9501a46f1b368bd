import type { TrustDocument } from "../aws/policy/trust-document";
import { describeJob } from "../github/token";
import { tokenSource } from "../trust/admitted";
import { surelyGained } from "../trust/gain-search";
import { isOpen } from "../trust/widened-trust";
import type { RoleTrust } from "./role-trust";

/**
 * A job that gets in afterwards and did not before, in words, where both policies are all known. The comparison by
 * statements may miss one; a review must never be silent about it.
 */
export function overlookedJob(
  [earlier, later]: readonly [RoleTrust, RoleTrust],
  [before, after]: readonly [TrustDocument, TrustDocument],
): string | undefined {
  if (![earlier, later].every(isAllKnown)) return undefined;
  const sources = [before, after].flatMap(({ statements }) => statements.flatMap(({ principals }) => principals));
  const providers = new Map(
    sources.flatMap((principal) => {
      const source = tokenSource(principal);
      return source?.issuer === undefined ? [] : [[principal.value, source] as const];
    }),
  );
  for (const [arn, { issuer = "", partition }] of providers) {
    const gained = surelyGained(before, after, { issuer, partition, arn });
    if (gained) return describeJob(gained.job);
  }
  return undefined;
}

const isAllKnown = (trust: RoleTrust): boolean => "statements" in trust && !trust.statements.some(isOpen);
