import type { RepositoryRoleConfig } from "../../lib/config/schema";
import { addresses, blockAt } from "../constructs/terraform-json";
import { synthesizeMain } from "./synthesize";

const build = (...allow: RepositoryRoleConfig["allow"]) =>
  synthesizeMain({
    github: { subjects: "name" },
    repositories: {
      ci: {
        roles: {
          deploy: {
            split: "perRepository",
            allow,
            inlinePolicies: { read: { Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "*" }] } },
            managedPolicies: ["ReadOnlyAccess"],
            publish: { variable: "ROLE" },
          },
        },
      },
    },
  });

describe("A role that is split by repository", () => {
  const json = build({ repository: "web", branch: "main" }, { repository: "api.v2", branch: "main" });

  test("has for each an address with the repository in it, and its ARN in that repository", () => {
    expect(blockAt(json.resource, "aws_iam_role.ci__role__deploy__of__web")["name"]).toBe("ci-deploy-web");
    expect(blockAt(json.resource, "github_actions_variable.web__ROLE")).toMatchObject({
      repository: "web",
      value: "${aws_iam_role.ci__role__deploy__of__web.arn}",
    });
    expect(Object.keys(json.resource?.["github_actions_variable"] ?? {})).toHaveLength(2);
    expect(Object.keys(json.output?.["role_arns"]?.value ?? {})).toEqual(["ci-deploy-api.v2", "ci-deploy-web"]);
  });

  test("trusts in each part the jobs of that repository alone", () => {
    const trust = String(blockAt(json.resource, "aws_iam_role.ci__role__deploy__of__web")["assume_role_policy"]);
    expect(trust).toContain('"repo:octo-org/web:ref:refs/heads/main"');
    expect(trust).not.toContain("api.v2");
  });

  test("changes nothing of a part when another repository is added", () => {
    const after = addresses(
      build(
        { repository: "next", any: true },
        { repository: "web", branch: "main" },
        { repository: "api.v2", branch: "main" },
      ),
    );
    for (const [address, block] of addresses(json)) expect([address, after.get(address)]).toEqual([address, block]);
  });
});
