import { GithubApi, type GithubSeed, type ServerOptions } from "../../../../lib/sandbox/github-api";
import { Client } from "./client";

/** An organization on Enterprise with a private repository, a team and six more users than an environment takes. */
export const OCTO: GithubSeed = {
  owner: { login: "octo-org", id: 65, plan: "enterprise" },
  repositories: [{ name: "web-shop", id: 74 }],
  teams: [{ slug: "release-managers", id: 88, name: "Release Managers" }],
  users: [77, 701, 702, 703, 704, 705, 706].map((id) => ({ login: id === 77 ? "octocat" : `user-${id}`, id })),
};

export const REPOSITORY = "/repos/octo-org/web-shop";
export const ORGANIZATION = "/orgs/octo-org";

const running: GithubApi[] = [];

/** Starts a server for one test, with a client to talk to it. */
export async function startOcto(options: GithubSeed & ServerOptions = {}): Promise<{ api: GithubApi; client: Client }> {
  const api = await GithubApi.start({ ...OCTO, ...options });
  running.push(api);
  return { api, client: new Client(api) };
}

/** Stops the servers of a test, also those of one that failed. */
export async function stopAll(): Promise<void> {
  await Promise.all(running.splice(0).map((api) => api.stop()));
}
