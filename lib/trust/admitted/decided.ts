import type { TrustDocument } from "../../aws/policy/trust-document";
import { BreadthSearch } from "../breadth-search";
import type { JobAnswer } from "../admission-search";
import type { KeyTest } from "../key-test";
import type { Admission } from "./admission";
import { type Breadth, narrowest, widest } from "./breadth";
import { GITHUB_ISSUER } from "./github-provider";
import type { LetsIn, SubjectSet } from "./subject-set";
import type { Term } from "./text-set";

/** Stands for the provider of a statement whose principal is everybody. */
const ANY_PROVIDER = `arn:aws:iam::000000000000:oidc-provider/${GITHUB_ISSUER}`;

/**
 * An admission with what decisions say of it: which of its subjects let in anybody, and how broad they are. What a
 * subject's text says by itself may be more than what the whole policy lets in.
 */
export function decided(admission: Admission, document: TrustDocument): Admission {
  if (isPlain(admission)) return admission;
  const search = searchFor(admission, document);
  const subjects = admission.subjects.map((subject) => decidedSubject(subject, admission, search));
  const some = subjects.filter(({ letsIn }) => letsIn !== "nobody");
  return {
    ...admission,
    subjects,
    letsIn: some.length === 0 ? "nobody" : some.every(({ letsIn }) => letsIn === "customised") ? "customised" : "jobs",
    breadth: narrowest(admission.breadth, widest(some.map(({ breadth }) => breadth))),
  };
}

/**
 * Whether the subjects say it all: each names one repository in GitHub's own form, and nothing else is asked for but
 * an audience. By far the most admissions are so, and a search would find what is known.
 */
function isPlain({ exact, denied, claims, subjects }: Admission): boolean {
  const asksNoMore = [...claims.keys()].every((claim) => claim === "sub" || claim === "aud");
  return exact && !denied && asksNoMore && subjects.every(isPlainSubject);
}

const isPlainSubject = ({ term: [only, ...more], text }: SubjectSet): boolean =>
  only !== undefined && more.length === 0 && !only.anyCase && PLAIN.test(text) && !text.includes("${");

/** One repository, and behind it every job, or jobs of one kind. */
const PLAIN =
  /^repo:[\w-]+(?:@[0-9]+)?\/[\w.-]+(?:@[0-9]+)?:(?:\*|pull_request|environment:[^:]+|ref:refs\/(?:heads|tags)\/[^:\s~^\\[]+)$/;

/** Of the one statement, with all that is denied. */
function searchFor({ statement, source, issuer }: Admission, document: TrustDocument): BreadthSearch {
  const denials = document.statements.filter(({ effect }) => effect === "Deny");
  const arn = source.issuer === undefined ? ANY_PROVIDER.replace(GITHUB_ISSUER, issuer) : source.principal.value;
  return new BreadthSearch(
    { ...document, statements: [statement, ...denials] },
    { issuer, partition: source.partition, arn },
  );
}

function decidedSubject(subject: SubjectSet, admission: Admission, search: BreadthSearch): SubjectSet {
  const ofSubject = testsOf(subject.term);
  const anybody = search.anybody(...ofSubject);
  if (anybody.answer === "no") return { ...subject, letsIn: "nobody" };
  const letsIn = anybody.answer === "yes" && anybody.isCustomised ? "customised" : "jobs";
  return {
    ...subject,
    letsIn,
    breadth: narrowest(
      subject.breadth,
      breadthOf(narrowest(subject.breadth, admission.breadth), letsIn, search, ofSubject),
    ),
  };
}

/** Whether pull requests are among the jobs that an admission lets in by a subject, for all that is known. */
export function mayAdmitPullRequests(admission: Admission, { term }: SubjectSet, document: TrustDocument): boolean {
  const search = searchFor(admission, document);
  return isPossible(search.pullRequests(...testsOf(term)));
}

/** A subject is asked for by each of its patterns. */
const testsOf = (term: Term): KeyTest[] =>
  term.map((pattern): KeyTest => ({
    subject: "sub",
    patterns: [pattern],
    negated: false,
    whenAbsent: false,
    whenEmpty: undefined,
  }));

/** The breadth that decisions show; what they leave open counts as let in. */
function breadthOf(least: Breadth, letsIn: LetsIn, search: BreadthSearch, tests: readonly KeyTest[]): Breadth {
  if (least === "exact" || least === "pattern") return least;
  if (least === "anyone" && isPossible(search.stranger(...tests))) return "anyone";
  if (least !== "repository" && isPossible(search.otherRepository(...tests))) return "organization";
  // A customised subject need not say what the job does.
  return letsIn === "customised" || isPossible(search.everyJob(...tests)) ? "repository" : "pattern";
}

const isPossible = ({ answer }: JobAnswer): boolean => answer !== "no";
