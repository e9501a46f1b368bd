import type { Grant, Grants } from "../questions/grants";
import { mermaidLabel as label } from "./escape/mermaid";
import { describeRepository, permissionWords, protectionWords } from "./grant-words";

/**
 * A flowchart from repositories through environments to roles.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function renderGrantsMermaid({ grants, unread }: Grants): string {
  const repositories = new Nodes("repository");
  const environments = new Nodes("environment");
  const roles = new Nodes("role");
  const lines: string[] = [];
  const accounts = new Map<string, string[]>();
  for (const grant of grants) {
    const repository = repositories.of(grant.repository, lines, `["${label(describeRepository(grant.repository))}"]`);
    const role = roles.of(
      JSON.stringify([grant.account, grant.role]),
      groupOf(accounts, grant),
      `(["${label(grant.role)}<br/>${label(permissionWords(grant.permissions).join(", "))}"])`,
    );
    if (grant.environment) {
      const environment = environments.of(
        JSON.stringify([grant.repository, grant.environment.name]),
        lines,
        `{{"${label(`environment ${grant.environment.name}`)}<br/>${label(protectionWords(grant) ?? "")}"}}`,
      );
      lines.push(`${repository} --> ${environment}`, `${environment} --> ${role}`);
    } else lines.push(`${repository} -->|"${label(grant.jobs.join(" and "))}"| ${role}`);
  }
  for (const { account, role, reason } of unread)
    roles.of(JSON.stringify([account, role]), lines, `(["${label(role)}<br/>${label(reason)}"])`);
  const subgraphs = [...accounts].flatMap(([account, nodes], index) => [
    `subgraph account${index}["${label(account)}"]`,
    ...nodes.map((each) => `  ${each}`),
    "end",
  ]);
  return ["flowchart LR", ...[...subgraphs, ...new Set(lines)].map((each) => `  ${each}`)].join("\n");
}

function groupOf(accounts: Map<string, string[]>, { account }: Grant): string[] {
  const nodes = accounts.get(account) ?? [];
  accounts.set(account, nodes);
  return nodes;
}

/** Nodes of a kind, each declared once. Their ids are numbers: a name could be a word of Mermaid's. */
class Nodes {
  private readonly ids = new Map<string, string>();

  constructor(private readonly kind: string) {}

  of(key: string, lines: string[], shape: string): string {
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = `${this.kind}${this.ids.size}`;
    this.ids.set(key, id);
    lines.push(`${id}${shape}`);
    return id;
  }
}
