import { ok, type Operation } from "../operation";
import { onTeam } from "../resolve";
import { fullTeam } from "../shapes/team";

/** Teams. A sandbox keeps no members and no permissions: these lists are empty. */
export const teams: readonly Operation[] = [
  ...onTeam("GET", "", "teams/teams#get-a-team-by-name", (call, team, owner) => ok(fullTeam(team, owner, call.links))),
  ...onTeam("GET", "/members", "teams/members#list-team-members", () => ok([])),
  ...onTeam("GET", "/repos", "teams/teams#list-team-repositories", () => ok([])),
];
