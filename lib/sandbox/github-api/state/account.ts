import type { Clock } from "./clock";
import { LIMITS } from "./limits";
import type { Plan } from "./plan";
import { Secrets } from "./secrets";
import { checkClaimKeys, type OrganizationSubject } from "./subject";
import { Variables } from "./variables";

export type AccountType = "Organization" | "User";

/** A team of an organization. */
export interface Team {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
}

interface AccountFields {
  readonly id: number;
  readonly login: string;
  readonly type: AccountType;
  readonly plan: Plan;
  readonly clock: Clock;
}

/** An organization or a person: either can own repositories. */
export class Account {
  readonly id: number;
  /** In GitHub's own spelling; found in any case. */
  readonly login: string;
  readonly type: AccountType;
  plan: Plan;
  readonly createdAt: string;
  readonly teams: Team[] = [];
  readonly variables: Variables;
  readonly secrets: Secrets;
  private template: OrganizationSubject = { includeClaimKeys: ["repo", "context"] };

  constructor(fields: AccountFields) {
    this.id = fields.id;
    this.login = fields.login;
    this.type = fields.type;
    this.plan = fields.plan;
    this.createdAt = fields.clock.tick();
    const home = { clock: fields.clock, sharing: { visibility: "private", repositoryIds: [] } } as const;
    this.variables = new Variables({ ...home, limit: LIMITS.organization.variables });
    this.secrets = new Secrets({ ...home, limit: LIMITS.organization.secrets });
  }

  /** The organization's subject template, which its repositories follow only when they say so. */
  get subject(): OrganizationSubject {
    return this.template;
  }

  /** Sets the template. What is left out stays. */
  customizeSubject(change: Partial<OrganizationSubject>): void {
    if (change.includeClaimKeys) checkClaimKeys(change.includeClaimKeys);
    this.template = { ...this.template, ...change };
  }

  /** The team of that slug, or undefined. */
  findTeam(slug: string): Team | undefined {
    return this.teams.find((team) => team.slug === slug.toLowerCase());
  }

  /** The team of that id, or undefined. */
  findTeamById(id: number): Team | undefined {
    return this.teams.find((team) => team.id === id);
  }
}
