import path from "node:path";
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { ActionsEnvironmentVariable } from "@cdktf/provider-github/lib/actions-environment-variable";
import { DataGithubRestApi } from "@cdktf/provider-github/lib/data-github-rest-api";
import { DataGithubTeam } from "@cdktf/provider-github/lib/data-github-team";
import { GithubProvider } from "@cdktf/provider-github/lib/provider";
import { RepositoryEnvironment } from "@cdktf/provider-github/lib/repository-environment";
import { RepositoryEnvironmentDeploymentPolicy } from "@cdktf/provider-github/lib/repository-environment-deployment-policy";
import { App, LocalBackend, TerraformLocal, TerraformOutput, TerraformStack, Token } from "cdktf";
import { postconditions } from "./bare-postconditions";
import { COMMON, type Deployment, type Fleet, type FleetAccount } from "./generate";

const ISSUER = "token.actions.githubusercontent.com";
const AUDIENCE = "sts.amazonaws.com";

/** Synthesizes the same resources written directly with cdktf's generated classes, and nothing else. */
export function synthesizeBare(fleet: Fleet, outdir: string): void {
  const app = new App({ outdir });
  for (const account of fleet.accounts) new BareStack(app, account);
  app.synth();
}

class BareStack extends TerraformStack {
  constructor(app: App, account: FleetAccount) {
    super(app, account.name);
    this.addProviders(account, app.outdir);
    const provider = new IamOpenidConnectProvider(this, "github", { url: `https://${ISSUER}`, clientIdList: [AUDIENCE], tags: COMMON.tags });
    const team = new DataGithubTeam(this, "team", { slug: COMMON.team, summaryOnly: true });
    const reviewer = Token.asNumber(team.id);
    const arns: Record<string, string> = {};
    for (const deployment of account.deployments) arns[deployment.roleName] = this.addDeployment(deployment, account, provider, reviewer);
    new TerraformOutput(this, "oidc_provider_arn", { value: providerArn(account), description: "ARN of the account's OIDC provider" });
    new TerraformOutput(this, "role_arns", { value: arns, description: "ARN of each role, by its name" });
  }

  private addProviders(account: FleetAccount, outdir: string): void {
    new AwsProvider(this, "aws", { region: COMMON.region, allowedAccountIds: [account.id] });
    new GithubProvider(this, "github-provider", { owner: COMMON.owner });
    this.addOverride("terraform.required_version", ">= 1.5.0");
    this.addOverride("terraform.required_providers.aws.version", ">= 5.81.0, < 7.0.0");
    this.addOverride("terraform.required_providers.github.version", ">= 6.9.1, < 7.0.0");
    new LocalBackend(this, { path: path.relative(path.join(outdir, "stacks", account.name), `terraform.${account.name}.tfstate`) });
  }

  /** Returns the role's ARN. Every reference is made once and passed on: cdktf makes a token each time one is asked for. */
  private addDeployment(deployment: Deployment, account: FleetAccount, provider: IamOpenidConnectProvider, team: number): string {
    const { repository } = deployment;
    const environment = this.addEnvironment(repository, team);
    const arn = this.addRole(deployment, account, provider);
    new ActionsEnvironmentVariable(this, `${repository}-AWS_ROLE_ARN`, { repository, environment, variableName: "AWS_ROLE_ARN", value: arn });
    new ActionsEnvironmentVariable(this, `${repository}-AWS_REGION`, { repository, environment, variableName: "AWS_REGION", value: COMMON.region });
    return arn;
  }

  /** Returns the environment's name, as a reference. */
  private addEnvironment(repository: string, team: number): string {
    const { environment } = new RepositoryEnvironment(this, `${repository}-environment`, {
      repository,
      environment: COMMON.environment,
      canAdminsBypass: false,
      preventSelfReview: false,
      reviewers: [{ teams: [team] }],
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    });
    new RepositoryEnvironmentDeploymentPolicy(this, `${repository}-branch`, { repository, environment, branchPattern: COMMON.branch });
    return environment;
  }

  /** Returns the role's ARN. */
  private addRole(deployment: Deployment, account: FleetAccount, provider: IamOpenidConnectProvider): string {
    const { repository, roleName } = deployment;
    const { name: role, arn } = new IamRole(this, `${repository}-role`, {
      name: roleName,
      assumeRolePolicy: trustPolicy(providerArn(account), this.subjectPrefix(repository)),
      path: "/",
      maxSessionDuration: 3600,
      tags: COMMON.tags,
      dependsOn: [provider],
    });
    new IamRolePolicyAttachment(this, `${repository}-attachment`, { role, policyArn: `arn:aws:iam::aws:policy/${COMMON.managedPolicy}` });
    new IamRolePolicy(this, `${repository}-policy`, { role, name: COMMON.inlinePolicyName, policy: JSON.stringify(deployment.inlinePolicy) });
    return arn;
  }

  private subjectPrefix(repository: string): string {
    const answer = new DataGithubRestApi(this, `${repository}-subject`, {
      endpoint: `repos/${COMMON.owner}/${repository}/actions/oidc/customization/sub`,
      lifecycle: { postcondition: postconditions(COMMON.owner, repository) },
    });
    const prefix = new TerraformLocal(this, `${repository}-prefix`, `\${jsondecode(data.github_rest_api.${answer.friendlyUniqueId}.body).sub_claim_prefix}`);
    return `\${local.${prefix.friendlyUniqueId}}`;
  }
}

const providerArn = (account: FleetAccount): string => `arn:aws:iam::${account.id}:oidc-provider/${ISSUER}`;

function trustPolicy(provider: string, subjectPrefix: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: { StringEquals: { [`${ISSUER}:aud`]: AUDIENCE, [`${ISSUER}:sub`]: `${subjectPrefix}:environment:${COMMON.environment}` } },
      },
    ],
  });
}
