import { claimValueRule } from "./claim-values";
import { environmentPatternRule, refNameRule } from "./names";
import { rawSubjectRule } from "./raw-subject";
import { formatContext, type JobContext } from "./subject";
import { workflowRefRule } from "./workflow-ref";

/**
 * Which jobs of one repository: all keys of a filter must hold. What the job does is said by one of
 * `branch`, `tag`, `environment`, `mergeQueue`, `pullRequest` and `any`; a branch or tag may stand
 * beside an environment. `subject` is the raw escape hatch and stands for all of them.
 *
 * @typeParam Claim names of the claims that may be asked for beside.
 */
export interface JobFilter<Claim extends string = string> {
  /** Branch the job runs on; `*` and `?` make it a pattern, in which `*` also matches "/". */
  readonly branch?: string;
  /** Tag the job runs on; `*` and `?` make it a pattern. */
  readonly tag?: string;
  /** Deployment environment that the job names. */
  readonly environment?: string;
  /** Branch whose merge queue the job runs for. */
  readonly mergeQueue?: string;
  /** Jobs of pull requests: code that nobody has reviewed yet. */
  readonly pullRequest?: boolean;
  /** Every job of the repository. */
  readonly any?: boolean;
  /** Reusable workflow that the job's steps come from: `OWNER/REPO/.github/workflows/FILE.yml@REF`. */
  readonly workflow?: string;
  /** Other claims that AWS knows, by name; several values are alternatives. */
  readonly claims?: Readonly<Partial<Record<Claim, string | readonly string[]>>>;
  /** Claims that the repository's subject template carries, by name; several values are alternatives. */
  readonly subjectClaims?: Readonly<Record<string, string | readonly string[]>>;
  /** The whole subject, written out. */
  readonly subject?: string;
}

/** What a token must carry: claim name to the values admitted, of which any one will do. */
export type RequiredClaims = Readonly<Record<string, readonly string[]>>;

/** Something wrong in a filter: which key, the value, and what to do. */
export interface FilterProblem {
  readonly key: keyof JobFilter | undefined;
  /** Which of the claims, where the key is `claims`. */
  readonly claim?: string;
  readonly message: string;
}

/** The claims asked for beside the subject, each with its values: any one of them will do. */
export const otherClaims = ({ claims = {} }: JobFilter): [claim: string, values: readonly string[]][] =>
  Object.entries(claims).flatMap(([claim, values]): [string, readonly string[]][] =>
    values === undefined ? [] : [[claim, [values].flat()]],
  );

const CONTEXT_KEYS = ["branch", "tag", "environment", "mergeQueue", "pullRequest", "any"] as const;

/** Everything wrong with a filter, in a stable order. */
export function jobFilterProblems(filter: JobFilter): FilterProblem[] {
  const problems: FilterProblem[] = [];
  const check = (key: keyof JobFilter, value: string | undefined, rule: (text: string) => string | undefined): void => {
    const wrong = value === undefined ? undefined : rule(value);
    if (wrong) problems.push({ key, message: `"${key}" ${JSON.stringify(value)}: ${wrong}` });
  };
  check("branch", filter.branch, refNameRule);
  check("tag", filter.tag, refNameRule);
  check("mergeQueue", filter.mergeQueue, refNameRule);
  check("environment", filter.environment, environmentPatternRule);
  check("workflow", filter.workflow, workflowRefRule);
  check("subject", filter.subject, rawSubjectRule);
  problems.push(...claimProblems(filter), ...subjectClaimProblems(filter));
  const combination = combinationProblem(filter);
  return combination ? [...problems, combination] : problems;
}

