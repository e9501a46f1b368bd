import type { Account, Team } from "../../state/account";
import { organization } from "./account";
import { nodeId, type Links } from "./links";

/** A team as it stands inside other answers. */
export function simpleTeam(team: Team, owner: Account, links: Links) {
  const url = `${links.api}/organizations/${owner.id}/team/${team.id}`;
  return {
    id: team.id,
    node_id: nodeId("Team", team.id),
    name: team.name,
    slug: team.slug,
    description: "",
    privacy: "closed",
    notification_setting: "notifications_enabled",
    permission: "pull",
    url,
    html_url: `${links.web}/orgs/${owner.login}/teams/${team.slug}`,
    members_url: `${url}/members{/member}`,
    repositories_url: `${url}/repos`,
    type: "organization",
    organization_id: owner.id,
    parent: null,
  };
}

/** A team, with its organization. */
export function fullTeam(team: Team, owner: Account, links: Links) {
  return {
    ...simpleTeam(team, owner, links),
    members_count: 0,
    repos_count: 0,
    created_at: owner.createdAt,
    updated_at: owner.createdAt,
    organization: organization(owner, links),
  };
}
