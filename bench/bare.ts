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
    const arns: Record<string, string> = {};
    for (const deployment of account.deployments) arns[deployment.roleName] = this.addDeployment(deployment, account, provider, team);
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

  /** Returns the role's ARN. */
  private addDeployment(deployment: Deployment, account: FleetAccount, provider: IamOpenidConnectProvider, team: DataGithubTeam): string {
    const environment = this.addEnvironment(deployment, team);
    const role = this.addRole(deployment, account, provider);
    const { repository } = deployment;
    new ActionsEnvironmentVariable(this, `${repository}-AWS_ROLE_ARN`, { repository, environment: environment.environment, variableName: "AWS_ROLE_ARN", value: role.arn });
    new ActionsEnvironmentVariable(this, `${repository}-AWS_REGION`, { repository, environment: environment.environment, variableName: "AWS_REGION", value: COMMON.region });
    return role.arn;
  }

  private addEnvironment({ repository }: Deployment, team: DataGithubTeam): RepositoryEnvironment {
    const environment = new RepositoryEnvironment(this, `${repository}-environment`, {
      repository,
      environment: COMMON.environment,
      canAdminsBypass: false,
      preventSelfReview: false,
      reviewers: [{ teams: [Token.asNumber(team.id)] }],
      deploymentBranchPolicy: { protectedBranches: false, customBranchPolicies: true },
    });
    new RepositoryEnvironmentDeploymentPolicy(this, `${repository}-branch`, { repository, environment: environment.environment, branchPattern: COMMON.branch });
    return environment;
  }

  private addRole(deployment: Deployment, account: FleetAccount, provider: IamOpenidConnectProvider): IamRole {
    const { repository, roleName } = deployment;
    const role = new IamRole(this, `${repository}-role`, {
      name: roleName,
      assumeRolePolicy: trustPolicy(providerArn(account), this.subjectPrefix(repository)),
      path: "/",
      maxSessionDuration: 3600,
      tags: COMMON.tags,
      dependsOn: [provider],
    });
    new IamRolePolicyAttachment(this, `${repository}-attachment`, { role: role.name, policyArn: `arn:aws:iam::aws:policy/${COMMON.managedPolicy}` });
    new IamRolePolicy(this, `${repository}-policy`, { role: role.name, name: COMMON.inlinePolicyName, policy: JSON.stringify(deployment.inlinePolicy) });
    return role;
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
