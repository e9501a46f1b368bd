import type { Account, Team } from "../state/account";
import type { Environment } from "../state/environment";
import { notFound } from "../state/refusal";
import type { Repository } from "../state/repository";
import { param, type Answer, type Call, type Method, type Operation } from "./operation";
import { RepositoryMoved } from "./repository-moved";

/** How an operation is declared: what it does once the thing in its path is found. */
export interface On<T extends unknown[]> {
  (method: Method, path: string, documentation: string, handle: (call: Call, ...found: T) => Answer): Operation[];
}

/** An operation on an organization. */
export const onOrganization: On<[Account]> = (method, path, documentation, handle) => [
  {
    method,
    path: `/orgs/:org${path}`,
    documentation,
    handle: (call) => handle(call, call.state.organization(param(call, "org"))),
  },
];

/** An operation on a team, which GitHub serves by slug and by id. */
export const onTeam: On<[Team, Account]> = (method, path, documentation, handle) => [
  ...onOrganization(method, `/teams/:slug${path}`, documentation, (call, owner) =>
    handle(call, existing(owner.findTeam(param(call, "slug"))), owner),
  ),
  {
    method,
    path: `/organizations/:organization_id/team/:team_id${path}`,
    documentation,
    handle: (call) => {
      const owner = existing(call.state.findOrganizationById(Number(param(call, "organization_id"))));
      return handle(call, existing(owner.findTeamById(Number(param(call, "team_id")))), owner);
    },
  },
];

/** An operation on a repository, which GitHub serves by name and, undocumented but used by clients, by id. */
export const onRepository: On<[Repository]> = (method, path, documentation, handle) => [
  { method, path: `/repos/:owner/:repo${path}`, documentation, handle: (call) => handle(call, repositoryByName(call)) },
  {
    method,
    path: `/repositories/:repository_id${path}`,
    documentation,
    handle: (call) => handle(call, repositoryById(call)),
  },
];

/** An operation on an environment of a repository. */
export const onEnvironment: On<[Environment, Repository]> = (method, path, documentation, handle) =>
  onRepository(method, `/environments/:environment${path}`, documentation, (call, repository) =>
    handle(call, repository.environment(param(call, "environment")), repository),
  );

function repositoryByName(call: Call): Repository {
  const name = `${param(call, "owner")}/${param(call, "repo")}`;
  const repository = call.state.findRepository(name);
  if (repository) return repository;
  const moved = call.state.findRedirect(name);
  throw moved ? new RepositoryMoved(moved.id) : notFound();
}

const repositoryById = (call: Call): Repository =>
  existing(call.state.findRepositoryById(Number(param(call, "repository_id"))));

/** Refuses what is not there. */
export function existing<T>(found: T | undefined): T {
  if (found === undefined) throw notFound();
  return found;
}
