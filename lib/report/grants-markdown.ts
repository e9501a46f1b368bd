import type { Grant, Grants } from "../questions/grants";
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

/** A table for the description of a pull request. */
export function renderGrantsMarkdown({ grants, others, unread, notes }: Grants): string {
  const table = [
    "| account | role | who | breadth | permissions | behind |",
    "| --- | --- | --- | --- | --- | --- |",
    ...grants.map(row),
  ];
  const warnings = grants.flatMap((grant) =>
    warningsOf(grant).map((warning) => `- ${code(grant.role)}: ${code(warning)}`),
  );
  return [
    ...(grants.length > 0 ? [table] : [["No role here can be assumed with a token of GitHub's."]]),
    ...(warnings.length > 0 ? [["**Mind:**", "", ...new Set(warnings)]] : []),
    ...(others.length > 0
      ? [
          [
            "**Without a token of GitHub's:**",
            "",
            ...others.map((each) => `- ${code(each.role)} (${code(each.account)}): ${code(otherWords(each))}`),
          ],
        ]
      : []),
    ...(unread.length > 0
      ? [
          [
            "**Not known who may assume:**",
            "",
            ...unread.map(({ account, role, reason }) => `- ${code(role)} (${code(account)}): ${code(reason)}`),
          ],
        ]
      : []),
    ...(notes.length > 0 ? [["**Not read:**", "", ...notes.map((note) => `- ${code(note)}`)]] : []),
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function row(grant: Grant): string {
  const permissions = [...permissionWords(grant.permissions), ...boundaryWords(grant)].map(code).join(", ");
  return `| ${[code(grant.account), code(grant.role), code(whoOf(grant)), [grant.breadth, ...subjectWords(grant)].join(", "), `${permissions}, ${sessionWords(grant)}`, code(protectionWords(grant) ?? "no environment")].join(" | ")} |`;
}

/** As code, whatever is in it: no name becomes markup, a mention or a column. */
function code(text: string): string {
  const plain = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu, " ");
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((each) => each.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${plain.replaceAll("|", "\\|")}${space}${fence}`;
}
