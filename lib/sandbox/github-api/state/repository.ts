import type { Account } from "./account";
import { Branches } from "./branches";
import type { Clock } from "./clock";
import { Comments } from "./comments";
import { Environment, type EnvironmentHome } from "./environment";
import type { Ids } from "./ids";
import { LIMITS } from "./limits";
import { checkEnvironmentName } from "./names";
import type { Entitlement, RepositoryVisibility } from "./plan";
import type { Protection, Reviewer } from "./protection";
import { notFound } from "./refusal";
import { Secrets } from "./secrets";
import { checkClaimKeys, type RepositorySubject } from "./subject";
import { Variables } from "./variables";

/** What a repository needs to know of the rest of GitHub. */
export interface RepositoryHome {
  readonly clock: Clock;
  readonly ids: Ids;
  /** GitHub Enterprise Server mints no subjects with ids. */
  readonly flavour: Flavour;
  findUserById(id: number): Account | undefined;
}

export type Flavour = "github.com" | "ghes";

interface RepositoryFields {
  readonly id: number;
  readonly name: string;
  readonly owner: Account;
  readonly visibility: RepositoryVisibility;
  /** Whether it was created, renamed or transferred since 2026-07-15, when subjects with ids became the default. */
  readonly bornImmutable: boolean;
  readonly branches: readonly string[];
  readonly pullRequests: readonly number[];
}

/** A repository, with all that a deployment reads from it. */
export class Repository implements EnvironmentHome {
  readonly id: number;
  visibility: RepositoryVisibility;
  readonly createdAt: string;
  readonly variables: Variables;
  readonly secrets: Secrets;
  readonly branches: Branches;
  /** On its pull requests. */
  readonly comments: Comments;
  private ownName: string;
  private ownedBy: Account;
  private bornImmutable: boolean;
  private template: RepositorySubject = { useDefault: true };
  private readonly kept = new Map<string, Environment>();

  constructor(
    fields: RepositoryFields,
    private readonly home: RepositoryHome,
  ) {
    this.id = fields.id;
    this.visibility = fields.visibility;
    this.ownName = fields.name;
    this.ownedBy = fields.owner;
    this.bornImmutable = fields.bornImmutable;
    this.branches = new Branches(fields.branches);
    this.comments = new Comments(fields.pullRequests, home);
    this.createdAt = home.clock.tick();
    this.variables = new Variables({ clock: home.clock, limit: LIMITS.repository.variables });
    this.secrets = new Secrets({ clock: home.clock, limit: LIMITS.repository.secrets });
  }

  get name(): string {
    return this.ownName;
  }

  get owner(): Account {
    return this.ownedBy;
  }

  get fullName(): string {
    return `${this.owner.login}/${this.name}`;
  }

  get clock(): Clock {
    return this.home.clock;
  }

  get ids(): Ids {
    return this.home.ids;
  }

  /** On an Enterprise Server every repository has what Enterprise has. */
  get entitlement(): Entitlement {
    return { visibility: this.visibility, plan: this.home.flavour === "ghes" ? "enterprise" : this.owner.plan };
  }

  /** The template of the `sub` claim. */
  get subject(): RepositorySubject {
    return this.template;
  }

  /**
   * Sets the template. Claim keys that are left out are gone. What becomes of an opt-in to subjects with ids that is
   * left out GitHub does not document: it stays.
   */
  customizeSubject(template: RepositorySubject): void {
    const { useDefault, includeClaimKeys, useImmutableSubject = this.template.useImmutableSubject } = template;
    if (includeClaimKeys) checkClaimKeys(includeClaimKeys);
    this.template = {
      useDefault,
      ...(includeClaimKeys && !useDefault && { includeClaimKeys }),
      ...(useImmutableSubject !== undefined && { useImmutableSubject }),
    };
  }

  /** The opt-in in force. It may be false while subjects carry ids all the same: GitHub answers so for young repositories. */
  get optedInToImmutableSubjects(): boolean {
    return this.template.useImmutableSubject ?? this.owner.subject.useImmutableSubject ?? false;
  }

  /** What every default subject of this repository starts with. */
  get subjectPrefix(): string {
    const immutable = this.home.flavour === "github.com" && (this.bornImmutable || this.optedInToImmutableSubjects);
    return immutable ? `repo:${this.owner.login}@${this.owner.id}/${this.name}@${this.id}` : `repo:${this.fullName}`;
  }

  /** Gives it another name or owner, from when on its subjects carry ids. */
  moveTo(owner: Account, name: string): void {
    this.ownedBy = owner;
    this.ownName = name;
    this.bornImmutable = true;
  }

  get environments(): Environment[] {
    return [...this.kept.values()];
  }

  /** The environment of that name in any case, or undefined. */
  findEnvironment(name: string): Environment | undefined {
    return this.kept.get(name.toLowerCase());
  }

  /** The environment of that name in any case; refused when there is none. */
  environment(name: string): Environment {
    const environment = this.findEnvironment(name);
    if (!environment) throw notFound();
    return environment;
  }

  /** Creates or changes an environment. A refused protection leaves no environment behind. */
  putEnvironment(name: string, protection: Partial<Protection> = {}): Environment {
    checkEnvironmentName(name);
    const known = this.findEnvironment(name);
    if (known) known.protect(protection);
    const environment = known ?? new Environment(name, protection, this);
    this.kept.set(name.toLowerCase(), environment);
    return environment;
  }

  /** Deletes an environment with its variables, secrets and policies. */
  deleteEnvironment(name: string): void {
    if (!this.kept.delete(name.toLowerCase())) throw notFound();
  }

  /** Whether somebody can review here: any user, and the teams of the organization that owns it. */
  knows({ type, id }: Reviewer): boolean {
    return (type === "Team" ? this.owner.findTeamById(id) : this.home.findUserById(id)) !== undefined;
  }
}
