import type { Outline, AccountOutline } from "../config/outline";
import { printable, type SummaryLayout } from "./summary";
import { wrap } from "./wrap";

/** What Terraform will ask for, and the commands that follow. */
export function renderNextSteps(given: Outline, layout: SummaryLayout): string {
  const {
    outline: { accounts },
    layout: { colors, width, folderOf },
  } = printable(given, layout);
  const [first] = accounts;
  if (!first) return "Nothing to deploy.";
  const folder = folderOf(first.name);
  const lines = [
    ...wrap(`Needs: ${needs(accounts).join("; ")}`, width, 7),
    colors.bold(`Next:  terraform -chdir=${folder} init`),
    colors.bold(`       terraform -chdir=${folder} plan`),
  ];
  if (accounts.length === 1) return lines.join("\n");
  // They come in the order in which they can be applied.
  const inOrder = accounts.some(({ waitsFor }) => waitsFor.length > 0) ? ", in this order" : "";
  return [...lines, `       and likewise for ${others(accounts)}${inOrder}`].join("\n");
}

/** Names of the other accounts; an organization may have hundreds. */
function others(accounts: readonly AccountOutline[]): string {
  const names = accounts.slice(1).map(({ name }) => name);
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

function needs(accounts: readonly AccountOutline[]): string[] {
  const before = [...new Set(accounts.flatMap(({ waitsFor }) => waitsFor))].filter(
    (name) => !accounts.some((account) => account.name === name),
  );
  const secrets = [...new Set(accounts.flatMap(({ secretVariables }) => secretVariables))];
  return [
    ...(before.length > 0 ? [`${before.join(", ")} applied before`] : []),
    "AWS credentials for each account (docs/first-deploy.md)",
    ...(accounts.some(({ usesGithub }) => usesGithub) ? ["GITHUB_TOKEN"] : []),
    ...secrets.map((name) => `TF_VAR_${name}`),
  ];
}
