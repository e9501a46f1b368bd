import type { AccessModel, SubjectTemplateModel } from "../../model/model";
import { isKnown, text, type Text } from "../../trust/text";
import { isList, listOf, type Resource, type Value } from "./resource";
import type { Resources } from "./resources";
import { whyUnknown } from "./withheld";

/** What rulesets of branches are; those of tags and pushes protect no branch. */
const BRANCH = "branch";

/** Templates of subjects: repositories' and the organization's. */
export function subjectTemplatesOf(resources: Resources): SubjectTemplateModel[] {
  const ofRepositories = resources
    .of("github_actions_repository_oidc_subject_claim_customization_template")
    .map((resource) => ({
      repository: resources.repositoryOf(resource),
      claims: repositoryClaims(resource, resources),
      location: { address: resource.address },
    }));
  const ofOrganization = resources
    .of("github_actions_organization_oidc_subject_claim_customization_template")
    .map((resource) => ({
      repository: null,
      claims: claimKeys(resource, resources) ?? [],
      location: { address: resource.address },
    }));
  return [...ofRepositories, ...ofOrganization];
}

/** A repository that gives up GitHub's form without one of its own takes the organization's. */
function repositoryClaims(resource: Resource, resources: Resources): SubjectTemplateModel["claims"] {
  const usesDefault = resource.values["use_default"];
  if (usesDefault === true || usesDefault === "true") return "default";
  if (usesDefault !== false && usesDefault !== "false") return whyUnknown(usesDefault, "use_default");
  const claims = claimKeys(resource, resources);
  return claims === undefined || (isList(claims) && claims.length === 0) ? "organization" : claims;
}

function claimKeys(
  resource: Resource,
  resources: Resources,
): Exclude<SubjectTemplateModel["claims"], string> | undefined {
  const keys: Value | undefined = resource.values["include_claim_keys"];
  if (keys === undefined || keys === null) return undefined;
  return isList(keys)
    ? listOf(keys).map((key) => resources.text(key, resource))
    : whyUnknown(keys, "include_claim_keys");
}

/** Whatever protects branches of a repository, or of all that an organization's ruleset names. */
export function branchProtectionsOf(resources: Resources): AccessModel["branchProtections"] {
  const classic = (["github_branch_protection", "github_branch_protection_v3"] as const).flatMap((type) =>
    resources.of(type).map((resource) => placed(repositoryOf(resource, resources), resource)),
  );
  const rulesets = resources
    .of("github_repository_ruleset")
    .filter(protectsBranches)
    .map((resource) => placed(resources.repositoryOf(resource), resource));
  const ofOrganization = resources
    .of("github_organization_ruleset")
    .filter(protectsBranches)
    .map((resource) => placed(null, resource));
  return [...classic, ...rulesets, ...ofOrganization, ...lookedUp(resources)];
}

/** What this toolkit looks up, in a plan that fails where no branch is protected. */
const LOOKUP = /^repos\/([^/]+\/[^/]+)\/branches\?protected=true&per_page=100$/;

const lookedUp = (resources: Resources): AccessModel["branchProtections"] =>
  resources.of("data.github_rest_api").flatMap((resource) => {
    const { endpoint } = resource.values;
    const repository = typeof endpoint === "string" ? LOOKUP.exec(endpoint)?.[1] : undefined;
    return repository === undefined ? [] : [placed(repository, resource)];
  });

const protectsBranches = ({ values: { target, enforcement } }: Resource): boolean =>
  target === BRANCH && enforcement === "active";

const placed = <T extends Text | null>(repository: T, { address }: Resource) => ({ repository, location: { address } });

/** A classic rule names its repository by node id, which is a reference to it nearly always. */
function repositoryOf(resource: Resource, resources: Resources): Text {
  const id = resource.values["repository_id"];
  const behind = id === undefined ? undefined : resources.behind(id, resource);
  if (!behind)
    return id === undefined ? resources.repositoryOf(resource) : text(...[resources.text(id, resource)].flat());
  return fullNameOf(behind, resources);
}

/** Repositories that a plan creates: those mint subjects with ids, whatever GitHub did before. */
export const newRepositoriesOf = (resources: Resources): AccessModel["newRepositories"] =>
  resources
    .of("github_repository")
    .filter(({ isNew }) => isNew)
    .map((resource) => placed(fullNameOf(resource, resources), resource));

/** `OWNER/NAME` of what is a repository itself. */
function fullNameOf(resource: Resource, resources: Resources): Text {
  const full = resources.optional(resource, "full_name");
  if (full !== null && isKnown(full)) return full;
  return resources.fullNameOf(resource.values["name"], resource);
}
