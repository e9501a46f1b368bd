import { exactText, formatPattern, type Pattern } from "../../aws/pattern";
import { parseSubject } from "../../github/subject";
import { type Breadth, widest } from "./breadth";
import { type ContextKind, reachOf, type SubjectPart, type SubjectReach } from "./subject-form";
import { isOpen, type Term } from "./text-set";

/** Whom a part of a policy lets in; `customised`: only jobs of repositories whose subjects are customised. */
export type LetsIn = "jobs" | "customised" | "nobody";

/** The subjects of one term of a policy, and what they say of whose jobs they are. */
export interface SubjectSet {
  readonly term: Term;
  /** As a policy writes it; of several patterns that must all hold, with " and " between. */
  readonly text: string;
  /** Login of the one owner whose jobs these are, `undefined` for more than one or a customised subject without it. */
  readonly owner: string | undefined;
  /** `OWNER/NAME` of the one repository. */
  readonly repository: string | undefined;
  readonly kinds: ReadonlySet<ContextKind>;
  /** What stands behind the repository, `*` where that is not said. */
  readonly context: string;
  /** Parts of the subject that wildcards leave open. */
  readonly open: ReadonlySet<SubjectPart>;
  /** How a customised subject that does not begin with `repo` begins. */
  readonly leadingClaim: string | undefined;
  readonly breadth: Breadth;
  /** The same by the text alone, whatever else the policy asks for. */
  readonly writtenBreadth: Breadth;
  readonly letsIn: LetsIn;
}

/** What a term of subjects admits. */
export function subjectSet(term: Term): SubjectSet {
  const [first, ...more] = term.map(({ pattern }) => ofPattern(pattern));
  const whole = more.reduce<PatternFacts>(narrowed, first ?? NOTHING_SAID);
  const text = term.map(({ pattern }) => formatPattern(pattern)).join(" and ");
  const breadth = breadthOf(whole, term.some(isOpen));
  return { term, text, ...whole, breadth, writtenBreadth: breadth, letsIn: "jobs" };
}

type PatternFacts = Omit<SubjectSet, "term" | "text" | "breadth" | "writtenBreadth" | "letsIn"> & {
  /** Widest that a customised subject without `repo` can be; `undefined` for others. */
  readonly template: Breadth | undefined;
};

const ALL_KINDS: ReadonlySet<ContextKind> = new Set<ContextKind>([
  "environment",
  "branch",
  "tag",
  "pullRequest",
  "mergeQueue",
]);
const ALL_PARTS: ReadonlySet<SubjectPart> = new Set<SubjectPart>([
  "owner",
  "ownerId",
  "repository",
  "repositoryId",
  "value",
]);
const NOTHING_SAID: PatternFacts = {
  owner: undefined,
  repository: undefined,
  kinds: ALL_KINDS,
  context: "*",
  open: ALL_PARTS,
  leadingClaim: undefined,
  template: undefined,
};

/** Case is not looked at: GitHub ignores case in logins and names, so that every spelling is the same repository. */
function ofPattern(pattern: Pattern): PatternFacts {
  const exact = exactText(pattern);
  const quick = exact === undefined ? ofPlainPattern(formatPattern(pattern)) : ofExact(exact);
  if (quick) return quick;
  const text = formatPattern(pattern);
  const reach = reachOf(pattern);
  return reach.kinds.size === 0 ? ofTemplate(text) : ofRepository(text, reach);
}

/** The subject of one job, read without a walk: by far the most are. */
const ofExact = (text: string): PatternFacts | undefined =>
  /[*?]/.test(text) ? undefined : ofOneRepository(text, NONE);

/** A pattern with wildcards only behind `environment:` or `ref:refs/…/`: they cannot reach into another kind of job. */
const ofPlainPattern = (text: string): PatternFacts | undefined =>
  // A branch that begins with a wildcard, or as the merge queue's do, may be one of those.
  /^repo:[^:*?]+:(?:environment:|ref:refs\/tags\/|ref:refs\/heads\/[^:*?g])[^:]*$/.test(text) && !text.includes("${")
    ? ofOneRepository(text, VALUE)
    : undefined;

