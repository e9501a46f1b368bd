import { differenceOf, isEmptyDifference } from "../difference/difference";
import { matchRoles } from "../difference/match";
import type { AdmissionChange, Difference, UnknownChange } from "../difference/schema";
import { mergeModels } from "../model/merge";
import type { AccessModel } from "../model/model";
import type { PlanChange } from "../model/plan-change";
import { changesIn, rolesThat, strongerPlaces, weakerPlaces } from "./counts";
import { permissionsElsewhere, policiesElsewhere } from "./elsewhere";
import { findingsOf } from "./findings";
import { headlineOf } from "./headline";
import { addressIn, hiddenValues } from "./hidden-values";
import { placedInFile } from "./place-in-file";
import { resourcesOf } from "./resources";
import type { Review } from "./review";

/**
 * What plans change about access, taken together: what one plan says of environments and values holds for
 * the roles of the others. Pure.
 */
export function reviewOf(given: readonly PlanChange[]): Review {
  const plans = given.length > 1 ? given.map(placedInFile) : given;
  const [before, after] = [mergeModels(plans.map((plan) => plan.before)), mergeModels(plans.map((plan) => plan.after))];
  const pairs = matchRoles(before, after);
  const known = differenceOf(before, after, pairs);
  const drift = driftOf(plans, before);
  const values = [...known.values, ...plans.flatMap((plan) => hiddenValues(plan, known.values))];
  const difference = {
    ...known,
    values,
    widened: known.widened.map((each) => withoutRestored(each, drift)),
    permissions: [...known.permissions, ...plans.flatMap(permissionsElsewhere)],
    unknown: [
      ...known.unknown,
      ...plans.flatMap(policiesElsewhere),
      ...plans.flatMap((plan) => notReadOf(plan, values)),
    ],
  };
  const findings = findingsOf(before, after, pairs, plans[0]?.file ?? "-");
  const reviewed = {
    ...difference,
    findings,
    drift,
    resources: resourcesOf(plans, difference),
    plans: plans.map(planOf),
  };
  return {
    ...reviewed,
    summary: { headline: headlineOf({ ...reviewed, newFindings: findings.new.length }), ...countsOf(reviewed) },
  };
}

/** What changed outside Terraform, where it is about access. */
function driftOf(plans: readonly PlanChange[], before: AccessModel): Difference | null {
  if (plans.every(({ beforeDrift }) => beforeDrift === undefined)) return null;
  const drift = differenceOf(mergeModels(plans.map((plan) => plan.beforeDrift ?? plan.before)), before);
  return isEmptyDifference(drift) ? null : drift;
}

/** An owner whom only drift had shut out is no stranger to the role that lets him in again. */
function withoutRestored(widened: AdmissionChange, drift: Difference | null): AdmissionChange {
  const shutOut = (drift?.narrowed ?? [])
    .filter(({ role, account }) => role === widened.role && account === widened.account)
    .flatMap(({ strangers }) => strangers);
  return shutOut.length === 0
    ? widened
    : { ...widened, strangers: widened.strangers.filter((owner) => !shutOut.includes(owner)) };
}

/** What changes in a plan and was not read. */
function notReadOf(
  { file, before, after, withheld, partial }: PlanChange,
  values: Difference["values"],
): UnknownChange[] {
  const told = new Set(values.flatMap(({ location }) => addressIn(location, file)));
  const known = new Set(before.notes);
  return [
    ...(partial
      ? [
          {
            what: file,
            reason: "the plan omits changes, as -target does, or defers them: those changes are not reviewed",
            mayAdmit: false,
          },
        ]
      : []),
    // What is told among the values is not told again.
    ...withheld
      .filter(({ address }) => !told.has(address))
      .map(({ address, type, attributes }) => ({
        what: address,
        reason: `${attributes.join(", ")} ${attributes.length === 1 ? "changes and is" : "change and are"} marked sensitive: what is in ${attributes.length === 1 ? "it" : "them"} is not read`,
        mayAdmit: decidesWhoIsLetIn(type, attributes),
      })),
    // Notes are of permissions and of protection.
    ...after.notes.filter((note) => !known.has(note)).map((note) => ({ what: file, reason: note, mayAdmit: false })),
  ];
}

/** Whether a role's trust may hang on arguments of a resource. */
const decidesWhoIsLetIn = (type: string, attributes: readonly string[]): boolean =>
  type === "aws_iam_role"
    ? !attributes.every((each) =>
        /^(?:inline_policy|managed_policy_arns|max_session_duration|permissions_boundary|description|tags|tags_all)\b/.test(
          each,
        ),
      )
    : /^aws_iam_openid_connect_provider$|subject_claim/.test(type);

const planOf = ({ file, terraform, errored, after, before }: PlanChange): Review["plans"][number] => {
  const [only, ...others] = new Set(
    [...after.accounts, ...before.accounts].flatMap(({ name, id }) => name ?? id ?? []),
  );
  return { file, terraform, errored, account: others.length === 0 ? (only ?? null) : null };
};

export function countsOf({
  gained,
  lost,
  widened,
  narrowed,
  permissions,
  protection,
  values,
  unknown,
  drift,
  findings,
  plans,
}: Omit<Review, "summary">): Omit<Review["summary"], "headline"> {
  return {
    gained: gained.length,
    lost: lost.length,
    widened: widened.length,
    narrowed: narrowed.length,
    morePermissions: rolesThat(permissions, "more") + rolesThat(permissions, "changed"),
    lessPermissions: rolesThat(permissions, "less"),
    weakened: weakerPlaces(protection).length,
    strengthened: strongerPlaces(protection).length,
    values: values.length,
    newFindings: findings.new.length,
    unknown: unknown.length,
    drift: changesIn(drift),
    errored: plans.some(({ errored }) => errored),
  };
}
