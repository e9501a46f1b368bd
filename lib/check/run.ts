import { type Finding, type FindingSummary, isInText, type Location, SEVERITIES } from "./finding";
import type { AnyRule } from "./rule";
import type { CheckSubject } from "./subject";

/**
 * Everything that rules find, by file, place and rule: the same subjects give the same findings, however
 * rules and subjects were listed.
 */
export function runRules(rules: readonly AnyRule[], subjects: readonly CheckSubject[]): Finding[] {
  const byKind = new Map<CheckSubject["kind"], AnyRule[]>();
  for (const rule of rules) byKind.set(rule.appliesTo, [...(byKind.get(rule.appliesTo) ?? []), rule]);
  const found: Finding[] = [];
  for (const subject of subjects) for (const rule of byKind.get(subject.kind) ?? []) addFindings(rule, subject, found);
  return inOrder(distinct(found));
}

function addFindings(rule: AnyRule, subject: CheckSubject, found: Finding[]): void {
  // The list is of rules for this kind of subject.
  for (const { message, fix, position, severity } of rule.check(subject as never)) {
    const location = subject.locate(position);
    if (location) found.push({ rule: rule.id, severity: severity ?? rule.severity, message, fix, location });
  }
}

export function summarize(findings: readonly Finding[]): FindingSummary {
  const count = (severity: Finding["severity"]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return { error: count("error"), warning: count("warning"), note: count("note") };
}

/** By file, place and how bad. */
export const inOrder = (findings: readonly Finding[]): Finding[] => findings.toSorted(compareFindings);

function compareFindings(a: Finding, b: Finding): number {
  return (
    compareLocations(a.location, b.location) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compare(a.rule, b.rule) ||
    compare(a.message, b.message)
  );
}

function compareLocations(a: Location, b: Location): number {
  const byFile = compare(a.file, b.file);
  if (byFile !== 0) return byFile;
  if (isInText(a) && isInText(b)) return a.line - b.line || a.column - b.column;
  return compare(isInText(a) ? "" : a.address, isInText(b) ? "" : b.address);
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
