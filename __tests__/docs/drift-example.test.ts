import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Access } from "../../lib/config/access";
import { findDrift } from "../../lib/drift/find-drift";
import { GithubClient } from "../../lib/drift/github-client";
import { colors } from "../../lib/report/colors";
import { renderDrift } from "../../lib/report/drift";
import { GithubApi, type GithubState } from "../../lib/sandbox/github-api";

const ROOT = path.join(__dirname, "../..");
const PAGE = path.join(ROOT, "docs/drift.md");
const BLOCK = /```console drift\n([\s\S]*?)```/;

/** What an apply of the sample makes in its production environment, and what somebody then did to it. */
function changedByHand(state: GithubState): void {
  const repository = state.repository("web-shop");
  const environment = repository.putEnvironment("production", {
    waitTimer: 10,
    canAdminsBypass: false,
    deployableRefs: "patterns",
  });
  for (const branch of ["main", "release/*", "*"]) environment.addPolicy(branch, "branch");
  environment.addPolicy("v*", "tag");
  const values = {
    LOG_LEVEL: "info",
    AWS_REGION: "eu-west-1",
    AWS_ROLE_ARN: "arn:aws:iam::666666666666:role/web-shop",
  };
  for (const [name, value] of Object.entries(values)) environment.variables.set(name, value);
  environment.secrets.set("SENTRY_DSN", "https://key@sentry.example/1");
  repository.variables.set("AWS_PLAN_ROLE_ARN", "arn:aws:iam::111122223333:role/github/web-shop-plan");
  repository.secrets.set("AWS_RELEASE_ROLE_ARN", "arn:aws:iam::111122223333:role/github/web-shop-release");
}

test("the page on drift shows what drift prints of the sample (UPDATE_GOLDEN=1 writes it)", async () => {
  const api = await GithubApi.start({
    owner: { login: "octo-org", id: 65 },
    repositories: [{ name: "web-shop", id: 74 }],
  });
  try {
    changedByHand(api.state);
    const access = Access.fromFile(path.join(ROOT, "access.yaml"));
    const found = await findDrift(new GithubClient({ apiUrl: api.url, token: "anything" }), [
      access.account("production"),
    ]);
    const secrets = found.secrets.map((each) => ({ ...each, updatedAt: "2026-11-20T12:00:00Z" }));
    const printed = `$ npx github-oidc drift --account production\n${renderDrift({ ...found, secrets }, { colors: colors(false), width: 80 })}\n`;
    const page = readFileSync(PAGE, "utf8");
    if (process.env["UPDATE_GOLDEN"])
      writeFileSync(
        PAGE,
        page.replace(BLOCK, () => `\`\`\`console drift\n${printed}\`\`\``),
      );
    else expect(BLOCK.exec(page)?.[1]).toBe(printed);
  } finally {
    await api.stop();
  }
});
