import type { Environment, RuleType } from "../../state/environment";
import type { DeployableRefs, Reviewer } from "../../state/protection";
import type { Repository } from "../../state/repository";
import type { GithubState } from "../../state/state";
import { simpleAccount } from "./account";
import { nodeId, type Links } from "./links";
import { simpleTeam } from "./team";

/** Where an environment is shown. */
export interface EnvironmentPlace {
  readonly state: GithubState;
  readonly repository: Repository;
  readonly links: Links;
}

/** An environment with its protection. GitHub's description leaves out `can_admins_bypass`, which it does send. */
export function environmentShape(environment: Environment, place: EnvironmentPlace) {
  const { id, name, createdAt, updatedAt, protection } = environment;
  const { repository, links } = place;
  const encoded = encodeURIComponent(name);
  return {
    id,
    node_id: nodeId("Environment", id),
    name,
    url: `${links.api}/repos/${repository.fullName}/environments/${encoded}`,
    html_url: `${links.web}/${repository.fullName}/deployments/activity_log?environments_filter=${encoded}`,
    created_at: createdAt,
    updated_at: updatedAt,
    can_admins_bypass: protection.canAdminsBypass,
    protection_rules: environment.rules.map((rule) => ({
      id: rule.id,
      node_id: nodeId("Gate", rule.id),
      type: rule.type,
      ...ruleDetail(rule.type, environment, place),
    })),
    deployment_branch_policy: branchPolicy(protection.deployableRefs),
  };
}

function ruleDetail(type: RuleType, { protection }: Environment, place: EnvironmentPlace) {
  switch (type) {
    case "wait_timer":
      return { wait_timer: protection.waitTimer };
    case "required_reviewers":
      return {
        prevent_self_review: protection.preventSelfReview,
        reviewers: protection.reviewers.flatMap((reviewer) => reviewerShape(reviewer, place)),
      };
    case "branch_policy":
      return {};
  }
}

/** A list of one, or of none for a team that stayed behind when its repository was transferred. */
function reviewerShape({ type, id }: Reviewer, { state, repository, links }: EnvironmentPlace): object[] {
  const user = type === "User" ? state.findUserById(id) : undefined;
  if (user) return [{ type, reviewer: simpleAccount(user, links) }];
  const team = type === "Team" ? repository.owner.findTeamById(id) : undefined;
  return team ? [{ type, reviewer: simpleTeam(team, repository.owner, links) }] : [];
}

const branchPolicy = (refs: DeployableRefs) =>
  refs === "any" ? null : { protected_branches: refs === "protected", custom_branch_policies: refs === "patterns" };
