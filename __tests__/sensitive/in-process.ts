import { writeFileSync } from "node:fs";
import path from "node:path";
import { access } from "../../lib/cli/commands/access";
import { check } from "../../lib/cli/commands/check";
import { explain } from "../../lib/cli/commands/explain";
import { review } from "../../lib/cli/commands/review";
import { UsageError } from "../../lib/cli/usage-error";

/** What a command wrote, on either of its outputs, with the message that it ended with. */
export interface Written {
  readonly command: string;
  readonly text: string;
}

/** Runs commands in this process and keeps what they write. A mistake of the program's own is thrown. */
export async function written(command: string, run: () => unknown): Promise<Written> {
  const texts: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation((text) => {
      texts.push(String(text));
      return true;
    }),
  );
  try {
    await run();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    texts.push(error.message);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return { command, text: texts.join("") };
}

/** Every command that reads a plan, in every format. @param folder with `claims.json` and a folder of workflows */
export async function everyCommand(folder: string, plan: string): Promise<Written[]> {
  const file = path.join(folder, "plan.json");
  writeFileSync(file, plan);
  const checking = { plan: file, failOn: "note", rule: [], disable: [] } as const;
  const calls: [string, () => unknown][] = [
    ...(["text", "json", "markdown", "mermaid"] as const).map((format): [string, () => unknown] => [
      `access ${format}`,
      () => access({ plan: file, format }),
    ]),
    ["access --role", () => access({ plan: file, format: "text", role: "ci" })],
    ["access --repository", () => access({ plan: file, format: "json", repository: "octo-org/web" })],
    ["access of no such role", () => access({ plan: file, format: "text", role: "no-such-role" })],
    ...(["text", "json", "sarif"] as const).flatMap((format): [string, () => unknown][] => [
      [`check ${format}`, () => check({ ...checking, format })],
      [
        `check --workflows ${format}`,
        () => check({ ...checking, format, workflows: path.join(folder, "workflows"), repository: "octo-org/web" }),
      ],
    ]),
    ...(["text", "json", "markdown"] as const).map((format): [string, () => unknown] => [
      `review ${format}`,
      () => review([file], { format, failOn: "weakened" }),
    ]),
    ...(["text", "json"] as const).flatMap((format) =>
      ["ci", "other", "no-such-role"].map((role): [string, () => unknown] => [
        `explain ${role} ${format}`,
        () => explain({ plan: file, role, claims: path.join(folder, "claims.json"), clientId: [], format }),
      ]),
    ),
  ];
  const all: Written[] = [];
  for (const [command, run] of calls) all.push(await written(command, run));
  return all;
}

/** What `everyCommand` reads beside the plan. */
export const CLAIMS = JSON.stringify({
  iss: "https://token.actions.githubusercontent.com",
  aud: "sts.amazonaws.com",
  sub: "repo:octo-org/web:environment:production",
  repository: "octo-org/web",
  environment: "production",
});

export const WORKFLOW = `on: push
permissions: { id-token: write }
jobs:
  deploy:
    runs-on: ubuntu-latest
    environment: production
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: "\${{ secrets.AWS_ROLE_ARN }}", aws-region: eu-west-1 }
  plan:
    runs-on: ubuntu-latest
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with: { role-to-assume: "\${{ vars.AWS_ROLE_ARN }}", aws-region: eu-west-1 }
`;
