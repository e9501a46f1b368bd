/** What the examples of workflows differ in. */
export interface WorkflowExample {
  /** @default pushes to main */
  readonly on?: string;
  /** @default production; empty for none */
  readonly environment?: string;
  /** @default the variable that the access file publishes */
  readonly role?: string;
  /** Further inputs of the step that asks for the role, a line each. */
  readonly inputs?: string;
  /** @default `permissions: { id-token: write }` at the job */
  readonly permissions?: { readonly workflow?: string; readonly job?: string };
  /** Steps before the one that asks for the role. */
  readonly steps?: string;
  /** Further jobs. */
  readonly jobs?: string;
}

/** Commit of v6.2.3. */
const PINNED = "aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c";

/** A workflow with a job that asks for a role. */
export function workflowWith({
  on = "{ push: { branches: [main] } }",
  environment = "production",
  role = "${{ vars.AWS_ROLE_ARN }}",
  inputs,
  permissions = { job: "{ id-token: write }" },
  steps,
  jobs,
}: WorkflowExample = {}): string {
  const lines = [
    `on: ${on}`,
    permissions.workflow === undefined ? [] : `permissions: ${permissions.workflow}`,
    "jobs:",
    "  deploy:",
    "    runs-on: ubuntu-latest",
    environment === "" ? [] : `    environment: ${environment}`,
    permissions.job === undefined ? [] : `    permissions: ${permissions.job}`,
    "    steps:",
    steps === undefined ? [] : indented(steps, 6),
    `      - uses: ${PINNED}`,
    "        with:",
    "          aws-region: eu-west-1",
    `          role-to-assume: ${role}`,
    inputs === undefined ? [] : indented(inputs, 10),
    jobs === undefined ? [] : indented(jobs, 2),
  ].flat();
  return `${lines.join("\n")}\n`;
}

const indented = (lines: string, spaces: number): string => lines.replaceAll(/^(?=.)/gm, " ".repeat(spaces));

/** The access file beside it: a reviewed environment with a role. */
export const besideProduction = (more: object = {}): object => ({
  "web-shop": { environments: { production: { reviewers: { teams: ["release-managers"] }, role: {} } }, ...more },
});
