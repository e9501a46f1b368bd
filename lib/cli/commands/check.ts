import { existsSync } from "node:fs";
import path from "node:path";
import type { AccessModel } from "../../model/model";
import { SourceError } from "../../model/source-error";
import { formatText } from "../../trust/text";
import { quoted } from "../../aws/policy/position";
import { parseTrustDocument } from "../../aws/policy/trust-document";
import { type Finding, isAtLeastAsBad, type Location, type Severity } from "../../check/finding";
import { migrationSubjects } from "../../check/migration-subjects";
import { modelSubjects } from "../../check/model/subjects";
import { outputOf } from "../../check/output";
import { RULES } from "../../check/registry";
import type { AnyRule } from "../../check/rule";
import { inOrder, runRules, summarize } from "../../check/run";
import { selectRules } from "../../check/select";
import type { CheckSubject, TrustPolicySubject } from "../../check/subject";
import { type PlacedSuppression, suppress, type Suppressed } from "../../check/suppress";
import { trustPolicySubject } from "../../check/trust/policy-subject";
import { trustsGithub } from "../../check/trust/statements";
import { agreementSubjects, workflowSubjects } from "../../check/workflows/subjects";
import { migrationsOf } from "../../config/migrations";
import type { Path } from "../../yaml/problem";
import { pathOfSuppression } from "../../config/suppressions";
import { splitFullName } from "../../github/names";
import { colors } from "../../report/colors";
import { renderFindings } from "../../report/findings";
import { sarifOf } from "../../report/sarif";
import { readWorkflowFolder, type Workflow, type WorkflowFolder } from "../../workflows";
import { nameOf, readInput } from "../read-input";
import { DEFAULT_CONFIG, namedSources, openSource, type Source, type SourceOptions } from "../source";
import { UsageError } from "../usage-error";

/** Options of `github-oidc check`, as the command line gives them. */
export interface CheckOptions extends SourceOptions {
  /** File with a trust policy, or `-`: in place of a source. */
  readonly trustPolicy?: string;
  /** Folder of workflow files: alone, or beside a source. */
  readonly workflows?: string;
  /** `OWNER/NAME` whose workflows they are. */
  readonly repository?: string;
  readonly format: "text" | "json" | "sarif";
  /** Least severity that the exit code tells of. */
  readonly failOn: Severity;
  /** Rules to run; empty for all. */
  readonly rule: readonly string[];
  readonly disable: readonly string[];
}

/** What is looked at, and what is excused of it. */
interface Checked {
  readonly subjects: readonly CheckSubject[];
  readonly suppressions: readonly PlacedSuppression[];
  /** What to say where nothing is found. @default that nothing is */
  readonly nothing?: string;
}

/** The rule that says of a role that no workflow uses it: it is found in the access file. */
const UNUSED_ROLE = "L40";

/** Most problems of a file that are told at once. */
const MOST_PROBLEMS = 10;
/** A policy of another subject is not sound for it. */
const NO_GITHUB = "No statement in this policy trusts GitHub Actions.";
/** What code scanning shows of standard input, which has no file. */
const STANDARD_INPUT = "stdin.json";

/**
 * Looks for what is dangerous, dead or doubtful: in an access file, synthesized Terraform, a plan, a trust
 * policy, or workflow files, alone or beside one of the first three.
 *
 * @returns whether nothing was found that is as bad as `failOn`.
 * @throws UsageError for options or input that cannot be read, and for a policy that AWS refuses: nobody can
 *   say whom it would admit; AccessConfigError for a mistake in the access file.
 */
export function check(options: CheckOptions): boolean {
  const rules = selected(options);
  const { subjects, suppressions, nothing } = read(options);
  const { findings, suppressed } = findingsOf(rules, subjects, suppressions);
  process.stdout.write(`${render(options, findings, suppressed, rules, nothing)}\n`);
  return !findings.some(({ severity }) => isAtLeastAsBad(severity, options.failOn));
}

function selected({ rule, disable }: CheckOptions): readonly AnyRule[] {
  const selection = selectRules(rule, disable);
  if ("unknown" in selection)
    throw new UsageError(
      `There is no rule ${JSON.stringify(selection.unknown)}: the rules are ${RULES.map(({ id }) => id).join(", ")}`,
    );
  if (selection.rules.length === 0) throw new UsageError("--rule and --disable leave no rule to run");
  return selection.rules;
}

/** What the access file excuses is taken out, and its excuses are then looked at themselves. */
function findingsOf(
  rules: readonly AnyRule[],
  subjects: readonly CheckSubject[],
  suppressions: readonly PlacedSuppression[],
): { readonly findings: readonly Finding[]; readonly suppressed: readonly Suppressed[] } {
  const {
    findings,
    suppressed,
    subjects: excuses,
  } = suppress(runRules(rules, subjects), suppressions, rules, new Date().toISOString().slice(0, 10));
  return { findings: inOrder([...findings, ...runRules(rules, excuses)]), suppressed };
}

function read(options: CheckOptions): Checked {
  if (options.repository !== undefined && options.workflows === undefined)
    throw new UsageError("--repository says whose workflows they are: give --workflows too");
  if (options.trustPolicy !== undefined) {
    const others = [...namedSources(options), ...(options.workflows === undefined ? [] : ["--workflows"])];
    if (others.length > 0) throw new UsageError(`${["--trust-policy", ...others].join(" and ")}: give one source`);
    const policy = policySubject(options.trustPolicy);
    return { subjects: [policy], suppressions: [], ...(trustsGithub(policy) ? {} : { nothing: NO_GITHUB }) };
  }
  return options.workflows === undefined ? ofSource(openSource(options)) : ofWorkflows(options.workflows, options);
}

