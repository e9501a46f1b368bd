import type { Environment } from "../../state/environment";
import type { DeployableRefs, Protection, Reviewer } from "../../state/protection";
import { invalid } from "../../state/refusal";
import type { Repository } from "../../state/repository";
import { Fields } from "../fields";
import { done, ok, param, type Answer, type Call, type Operation } from "../operation";
import { page } from "../page";
import { onEnvironment, onRepository } from "../resolve";
import { environmentShape } from "../shapes/environment";

const DOCS = "deployments/environments";

/** Deployment environments and their protection. */
export const environments: readonly Operation[] = [
  ...onRepository("GET", "/environments", `${DOCS}#list-environments`, (call, repository) => {
    const { items, headers } = page(call, repository.environments);
    const shown = items.map((environment) => shape(call, environment, repository));
    return { status: 200, headers, body: { total_count: repository.environments.length, environments: shown } };
  }),
  ...onEnvironment("GET", "", `${DOCS}#get-an-environment`, (call, environment, repository) =>
    ok(shape(call, environment, repository)),
  ),
  ...onRepository("PUT", "/environments/:environment", `${DOCS}#create-or-update-an-environment`, put),
  ...onRepository("DELETE", "/environments/:environment", `${DOCS}#delete-an-environment`, (call, repository) => {
    repository.deleteEnvironment(param(call, "environment"));
    return done();
  }),
  // Apps' own gates, of which a sandbox has none.
  ...onEnvironment(
    "GET",
    "/deployment_protection_rules",
    "deployments/protection-rules#get-all-deployment-protection-rules-for-an-environment",
    () => ok({ total_count: 0, custom_deployment_protection_rules: [] }),
  ),
];

function put(call: Call, repository: Repository): Answer {
  const environment = repository.putEnvironment(param(call, "environment"), protectionIn(call.body));
  return ok(shape(call, environment, repository));
}

/** What the body sets. Only fields that are there count, so that what is left out stays. */
function protectionIn(body: unknown): Partial<Protection> {
  const fields = new Fields(body ?? {}).permit(
    "wait_timer",
    "reviewers",
    "prevent_self_review",
    // Absent from GitHub's description of this body, accepted all the same.
    "can_admins_bypass",
    "deployment_branch_policy",
  );
  const waitTimer = fields.optionalInteger("wait_timer");
  const preventSelfReview = fields.optionalBoolean("prevent_self_review");
  const canAdminsBypass = fields.optionalBoolean("can_admins_bypass");
  return {
    ...(waitTimer !== undefined && { waitTimer }),
    ...(preventSelfReview !== undefined && { preventSelfReview }),
    ...(canAdminsBypass !== undefined && { canAdminsBypass }),
    ...(fields.has("reviewers") && { reviewers: reviewersIn(fields) }),
    ...(fields.has("deployment_branch_policy") && { deployableRefs: deployableRefsIn(fields) }),
  };
}

/**
 * Null leaves the reviewers that there are: only an empty list takes them away. GitHub does not document it; it is what
 * users see.
 *
 * @see https://github.com/integrations/terraform-provider-github/issues/3156
 */
function reviewersIn(fields: Fields): Reviewer[] | undefined {
  if (fields.isNull("reviewers")) return undefined;
  return (fields.optionalObjects("reviewers") ?? []).map((reviewer) => ({
    type: reviewer.oneOf("type", ["User", "Team"]),
    id: reviewer.integer("id"),
  }));
}

/** Null is any branch or tag. */
function deployableRefsIn(fields: Fields): DeployableRefs {
  const policy = fields.isNull("deployment_branch_policy")
    ? undefined
    : fields.optionalObject("deployment_branch_policy");
  if (!policy) return "any";
  const onlyProtected = policy.boolean("protected_branches");
  if (onlyProtected === policy.boolean("custom_branch_policies"))
    throw invalid(
      "Branch policy is invalid: protected_branches and custom_branch_policies cannot have the same value.",
    );
  return onlyProtected ? "protected" : "patterns";
}

const shape = ({ state, links }: Call, environment: Environment, repository: Repository) =>
  environmentShape(environment, { state, links, repository });
