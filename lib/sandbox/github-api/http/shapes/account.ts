import type { Account } from "../../state/account";
import { nodeId, type Links } from "./links";

/** An account as it stands inside other answers. */
export function simpleAccount(
  account: Pick<Account, "id" | "login"> & { readonly type: Account["type"] | "Bot" },
  links: Links,
) {
  const { id, login, type } = account;
  const url = `${links.api}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: links.avatar(id),
    gravatar_id: "",
    url,
    html_url: `${links.web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    user_view_type: "public",
    site_admin: false,
  };
}

/** An account's public profile, which a sandbox leaves blank. */
export function publicAccount(account: Account, links: Links) {
  return {
    ...simpleAccount(account, links),
    name: null,
    company: null,
    blog: "",
    location: null,
    email: null,
    hireable: null,
    bio: null,
    twitter_username: null,
    ...activity(account),
  };
}

/** An organization, with its plan. */
export function organization(account: Account, links: Links) {
  const { id, login } = account;
  const url = `${links.api}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId("Organization", id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: links.avatar(id),
    description: null,
    html_url: `${links.web}/${login}`,
    type: "Organization",
    has_organization_projects: true,
    has_repository_projects: true,
    ...activity(account),
    archived_at: null,
    plan: { name: account.plan, space: 976_562_499, private_repos: 999_999, filled_seats: 1, seats: 1 },
  };
}

/** What an account has done in public, which in a sandbox is nothing since it was made. */
const activity = ({ createdAt }: Account) => ({
  public_repos: 0,
  public_gists: 0,
  followers: 0,
  following: 0,
  created_at: createdAt,
  updated_at: createdAt,
});
