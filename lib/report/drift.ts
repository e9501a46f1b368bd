import type { Drift, DriftKind, DriftOutput, SecretState } from "../drift/output";
import { besideName, INDENT, type Columns } from "./beside-name";
import { shortTerminalText, terminalText } from "./escape/terminal";
import { wrap } from "./wrap";

/** What each difference is about. */
const WORDS: Readonly<Record<DriftKind, string>> = {
  repository: "name",
  environment: "environment",
  reviewers: "reviewers",
  waitTimer: "wait timer",
  preventSelfReview: "no self-review",
  adminsCanBypass: "admins bypass",
  deployFrom: "deploys from",
  protectedBranches: "branch",
  variable: "variable",
  secret: "secret",
  subject: "subject",
};

/** What GitHub has otherwise, place by place, and when the secrets were set whose values nobody can read. */
export function renderDrift({ drift, secrets }: DriftOutput, layout: Columns): string {
  const blocks = [...byPlace(drift)].map(([place, items]) => [
    layout.colors.bold(place),
    ...items.flatMap((each) => renderItem(each, layout)),
  ]);
  if (drift.length === 0) blocks.push(["GitHub has what the file says."]);
  else
    blocks.push([
      `${drift.length} ${drift.length === 1 ? "difference" : "differences"}, of which terraform plan does not see ${drift.filter(({ seenByPlan }) => !seenByPlan).length}.`,
    ]);
  if (secrets.length > 0)
    blocks.push([
      "Secrets, of which only the time can be read:",
      ...secrets.flatMap((each) => line(secretWords(each), layout)),
    ]);
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

function byPlace(drift: readonly Drift[]): Map<string, Drift[]> {
  const places = new Map<string, Drift[]>();
  for (const each of drift) {
    const place = [
      each.account,
      each.repository,
      ...(each.environment === null ? [] : [`environment ${each.environment}`]),
    ]
      .map(terminalText)
      .join(" · ");
    places.set(place, [...(places.get(place) ?? []), each]);
  }
  return places;
}

function renderItem({ kind, name, file, github, seenByPlan, fix }: Drift, layout: Columns): string[] {
  const label = name === null ? WORDS[kind] : `${WORDS[kind]} ${name}`;
  const warnings = seenByPlan ? [] : ["terraform plan does not see this"];
  return besideName(
    terminalText(label),
    [`the file: ${shortTerminalText(file)}`, `GitHub: ${shortTerminalText(github)}`, `Fix: ${terminalText(fix)}`],
    warnings,
    layout,
  );
}

const secretWords = ({ repository, environment, name, updatedAt }: SecretState): string =>
  terminalText(
    `${name} of ${environment === null ? repository : `environment ${environment} of ${repository}`}: ${updatedAt}`,
  );

const line = (text: string, { width }: Columns): string[] =>
  wrap(text, width - INDENT, INDENT).map((each) => " ".repeat(INDENT) + each);
