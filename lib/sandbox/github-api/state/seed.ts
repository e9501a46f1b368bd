import type { AccountType } from "./account";
import type { Plan, RepositoryVisibility } from "./plan";
import type { Flavour } from "./repository";
import type { RepositorySubject } from "./subject";

/** An account to start with. */
export interface AccountSeed {
  /** In GitHub's own spelling. */
  readonly login: string;
  /** @default the next free id */
  readonly id?: number;
  /** @default "Organization" for an owner, "User" for a user */
  readonly type?: AccountType;
  /** @default "enterprise" for an organization, "free" for a user */
  readonly plan?: Plan;
}

/** A team to start with. */
export interface TeamSeed {
  readonly slug: string;
  /** @default the next free id */
  readonly id?: number;
  /** @default the slug */
  readonly name?: string;
}

/** A repository to start with. */
export interface RepositorySeed {
  readonly name: string;
  /** @default the next free id */
  readonly id?: number;
  /** Login of the owner. @default the first owner */
  readonly owner?: string;
  /** @default "private" */
  readonly visibility?: RepositoryVisibility;
  /** @default "main" alone */
  readonly branches?: readonly string[];
  /** Numbers of its pull requests. @default none */
  readonly pullRequests?: readonly number[];
  /** Whether subjects carry ids, as those of repositories made since 2026-07-15 do. @default "immutable" */
  readonly subjects?: "immutable" | "names";
  /** The template of the `sub` claim. @default GitHub's own */
  readonly subject?: RepositorySubject;
}

/** What GitHub holds at the start. */
export interface GithubSeed {
  /** The account that owns the repositories. */
  readonly owner?: AccountSeed;
  /** Further accounts, to transfer repositories to. */
  readonly otherOwners?: readonly AccountSeed[];
  /** Teams of the owner. */
  readonly teams?: readonly TeamSeed[];
  readonly users?: readonly AccountSeed[];
  readonly repositories?: readonly RepositorySeed[];
  /** @default "github.com" */
  readonly flavour?: Flavour;
}
