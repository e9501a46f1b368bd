import path from "node:path";
import { parseTrustDocument } from "../../aws/policy/trust-document";
import { isAtLeastAsBad, type Severity } from "../../check/finding";
import type { CheckOutput } from "../../check/output";
import { RULES } from "../../check/registry";
import { runRules, summarize } from "../../check/run";
import { selectRules } from "../../check/select";
import type { Rule } from "../../check/rule";
import { type CheckSubject, trustPolicySubject } from "../../check/subject";
import { colors } from "../../report/colors";
import { renderFindings } from "../../report/findings";
import { sarifOf } from "../../report/sarif";
import { nameOf, readInput } from "../read-input";
import { UsageError } from "../usage-error";

/** Options of `github-oidc check`, as the command line gives them. */
export interface CheckOptions {
  /** File with a trust policy, or `-`. */
  readonly trustPolicy: string;
  readonly format: "text" | "json" | "sarif";
  /** Least severity that the exit code tells of. */
  readonly failOn: Severity;
  /** Rules to run; empty for all. */
  readonly rule: readonly string[];
  readonly disable: readonly string[];
}

/** Most problems of a policy that are told at once. */
const MOST_PROBLEMS = 10;
/** What code scanning shows of standard input, which has no file. */
const STANDARD_INPUT = "stdin.json";

/**
 * Looks for what is dangerous, dead or doubtful in a trust policy.
 *
 * @returns whether nothing was found that is as bad as `failOn`.
 * @throws UsageError for options or input that cannot be read, and for a policy that AWS refuses: nobody can
 *   say whom it would admit.
 */
export function check(options: CheckOptions): boolean {
  const rules = selected(options);
  const findings = runRules(rules, [readSubject(options.trustPolicy)]);
  process.stdout.write(`${render(options, findings, rules)}\n`);
  return !findings.some(({ severity }) => isAtLeastAsBad(severity, options.failOn));
}

function selected({ rule, disable }: CheckOptions): readonly Rule[] {
  const selection = selectRules(rule, disable);
  if ("unknown" in selection) throw new UsageError(`There is no rule ${JSON.stringify(selection.unknown)}: the rules are ${RULES.map(({ id }) => id).join(", ")}`);
  if (selection.rules.length === 0) throw new UsageError("--rule and --disable leave no rule to run");
  return selection.rules;
}

function readSubject(file: string): CheckSubject {
  const name = nameOf("--trust-policy", file);
  const text = readInput("--trust-policy", file);
  if (text.trim() === "") throw new UsageError(`${name}: it is empty, and a trust policy is wanted`);
  const reading = parseTrustDocument(text);
  const subject = trustPolicySubject(file, reading);
  if (subject) return subject;
  const lines = reading.problems.slice(0, MOST_PROBLEMS).map(({ message, position }) => `${name}:${position.line}:${position.column}: ${message}`);
  const more = reading.problems.length > MOST_PROBLEMS ? [`and ${reading.problems.length - MOST_PROBLEMS} more`] : [];
  throw new UsageError(["AWS would not accept this trust policy:", ...lines, ...more].join("\n"));
}

function render({ format }: CheckOptions, findings: CheckOutput["findings"], rules: readonly Rule[]): string {
  switch (format) {
    case "json":
      return JSON.stringify({ findings, summary: summarize(findings) } satisfies CheckOutput, null, 2);
    case "sarif":
      return JSON.stringify(sarifOf(findings, rules, uriOf), null, 2);
    case "text":
      return renderFindings(findings, summarize(findings), { colors: colors(process.stdout.isTTY), width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120) });
  }
}

/** Relative to the working folder, which in a workflow is the repository's root. */
function uriOf(file: string): string {
  if (file === "-") return STANDARD_INPUT;
  return path.relative(process.cwd(), path.resolve(file)).split(path.sep).map(encodeURIComponent).join("/");
}