const NONE: ReadonlySet<SubjectPart> = new Set();
const VALUE: ReadonlySet<SubjectPart> = new Set<SubjectPart>(["value"]);

function ofOneRepository(text: string, open: ReadonlySet<SubjectPart>): PatternFacts | undefined {
  const subject = parseSubject(text);
  if (!subject || subject.context.kind === "any") return undefined;
  const { prefix, context } = subject;
  const said = text.slice(text.indexOf(":", "repo:".length) + 1);
  return {
    owner: prefix.owner,
    repository: `${prefix.owner}/${prefix.repository}`,
    kinds: new Set([context.kind]),
    context: said,
    open,
    leadingClaim: undefined,
    template: undefined,
  };
}

function ofRepository(text: string, { kinds, open }: SubjectReach): PatternFacts {
  const names = /^repo:([^/:@*?]+)(?:@[^/:]*)?\/([^/:@*?]+)(?:@[^:]*)?(?::(.*))?$/s.exec(text);
  const [, owner = /^repo:([^/:@*?]+)[/@]/.exec(text)?.[1], name, context] = names ?? [];
  const isOne = !open.has("owner");
  return {
    owner: isOne ? owner : undefined,
    repository:
      isOne && !open.has("repository") && owner !== undefined && name !== undefined ? `${owner}/${name}` : undefined,
    kinds,
    context: context ?? "*",
    open,
    leadingClaim: undefined,
    template: undefined,
  };
}

/** How broad a claim makes a customised subject that gives its whole value. */
const NAMED_BY: Readonly<Record<string, Breadth>> = {
  repo: "exact",
  repository: "exact",
  repository_id: "exact",
  workflow_ref: "exact",
  repository_owner: "organization",
  repository_owner_id: "organization",
  enterprise: "organization",
  enterprise_id: "organization",
};

/**
 * A subject that names no repository in GitHub's own way. What stands before the first wildcard is read as
 * `claim:value:claim:value…`; only a claim that no stranger can mint narrows it.
 */
function ofTemplate(text: string): PatternFacts {
  const wildcard = text.search(/[*?]/);
  const said = wildcard < 0 ? text : text.slice(0, wildcard);
  const pieces = said.split(":");
  // A value that a wildcard cuts off is not given whole.
  const whole = wildcard < 0 ? pieces : pieces.slice(0, -1);
  const claims = new Map<string, string>();
  for (let at = 0; at + 1 < whole.length; at += 2) claims.set(whole[at] ?? "", whole[at + 1] ?? "");
  const breadths = [...claims.keys()].flatMap((claim) =>
    Object.hasOwn(NAMED_BY, claim) ? [NAMED_BY[claim] ?? "anyone"] : [],
  );
  const template: Breadth = breadths.includes("exact")
    ? "exact"
    : breadths.includes("organization")
      ? "organization"
      : "anyone";
  const repository = claims.get("repository") ?? claims.get("repo");
  return {
    owner: repository?.split("/")[0] ?? claims.get("repository_owner"),
    repository,
    kinds: new Set(["other"]),
    context: text,
    open: new Set(),
    leadingClaim: pieces[0],
    template,
  };
}

/** What holds when both patterns must: neither leaves open what the other settles. */
function narrowed(a: PatternFacts, b: PatternFacts): PatternFacts {
  const template = a.template === undefined ? b.template : a.template;
  return {
    owner: a.owner ?? b.owner,
    repository: a.repository ?? b.repository,
    kinds: new Set([...a.kinds].filter((kind) => b.kinds.has(kind))),
    context: a.context === "*" ? b.context : a.context,
    open: new Set([...a.open].filter((part) => b.open.has(part))),
    leadingClaim: a.leadingClaim ?? b.leadingClaim,
    template,
  };
}

function breadthOf({ kinds, open, template, context }: PatternFacts, isPattern: boolean): Breadth {
  const least: Breadth = isPattern ? "pattern" : "exact";
  if (template !== undefined) return widest([template, least]);
  if (open.has("owner")) return "anyone";
  if (open.has("repository")) return "organization";
  const isEveryJob = kinds.has("pullRequest") && kinds.size > 1;
  // A template of the repository alone says nothing of the job.
  return isEveryJob || (kinds.has("other") && context === "*") ? "repository" : least;
}
