import { contextOf, requiredClaims, type FilterProblem, type JobFilter, type RequiredClaims } from "./job-filter";
import { formatContext } from "./subject";
import { DEFAULT_TEMPLATE } from "./subject-template";

/** How the subjects of a repository are made. */
export interface MintedSubjects {
  /** Every prefix (`repo:…`) that they may have. */
  readonly prefixes: readonly string[];
  /** The claims they are made of, in order; several templates are alternatives. @default GitHub's own form */
  readonly templates?: readonly (readonly string[])[] | undefined;
  /** Claims that every token of the repository carries, by name. @default none known */
  readonly claims?: Readonly<Record<string, string>> | undefined;
}

/** The claims of a repository's tokens that do not depend on the job. @param ids where they are known */
export const repositoryClaims = (
  fullName: string,
  ids: { readonly owner?: string | undefined; readonly repository?: string | undefined } = {},
): Record<string, string> => ({
  repository: fullName,
  repository_owner: fullName.split("/")[0] ?? "",
  ...(ids.repository !== undefined && { repository_id: ids.repository }),
  ...(ids.owner !== undefined && { repository_owner_id: ids.owner }),
});

/**
 * The claims that a token of these jobs carries: an alternative for each template.
 *
 * @throws Error where the filter does not say a value that a template asks for: see `templateProblems`.
 */
export function requiredAlternatives(
  filter: JobFilter,
  { prefixes, templates = [DEFAULT_TEMPLATE], claims = {} }: MintedSubjects,
): RequiredClaims[] {
  // A raw subject is written out, whatever the template is.
  if (filter.subject !== undefined) return [requiredClaims(filter, prefixes)];
  return templates.map((template) => ({
    ...requiredClaims(besideTemplate(filter, template), prefixes),
    ...claimsOfTemplate(filter, template, prefixes, claims),
  }));
}

function claimsOfTemplate(
  filter: JobFilter,
  template: readonly string[],
  prefixes: readonly string[],
  known: Readonly<Record<string, string>>,
): RequiredClaims {
  const subjects = template.reduce<readonly string[]>(
    (begun, key) => {
      const segments = segmentsOf(key, filter, prefixes, known);
      return begun.flatMap((beginning) =>
        segments.map((segment) => (beginning === "" ? segment : `${beginning}:${segment}`)),
      );
    },
    [""],
  );
  return { sub: subjects };
}

function segmentsOf(
  key: string,
  filter: JobFilter,
  prefixes: readonly string[],
  known: Readonly<Record<string, string>>,
): readonly string[] {
  if (key === "repo") return prefixes;
  if (key === "context") return [formatContext(contextOf(filter))];
  const values = valuesOf(key, filter, known);
  if (values === undefined) throw new Error(`The filter does not say which ${key}`);
  // GitHub encodes ":" in a value, and nothing else.
  return values.map((value) => `${key}:${value.replaceAll(":", "%3A")}`);
}

/** The values that a filter admits of a claim; `undefined` where it does not say. */
function valuesOf(
  claim: string,
  filter: JobFilter,
  known: Readonly<Record<string, string>>,
): readonly string[] | undefined {
  const said = [filter.claims, filter.subjectClaims].find((claims) => claims && Object.hasOwn(claims, claim))?.[claim];
  const value = said ?? ownValueOf(claim, filter) ?? (Object.hasOwn(known, claim) ? known[claim] : undefined);
  return typeof value === "string" ? [value] : value;
}

function ownValueOf(claim: string, filter: JobFilter): string | undefined {
  if (claim === "environment") return filter.environment;
  if (claim === "job_workflow_ref") return filter.workflow;
  return claim === "ref" ? refOf(filter) : undefined;
}

/** Where jobs run, as far as the filter says; a pull request's ref has its number. */
function refOf({ branch, tag, mergeQueue }: JobFilter): string | undefined {
  if (branch === undefined && tag === undefined && mergeQueue === undefined) return undefined;
  return formatContext(contextOf({ branch, tag, mergeQueue })).replace(/^ref:/, "");
}

const withoutSubjectClaims = ({ subjectClaims: _, ...filter }: JobFilter): JobFilter => filter;

/** What of a filter the subject does not say, so that it takes conditions of its own. */
export function besideTemplate(filter: JobFilter, template: readonly string[]): JobFilter {
  const { workflow, claims, branch, tag, ...rest } = withoutSubjectClaims(filter);
  const others = Object.entries(claims ?? {}).filter(([claim]) => !template.includes(claim));
  const saysRef = template.includes("ref") && filter.environment !== undefined;
  return {
    ...rest,
    ...(branch !== undefined && !saysRef && { branch }),
    ...(tag !== undefined && !saysRef && { tag }),
    ...(workflow !== undefined && !template.includes("job_workflow_ref") && { workflow }),
    ...(others.length > 0 && { claims: Object.fromEntries(others) }),
  };
}

/** Keys of a filter that say what the job does, and what of a template tells it. A ref alone is also that of other events. */
const TOLD_BY: readonly (readonly [keyof JobFilter, readonly string[]])[] = [
  ["branch", ["context"]],
  ["tag", ["context"]],
  ["mergeQueue", ["context"]],
  ["pullRequest", ["context"]],
  ["environment", ["context", "environment"]],
];

/**
 * Why the subjects of these jobs cannot be written: a template asks for a value that the filter does not say,
 * or has no place for something that the filter asks for.
 *
 * @param templates the one to be first. Those behind it are on their way out: they need not carry `subjectClaims`.
 */
export function templateProblems(
  filter: JobFilter,
  { templates = [DEFAULT_TEMPLATE], claims = {} }: Omit<MintedSubjects, "prefixes">,
): FilterProblem[] {
  if (filter.subject !== undefined) return [];
  const problems = templates.flatMap((template, index) => problemsOf(filter, template, claims, index === 0));
  return [...new Map(problems.map((each) => [each.message, each])).values()];
}

function problemsOf(
  filter: JobFilter,
  template: readonly string[],
  known: Readonly<Record<string, string>>,
  isToBe: boolean,
): FilterProblem[] {
  const made = `subjects of the repository are made of ${template.join(", ")}`;
  const ofEnvironment = filter.environment !== undefined ? ["branch", "tag"] : [];
  const untold = TOLD_BY.filter(
    ([key, by]) =>
      filter[key] !== undefined && !ofEnvironment.includes(key) && !by.some((claim) => template.includes(claim)),
  );
  const unsaid = template.filter(
    (key) => !DEFAULT_TEMPLATE.includes(key) && valuesOf(key, filter, known) === undefined,
  );
  const foreign = isToBe ? Object.keys(filter.subjectClaims ?? {}).filter((claim) => !template.includes(claim)) : [];
  return [
    ...untold.map(([key]): FilterProblem => ({
      key,
      message: `"${key}": ${made}, which does not tell it: add "context" to the template`,
    })),
    ...unsaid.map((claim): FilterProblem => ({
      key: undefined,
      message: `${made}, and nothing says which ${claim}: say it with ${keyFor(claim)} in an entry of "allow"`,
    })),
    ...foreign.map((claim): FilterProblem => ({
      key: "subjectClaims",
      message: `"${claim}" of "subjectClaims": ${made}, and have no place for it: add it to the template, or leave it out`,
    })),
  ];
}

/** Claims that AWS makes no key of can be said of the subject alone. */
function keyFor(claim: string): string {
  if (claim === "environment") return '"environment"';
  if (claim === "job_workflow_ref") return '"workflow"';
  return claim === "ref" ? '"branch" or "tag"' : `"subjectClaims: {${claim}: …}"`;
}
