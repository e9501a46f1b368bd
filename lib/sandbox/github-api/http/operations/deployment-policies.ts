import type { DeploymentPolicy } from "../../state/deployment-policies";
import type { Environment } from "../../state/environment";
import type { Repository } from "../../state/repository";
import { Fields } from "../fields";
import { done, ok, param, type Answer, type Call, type Operation } from "../operation";
import { page } from "../page";
import { onEnvironment } from "../resolve";
import { nodeId } from "../shapes/links";

const DOCS = "deployments/branch-policies";

/** The patterns of branches and tags that may deploy. */
export const deploymentPolicies: readonly Operation[] = [
  ...onEnvironment(
    "GET",
    "/deployment-branch-policies",
    `${DOCS}#list-deployment-branch-policies`,
    (call, { policies }) => {
      const all = policies.list();
      const { items, headers } = page(call, all);
      return { status: 200, headers, body: { total_count: all.length, branch_policies: items.map(shape) } };
    },
  ),
  ...onEnvironment("POST", "/deployment-branch-policies", `${DOCS}#create-a-deployment-branch-policy`, create),
  ...onEnvironment(
    "GET",
    "/deployment-branch-policies/:policy_id",
    `${DOCS}#get-a-deployment-branch-policy`,
    (call, { policies }) => ok(shape(policies.get(policyId(call)))),
  ),
  ...onEnvironment(
    "PUT",
    "/deployment-branch-policies/:policy_id",
    `${DOCS}#update-a-deployment-branch-policy`,
    (call, { policies }) => ok(shape(policies.rename(policyId(call), new Fields(call.body).string("name")))),
  ),
  ...onEnvironment(
    "DELETE",
    "/deployment-branch-policies/:policy_id",
    `${DOCS}#delete-a-deployment-branch-policy`,
    (call, { policies }) => {
      policies.delete(policyId(call));
      return done();
    },
  ),
];

function create(call: Call, environment: Environment, repository: Repository): Answer {
  const fields = new Fields(call.body);
  const name = fields.string("name");
  const type = fields.optionalOneOf("type", ["branch", "tag"]) ?? "branch";
  const existing = environment.protection.deployableRefs === "patterns" && environment.policies.find(name, type);
  return existing ? seeOther(call, existing, environment, repository) : ok(shape(environment.addPolicy(name, type)));
}

/** GitHub answers 303 for a pattern that is there already: the client is to look at that one. */
function seeOther(call: Call, policy: DeploymentPolicy, environment: Environment, repository: Repository): Answer {
  const home = `${call.links.api}/repos/${repository.fullName}/environments/${encodeURIComponent(environment.name)}`;
  return { status: 303, headers: { location: `${home}/deployment-branch-policies/${policy.id}` } };
}

const policyId = (call: Call): number => Number(param(call, "policy_id"));

const shape = ({ id, name, type }: DeploymentPolicy) => ({ id, node_id: nodeId("GateBranchPolicy", id), name, type });
