import { Account, type Team } from "./account";
import { Clock } from "./clock";
import { Ids } from "./ids";
import { invalid, notFound } from "./refusal";
import { Repository, type Flavour, type RepositoryHome } from "./repository";
import type { AccountSeed, GithubSeed, RepositorySeed, TeamSeed } from "./seed";

/**
 * What a GitHub holds, in memory. Read it to see what arrived, or change it as a person on GitHub's pages would:
 * the same rules hold, and a refused change throws a `Refusal`.
 */
export class GithubState implements RepositoryHome {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly flavour: Flavour;
  private readonly first?: Account;
  private readonly accounts = new Map<string, Account>();
  private readonly held = new Map<number, Repository>();
  private readonly redirects = new Map<string, number>();

  constructor(seed: GithubSeed = {}, clock = new Clock()) {
    const { owner, otherOwners = [], users = [], teams = [], repositories = [] } = seed;
    this.clock = clock;
    this.ids = new Ids([owner, ...otherOwners, ...users, ...teams, ...repositories].map((item) => item?.id));
    this.flavour = seed.flavour ?? "github.com";
    if (owner) this.first = this.addOwner(owner);
    otherOwners.forEach((other) => this.addOwner(other));
    users.forEach((user) => this.addUser(user));
    teams.forEach((team) => this.addTeam(team));
    repositories.forEach((repository) => this.addRepository(repository));
  }

  /** The account that owns what names no other owner. */
  get owner(): Account {
    if (!this.first) throw new Error("This GitHub was started without an owner");
    return this.first;
  }

  addOwner({ type = "Organization", ...seed }: AccountSeed): Account {
    return this.addAccount({ ...seed, type });
  }

  addUser({ type = "User", ...seed }: AccountSeed): Account {
    return this.addAccount({ ...seed, type });
  }

  addTeam(seed: TeamSeed, organization: Account = this.owner): Team {
    const team: Team = { id: this.ids.take(seed.id), slug: seed.slug.toLowerCase(), name: seed.name ?? seed.slug };
    checkNew("Team", team.id, organization.findTeamById(team.id));
    organization.teams.push(team);
    return team;
  }

  /** Creates a repository. It takes its name back from a redirect that an earlier one left behind. */
  addRepository(seed: RepositorySeed): Repository {
    const owner = seed.owner === undefined ? this.owner : this.account(seed.owner);
    this.checkFree(owner, seed.name);
    const { name, visibility = "private", subjects = "immutable", branches = ["main"], pullRequests = [] } = seed;
    const fields = {
      id: this.ids.take(seed.id),
      name,
      owner,
      visibility,
      bornImmutable: subjects === "immutable",
      branches,
      pullRequests,
    };
    checkNew("Repository", fields.id, this.findRepositoryById(fields.id));
    const repository = new Repository(fields, this);
    if (seed.subject) repository.customizeSubject(seed.subject);
    this.held.set(repository.id, repository);
    this.redirects.delete(key(repository.fullName));
    return repository;
  }

  /** The account of that login in any case, or undefined. */
  findAccount(login: string): Account | undefined {
    return this.accounts.get(login.toLowerCase());
  }

  account(login: string): Account {
    const account = this.findAccount(login);
    if (!account) throw notFound();
    return account;
  }

  /** The organization of that login; a person's account is none. */
  organization(login: string): Account {
    const account = this.account(login);
    if (account.type !== "Organization") throw notFound();
    return account;
  }

  findUserById(id: number): Account | undefined {
    return [...this.accounts.values()].find((account) => account.id === id && account.type === "User");
  }

  findOrganizationById(id: number): Account | undefined {
    return [...this.accounts.values()].find((account) => account.id === id && account.type === "Organization");
  }

  get repositories(): Repository[] {
    return [...this.held.values()];
  }

  /** The repository of that full name, or of that name and the first owner, or undefined. */
  findRepository(name: string): Repository | undefined {
    const wanted = this.fullKey(name);
    return this.repositories.find((repository) => key(repository.fullName) === wanted);
  }

  repository(name: string): Repository {
    const repository = this.findRepository(name);
    if (!repository) throw notFound();
    return repository;
  }

  findRepositoryById(id: number): Repository | undefined {
    return this.held.get(id);
  }

  /** Where a name leads that a repository had once, or undefined. */
  findRedirect(fullName: string): Repository | undefined {
    const id = this.redirects.get(key(fullName));
    return id === undefined ? undefined : this.findRepositoryById(id);
  }

  /** Renames a repository. Its old name leads to it until another takes that name; its subjects carry ids from now on. */
  renameRepository(name: string, newName: string): Repository {
    const repository = this.repository(name);
    return this.move(repository, repository.owner, newName);
  }

  /** Gives a repository to another account. */
  transferRepository(name: string, newOwner: string): Repository {
    const repository = this.repository(name);
    return this.move(repository, this.account(newOwner), repository.name);
  }

  /** Deletes a repository. Names that led to it lead nowhere. */
  deleteRepository(name: string): void {
    const { id } = this.repository(name);
    this.held.delete(id);
    for (const [old, target] of this.redirects) if (target === id) this.redirects.delete(old);
  }

  private move(repository: Repository, owner: Account, name: string): Repository {
    this.checkFree(owner, name);
    const old = key(repository.fullName);
    repository.moveTo(owner, name);
    this.redirects.delete(key(repository.fullName));
    this.redirects.set(old, repository.id);
    return repository;
  }

  private addAccount(seed: AccountSeed & { readonly type: Account["type"] }): Account {
    const { login, type, plan = type === "Organization" ? "enterprise" : "free" } = seed;
    if (this.findAccount(login)) throw invalid(`Login ${login} has already been taken`);
    const id = this.ids.take(seed.id);
    checkNew("Account", id, this.findUserById(id) ?? this.findOrganizationById(id));
    const account = new Account({ id, login, type, plan, clock: this.clock });
    this.accounts.set(login.toLowerCase(), account);
    return account;
  }

  private checkFree(owner: Account, name: string): void {
    if (this.findRepository(`${owner.login}/${name}`)) throw invalid(`Name ${name} already exists on this account`);
  }

  private fullKey(name: string): string {
    return key(name.includes("/") ? name : `${this.owner.login}/${name}`);
  }
}

const key = (fullName: string): string => fullName.toLowerCase();

function checkNew(what: string, id: number, known: unknown): void {
  if (known) throw new Error(`${what} id ${id} is given out already`);
}
