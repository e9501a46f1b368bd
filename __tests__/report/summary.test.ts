import { outlineOf } from "../../lib/config/outline-of-config";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { colors } from "../../lib/report/colors";
import { renderSummary } from "../../lib/report/summary";
import { oneAccount } from "../stacks/synthesize";

const summary = (repositories: AccessConfig["repositories"]): string =>
  renderSummary(outlineOf(Access.from(oneAccount({ repositories })).accounts), {
    colors: colors(false),
    width: 80,
    folderOf: (name) => `out/${name}`,
  });

describe("the summary of a stack", () => {
  test("names the branches that it protects, a line for each repository", () => {
    expect(summary({ web: { protectBranches: ["main", "release/1"] }, docs: { protectBranches: ["main"] } })).toBe(
      [
        "main · 111122223333 · eu-west-1                                         out/main",
        "  OIDC provider token.actions.githubusercontent.com, created here",
        "  protected branches of octo-org/web: main, release/1",
        "  protected branches of octo-org/docs: main",
        "  no roles and no environments",
      ].join("\n"),
    );
  });

  test("says nothing of branches where it protects none", () => {
    expect(summary({ web: { environments: { a: { deployFrom: "protectedBranches" } } } })).not.toContain(
      "protected branches of",
    );
  });
});
