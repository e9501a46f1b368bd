import { grantsOf, type Grant, type Grants } from "../../questions/grants";
import { nearest } from "../../github/nearest";
import { colors } from "../../report/colors";
import { renderGrants } from "../../report/grants";
import { renderGrantsMarkdown } from "../../report/grants-markdown";
import { renderGrantsMermaid } from "../../report/grants-mermaid";
import { readSource, type SourceOptions } from "../source";
import { UsageError } from "../usage-error";

/** Options of `github-oidc access`, as the command line gives them. */
export interface AccessCommandOptions extends SourceOptions {
  readonly format: "text" | "json" | "markdown" | "mermaid";
  /** Only this role. */
  readonly role?: string;
  /** Only roles that jobs of this repository may assume: `NAME` or `OWNER/NAME`. */
  readonly repository?: string;
}

/**
 * Who may assume which role, with what permissions, behind which protection.
 *
 * @throws UsageError and AccessConfigError.
 */
export function access(options: AccessCommandOptions): void {
  const all = grantsOf(readSource(options));
  process.stdout.write(`${render(selected(all, options), options.format)}\n`);
}

function selected(
  { grants, others, nobody, unread, notes }: Grants,
  { role, repository }: AccessCommandOptions,
): Grants {
  const known = [...grants, ...others, ...nobody, ...unread].map((each) => each.role);
  if (role !== undefined && !known.includes(role)) {
    const meant = nearest(role, known);
    throw new UsageError(
      `--role ${JSON.stringify(role)}: no role of that name can be assumed${meant === undefined ? "" : `: did you mean ${JSON.stringify(meant)}?`}`,
    );
  }
  const chosen = grants.filter(
    (grant) => (role === undefined || grant.role === role) && (repository === undefined || mayAdmit(grant, repository)),
  );
  const arns = new Set(chosen.map(({ roleArn }) => roleArn));
  return {
    grants: chosen,
    // Of a repository, those who share a role with its jobs.
    others: others.filter(
      (each) => (role === undefined || each.role === role) && (repository === undefined || arns.has(each.roleArn)),
    ),
    nobody: nobody.filter((each) => repository === undefined && (role === undefined || each.role === role)),
    // Of these it is not known that they do not.
    unread: unread.filter((each) => role === undefined || each.role === role),
    notes,
  };
}

/** Whether jobs of the repository may be among those admitted; GitHub ignores case in names. */
function mayAdmit({ repository }: Grant, asked: string): boolean {
  if (repository === "*") return true;
  const [owner, name] = repository.toLowerCase().split("/");
  const wanted = asked.toLowerCase().split("/");
  const [askedOwner, askedName] = wanted.length > 1 ? wanted : [undefined, wanted[0]];
  return (askedOwner === undefined || askedOwner === owner) && (name === "*" || name === askedName);
}

function render(grants: Grants, format: AccessCommandOptions["format"]): string {
  switch (format) {
    case "text":
      return renderGrants(grants, {
        colors: colors(process.stdout.isTTY),
        width: Math.min(Math.max(process.stdout.columns ?? 80, 80), 120),
      });
    case "json":
      return JSON.stringify(grants, null, 2);
    case "markdown":
      return renderGrantsMarkdown(grants);
    case "mermaid":
      return renderGrantsMermaid(grants);
  }
}
