import { createHash } from "node:crypto";
import { type Finding, isInText, type Location } from "../check/finding";
import type { AnyRule } from "../check/rule";
import { sarifText } from "./escape/sarif";
import { visible } from "./escape/visible";

/**
 * Findings as SARIF 2.1.0, as far as GitHub's code scanning reads it: each result points to its rule, and has
 * a fingerprint of its own, so that an alert stays the same when lines move.
 *
 * @param rules those that were run.
 * @param uriOf address of a file, relative to the repository's root.
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
 */
export function sarifOf(
  findings: readonly Finding[],
  rules: readonly AnyRule[],
  uriOf: (file: string) => string,
): object {
  const occurrences = new Map<string, number>();
  const results = findings.map((finding) => resultOf(finding, rules, uriOf(finding.location.file), occurrences));
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "github-oidc", rules: rules.map(descriptorOf) } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
}

function descriptorOf({ id, title, severity, explanation, remedy, source }: AnyRule): object {
  return {
    id,
    name: title,
    shortDescription: { text: title },
    fullDescription: { text: explanation },
    help: {
      text: `${explanation}\n\n${remedy}\n\n${source}`,
      markdown: `${explanation}\n\n**${remedy}**\n\n[Source](${source})`,
    },
    helpUri: source,
    defaultConfiguration: { level: severity },
    properties: {
      tags: ["security"],
      precision: "high",
      "problem.severity": severity === "note" ? "recommendation" : severity,
    },
  };
}

function resultOf(
  { rule, severity, message, fix, location }: Finding,
  rules: readonly AnyRule[],
  uri: string,
  occurrences: Map<string, number>,
): object {
  const what = JSON.stringify([rule, uri, ...(isInText(location) ? [] : [location.address]), message]);
  const occurrence = occurrences.get(what) ?? 0;
  occurrences.set(what, occurrence + 1);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: severity,
    message: { text: sarifText(`${message}. Fix: ${fix}`) },
    locations: [locationOf(location, uri)],
    partialFingerprints: { "githubOidcFinding/v1": fingerprint(`${what}${occurrence}`) },
  };
}

/** An address has no line: code scanning shows the file, and the address beside it. */
function locationOf(location: Location, uri: string): object {
  const region = isInText(location) ? { startLine: location.line, startColumn: location.column } : { startLine: 1 };
  const physicalLocation = { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, region };
  return isInText(location)
    ? { physicalLocation }
    : { physicalLocation, logicalLocations: [{ fullyQualifiedName: visible(location.address), kind: "resource" }] };
}

const fingerprint = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);
