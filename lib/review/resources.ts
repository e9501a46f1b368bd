import type { Difference } from "../difference/schema";
import { addressOf, type AccessModel } from "../model/model";
import type { PlanChange, PlannedResource } from "../model/plan-change";
import type { Review } from "./review";

/**
 * How many resources the plans change, and how many of them change nothing of what is listed. A resource
 * that stands by itself in the access model counts by its own entries; one that gives something to others,
 * as an attachment gives a role a policy, by whether there are entries of the kind at all.
 */
export function resourcesOf(plans: readonly PlanChange[], difference: Difference): Review["resources"] {
  const changes = plans.flatMap((plan) => plan.changes);
  const touched = changes.filter(({ action }) => action !== "forget");
  const listed = new Set(listedAddresses(difference));
  const standing =
    touched.length === 0
      ? new Set()
      : new Set(plans.flatMap(({ before, after }) => [...addressesIn(before), ...addressesIn(after)]));
  const changesAccess = (change: PlannedResource): boolean =>
    standing.has(change.address) ? listed.has(change.address) : givesToOthers(change, difference);
  return {
    changing: touched.length,
    withoutAccess: touched.filter((change) => !changesAccess(change)).length,
    forgotten: changes.filter(({ action }) => action === "forget").map(({ address }) => address),
  };
}

function listedAddresses({ unknown, ...lists }: Difference): string[] {
  return [
    ...Object.values(lists).flatMap((changes) => changes.flatMap(({ location }) => addressOf(location) ?? [])),
    ...unknown.map(({ what }) => what),
  ];
}

function addressesIn({
  accounts,
  environments,
  values,
  subjectTemplates,
  branchProtections,
  newRepositories,
}: AccessModel): string[] {
  const inAccounts = accounts.flatMap(({ providers, roles }) => [...providers, ...roles]);
  return [
    ...inAccounts,
    ...environments,
    ...values,
    ...subjectTemplates,
    ...branchProtections,
    ...newRepositories,
  ].flatMap(({ location }) => addressOf(location) ?? []);
}

function givesToOthers({ type }: PlannedResource, { permissions, protection, gained, widened }: Difference): boolean {
  if (type.startsWith("aws_iam_")) return permissions.length + gained.length + widened.length > 0;
  return (
    /^github_(?:repository_environment|branch|repository_ruleset|organization_ruleset)/.test(type) &&
    protection.length > 0
  );
}