/** Beside a source that was named, both are looked at; the access file that happens to be there is only held beside them. */
function ofWorkflows(folder: string, options: CheckOptions): Checked {
  const workflows = readWorkflows(folder);
  const alone = workflowSubjects(workflows);
  const isNamed = namedSources(options).length > 0;
  if (!isNamed && !existsSync(DEFAULT_CONFIG)) return { subjects: alone, suppressions: [] };
  const source = openSource(options);
  const { subjects, suppressions } = ofSource(source);
  const repository = repositoryOf(options.repository, source.model);
  if (repository === undefined && isNamed)
    throw new UsageError(
      "--workflows with another source: add --repository OWNER/NAME to say whose workflows they are",
    );
  if (repository === undefined)
    process.stderr.write(
      `${DEFAULT_CONFIG} has several repositories: whether jobs get their roles is looked at with --repository OWNER/NAME\n`,
    );
  const together = repository === undefined ? [] : agreementSubjects(source.model, workflows, repository, source.file);
  return {
    subjects: [...alone, ...together, ...(isNamed ? subjects : [])],
    suppressions: isNamed
      ? suppressions
      : suppressions.filter(({ rule }) => together.length > 0 && rule === UNUSED_ROLE),
  };
}

function readWorkflows(folder: string): readonly Workflow[] {
  const { workflows, problems } = readFolder(folder);
  if (problems.length === 0) return workflows;
  const lines = problems
    .slice(0, MOST_PROBLEMS)
    .map(({ file, position, message }) => `${file}:${position.line}:${position.column}: ${message}`);
  throw new UsageError(
    [...lines, ...(problems.length > MOST_PROBLEMS ? [`and ${problems.length - MOST_PROBLEMS} more`] : [])].join("\n"),
  );
}

function readFolder(folder: string): WorkflowFolder {
  try {
    return readWorkflowFolder(folder);
  } catch (error) {
    throw error instanceof SourceError ? new UsageError(error.message) : error;
  }
}

/** Given, or said by GitHub Actions, or the only one that there is. */
function repositoryOf(given: string | undefined, { environments, values }: AccessModel): string | undefined {
  const named = given ?? (process.env["GITHUB_REPOSITORY"] || undefined);
  if (named !== undefined) {
    if (!splitFullName(named))
      throw new UsageError(
        `${given === undefined ? "GITHUB_REPOSITORY" : "--repository"} ${quoted(named)}: write it as OWNER/NAME`,
      );
    return named;
  }
  const [only, ...others] = new Set(
    [...environments, ...values].flatMap(({ repository }) => (repository === null ? [] : [formatText(repository)])),
  );
  return others.length === 0 && only !== undefined && splitFullName(only) ? only : undefined;
}

function ofSource({ model, kind, file, access }: Source): Checked {
  const subjects = modelSubjects(model, kind, file);
  if (!access) return { subjects, suppressions: [] };
  const place = (path: Path): Location => ({
    ...(access.locate(path) ?? { file, line: 1, column: 1 }),
    path: path.map(String),
  });
  const migrations = migrationsOf(access).map((each) => ({ ...each, location: place(each.path) }));
  return {
    subjects: [...subjects, ...migrationSubjects(migrations, new Date())],
    suppressions: access.suppressions.map((each) => ({ ...each, location: place(pathOfSuppression(each)) })),
  };
}

function policySubject(file: string): TrustPolicySubject {
  const name = nameOf("--trust-policy", file);
  const text = readInput("--trust-policy", file);
  if (text.trim() === "") throw new UsageError(`${name}: it is empty; expected a trust policy`);
  const reading = parseTrustDocument(text);
  const subject = trustPolicySubject(file, reading);
  if (subject) return subject;
  const lines = reading.problems
    .slice(0, MOST_PROBLEMS)
    .map(({ message, position }) => `${name}:${position.line}:${position.column}: ${message}`);
  const more = reading.problems.length > MOST_PROBLEMS ? [`and ${reading.problems.length - MOST_PROBLEMS} more`] : [];
  throw new UsageError(["AWS would not accept this trust policy:", ...lines, ...more].join("\n"));
}

function render(
  { format }: CheckOptions,
  findings: readonly Finding[],
  suppressed: readonly Suppressed[],
  rules: readonly AnyRule[],
  nothing: string | undefined,
): string {
  switch (format) {
    case "json":
      return JSON.stringify(outputOf(findings, suppressed), null, 2);
    case "sarif":
      return JSON.stringify(sarifOf(findings, rules, uriOf), null, 2);
    case "text":
      return renderFindings(findings, summarize(findings), suppressed.length, {
        colors: colors(process.stdout.isTTY),
        width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120),
        ...(nothing !== undefined && { nothing }),
      });
  }
}

/** Relative to the working folder, which in a workflow is the repository's root. */
function uriOf(file: string): string {
  if (file === "-") return STANDARD_INPUT;
  return path.relative(process.cwd(), path.resolve(file)).split(path.sep).map(encodeURIComponent).join("/");
}
