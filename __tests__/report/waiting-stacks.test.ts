import { outlineOf } from "../../lib/config/outline-of-config";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { colors } from "../../lib/report/colors";
import { renderNextSteps } from "../../lib/report/next-steps";
import { renderSummary } from "../../lib/report/summary";

const LAYOUT = { colors: colors(false), width: 80, folderOf: (account: string) => `cdktf.out/stacks/${account}` };
const CONFIG: AccessConfig = {
  github: { owner: "octo-org" },
  accounts: {
    staging: { id: "222233334444", region: "eu-west-1" },
    production: { id: "111122223333", region: "eu-west-1" },
  },
  repositories: {
    web: {
      environments: {
        live: { account: "production", waitTimer: 5, variables: { LEVEL: "info" }, role: { accounts: "all" } },
      },
    },
  },
};
const { accounts } = Access.from(CONFIG);
const outline = outlineOf(accounts);

describe("Stacks of which one waits for the other", () => {
  test("are told in the order in which they can be applied", () => {
    expect(renderNextSteps(outline, LAYOUT)).toBe(
      [
        "Needs: AWS credentials for each account (docs/first-deploy.md); GITHUB_TOKEN",
        "Next:  terraform -chdir=cdktf.out/stacks/production init",
        "       terraform -chdir=cdktf.out/stacks/production plan",
        "       and likewise for staging, in this order",
      ].join("\n"),
    );
  });

  test("say so where the one is not among those synthesized", () => {
    expect(renderNextSteps(outlineOf(accounts.filter(({ name }) => name === "staging")), LAYOUT)).toMatch(
      /^Needs: production applied before; AWS credentials/,
    );
    expect(renderNextSteps(outlineOf(accounts.filter(({ name }) => name === "production")), LAYOUT)).not.toContain(
      "applied before",
    );
  });

  test("show the environment's protection beside each of its roles, and its values in its own stack", () => {
    const [production = "", staging = ""] = renderSummary(outline, LAYOUT).split("\n\nstaging");
    for (const each of [production, staging]) expect(each).toContain("5 min wait");
    expect(production).toContain("variables LEVEL");
    expect(production).not.toContain("! apply");
    expect(staging).not.toContain("LEVEL");
    expect(staging).toContain("\n  ! apply production first: environments that get values here are made there\n");
    expect(staging).toContain("AWS_ROLE_ARN_STAGING, AWS_REGION_STAGING published in");
  });
});
