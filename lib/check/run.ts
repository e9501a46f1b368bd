import { type Finding, type FindingSummary, SEVERITIES } from "./finding";
import type { Rule } from "./rule";
import type { CheckSubject } from "./subject";

/**
 * Everything that rules find, by file, place and rule: the same subjects give the same findings, however
 * rules and subjects were listed.
 */
export function runRules(rules: readonly Rule[], subjects: readonly CheckSubject[]): Finding[] {
  const findings = subjects.flatMap((subject) => rules.filter(({ appliesTo }) => appliesTo === subject.kind).flatMap((rule) => findingsOf(rule, subject)));
  return distinct(findings.sort(inOrder));
}

function findingsOf(rule: Rule, subject: CheckSubject): Finding[] {
  return rule.check(subject).map(({ message, fix, position, severity }) => ({
    rule: rule.id,
    severity: severity ?? rule.severity,
    message,
    fix,
    location: { file: subject.file, line: position.line, column: position.column },
  }));
}

export function summarize(findings: readonly Finding[]): FindingSummary {
  const count = (severity: Finding["severity"]): number => findings.filter((finding) => finding.severity === severity).length;
  return { error: count("error"), warning: count("warning"), note: count("note") };
}

function inOrder(a: Finding, b: Finding): number {
  return (
    compare(a.location.file, b.location.file) ||
    a.location.line - b.location.line ||
    a.location.column - b.location.column ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

/** A statement with two issuers says the same of both. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = JSON.stringify(finding);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

/** By code unit: the same on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
