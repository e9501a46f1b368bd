import type { Admission, SubjectSet } from "../trust/admitted";
import type { AccountModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText, isKnown, type Text } from "../trust/text";
import { formatPattern } from "../aws/pattern";
import { formatContext } from "../github/subject";
import { claimSetsOf, failingClaims, isOfRepository } from "./claim-sets";
import type { Possibility } from "./minted";
import type { RoleCall } from "./role-calls";
import type { RoleTrust } from "./role-trust";

/** Why no token of a job can be admitted. Subjects are without their repository: `environment:production`. */
export type Mismatch =
  /** The policy admits no job of GitHub's. */
  | { readonly kind: "nobody" }
  /** The policy has subjects of other repositories alone, here in full. */
  | { readonly kind: "otherRepository"; readonly asks: readonly string[] }
  /** The policy is for environments, and the job names none. */
  | { readonly kind: "noEnvironment"; readonly asks: readonly string[] }
  /** The policy is for environments, and the job names another one. */
  | { readonly kind: "otherEnvironment"; readonly asks: readonly string[] }
  /** The policy is for what a job runs on, which no subject says of a job that names an environment. */
  | { readonly kind: "environmentHidesRef"; readonly asks: readonly string[] }
  /** The job runs for pull requests alone, and the policy admits none. */
  | { readonly kind: "pullRequestOnly"; readonly asks: readonly string[] }
  /** The job runs on other branches or tags. */
  | { readonly kind: "otherRef"; readonly asks: readonly string[] }
  /** The policy, or the client ids of the provider, want another audience. */
  | {
      readonly kind: "audience";
      readonly audience: string;
      readonly asks: readonly string[];
      readonly of: "policy" | "provider";
    }
  /** Claims beside the subject. */
  | {
      readonly kind: "claims";
      readonly claims: readonly { readonly claim: string; readonly asks: readonly string[] }[];
    };

export type TrustVerdict =
  /** Some token of the job may be admitted. */
  | { readonly answer: "admitted" }
  | { readonly answer: "undecided"; readonly because: string }
  /** None ever is. */
  | { readonly answer: "never"; readonly mismatch: Mismatch };

/** One way for the job to run, with one statement: which claims keep them apart. */
interface Pair {
  readonly admission: Admission;
  readonly failing: readonly string[];
}

/** Whether a role's trust policy may admit some token of a job. */
export function trustVerdict(
  { admissions }: RoleTrust,
  possibilities: readonly Possibility[],
  { audience, sessionName }: Pick<RoleCall, "audience" | "sessionName">,
  repository: string,
  account: AccountModel,
): TrustVerdict {
  if (possibilities.length === 0) return { answer: "undecided", because: "no event is known that starts the job" };
  if (admissions.length === 0) return { answer: "never", mismatch: { kind: "nobody" } };
  const pairs = possibilities.flatMap((possibility) => {
    const minted = claimSetsOf(possibility, repository, audience, sessionName);
    return admissions.map((admission): Pair => ({ admission, failing: failingClaims(admission, minted) }));
  });
  const admitted = pairs.filter(({ failing }) => failing.length === 0);
  if (admitted.length > 0) return providerVerdict(admitted, audience, account);
  const ofSubject = pairs.filter(({ failing }) => !failing.includes("sub"));
  if (ofSubject.length > 0) return { answer: "never", mismatch: claimsMismatch(ofSubject, audience) };
  return subjectVerdict(
    admissions.flatMap(({ subjects }) => subjects),
    possibilities,
    repository,
  );
}

/** STS asks the provider before the policy: an audience that it does not know is refused. */
function providerVerdict(admitted: readonly Pair[], audience: Text, { providers }: AccountModel): TrustVerdict {
  const issuers = new Set(admitted.map(({ admission }) => admission.issuer.toLowerCase()));
  const known = providers.filter(({ issuer }) => isKnown(issuer) && issuers.has(issuer.toLowerCase()));
  const clientIds = known.flatMap((each) => (isUnknown(each.clientIds) ? [null] : each.clientIds));
  const isRefused =
    known.length === issuers.size &&
    isKnown(audience) &&
    clientIds.every((id) => id !== null && isKnown(id) && id !== audience);
  if (!isRefused || !isKnown(audience)) return { answer: "admitted" };
  return {
    answer: "never",
    mismatch: {
      kind: "audience",
      audience,
      asks: clientIds.flatMap((id) => (id === null ? [] : [formatText(id)])),
      of: "provider",
    },
  };
}

/** Of the ways whose subject is admitted, what the nearest one lacks. */
function claimsMismatch(pairs: readonly Pair[], audience: Text): Mismatch {
  const { admission, failing } = pairs.reduce((nearest, each) =>
    each.failing.length < nearest.failing.length ? each : nearest,
  );
  const asks = (claim: string): string[] =>
    (admission.claims.get(claim)?.terms ?? []).map((term) =>
      term.map(({ pattern }) => formatPattern(pattern)).join(" and "),
    );
  const [only, ...others] = failing;
  if (only === "aud" && others.length === 0)
    return { kind: "audience", audience: formatText(audience), asks: asks("aud"), of: "policy" };
  return { kind: "claims", claims: failing.map((claim) => ({ claim, asks: asks(claim) })) };
}

function subjectVerdict(
  subjects: readonly SubjectSet[],
  possibilities: readonly Possibility[],
  repository: string,
): TrustVerdict {
  const own = subjects.filter(({ term }) => isOfRepository(term, repository));
  // Claims in an order of somebody's own: what the job mints is then not known here.
  if ((own.length > 0 ? own : subjects).some(({ kinds }) => kinds.has("other")))
    return { answer: "undecided", because: "the policy is for customised subjects" };
  const never = (mismatch: Mismatch): TrustVerdict => ({ answer: "never", mismatch });
  if (own.length === 0) return never({ kind: "otherRepository", asks: distinct(subjects.map(({ text }) => text)) });
  const asks = distinct(own.map(({ context }) => context));
  const wantsEnvironment = own.some(({ kinds }) => kinds.has("environment"));
  const wantsRef = own.some(({ kinds }) => [...kinds].some((kind) => kind !== "environment"));
  if (possibilities.every(({ environment }) => environment !== null))
    return never({ kind: wantsEnvironment ? "otherEnvironment" : "environmentHidesRef", asks });
  if (!wantsRef && possibilities.every(({ environment }) => environment === null))
    return never({ kind: "noEnvironment", asks });
  return never({
    kind: possibilities.every(({ context }) => context.kind === "pullRequest") ? "pullRequestOnly" : "otherRef",
    asks,
  });
}

/** What the tokens of a job say behind the repository. */
export const mintedContexts = (possibilities: readonly Possibility[]): string[] =>
  distinct(possibilities.map(({ context }) => formatContext(context)));

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)];
