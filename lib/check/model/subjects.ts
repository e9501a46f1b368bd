import { admits } from "../../trust/admitted";
import type { AccessModel, AccountModel, EnvironmentModel, RoleModel } from "../../model/model";
import { isUnknown, type TrustModel } from "../../trust/trust-model";
import { powerOf } from "../../questions/power";
import { isUnjudged } from "../../trust/reparsed-trust";
import { formatText } from "../../trust/text";
import { compareLevels, type Power } from "../../aws/permissions/level";
import { policyLength } from "../../aws/policy-document";
import { placeOf } from "../place";
import type { CheckSubject, EnvironmentSubject, RoleSubject, TrustPolicySubject } from "../subject";
import { environmentsAdmitted } from "./environments-admitted";
import { ModelFacts, type ModelSource } from "./facts";
import { knownTrust, type KnownTrust } from "./known-trust";

/**
 * What rules look at in an access model: each role, its trust policy, each environment.
 *
 * @param file what the model was read from, as it was given: for places that are addresses.
 * @param isMeant which of its roles and environments to look at, beside all the others. @default all of them
 */
export function modelSubjects(
  model: AccessModel,
  source: ModelSource,
  file: string,
  isMeant: (each: RoleModel | EnvironmentModel) => boolean = () => true,
): CheckSubject[] {
  const facts = new ModelFacts(model, source);
  const rolesWith = (wanted: (role: RoleModel) => boolean): RoleSubject[] =>
    model.accounts.flatMap((account) =>
      account.roles.filter(wanted).map((role) => roleSubject(role, account, facts, file)),
    );
  const roles = rolesWith(isMeant);
  const strongest = once(() => strongestByEnvironment([...roles, ...rolesWith((role) => !isMeant(role))]));
  const environments = model.environments
    .filter(isMeant)
    .map((environment) => environmentSubject(environment, strongest, facts, file));
  return [...roles.flatMap((role) => (role.trust ? [role.trust, role] : [role])), ...environments];
}

function roleSubject(role: RoleModel, account: AccountModel, facts: ModelFacts, file: string): RoleSubject {
  const place = placeOf(role.location, file);
  const power = once(() => powerOf(role));
  const { known, unknown, unjudged } = readable(role.trust);
  const trust: TrustPolicySubject | undefined = known && {
    kind: "trustPolicy",
    document: known.document,
    admitted: admits(known.document),
    length: known.length,
    power,
    locate: (position) => (position && known.isOpenAt(position) ? undefined : place),
  };
  const admissions = (trust?.admitted.admissions ?? []).map((admission) => ({
    ...admission,
    subjects: admission.subjects.filter(({ text }) => !known?.isOpen(text)),
  }));
  return {
    kind: "role",
    role,
    account,
    power,
    trust,
    admissions,
    unknown,
    unjudged,
    facts,
    locate: () => place,
  };
}

interface Readable {
  readonly known?: KnownTrust & { readonly length: number };
  readonly unknown: readonly string[];
  readonly unjudged?: string;
}

/** What of a trust policy can be judged, and why the rest cannot. */
function readable(trust: TrustModel): Readable {
  if (isUnknown(trust)) return { unknown: [trust.unknown] };
  // Why AWS would refuse it stands in the role itself.
  if ("refused" in trust) return { unknown: [] };
  const known = knownTrust(trust);
  if (isUnjudged(known)) return { unknown: [], unjudged: known.unjudged };
  return { known: { ...known, length: trust.length ?? policyLength(known.text) }, unknown: known.unknown };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

function environmentSubject(
  environment: EnvironmentModel,
  strongest: () => ReadonlyMap<string, Power>,
  facts: ModelFacts,
  file: string,
): EnvironmentSubject {
  const place = placeOf(environment.location, file);
  return {
    kind: "environment",
    environment,
    power: () => strongest().get(keyOf(formatText(environment.repository), formatText(environment.name))),
    facts,
    locate: () => place,
  };
}

function strongestByEnvironment(roles: readonly RoleSubject[]): Map<string, Power> {
  const strongest = new Map<string, Power>();
  for (const role of roles)
    for (const { repository, environment } of environmentsAdmitted(role.admissions)) {
      const key = keyOf(repository, environment);
      const before = strongest.get(key);
      if (!before || compareLevels(role.power().level, before.level) > 0) strongest.set(key, role.power());
    }
  return strongest;
}

const keyOf = (repository: string, environment: string): string => `${repository}:${environment}`.toLowerCase();
