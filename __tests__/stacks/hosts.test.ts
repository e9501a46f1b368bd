import { readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { fromConfig } from "../../lib/readers/from-config";
import { fromStackJson } from "../../lib/readers/from-synth";
import { grantsOf } from "../../lib/questions/grants";
import { mergeModels } from "../../lib/model/merge";
import { sameAccess } from "../../lib/model/same-access";
import { modelSubjects } from "../../lib/check/model/subjects";
import { RULES } from "../../lib/check/registry";
import { runRules } from "../../lib/check/run";
import { Access } from "../../lib/config/access";
import type { AccessConfig } from "../../lib/config/schema";
import { onlyBlock, terraformJson } from "../constructs/terraform-json";
import { synthesize } from "./synthesize";

/** The examples of the page, in their order. */
const PAGE = readFileSync(path.join(__dirname, "../../docs/hosts.md"), "utf8");
const [PARTITIONS, SERVER, SLUG, GHE, ASSERTED] = [...PAGE.matchAll(/^```yaml access\n([\s\S]*?)^```$/gm)].map(
  (match) => parse(match[1] ?? "") as AccessConfig,
) as [AccessConfig, AccessConfig, AccessConfig, AccessConfig, AccessConfig];

interface Expected {
  readonly partition: string;
  readonly issuer: string;
  readonly audience: string;
  readonly baseUrl?: string;
}
const CASES: readonly (readonly [string, AccessConfig, string, Expected])[] = [
  [
    "China",
    PARTITIONS,
    "china",
    { partition: "aws-cn", issuer: "token.actions.githubusercontent.com", audience: "sts.amazonaws.com.cn" },
  ],
  [
    "GovCloud",
    PARTITIONS,
    "government",
    { partition: "aws-us-gov", issuer: "token.actions.githubusercontent.com", audience: "sts.amazonaws.com" },
  ],
  [
    "GitHub Enterprise Server",
    SERVER,
    "production",
    {
      partition: "aws",
      issuer: "github.example.com/_services/token",
      audience: "sts.amazonaws.com",
      baseUrl: "https://github.example.com/",
    },
  ],
  [
    "an enterprise's own issuer",
    SLUG,
    "production",
    { partition: "aws", issuer: "token.actions.githubusercontent.com/octo-enterprise", audience: "sts.amazonaws.com" },
  ],
  [
    "ghe.com",
    GHE,
    "production",
    {
      partition: "aws",
      issuer: "token.actions.octo.ghe.com",
      audience: "sts.amazonaws.com",
      baseUrl: "https://api.octo.ghe.com/",
    },
  ],
];

describe.each(CASES)("In %s,", (_, config, account, { partition, issuer, audience, baseUrl }) => {
  const access = Access.from(config);
  const app = synthesize(access);
  const { resource, provider } = terraformJson(app, account);
  const { id = "" } = config.accounts[account] ?? {};

  test("provider, role and permissions are those of the partition and the issuer", () => {
    expect(onlyBlock(resource, "aws_iam_openid_connect_provider")).toMatchObject({
      url: `https://${issuer}`,
      client_id_list: [audience],
    });
    const policy = JSON.parse(String(onlyBlock(resource, "aws_iam_role")["assume_role_policy"])) as {
      Statement: [{ Principal: unknown; Condition: { StringEquals: Record<string, string> } }];
    };
    expect(policy.Statement[0].Principal).toEqual({ Federated: `arn:${partition}:iam::${id}:oidc-provider/${issuer}` });
    expect(Object.keys(policy.Statement[0].Condition.StringEquals)).toEqual([`${issuer}:aud`, `${issuer}:sub`]);
    expect(policy.Statement[0].Condition.StringEquals[`${issuer}:aud`]).toBe(audience);
    expect(onlyBlock(resource, "aws_iam_role_policy_attachment")["policy_arn"]).toBe(
      `arn:${partition}:iam::aws:policy/ReadOnlyAccess`,
    );
    expect((provider as unknown as { github: { base_url?: string }[] }).github[0]?.base_url).toBe(baseUrl);
  });

  test("file and Terraform say the same, who may assume what is understood, and nothing is found wrong", () => {
    const model = fromConfig(access);
    expect(
      sameAccess(
        model,
        mergeModels(Object.entries(app.texts).map(([name, text]) => fromStackJson(JSON.parse(text), name))),
      ),
    ).toBe(true);
    const [grant] = grantsOf(model).grants.filter((each) => each.account === account);
    expect(grant).toMatchObject({
      repository: "octo-org/web-shop",
      breadth: "exact",
      exact: true,
      neverHolds: false,
      jobs: [`environment ${account}`],
    });
    expect(
      runRules(RULES, modelSubjects(model, "config", "access.yaml")).filter(({ severity }) => severity !== "note"),
    ).toEqual([]);
  });
});

describe("claims that AWS does not document there", () => {
  test("are conditions where the file vouches for them, and a note of the check", () => {
    const access = Access.from(ASSERTED);
    const { resource } = terraformJson(synthesize(access), "production");
    const issuer = "token.actions.githubusercontent.com/octo-enterprise";
    expect(String(onlyBlock(resource, "aws_iam_role")["assume_role_policy"])).toContain(
      `"${issuer}:ref":"refs/heads/main"`,
    );
    const findings = runRules(RULES, modelSubjects(fromConfig(access), "config", "access.yaml"));
    expect(findings.filter(({ rule }) => rule === "L13").map(({ severity }) => severity)).toEqual(["note", "note"]);
    expect(findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  test("need no vouching where the subject says them", () => {
    const account = {
      ...ASSERTED.accounts["production"],
      id: "111122223333",
      region: "eu-west-1",
      claimKeys: undefined,
    };
    const templated: AccessConfig = {
      ...ASSERTED,
      accounts: { production: account },
      repositories: {
        "web-shop": {
          ...ASSERTED.repositories["web-shop"],
          subjectTemplate: ["repo", "context", "ref", "job_workflow_ref"],
        },
      },
    };
    expect(() => Access.from({ ...templated, repositories: ASSERTED.repositories })).toThrow(
      'or vouch for it with "claimKeys: asserted" of the account',
    );
    const policy = String(
      onlyBlock(terraformJson(synthesize(Access.from(templated)), "production").resource, "aws_iam_role")[
        "assume_role_policy"
      ],
    );
    expect(policy).toContain(
      ":environment:production:ref:refs/heads/main:job_workflow_ref:octo-org/ci/.github/workflows/deploy.yml@refs/heads/main",
    );
  });
});
