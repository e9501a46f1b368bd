import { TerraformLocal, type TerraformStack, TerraformVariable } from "cdktf";
import type { AccountAccess, GivenValue, PublishedValue, SecretSource, ValuePlace } from "../lib/config/account-access";
import type { RoleFact } from "../lib/config/published-names";
import { address } from "../lib/constructs/address";
import type { DeploymentEnvironment } from "../lib/constructs/deployment-environment";
import { publishEnvironmentSecret, publishEnvironmentVariable } from "../lib/constructs/environment-value";
import type { GithubActionsRole } from "../lib/constructs/github-actions-role";
import { requireOrganization } from "../lib/constructs/organization-owner";
import { publishOrganizationSecret, publishOrganizationVariable } from "../lib/constructs/organization-value";
import { publishRepositorySecret, publishRepositoryVariable } from "../lib/constructs/repository-value";
import type { SecretValue } from "../lib/constructs/secret-value";
import { literal } from "../lib/constructs/template";
import { isProvider612 } from "./provider-versions";
import type { Renames } from "./renames";

/** Puts the variables and secrets of an account where the file says: into environments, repositories and the organization. */
export class GithubValues {
  private readonly environments = new Map<string, DeploymentEnvironment>();

  constructor(
    private readonly stack: TerraformStack,
    private readonly account: AccountAccess,
    private readonly renames: Renames,
  ) {
    const places = [...account.values, ...account.roles.flatMap(({ publish }) => publish)].map(({ place }) => place);
    if (places.some((place) => "organization" in place)) requireOrganization(stack, account.github.owner);
  }

  /** Makes an environment of this stack known: its values refer to it. One that is not known is made by another stack. */
  know(repository: string, name: string, environment: DeploymentEnvironment): void {
    this.environments.set(address(repository, name), environment);
  }

  /** Tells a fact of a role. */
  publish({ kind, name, value, place }: PublishedValue, role: GithubActionsRole): void {
    if (kind === "variable") this.setVariable(place, name, this.fact(value, role));
    else this.setSecret(place, name, this.factAsReference(value, role));
  }

  /** Sets what the file itself gives. */
  give(given: GivenValue): void {
    if (given.kind === "variable") this.setVariable(given.place, given.name, literal(given.value));
    else this.setSecret(given.place, given.name, this.secretOf(given.source));
  }

  private setVariable(place: ValuePlace, name: string, value: string): void {
    const environment = this.environmentAt(place);
    if (!environment) this.noteRename("variable", place, name);
    if (environment) environment.publishVariable(name, value);
    else if ("organization" in place)
      publishOrganizationVariable(this.stack, { name, value, repositories: place.organization });
    else if ("environment" in place) publishEnvironmentVariable(this.stack, { ...place, name, value });
    else publishRepositoryVariable(this.stack, { ...place, name, value });
  }

  private setSecret(place: ValuePlace, name: string, value: SecretValue): void {
    const environment = this.environmentAt(place);
    if (!environment) this.noteRename("secret", place, name);
    const secret = { name, value, isProvider612: isProvider612(this.account) };
    if (environment) environment.publishSecret(name, value);
    else if ("organization" in place)
      publishOrganizationSecret(this.stack, { ...secret, repositories: place.organization });
    else if ("environment" in place) publishEnvironmentSecret(this.stack, { ...place, ...secret });
    else publishRepositorySecret(this.stack, { ...place, ...secret });
  }

  private environmentAt(place: ValuePlace): DeploymentEnvironment | undefined {
    return "environment" in place ? this.environments.get(address(place.repository, place.environment)) : undefined;
  }

  /** What stands beneath an environment's construct moves with it; what stands alone is noted alone. */
  private noteRename(kind: string, place: ValuePlace, name: string): void {
    if ("organization" in place) return;
    const idOf = (...parts: string[]): string => `${kind}-of:${address(...parts, name)}`;
    if ("environment" in place)
      this.renames.note(
        place.repository,
        [{ scope: { environment: place.environment, key: undefined }, now: place.environment }],
        (repository, [environment = ""]) => idOf(repository, environment),
      );
    else this.renames.note(place.repository, [], (repository) => idOf(repository));
  }

  private fact(value: RoleFact, { arn, name }: GithubActionsRole): string {
    const { region, id, partition } = this.account;
    return { arn, name, region, accountId: id, partition }[value];
  }

  /** No secret is ever written out, not even one that is none. */
  private factAsReference(value: RoleFact, role: GithubActionsRole): string {
    if (value === "arn") return role.arn;
    const scope = value === "name" ? role : this.stack;
    const known = scope.node.tryFindChild(`local:${value}`) as TerraformLocal | undefined;
    return (known ?? new TerraformLocal(scope, `local:${value}`, this.fact(value, role))).asString;
  }

  /** A sealed value as it is, or the Terraform variable of that name; declared once, however many secrets it fills. */
  private secretOf(source: SecretSource): SecretValue {
    if (!("fromVariable" in source)) return source;
    const id = `input:${source.fromVariable}`;
    const known = this.stack.node.tryFindChild(id) as TerraformVariable | undefined;
    return (
      known ??
      new TerraformVariable(this.stack, id, {
        type: "string",
        sensitive: true,
        nullable: false,
        description: "Secret that goes to GitHub",
      })
    ).stringValue;
  }
}
