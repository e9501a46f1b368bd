import type { Grant, Grants } from "../questions/grants";
import { besideName, INDENT, type Columns } from "./beside-name";
import {
  boundaryWords,
  otherWords,
  permissionWords,
  protectionWords,
  publishedWords,
  sessionWords,
  subjectWords,
  warningsOf,
  whoOf,
} from "./grant-words";
import { terminalData } from "./escape/terminal";
import { wrap } from "./wrap";

/** Who may assume which role, account by account. */
export function renderGrants(all: Grants, layout: Columns): string {
  const { grants, others, nobody, unread, notes } = terminalData(all);
  const blocks = [...byAccount(grants)].map(([account, group]) => [
    layout.colors.bold(account),
    ...group.flatMap((grant) => ["", ...renderGrant(grant, layout)]),
  ]);
  if (grants.length === 0) blocks.push(["No role here can be assumed with a token of GitHub's."]);
  if (others.length > 0)
    blocks.push([
      "Without a token of GitHub's:",
      ...others.flatMap((each) => line(`${each.role} (${each.account}): ${otherWords(each)}`, layout)),
    ]);
  if (nobody.length > 0)
    blocks.push([
      "Statements by which nobody gets in:",
      ...nobody.flatMap(({ account, role, subjects }) =>
        line(
          `! ${role} (${account}): ${subjects.join(", ") || "a Deny overrides everything that it allows"}`,
          layout,
        ).map(layout.colors.warning),
      ),
    ]);
  if (unread.length > 0)
    blocks.push([
      "Not known who may assume:",
      ...unread.flatMap(({ account, role, reason }) =>
        line(`! ${role} (${account}): ${reason}`, layout).map(layout.colors.warning),
      ),
    ]);
  if (notes.length > 0)
    blocks.push(["Not read:", ...notes.flatMap((note) => line(`! ${note}`, layout).map(layout.colors.warning))]);
  return blocks.map((lines) => lines.join("\n")).join("\n\n");
}

const line = (text: string, { width }: Columns): string[] =>
  wrap(text, width - INDENT, INDENT).map((each) => " ".repeat(INDENT) + each);

function byAccount(grants: readonly Grant[]): Map<string, Grant[]> {
  const groups = new Map<string, Grant[]>();
  for (const grant of grants) {
    const title =
      grant.accountId === null || grant.accountId === grant.account
        ? grant.account
        : `${grant.account} · ${grant.accountId}`;
    const group = groups.get(title);
    if (group) group.push(grant);
    else groups.set(title, [grant]);
  }
  return groups;
}

function renderGrant(grant: Grant, layout: Columns): string[] {
  // Where it is not known, a warning says so.
  const protection = grant.environment?.protection ? protectionWords(grant) : undefined;
  const published = publishedWords(grant);
  const facts = [
    sessionWords(grant),
    permissionWords(grant.permissions).join(", "),
    ...boundaryWords(grant),
    ...subjectWords(grant),
  ].join(" · ");
  const texts = [
    `${whoOf(grant)} (${grant.breadth})`,
    facts,
    ...(protection === undefined ? [] : [protection]),
    ...(published.length > 0 ? [`ARN published as ${published.join(", ")}`] : []),
  ];
  return besideName(grant.role, texts, warningsOf(grant), layout);
}
