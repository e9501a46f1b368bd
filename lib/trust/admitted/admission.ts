import { WEB_IDENTITY_ACTION } from "../../aws/policy/assume-calls";
import { CERTAIN_CLAIM_KEYS, GITHUB_CLAIM_KEYS, knowsGithubClaims, SESSION_NAME_KEY } from "../../aws/condition-keys";
import { formatPattern } from "../../aws/pattern";
import { compileActions } from "../../aws/policy/action";
import type { Condition } from "../../aws/policy/condition";
import type { TrustDocument, TrustStatement } from "../../aws/policy/trust-document";
import { sessionNameRule } from "../../aws/role-rules";
import { callerReach } from "../callers/caller-reach";
import { type Breadth, narrowest, widest } from "./breadth";
import { binds, valuesAsSet } from "./condition-set";
import { GITHUB_ISSUER, splitKey, tokenSource, type TokenSource } from "./github-provider";
import { type LetsIn, type SubjectSet, subjectSet } from "./subject-set";
import { ANY_TEXT, exactTexts, intersect, type Term, type TextSet } from "./text-set";

/** The jobs that one statement admits, from one issuer: every claim's value is in its set, and that is all. */
export interface Admission {
  readonly statement: TrustStatement;
  /** Of the statement in its document. */
  readonly index: number;
  readonly source: TokenSource;
  /** The issuer without `https://`. A principal that is everybody has github.com's, unless the keys say otherwise. */
  readonly issuer: string;
  /**
   * What each claim must be, by its name; a claim that is not here may be anything. So may the session's
   * name, which the caller gives and which stands among them under its own key.
   */
  readonly claims: ReadonlyMap<string, TextSet>;
  readonly subjects: readonly SubjectSet[];
  /** Whether the claims say it all. Otherwise fewer jobs may be admitted, never more. */
  readonly exact: boolean;
  /** A denial takes away what cannot be said by claims. */
  readonly denied: boolean;
  /** Whether the document's version knows policy variables. */
  readonly variables: boolean;
  /** A claim is asked for that AWS makes no condition key of: as far as is known nobody is admitted. */
  readonly neverHolds: boolean;
  /** The widest of the subjects, where no other claim is narrower. */
  readonly breadth: Breadth;
  /** Whom it lets in: jobs, those with a customised subject alone, or nobody, as no token that GitHub mints fulfils it. */
  readonly letsIn: LetsIn;
}

/** Whether a statement is about calls with a token. */
export const isAboutTokens = ({ actions, notAction }: TrustStatement): boolean =>
  compileActions(
    actions.map(({ text }) => text),
    notAction,
  )(WEB_IDENTITY_ACTION);

/** What an allowing statement admits, for each of GitHub's issuers among its principals. */
export function admissionsOf(statement: TrustStatement, index: number, document: TrustDocument): Admission[] {
  if (statement.effect !== "Allow" || !isAboutTokens(statement)) return [];
  const sources = statement.principals.map(tokenSource).filter((source) => source !== undefined);
  const distinct = new Map(sources.map((source) => [source.principal.value, source]));
  return [...distinct.values()].flatMap((source) => {
    // Everybody may be meant whose calls are signed, and nobody who comes with a token.
    if (source.issuer === undefined && callerReach(statement, WEB_IDENTITY_ACTION, document) === "nobody") return [];
    return [admission(statement, index, source, document.version === "2012-10-17")];
  });
}

function admission(statement: TrustStatement, index: number, source: TokenSource, variables: boolean): Admission {
  const issuer = source.issuer ?? issuerOfKeys(statement) ?? GITHUB_ISSUER;
  const claims = new Map<string, TextSet>();
  let [exact, neverHolds] = [source.issuer !== undefined, false];
  for (const condition of statement.conditions) {
    const claim = isSessionName(condition.key) ? SESSION_NAME_KEY : claimOf(condition, issuer);
    if (claim === undefined || !binds(condition)) {
      exact = false;
      // The key of another issuer is missing from every request.
      if (claim === undefined && binds(condition) && splitKey(condition.key)) neverHolds = true;
      continue;
    }
    if (claim !== SESSION_NAME_KEY && !isKnown(claim, issuer, source)) neverHolds = true;
    const [before, set] = [claims.get(claim), valuesAsSet(condition, variables)];
    claims.set(claim, before ? intersect(before, set) : set);
  }
  exact &&= !neverHolds && canName(claims.get(SESSION_NAME_KEY)) && [...claims.values()].every((set) => set.exact);
  return withSubjects({ statement, index, source, issuer, claims, exact, denied: false, variables, neverHolds });
}

const isSessionName = (key: string): boolean => key.toLowerCase() === SESSION_NAME_KEY.toLowerCase();

/** Whether a caller can give its session such a name: otherwise nobody is admitted. */
const canName = (names: TextSet = ANY_TEXT): boolean =>
  names === ANY_TEXT ||
  names.terms.some((term) => term.every(({ pattern }) => sessionNameRule(formatPattern(pattern)) === undefined));

/** The condition key of one of an admission's claims, in lower case. */
export const keyOfClaim = (claim: string, issuer: string): string =>
  (claim === SESSION_NAME_KEY ? claim : `${issuer}:${claim}`).toLowerCase();

/** Completes an admission by what its claims come to. */
export function withSubjects(rest: Omit<Admission, "subjects" | "breadth" | "letsIn">): Admission {
  const subjects = (rest.claims.get("sub") ?? ANY_TEXT).terms.map(subjectSet);
  const breadth = narrowest(widest(subjects.map((each) => each.breadth)), breadthOfClaims(rest.claims));
  return { ...rest, subjects, breadth, letsIn: "jobs" };
}

/** How broad the claims beside the subject leave the set. */
export function breadthOfClaims(claims: Admission["claims"]): Breadth {
  const isNamed = (claim: string): boolean => exactTexts(claims.get(claim) ?? ANY_TEXT) !== undefined;
  if (isNamed("repository_id") || isNamed("repository")) return "repository";
  if (isNamed("repository_owner_id") || isNamed("enterprise_id")) return "organization";
  return claims.get("repository")?.terms.every(namesOwner) ? "organization" : "anyone";
}

/** Whether every repository of a term has the one owner. */
const namesOwner = (term: Term): boolean => term.some(({ pattern }) => /^[^/*?]+\//.test(formatPattern(pattern)));

/** The claim that a condition is about, or `undefined` when its key is not of this issuer. */
export function claimOf({ key }: Condition, issuer: string): string | undefined {
  const split = splitKey(key);
  return split && (split.issuer === issuer || split.issuer.toLowerCase() === issuer.toLowerCase())
    ? split.claim
    : undefined;
}

/** Whether AWS makes a condition key of a claim there. */
export function isKnown(claim: string, issuer: string, { partition }: TokenSource): boolean {
  const certain = (CERTAIN_CLAIM_KEYS as readonly string[]).includes(claim);
  return (
    certain ||
    claim === "email" ||
    claim === "oaud" ||
    !knowsGithubClaims(issuer, partition) ||
    (GITHUB_CLAIM_KEYS as readonly string[]).includes(claim)
  );
}

const issuerOfKeys = ({ conditions }: TrustStatement): string | undefined =>
  conditions.map(({ key }) => splitKey(key)).find((split) => split !== undefined)?.issuer;
