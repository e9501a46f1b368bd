import path from "node:path";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
import { DataGithubRestApi } from "@cdktf/provider-github/lib/data-github-rest-api";
import { DataGithubTeam } from "@cdktf/provider-github/lib/data-github-team";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
import { type App, LocalBackend, TerraformLocal, TerraformOutput, TerraformStack, Token } from "cdktf";
import { postconditions } from "./bare-postconditions";
import { COMMON } from "./generate";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

/** What is written alike for every account, whatever its roles are for. */
export abstract class BareStack extends TerraformStack {
  protected readonly provider: IamOpenidConnectProvider;
  private readonly team: number;

  constructor(
    app: App,
    name: string,
    private readonly accountId: string,
  ) {
    super(app, name);
    new AwsProvider(this, "aws", { region: COMMON.region, allowedAccountIds: [accountId] });
    new GithubProvider(this, "github-provider", { owner: COMMON.owner });
    this.addOverride("terraform.required_version", ">= 1.5.0");
    this.addOverride("terraform.required_providers.aws.version", ">= 5.81.0, < 7.0.0");
    this.addOverride("terraform.required_providers.github.version", ">= 6.9.1, < 7.0.0");
    new LocalBackend(this, { path: path.relative(path.join(app.outdir, "stacks", name), `terraform.${name}.tfstate`) });
    this.provider = new IamOpenidConnectProvider(this, "github", {
      url: `https://${ISSUER}`,
      clientIdList: [AUDIENCE],
      tags: COMMON.tags,
    });
    this.team = Token.asNumber(new DataGithubTeam(this, "team", { slug: COMMON.team, summaryOnly: true }).id);
  }

  protected addOutputs(arns: Readonly<Record<string, string>>): void {
    new TerraformOutput(this, "oidc_provider_arn", {
      value: this.providerArn,
      description: "ARN of the account's OIDC provider",
    });
    new TerraformOutput(this, "role_arns", { value: arns, description: "ARN of each role, by its name" });
  }

  /** Returns the environment's name, as a reference. */
  protected addEnvironment(repository: string): string {
    const { environment } = new RepositoryEnvironment(this, `${repository}-environment`, {
      repository,
      environment: COMMON.environment,
      canAdminsBypass: false,
      preventSelfReview: false,
      reviewers: [{ teams: [this.team] }],
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    });
    new RepositoryEnvironmentDeploymentPolicy(this, `${repository}-branch`, {
      repository,
      environment,
      branchPattern: COMMON.branch,
    });
    return environment;
  }

  protected publish(repository: string, environment: string, arn: string): void {
    new ActionsEnvironmentVariable(this, `${repository}-AWS_ROLE_ARN`, {
      repository,
      environment,
      variableName: "AWS_ROLE_ARN",
      value: arn,
    });
    new ActionsEnvironmentVariable(this, `${repository}-AWS_REGION`, {
      repository,
      environment,
      variableName: "AWS_REGION",
      value: COMMON.region,
    });
  }

  /** Returns what the repository's subjects begin with, as a reference. */
  protected subjectPrefix(repository: string): string {
    const answer = new DataGithubRestApi(this, `${repository}-subject`, {
      endpoint: `repos/${COMMON.owner}/${repository}/actions/oidc/customization/sub`,
      lifecycle: { postcondition: postconditions(COMMON.owner, repository) },
    });
    const prefix = new TerraformLocal(
      this,
      `${repository}-prefix`,
      `\${jsondecode(data.github_rest_api.${answer.friendlyUniqueId}.body).sub_claim_prefix}`,
    );
    return `\${local.${prefix.friendlyUniqueId}}`;
  }

  protected trustPolicy(subject: string | readonly string[]): string {
    return JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: this.providerArn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: subject } },
        },
      ],
    });
  }

  private get providerArn(): string {
    return `arn:aws:iam::${this.accountId}:oidc-provider/${ISSUER}`;
  }
}
