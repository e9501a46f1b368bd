import { formatPattern } from "../aws/pattern";
import type { JobContext } from "../github/subject";
import { addTo } from "../model/add-to";
import { jobOf, narrowest, widest, type Admission, type Breadth, type SubjectSet } from "../trust/admitted";
import type { StatementModel } from "../trust/trust-model";
import { formatText, isLookup, partsOf, type Lookup } from "../trust/text";
import { placeholderOf, textsOfStatement } from "../trust/widened-trust";

/** Jobs of one repository that an admission lets in and, where they name an environment, of that one. */
export interface JobGroup {
  readonly sets: readonly SubjectSet[];
  /** `OWNER/NAME`; `OWNER/*` for repositories of an owner, `*` for those of anyone. */
  readonly repository: string;
  /** In plain words. */
  readonly jobs: string[];
  /** As the policy has them. */
  readonly subjects: string[];
  readonly breadth: Breadth;
  /** What must hold beside, by claim. */
  readonly conditions: Record<string, string[]>;
  /** The one environment that they name. */
  readonly environment: string | undefined;
}

/** Prefixes that are looked up, by what stands for them in a policy. */
export type Lookups = ReadonlyMap<string, Lookup>;

/** What is looked up in a statement, by what stands for it. */
export const lookupsIn = (statement: StatementModel, lookUp = placeholderOf): Lookups =>
  new Map(
    textsOfStatement(statement)
      .flatMap(partsOf)
      .filter(isLookup)
      .map((lookup) => [lookUp(lookup), lookup]),
  );

/**
 * What an admission lets in, in words.
 *
 * @param among those of its subjects that are meant. @default all of them
 */
export function jobGroupsOf(
  admission: Admission,
  lookups: Lookups,
  among: readonly SubjectSet[] = admission.subjects,
): JobGroup[] {
  const groups = new Map<string, SubjectSet[]>();
  for (const subject of among) {
    addTo(groups, JSON.stringify([repositoryOf(subject), environmentOf(subject) ?? null]), subject);
  }
  return [...groups.values()].map((sets): JobGroup => {
    const [first] = sets as [SubjectSet];
    return {
      sets,
      repository: repositoryOf(first),
      jobs: [...new Set(sets.map(describeJobsOf))],
      subjects: [...new Set(sets.map((each) => writtenSubject(each, lookups)))],
      breadth: narrowest(widest(sets.map((each) => each.breadth)), admission.breadth),
      conditions: conditionsOf(admission),
      environment: environmentOf(first),
    };
  });
}

function repositoryOf({ repository, owner, breadth }: SubjectSet): string {
  return repository ?? (owner === undefined || breadth === "anyone" ? "*" : `${owner}/*`);
}

/** The one environment that a subject names. */
function environmentOf(set: SubjectSet): string | undefined {
  const job = set.repository === undefined ? undefined : jobOf(set)?.context;
  return job?.kind === "environment" && !/[*?]/.test(job.environment) ? job.environment : undefined;
}

function describeJobsOf(set: SubjectSet): string {
  const { context, text: written, leadingClaim, repository } = set;
  // Where a wildcard may reach over more than a repository's name, what stands behind it is told as it is written.
  const isCutOff = repository === undefined && context === "*" && !/(?:^|\*)$/.test(written);
  const job = leadingClaim === undefined && !isCutOff ? jobOf(set) : undefined;
  if (!job?.context) return `subject ${written}`;
  const claims = Object.entries(job.claims).map(([claim, value]) =>
    claim === "job_workflow_ref" ? `through ${value}` : `with ${claim} ${value}`,
  );
  return [describeContext(job.context), ...claims].join(" ");
}

function describeContext(job: JobContext): string {
  switch (job.kind) {
    case "environment":
      return named("environment", job.environment);
    case "branch":
      return named("branch", job.branch, "branches");
    case "tag":
      return named("tag", job.tag);
    case "mergeQueue":
      return `merge queue of ${named("branch", job.base, "branches")}`;
    case "pullRequest":
      return "any pull request";
    case "any":
      return "every job";
  }
}

const named = (one: string, name: string, many = `${one}s`): string => `${/[*?]/.test(name) ? many : one} ${name}`;

/** With what is looked up in braces: what stands there is not known yet. */
export function writtenSubject({ text: written }: SubjectSet, lookups: Lookups): string {
  const prefix = prefixIn(written);
  const lookup = lookups.get(prefix);
  return lookup ? `${formatText([lookup])}${written.slice(prefix.length)}` : written;
}

/** `repo:…` up to the second colon. */
export const prefixIn = (subject: string): string => /^repo:[^:]*(?=:)/.exec(subject)?.[0] ?? "";

function conditionsOf({ claims }: Admission): Record<string, string[]> {
  return Object.fromEntries(
    [...claims]
      .filter(([claim]) => claim !== "sub")
      .map(([claim, { terms }]) => [
        claim,
        terms.map((term) => term.map(({ pattern }) => formatPattern(pattern)).join(" and ")),
      ]),
  );
}
