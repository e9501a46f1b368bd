import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { App } from "cdktf";
import { BareStack } from "./bare-stack";
import { COMMON, type Deployment, type Fleet, type FleetAccount } from "./generate";

/** Synthesizes the same resources written directly with cdktf's generated classes, and nothing else. */
export function synthesizeBare(fleet: Fleet, outdir: string): void {
  const app = new App({ outdir });
  for (const account of fleet.accounts) new DeploymentsStack(app, account);
  app.synth();
}

class DeploymentsStack extends BareStack {
  constructor(app: App, account: FleetAccount) {
    super(app, account.name, account.id);
    const arns: Record<string, string> = {};
    for (const deployment of account.deployments) arns[deployment.roleName] = this.addDeployment(deployment);
    this.addOutputs(arns);
  }

  /** Returns the role's ARN. Every reference is made once and passed on: cdktf makes a token each time one is asked for. */
  private addDeployment(deployment: Deployment): string {
    const { repository } = deployment;
    const environment = this.addEnvironment(repository);
    const arn = this.addRole(deployment);
    this.publish(repository, environment, arn);
    return arn;
  }

  /** Returns the role's ARN. */
  private addRole({ repository, roleName, inlinePolicy }: Deployment): string {
    const { name: role, arn } = new IamRole(this, `${repository}-role`, {
      name: roleName,
      assumeRolePolicy: this.trustPolicy(`${this.subjectPrefix(repository)}:environment:${COMMON.environment}`),
      path: "/",
      maxSessionDuration: 3600,
      tags: COMMON.tags,
      dependsOn: [this.provider],
    });
    new IamRolePolicyAttachment(this, `${repository}-attachment`, {
      role,
      policyArn: `arn:aws:iam::aws:policy/${COMMON.managedPolicy}`,
    });
    new IamRolePolicy(this, `${repository}-policy`, {
      role,
      name: COMMON.inlinePolicyName,
      policy: JSON.stringify(inlinePolicy),
    });
    return arn;
  }
}
