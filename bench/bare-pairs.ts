import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { ActionsOrganizationSecret } from "@cdktf/provider-github/lib/actions-organization-secret";
import { ActionsOrganizationVariable } from "@cdktf/provider-github/lib/actions-organization-variable";
import { ActionsSecret } from "@cdktf/provider-github/lib/actions-secret";
import { ActionsVariable } from "@cdktf/provider-github/lib/actions-variable";
import { DataGithubRepository } from "@cdktf/provider-github/lib/data-github-repository";
import { DataGithubRestApi } from "@cdktf/provider-github/lib/data-github-rest-api";
import { App, TerraformVariable, Token } from "cdktf";
import { BareStack } from "./bare-stack";
import { COMMON } from "./generate";
import { PAIRS, sharedVariable, type PairAccount, type PairFleet } from "./generate-pairs";

/** Synthesizes the same resources written directly with cdktf's generated classes, and nothing else. */
export function synthesizeBarePairs(fleet: PairFleet, outdir: string): void {
  const app = new App({ outdir });
  for (const account of fleet.accounts) new PairsStack(app, account);
  app.synth();
}

class PairsStack extends BareStack {
  constructor(app: App, account: PairAccount) {
    super(app, account.name, account.id);
    const token = this.secretVariable(PAIRS.secret.fromVariable);
    const arns: Record<string, string> = {};
    for (const repository of account.repositories) {
      const subject = this.subjectPrefix(repository);
      arns[`${repository}-apply`] = this.addApply(repository, subject);
      arns[`${repository}-plan`] = this.addPlan(repository, subject);
      this.addValues(repository, token);
    }
    this.addOutputs(arns);
    this.addOrganization(account, arns);
  }

  /** Returns the role's ARN. */
  private addApply(repository: string, subject: string): string {
    const environment = this.addEnvironment(repository);
    const arn = this.addRole(
      `${repository}-apply`,
      this.trustPolicy(`${subject}:environment:${COMMON.environment}`),
      PAIRS.applies,
      [
        {
          Effect: "Allow",
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: `arn:aws:s3:::${PAIRS.bucket}/${repository}/*`,
        },
        { Effect: "Allow", Action: "s3:DeleteObject", Resource: `arn:aws:s3:::${PAIRS.bucket}/${repository}/*.tflock` },
      ],
      repository,
    );
    this.publish(repository, environment, arn);
    return arn;
  }

  /** Returns the role's ARN. */
  private addPlan(repository: string, subject: string): string {
    const arn = this.addRole(
      `${repository}-plan`,
      this.trustPolicy([`${subject}:pull_request`, `${subject}:ref:refs/heads/${PAIRS.planned}`]),
      PAIRS.plans,
      [
        { Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${PAIRS.bucket}/${repository}/*` },
        {
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:DeleteObject"],
          Resource: `arn:aws:s3:::${PAIRS.bucket}/${repository}/*.tflock`,
        },
      ],
      repository,
    );
    new ActionsVariable(this, `${repository}-AWS_PLAN_ROLE_ARN`, {
      repository,
      variableName: "AWS_PLAN_ROLE_ARN",
      value: arn,
    });
    return arn;
  }

  /** Returns the role's ARN. */
  private addRole(
    name: string,
    assumeRolePolicy: string,
    managedPolicy: string,
    objects: readonly object[],
    repository: string,
  ): string {
    const { name: role, arn } = new IamRole(this, `${name}-role`, {
      name,
      assumeRolePolicy,
      path: "/",
      maxSessionDuration: 3600,
      tags: COMMON.tags,
      dependsOn: [this.provider],
    });
    new IamRolePolicyAttachment(this, `${name}-attachment`, {
      role,
      policyArn: `arn:aws:iam::aws:policy/${managedPolicy}`,
    });
    const list = {
      Effect: "Allow",
      Action: "s3:ListBucket",
      Resource: `arn:aws:s3:::${PAIRS.bucket}`,
      Condition: { StringLike: { "s3:prefix": `${repository}/*` } },
    };
    new IamRolePolicy(this, `${name}-policy`, {
      role,
      name: "terraform-state",
      policy: JSON.stringify({ Version: "2012-10-17", Statement: [list, ...objects] }),
    });
    return arn;
  }

  private addValues(repository: string, token: string): void {
    for (const [variableName, value] of Object.entries(PAIRS.variables))
      new ActionsVariable(this, `${repository}-${variableName}`, { repository, variableName, value });
    new ActionsSecret(this, `${repository}-secret`, {
      repository,
      secretName: PAIRS.secret.name,
      plaintextValue: token,
    });
  }

  private addOrganization(account: PairAccount, arns: Readonly<Record<string, string>>): void {
    const [first = "", second = ""] = account.repositories;
    this.addOrganizationLookup();
    const { repoId } = new DataGithubRepository(this, `${second}-number`, { name: second });
    new ActionsOrganizationVariable(this, "TEAM", {
      variableName: sharedVariable(account),
      visibility: "selected",
      selectedRepositoryIds: [repoId],
      value: Token.asString(arns[`${first}-plan`]),
    });
    if (!account.isShared) return;
    const { variable, value, secret, fromVariable } = PAIRS.organization;
    new ActionsOrganizationVariable(this, variable, { variableName: variable, visibility: "all", value });
    new ActionsOrganizationSecret(this, secret, {
      secretName: secret,
      visibility: "private",
      plaintextValue: this.secretVariable(fromVariable),
    });
  }

  private addOrganizationLookup(): void {
    new DataGithubRestApi(this, "organization", {
      endpoint: `orgs/${COMMON.owner}`,
      lifecycle: {
        postcondition: [
          {
            condition: "${self.code == 200}",
            errorMessage: `"${COMMON.owner}" is no organization that the GitHub token may read (GitHub answered \${self.code}), and only an organization has variables and secrets for several repositories. Publish in the repositories instead, or correct the owner in the access file.`,
          },
        ],
      },
    });
  }

  /** Returns a reference to it. */
  private secretVariable(name: string): string {
    return new TerraformVariable(this, name, {
      type: "string",
      description: "Secret that goes to GitHub",
      sensitive: true,
      nullable: false,
    }).stringValue;
  }
}
