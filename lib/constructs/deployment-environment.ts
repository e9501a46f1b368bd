import { dependable, Token, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import {
  deploymentPatternRule,
  environmentNameRule,
  ownerLoginRule,
  repositoryNameRule,
  teamSlugRule,
  variableNameRule,
  type NameRule,
} from "../github/names";
import { MAX_REVIEWERS, MAX_WAIT_TIMER, reviewerCount, type Protection, type Reviewers } from "../github/protection";
import { address } from "./address";
import { attributeOf } from "./attribute";
import type { IBranchProtection } from "./branch-protection";
import {
  ActionsEnvironmentSecret,
  ActionsEnvironmentVariable,
  DataGithubTeam,
  DataGithubUser,
  RepositoryEnvironment,
  RepositoryEnvironmentDeploymentPolicy,
} from "./bindings";
import { keeping } from "./keeping";
import { secretRule, setSecret, type SecretValue } from "./secret-value";
import { literal } from "./template";

export interface DeploymentEnvironmentProps extends Protection {
  /** Name of the repository, without its owner: that is the GitHub provider's. */
  readonly repository: string;
  /** Name of the environment: 1 to 255 characters. */
  readonly name: string;
  /** Protected branches of the repository, made or looked up: `deployFrom: "protectedBranches"` asks for at least one. @default none */
  readonly protectedBranches?: readonly IBranchProtection[];
  /** Refuse plans that destroy or replace the environment. @default false */
  readonly preventDestroy?: boolean;
  /** Whether the stack's GitHub provider is 6.12 or newer, for the newer arguments of secrets. @default false */
  readonly isProvider612?: boolean;
}

/**
 * A deployment environment of a repository, with what protects it. Administrators may not bypass it,
 * unless that is said.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 */
export class DeploymentEnvironment extends Construct {
  /** Name of the repository, without its owner. */
  readonly repository: string;
  private readonly environment: RepositoryEnvironment;
  private readonly isProvider612: boolean;

  /** @throws RangeError when GitHub would refuse a name or a setting. The message begins with the construct's path. */
  constructor(scope: Construct, id: string, props: DeploymentEnvironmentProps) {
    super(scope, id);
    this.check(props);
    const { deployFrom } = props;
    this.environment = new RepositoryEnvironment(this, "Resource", {
      repository: props.repository,
      environment: literal(props.name),
      waitTimer: props.waitTimer || undefined,
      canAdminsBypass: props.adminsCanBypass ?? false,
      preventSelfReview: props.preventSelfReview ?? false,
      reviewers: reviewersBlock(this, props.reviewers),
      deploymentBranchPolicy:
        deployFrom === undefined
          ? undefined
          : {
              protectedBranches: deployFrom === "protectedBranches",
              customBranchPolicies: deployFrom !== "protectedBranches",
            },
      lifecycle: keeping(props.preventDestroy),
    });
    if (props.protectedBranches?.length)
      this.environment.dependsOn = props.protectedBranches.map(({ dependency }) => dependable(dependency));
    this.repository = props.repository;
    this.isProvider612 = props.isProvider612 ?? false;
    if (deployFrom === undefined || deployFrom === "protectedBranches") return;
    for (const pattern of new Set(deployFrom.branches))
      new RepositoryEnvironmentDeploymentPolicy(this, `branch:${address("branch", pattern)}`, {
        ...this.place,
        branchPattern: literal(pattern),
      });
    for (const pattern of new Set(deployFrom.tags))
      new RepositoryEnvironmentDeploymentPolicy(this, `tag:${address("tag", pattern)}`, {
        ...this.place,
        tagPattern: literal(pattern),
      });
  }

  /** Name of the environment, as a reference: whoever uses it waits for the environment. */
  get name(): string {
    return this.environment.environment;
  }

  /**
   * Sets a variable of the environment. A role's ARN goes in as the reference it is: `role.arn`.
   *
   * @throws RangeError when GitHub would refuse the name.
   */
  publishVariable(name: string, value: string): void {
    this.rule("variable", name, variableNameRule);
    new ActionsEnvironmentVariable(this, `variable:${name}`, { ...this.place, variableName: name, value });
  }

  /**
   * Sets a secret of the environment. Terraform keeps its value in the state.
   *
   * @param value a reference, a sensitive Terraform variable, or a value that is sealed with the environment's
   *   public key; never a secret written out.
   * @throws RangeError when GitHub would refuse the name, or the value is written out.
   */
  publishSecret(name: string, value: SecretValue): void {
    this.rule("secret", name, variableNameRule);
    const wrong = secretRule(value);
    if (wrong) this.refuse(`secret ${JSON.stringify(name)} ${wrong}`);
    setSecret(
      new ActionsEnvironmentSecret(this, `secret:${name}`, { ...this.place, secretName: name }),
      value,
      this.isProvider612,
    );
  }

  /** What everything inside the environment says of where it is. */
  private get place(): { repository: string; environment: string } {
    return { repository: this.repository, environment: attributeOf(this.environment, "environment") };
  }

  private check(props: DeploymentEnvironmentProps): void {
    const { reviewers, deployFrom } = props;
    this.rule("repository", props.repository, repositoryNameRule);
    this.rule("environment", props.name, environmentNameRule);
    const count = reviewerCount(reviewers);
    if (count > MAX_REVIEWERS)
      this.refuse(`${count} reviewers: GitHub accepts at most ${MAX_REVIEWERS} users and teams together`);
    for (const slug of reviewers?.teams ?? []) this.rule("team", slug, teamSlugRule);
    for (const login of reviewers?.users ?? []) this.rule("user", login, ownerLoginRule);
    const wait = props.waitTimer ?? 0;
    if (!Number.isInteger(wait) || wait < 0 || wait > MAX_WAIT_TIMER)
      this.refuse(`wait timer of ${wait}: use 0 to ${MAX_WAIT_TIMER} minutes`);
    if (deployFrom === "protectedBranches" && !props.protectedBranches?.length)
      this.refuse(
        'deployFrom "protectedBranches" without a protected branch, where GitHub lets every branch deploy: give "protectedBranches" a ProtectedBranch or a ProtectedBranchesLookup',
      );
    if (typeof deployFrom !== "object") return;
    if (!deployFrom.branches?.length && !deployFrom.tags?.length)
      this.refuse("no branch or tag may deploy: name a pattern, or leave deployFrom out");
    for (const pattern of deployFrom.branches ?? []) this.rule("branch pattern", pattern, deploymentPatternRule);
    for (const pattern of deployFrom.tags ?? []) this.rule("tag pattern", pattern, deploymentPatternRule);
  }

  private rule(what: string, value: string, rule: NameRule): void {
    const wrong = rule(value);
    if (wrong) this.refuse(`${what} ${JSON.stringify(value)}: ${wrong}`);
  }

  private refuse(problem: string): never {
    throw new RangeError(`${this.node.path}: ${problem}`);
  }
}

/**
 * GitHub wants numbers where people know names: they are looked up. Nobody is an empty list: of a block that
 * is not there the provider makes `null`, and GitHub keeps the reviewers that it has.
 *
 * @see https://github.com/integrations/terraform-provider-github/issues/3156
 */
function reviewersBlock(scope: Construct, reviewers: Reviewers | undefined): { teams?: number[]; users?: number[] }[] {
  if (reviewerCount(reviewers) === 0) return [{ teams: [], users: [] }];
  const stack = TerraformStack.of(scope);
  const teams = (reviewers?.teams ?? []).map((slug) =>
    numberOf(stack, `team:${address(slug)}`, (id) => new DataGithubTeam(stack, id, { slug, summaryOnly: true })),
  );
  const users = (reviewers?.users ?? []).map((login) =>
    numberOf(stack, `user:${address(login)}`, (id) => new DataGithubUser(stack, id, { username: login })),
  );
  return [{ teams: teams.length > 0 ? teams : undefined, users: users.length > 0 ? users : undefined }];
}

/** The numbers looked up in each stack, by the id of what looks them up. */
const numbers = new WeakMap<TerraformStack, Map<string, number>>();

/** A number as a reference; looked up once for each stack, and one token however often it is used. */
function numberOf(stack: TerraformStack, id: string, lookUp: (id: string) => { readonly id: string }): number {
  const known = numbers.get(stack) ?? new Map<string, number>();
  numbers.set(stack, known);
  const number = known.get(id) ?? Token.asNumber(lookUp(id).id);
  known.set(id, number);
  return number;
}
