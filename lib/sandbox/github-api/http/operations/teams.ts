import type { Account, Team } from "../../state/account";
import { notFound } from "../../state/refusal";
import { ok, param, type Answer, type Call, type Operation } from "../operation";
import { onOrganization } from "../resolve";
import { fullTeam } from "../shapes/team";

const GET_A_TEAM = "teams/teams#get-a-team-by-name";

/** Teams, by slug and by id. A sandbox keeps no members and no permissions: these lists are empty. */
export const teams: readonly Operation[] = [
  ...onOrganization("GET", "/teams/:slug", GET_A_TEAM, (call, owner) => show(call, owner, bySlug(call, owner))),
  ...onOrganization("GET", "/teams/:slug/members", "teams/members#list-team-members", (call, owner) =>
    ok(bySlug(call, owner) && []),
  ),
  ...onOrganization("GET", "/teams/:slug/repos", "teams/teams#list-team-repositories", (call, owner) =>
    ok(bySlug(call, owner) && []),
  ),
  {
    method: "GET",
    path: "/organizations/:organization_id/team/:team_id",
    documentation: GET_A_TEAM,
    handle: (call) => {
      const owner = call.state.findOrganizationById(Number(param(call, "organization_id")));
      const team = owner?.findTeamById(Number(param(call, "team_id")));
      if (!owner || !team) throw notFound();
      return show(call, owner, team);
    },
  },
];

const show = (call: Call, owner: Account, team: Team): Answer => ok(fullTeam(team, owner, call.links));

function bySlug(call: Call, owner: Account): Team {
  const team = owner.findTeam(param(call, "slug"));
  if (!team) throw notFound();
  return team;
}