/** Claims that another key of the filter asks for too, and values that no token has or that would be read as something else. */
function claimProblems(filter: JobFilter): FilterProblem[] {
  return otherClaims(filter).flatMap(([claim, values]): FilterProblem[] => {
    const problem = (message: string): FilterProblem => ({
      key: "claims",
      claim,
      message: `"${claim}" of "claims"${message}`,
    });
    const other = keyThatAsksFor(claim, filter, "claims");
    if (other) return [problem(` beside "${other}": both ask for the same claim, leave one out`)];
    const without = claim === "environment" ? keyWithoutEnvironment(filter) : undefined;
    if (without)
      return [
        problem(
          ` beside "${without}": the subject of a job that names an environment says nothing else, so none is both; write "environment" instead`,
        ),
      ];
    // What cdktf writes for a reference is resolved before anybody reads it.
    const expression = values.find((value) => /[$%]\{(?!TfToken\[)/.test(value));
    if (expression !== undefined)
      return [
        problem(` ${JSON.stringify(expression)}: remove "\${" and "%{": IAM and Terraform read them as expressions`),
      ];
    return values.flatMap((value) => {
      const wrong = claimValueRule(claim, value);
      return wrong === undefined ? [] : [problem(` ${JSON.stringify(value)}: ${wrong}`)];
    });
  });
}

/** The same of claims that only the subject says. */
function subjectClaimProblems(filter: JobFilter): FilterProblem[] {
  return Object.entries(filter.subjectClaims ?? {}).flatMap(([claim, values]): FilterProblem[] => {
    const other = keyThatAsksFor(claim, filter, "subjectClaims");
    if (other)
      return [
        {
          key: "subjectClaims",
          claim,
          message: `"${claim}" of "subjectClaims" beside "${other}": both ask for the same claim, leave one out`,
        },
      ];
    const expression = [values].flat().find((value) => /[$%]\{(?!TfToken\[)/.test(value));
    return expression === undefined
      ? []
      : [
          {
            key: "subjectClaims",
            claim,
            message: `"${claim}" of "subjectClaims" ${JSON.stringify(expression)}: remove "\${" and "%{": IAM and Terraform read them as expressions`,
          },
        ];
  });
}

function keyThatAsksFor(
  claim: string,
  filter: JobFilter,
  key: "claims" | "subjectClaims",
): keyof JobFilter | undefined {
  if (key === "subjectClaims" && filter.claims && Object.hasOwn(filter.claims, claim)) return "claims";
  if (key === "subjectClaims" && claim === "environment" && filter.environment !== undefined) return "environment";
  if (claim === "job_workflow_ref" && filter.workflow !== undefined) return "workflow";
  if (claim === "environment" && filter.environment !== undefined) return "environment";
  if (claim === "ref" && refOfEnvironment(filter) !== undefined) return filter.branch === undefined ? "tag" : "branch";
  return undefined;
}

/** A key of the filter that says in the subject what only a job without an environment says there. */
const keyWithoutEnvironment = (filter: JobFilter): keyof JobFilter | undefined =>
  (["branch", "tag", "mergeQueue", "pullRequest"] as const).find((key) => filter[key] !== undefined);

/** Keys that cannot hold together, or that do not say which jobs are meant. */
function combinationProblem(filter: JobFilter): FilterProblem | undefined {
  const given = CONTEXT_KEYS.filter((key) => filter[key] !== undefined);
  if (filter.subject !== undefined && filter.subjectClaims !== undefined)
    return {
      key: "subjectClaims",
      message: '"subjectClaims" beside "subject": the subject says it all, leave "subjectClaims" out',
    };
  if (filter.subject !== undefined)
    return given.length > 0
      ? { key: given[0], message: `"${given[0]}" beside "subject": the subject says it all, leave "${given[0]}" out` }
      : undefined;
  for (const key of ["pullRequest", "any"] as const)
    if (filter[key] === false) return { key, message: `"${key}: false": write "${key}: true" or leave it out` };
  if (given.length === 0)
    return {
      key: undefined,
      message: `nothing says which jobs are meant: give one of ${CONTEXT_KEYS.map((key) => `"${key}"`).join(", ")}`,
    };
  const isRefOfEnvironment =
    given.length === 2 && filter.environment !== undefined && (filter.branch !== undefined || filter.tag !== undefined);
  if (given.length > 1 && !isRefOfEnvironment)
    return {
      key: given[1],
      message: `"${given[1]}" beside "${given[0]}": no job is both, make them two entries of the list`,
    };
  return undefined;
}

/**
 * What the subject says of the filter's jobs.
 *
 * @throws Error when the filter has a raw subject, or says nothing of the jobs.
 */
export function contextOf(filter: JobFilter): JobContext {
  // A job that names an environment says nothing else in its subject, so the environment comes first.
  if (filter.environment !== undefined) return { kind: "environment", environment: filter.environment };
  if (filter.branch !== undefined) return { kind: "branch", branch: filter.branch };
  if (filter.tag !== undefined) return { kind: "tag", tag: filter.tag };
  if (filter.mergeQueue !== undefined) return { kind: "mergeQueue", base: filter.mergeQueue };
  if (filter.pullRequest) return { kind: "pullRequest" };
  if (filter.any) return { kind: "any" };
  throw new Error("The filter has no context");
}

/**
 * The claims that a token of these jobs carries.
 *
 * @param prefixes every prefix that the repository's subjects may have; they are alternatives.
 */
export function requiredClaims(filter: JobFilter, prefixes: readonly string[]): RequiredClaims {
  const claims: Record<string, readonly string[]> = {};
  for (const [name, values] of otherClaims(filter)) claims[name] = values;
  const ref = refOfEnvironment(filter);
  if (ref) claims["ref"] = [ref];
  if (filter.workflow !== undefined) claims["job_workflow_ref"] = [filter.workflow];
  claims["sub"] =
    filter.subject !== undefined
      ? [filter.subject]
      : prefixes.map((prefix) => `${prefix}:${formatContext(contextOf(filter))}`);
  return claims;
}

/** The `ref` claim that a filter with an environment asks for: the subject has no place for it. */
function refOfEnvironment(filter: JobFilter): string | undefined {
  if (filter.environment === undefined) return undefined;
  if (filter.branch !== undefined) return `refs/heads/${filter.branch}`;
  return filter.tag === undefined ? undefined : `refs/tags/${filter.tag}`;
}
