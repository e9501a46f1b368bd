import type { Construct } from "constructs";
import type { AccountAccess, RoleAccess } from "../lib/config/account-access";
import { address } from "../lib/constructs/address";
import type { GithubActionsRole } from "../lib/constructs/github-actions-role";
import { SubjectTemplate } from "../lib/constructs/subject-template";

/**
 * Sets the templates of an account's stack, after the roles that trust what they mint: a job finds the new
 * trust in place when its token is the first of the new form. The organization's stands before the
 * repositories that follow it.
 */
export function addSubjectTemplates(
  stack: Construct,
  { subjectTemplates }: AccountAccess,
  roles: ReadonlyMap<RoleAccess, GithubActionsRole>,
): void {
  if (subjectTemplates.length === 0) return;
  const ofRepository = rolesByRepository(roles);
  const organization = subjectTemplates.find(({ repository }) => repository === undefined);
  const followers = subjectTemplates.flatMap(({ repository, claims }) =>
    repository !== undefined && claims === "organization" ? [repository] : [],
  );
  const ofOrganization =
    organization &&
    new SubjectTemplate(stack, "organization-template:organization", {
      claims: organization.claims,
      after: [...new Set(followers.flatMap((each) => ofRepository.get(each) ?? []))],
    });
  for (const { repository, claims } of subjectTemplates) {
    if (repository === undefined) continue;
    const first = claims === "organization" && ofOrganization ? [ofOrganization] : [];
    new SubjectTemplate(stack, `template:${address(repository)}`, {
      repository,
      claims,
      after: [...(ofRepository.get(repository) ?? []), ...first],
    });
  }
}

function rolesByRepository(roles: ReadonlyMap<RoleAccess, GithubActionsRole>): Map<string, GithubActionsRole[]> {
  const byRepository = new Map<string, GithubActionsRole[]>();
  for (const [{ admits }, made] of roles)
    for (const name of new Set(admits.flatMap(({ repository }) => (repository.forms ? [repository.name] : []))))
      byRepository.set(name, [...(byRepository.get(name) ?? []), made]);
  return byRepository;
}
