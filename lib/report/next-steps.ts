import type { Outline, AccountOutline } from "../access/outline";
import type { SummaryLayout } from "./summary";
import { wrap } from "./wrap";

/** What Terraform will ask for, and the commands that follow. */
export function renderNextSteps({ accounts }: Outline, { colors, width, folderOf }: SummaryLayout): string {
  const [first] = accounts;
  if (!first) return "Nothing to deploy.";
  const folder = folderOf(first.name);
  const lines = [
    ...wrap(`Needs: ${needs(accounts).join("; ")}`, width, 7),
    colors.bold(`Next:  terraform -chdir=${folder} init`),
    colors.bold(`       terraform -chdir=${folder} plan`),
  ];
  return accounts.length === 1 ? lines.join("\n") : [...lines, `       and likewise for ${others(accounts)}`].join("\n");
}

/** Names of the other accounts; an organization may have hundreds. */
function others(accounts: readonly AccountOutline[]): string {
  const names = accounts.slice(1).map(({ name }) => name);
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

function needs(accounts: readonly AccountOutline[]): string[] {
  const secrets = [...new Set(accounts.flatMap(({ environments }) => environments.flatMap(({ secretVariables }) => secretVariables)))];
  return [
    "AWS credentials for each account (docs/first-deploy.md)",
    ...(accounts.some(({ usesGithub }) => usesGithub) ? ["GITHUB_TOKEN"] : []),
    ...secrets.map((name) => `TF_VAR_${name}`),
  ];
}
