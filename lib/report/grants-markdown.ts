import type { Grant, Grants } from "../questions/grants";
import { code as anyCode, join, type Markdown, markdownOf, md, row } from "./escape/markdown";
import {
  boundaryWords,
  otherWords,
  permissionWords,
  protectionWords,
  sessionWords,
  subjectWords,
  warningsOf,
  whoOf,
} from "./grant-words";

/** Longest text that is shown whole: a cell may list many conditions, and each of them counts. */
const SHOWN = 2_000;
const code = (text: string): Markdown => anyCode(text, SHOWN);
/** Words of ours: no name is among them. */
const own = (text: string): Markdown => markdownOf([{ kind: "own", text }]);

const HEAD = md`| account | role | who | breadth | permissions | behind |
| --- | --- | --- | --- | --- | --- |`;

/** A table for the description of a pull request. */
export function renderGrantsMarkdown({ grants, others, unread, notes }: Grants): string {
  const warnings = grants.flatMap((grant) =>
    warningsOf(grant).map((warning) => md`- ${code(grant.role)}: ${code(warning)}`),
  );
  return join(
    [
      grants.length > 0
        ? join([HEAD, ...grants.map(grantRow)], "\n")
        : md`No role here can be assumed with a token of GitHub's.`,
      ...list(md`**Mind:**`, [...new Set(warnings)]),
      ...list(
        md`**Without a token of GitHub's:**`,
        others.map((each) => md`- ${code(each.role)} (${code(each.account)}): ${code(otherWords(each))}`),
      ),
      ...list(
        md`**Not known who may assume:**`,
        unread.map(({ account, role, reason }) => md`- ${code(role)} (${code(account)}): ${code(reason)}`),
      ),
      ...list(
        md`**Not read:**`,
        notes.map((note) => md`- ${code(note)}`),
      ),
    ],
    "\n\n",
  );
}

const list = (title: Markdown, items: readonly Markdown[]): Markdown[] =>
  items.length === 0 ? [] : [join([title, md``, ...items], "\n")];

function grantRow(grant: Grant): Markdown {
  const permissions = [...permissionWords(grant.permissions), ...boundaryWords(grant)];
  return row([
    code(grant.account),
    code(grant.role),
    code(whoOf(grant)),
    own([grant.breadth, ...subjectWords(grant)].join(", ")),
    join([...permissions.map(code), own(sessionWords(grant))], ", "),
    code(protectionWords(grant) ?? "no environment"),
  ]);
}
