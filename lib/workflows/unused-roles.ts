import type { AccessModel, RoleModel } from "../model/model";
import { isUnjudged, type Unjudged } from "../trust/reparsed-trust";
import { formatText, isKnown } from "../trust/text";
import { claimSetsOf, failingClaims } from "./claim-sets";
import type { Possibility } from "./minted";
import type { ResolvedRole, RoleInAccount } from "./resolve-role";
import type { RoleCall } from "./role-calls";
import type { RoleTrust } from "./role-trust";
import type { Run } from "./runs";

interface Judged {
  readonly call: RoleCall;
  readonly resolved: ResolvedRole;
}

interface Lookup {
  trustOf(role: RoleModel): RoleTrust | Unjudged;
  mintedBy(run: Run): readonly Possibility[] | undefined;
}

/**
 * Roles that admit jobs of one repository alone, and that none of its workflows seems to ask for. A role
 * counts as asked for when a step may name it, or when a job that the role would admit does something that is
 * not seen here: calls a workflow from elsewhere, runs an action of its own, or mentions the role.
 */
export function unusedRoles(
  model: AccessModel,
  calls: readonly Judged[],
  runs: readonly Run[],
  repository: string,
  context: Lookup,
): RoleInAccount[] {
  const roles = model.accounts.flatMap((account) => account.roles.map((role): RoleInAccount => ({ role, account })));
  return roles.filter(({ role }) => {
    const trust = context.trustOf(role);
    // Of a role that cannot be judged a finding of its own says so.
    if (isUnjudged(trust) || !isForOneRepository(trust, repository) || calls.some((each) => mayBeCall(each, role)))
      return false;
    const words = wordsOf(role, model);
    return !runs.some(
      (run) => isUnseen(run, words) && mayMint(run) && mayAdmit(trust, context.mintedBy(run), repository),
    );
  });
}

function isForOneRepository({ admissions }: RoleTrust, repository: string): boolean {
  const subjects = admissions.flatMap((each) => each.subjects);
  return (
    subjects.length > 0 &&
    subjects.every((each) => each.repository?.replaceAll(/@[0-9]+/g, "").toLowerCase() === repository.toLowerCase())
  );
}

function mayBeCall({ call, resolved }: Judged, role: RoleModel): boolean {
  if (resolved.kind === "role") return resolved.found.role === role;
  return call.role.kind === "literal"
    ? call.role.text === role.name || !isKnown(role.arn)
    : resolved.kind === "unknown";
}

/** What names a role in a workflow: its ARN, its name, and the variables and secrets that hold the ARN. */
function wordsOf(role: RoleModel, { values }: AccessModel): string[] {
  const arn = formatText(role.arn);
  const holders = values.filter((each) => each.role !== null && formatText(each.role) === arn).map(({ name }) => name);
  return [arn, role.name, ...holders].filter(isKnown).map((word) => word.toLowerCase());
}

function isUnseen({ job, workflow }: Run, words: readonly string[]): boolean {
  if (
    job.call ||
    job.env === null ||
    job.steps.some(
      ({ uses, with: inputs, env }) =>
        uses?.kind === "local" || uses?.kind === "image" || inputs === null || env === null,
    )
  )
    return true;
  const written = JSON.stringify([job, workflow.env]).toLowerCase();
  return words.some((word) => written.includes(word));
}

const mayMint = ({ idToken }: Run): boolean => idToken === "write" || idToken === "unknown";

function mayAdmit(
  { admissions }: RoleTrust,
  possibilities: readonly Possibility[] | undefined,
  repository: string,
): boolean {
  if (!possibilities) return true;
  return possibilities.some((possibility) =>
    admissions.some(
      (admission) =>
        failingClaims(admission, claimSetsOf(possibility, repository, [{ unknown: "any audience" }])).length === 0,
    ),
  );
}
