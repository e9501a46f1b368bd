import { printTrustDocument } from "../../aws/policy/print-trust-document";
import type { TrustDocument, TrustStatement } from "../../aws/policy/trust-document";
import type { RequestKeys } from "../../aws/token-keys";
import { type Admission, admissionsOf, keyOfClaim } from "./admission";
import { type Breadth, widest } from "./breadth";
import { type ClaimExample, type Inclusion, inclusion, meeting } from "./compare";
import { decided } from "./decided";
import { afterDenials } from "./denial";
import { setAdmits } from "./text-set";

/**
 * What a trust policy admits, as a set of GitHub jobs. Never smaller than what AWS lets in: a guard that
 * holds when a claim is absent, and a denial that cannot be taken away exactly, count as if they were not
 * there. `exact` says when it is no larger either.
 */
export class AdmittedJobs {
  private judged: readonly Admission[] | undefined;

  private constructor(
    /** What `admissions` are by their text alone: no fewer jobs, and read at once. */
    readonly written: readonly Admission[],
    /** Allowing statements of which other statements deny everything. */
    readonly denied: readonly TrustStatement[],
    private readonly document: TrustDocument,
  ) {}

  /**
   * One for each allowing statement and each of GitHub's issuers among its principals, with what decisions say of
   * whom it lets in.
   */
  get admissions(): readonly Admission[] {
    return (this.judged ??= this.written.map((each) => decided(each, this.document)));
  }

  /** The jobs that a policy admits. */
  static of(document: TrustDocument): AdmittedJobs {
    const all = document.statements.flatMap((statement, index) => admissionsOf(statement, index, document));
    const left = all.map((each) => afterDenials(each, document)).filter((each) => each !== undefined);
    const kept = new Set(left.map(({ index }) => index));
    const denied = new Set(all.filter(({ index }) => !kept.has(index)).map(({ statement }) => statement));
    return new AdmittedJobs(left, [...denied], document);
  }

  /** The widest of all; `undefined` when no job of GitHub's is admitted. */
  get breadth(): Breadth | undefined {
    const some = this.admissions.filter(({ letsIn }) => letsIn !== "nobody");
    return some.length === 0 ? undefined : widest(some.map(({ breadth }) => breadth));
  }

  /** Whether the policy admits these jobs and no others. */
  get exact(): boolean {
    return this.written.every(({ exact }) => exact);
  }

  /** Owners whose jobs are admitted, or `anyone`. In the order of the policy. */
  get owners(): readonly string[] | "anyone" {
    const owners = this.admissions.flatMap(({ breadth, subjects }) =>
      breadth === "anyone" ? [undefined] : subjects.map(({ owner }) => owner),
    );
    return owners.every((owner) => owner !== undefined) ? [...new Set(owners)] : "anyone";
  }

  /**
   * Whether a token with these condition keys is in the set.
   *
   * @param issuer of the token, without `https://`.
   */
  admits(issuer: string, keys: RequestKeys): boolean {
    return this.written.some(
      (each) => (each.source.issuer === undefined || each.issuer === issuer) && admitsKeys(each, keys),
    );
  }

  /** Does this policy surely admit every job that the other one may admit? */
  includes(other: AdmittedJobs): Inclusion {
    // The same policy admits the same, be it ever so odd.
    if (printTrustDocument(this.document) === printTrustDocument(other.document)) return { answer: "yes" };
    let undecided: Inclusion | undefined;
    for (const each of other.written) {
      const result = inclusion(this.written, each);
      if (result.answer === "no") return result;
      if (result.answer === "undecided") undecided ??= result;
    }
    return undecided ?? { answer: "yes" };
  }

  /** A job that both policies may admit, or `undefined` when there surely is none. */
  meets(other: AdmittedJobs): ClaimExample | undefined {
    for (const one of this.written)
      for (const each of other.written) {
        const example = meeting(one, each);
        if (example) return example;
      }
    return undefined;
  }
}

function admitsKeys({ issuer, claims, source }: Admission, keys: RequestKeys): boolean {
  // With everybody as principal the keys' issuer is a guess, and the claims bind nobody for certain.
  if (source.issuer === undefined) return true;
  return [...claims].every(
    ([claim, set]) => keys.get(keyOfClaim(claim, issuer))?.some((value) => setAdmits(set, value)) ?? false,
  );
}

/** The jobs that a policy admits: `admits(a).includes(admits(b))`. */
export const admits = (document: TrustDocument): AdmittedJobs => AdmittedJobs.of(document);
