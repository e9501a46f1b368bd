import { printTrustDocument } from "../../aws/policy/print-trust-document";
import type { TrustDocument } from "../../aws/policy/trust-document";
import type { RequestKeys } from "../../aws/token-keys";
import { type Admission, admissionsOf, keyOfClaim } from "./admission";
import { type Breadth, widest } from "./breadth";
import { type ClaimExample, type Inclusion, inclusion, meeting } from "./compare";
import { afterDenials } from "./denial";
import { setAdmits } from "./text-set";

/**
 * What a trust policy admits, as a set of GitHub jobs. Never smaller than what AWS lets in: a guard that
 * holds when a claim is absent, and a denial that cannot be taken away exactly, count as if they were not
 * there. `exact` says when it is no larger either.
 */
export class AdmittedJobs {
  private constructor(
    /** One for each allowing statement and each of GitHub's issuers among its principals. */
    readonly admissions: readonly Admission[],
    private readonly document: TrustDocument,
  ) {}

  /** The jobs that a policy admits. */
  static of(document: TrustDocument): AdmittedJobs {
    const all = document.statements.flatMap((statement, index) => admissionsOf(statement, index, document));
    return new AdmittedJobs(all.map((each) => afterDenials(each, document)).filter((each) => each !== undefined), document);
  }

  /** The widest of all; `undefined` when no job of GitHub's is admitted. */
  get breadth(): Breadth | undefined {
    return this.admissions.length === 0 ? undefined : widest(this.admissions.map(({ breadth }) => breadth));
  }

  /** Whether the policy admits these jobs and no others. */
  get exact(): boolean {
    return this.admissions.every(({ exact }) => exact);
  }

  /** Owners whose jobs are admitted, or `anyone`. In the order of the policy. */
  get owners(): readonly string[] | "anyone" {
    const owners = this.admissions.flatMap(({ breadth, subjects }) => (breadth === "anyone" ? [undefined] : subjects.map(({ owner }) => owner)));
    return owners.every((owner) => owner !== undefined) ? [...new Set(owners)] : "anyone";
  }

  /**
   * Whether a token with these condition keys is in the set.
   *
   * @param issuer of the token, without `https://`.
   */
  admits(issuer: string, keys: RequestKeys): boolean {
    return this.admissions.some((each) => (each.source.issuer === undefined || each.issuer === issuer) && admitsKeys(each, keys));
  }

  /** Does this policy surely admit every job that the other one may admit? */
  includes(other: AdmittedJobs): Inclusion {
    // The same policy admits the same, be it ever so odd.
    if (printTrustDocument(this.document) === printTrustDocument(other.document)) return { answer: "yes" };
    let undecided: Inclusion | undefined;
    for (const each of other.admissions) {
      const result = inclusion(this.admissions, each);
      if (result.answer === "no") return result;
      if (result.answer === "undecided") undecided ??= result;
    }
    return undecided ?? { answer: "yes" };
  }

  /** A job that both policies may admit, or `undefined` when there surely is none. */
  meets(other: AdmittedJobs): ClaimExample | undefined {
    for (const one of this.admissions)
      for (const each of other.admissions) {
        const example = meeting(one, each);
        if (example) return example;
      }
    return undefined;
  }
}

function admitsKeys({ issuer, claims, source }: Admission, keys: RequestKeys): boolean {
  // With everybody as principal the keys' issuer is a guess, and the claims bind nobody for certain.
  if (source.issuer === undefined) return true;
  return [...claims].every(([claim, set]) => keys.get(keyOfClaim(claim, issuer))?.some((value) => setAdmits(set, value)) ?? false);
}

/** The jobs that a policy admits: `admits(a).includes(admits(b))`. */
export const admits = (document: TrustDocument): AdmittedJobs => AdmittedJobs.of(document);
