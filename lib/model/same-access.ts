import type { AccessModel, AccountModel, EnvironmentModel, RoleModel, ValueModel } from "./model";
import { isUnknown, type StatementModel, type TrustModel } from "../trust/trust-model";
import { formatText, isLookup, partsOf, text, type Lookup, type Text } from "../trust/text";

/**
 * Whether two models say the same of who may assume what. Where either looks up the subject prefix of a
 * repository in the plan, a known prefix of that repository is the same. Names of accounts, places, notes,
 * the client ids of providers that existed before and what only a plan can know are not compared.
 */
export function sameAccess(a: AccessModel, b: AccessModel): boolean {
  const lookups = new Set([...lookupsOf(a), ...lookupsOf(b)]);
  return JSON.stringify(normalForm(a, lookups)) === JSON.stringify(normalForm(b, lookups));
}

/** The same plain data for models that say the same. @param lookups repositories whose prefix is taken as looked up, in lower case */
export function normalForm(model: AccessModel, lookups: ReadonlySet<string> = lookupsOf(model)): object {
  return {
    accounts: sorted(
      model.accounts
        .filter(({ providers, roles }) => providers.length + roles.length > 0)
        .map((account) => accountForm(account, lookups)),
    ),
    environments: sorted(model.environments.map(environmentForm)),
    values: sorted(model.values.map(valueForm)),
    subjectTemplates: sorted(model.subjectTemplates.map(({ location: _, ...template }) => template)),
    branchProtections: sorted(model.branchProtections.map(({ repository }) => repository)),
  };
}

/** Repositories that a model looks up, in lower case; with "@" behind those of which only the ids are looked up. */
export function lookupsOf({ accounts }: AccessModel): Set<string> {
  const trusts = accounts.flatMap(({ roles }) => roles.map(({ trust }) => trust));
  const values = trusts.flatMap((trust) =>
    "statements" in trust
      ? trust.statements.flatMap(({ conditions }) => conditions.flatMap((each) => each.values))
      : [],
  );
  return new Set(values.flatMap(partsOf).filter(isLookup).map(keyOf));
}

/** Of one whose ids alone are looked up another than of one of which all is. */
const keyOf = ({ lookup, withIds }: Lookup): string => `${lookup.toLowerCase()}${withIds ? WITH_IDS : ""}`;
const WITH_IDS = "@";

const accountForm = ({ id, partition, providers, roles }: AccountModel, lookups: ReadonlySet<string>): object => ({
  id,
  partition,
  providers: sorted(
    providers.map(({ arn, issuer, mode, clientIds }) => ({
      arn,
      issuer,
      mode,
      clientIds: mode === "existing" || isUnknown(clientIds) ? null : sorted(clientIds),
    })),
  ),
  roles: sorted(roles.map((role) => roleForm(role, lookups))),
});

const roleForm = (
  { location: _, boundaryDocument: _document, trust, managedPolicies, inlinePolicies, ...role }: RoleModel,
  lookups: ReadonlySet<string>,
): object => ({
  ...role,
  trust: trustForm(trust, lookups),
  // A document beside an ARN is the source's own, and says nothing of who has it.
  managedPolicies: isUnknown(managedPolicies) ? managedPolicies : sorted(managedPolicies.map(({ arn }) => arn)),
  inlinePolicies: isUnknown(inlinePolicies)
    ? inlinePolicies
    : sorted(inlinePolicies.map(({ name, document }) => ({ name, document: documentForm(document) }))),
});

function trustForm(trust: TrustModel, lookups: ReadonlySet<string>): unknown {
  if (!("statements" in trust)) return trust;
  return {
    version: trust.version,
    statements: sorted(trust.statements.map((statement) => statementForm(statement, lookups))),
  };
}

const statementForm = (
  { principals, actions, conditions, ...statement }: StatementModel,
  lookups: ReadonlySet<string>,
): object => ({
  ...statement,
  principals: sorted(principals),
  actions: sorted(actions),
  conditions: sorted(
    conditions.map(({ operator, key, values }) => ({
      operator,
      key: key.toLowerCase(),
      values: sorted(values.map((value) => lookedUp(value, lookups))),
    })),
  ),
});

/** A subject of a repository in the set, as if its prefix were looked up. */
function lookedUp(value: Text, lookups: ReadonlySet<string>): Text {
  if (typeof value === "object")
    return text(
      ...value.map((part) => (isLookup(part) ? asLookedUp(part.lookup, part.withIds === true, lookups) : part)),
    );
  const [, owner = "", ownerId, name = "", id, rest = ""] =
    /^repo:([^/:@*?]+)(@[0-9]+)?\/([^/:@*?]+)(@[0-9]+)?(:.*)$/s.exec(value) ?? [];
  const lookup = asLookedUp(`${owner}/${name}`, ownerId !== undefined && id !== undefined, lookups);
  return lookups.has(keyOf(lookup)) ? text(lookup, rest) : value;
}

/** Where all of a prefix is looked up, its form is not known. */
const asLookedUp = (repository: string, withIds: boolean, lookups: ReadonlySet<string>): Lookup => {
  const lookup = repository.toLowerCase();
  return withIds && !lookups.has(lookup) ? { lookup, withIds } : { lookup };
};

/** JSON with its keys in order: as a provider stores a document. */
function documentForm(document: Text): unknown {
  try {
    return typeof document === "string" ? ordered(JSON.parse(document)) : document;
  } catch {
    return document;
  }
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, ordered(each)]),
  );
}

/** GitHub ignores case in the names of repositories. */
const valueForm = ({ location: _, visibleTo, ...value }: ValueModel): object => ({
  ...value,
  visibleTo: Array.isArray(visibleTo) ? sorted(visibleTo.map((each) => formatText(each).toLowerCase())) : visibleTo,
});

function environmentForm({ location: _, reviewers, deployFrom, ...environment }: EnvironmentModel): object {
  return {
    ...environment,
    // GitHub ignores case in logins.
    reviewers: isUnknown(reviewers)
      ? reviewers
      : sorted(reviewers.map(({ kind, name }) => `${kind} ${formatText(name).toLowerCase()}`)),
    deployFrom:
      typeof deployFrom === "object" && !isUnknown(deployFrom)
        ? { branches: sorted(deployFrom.branches), tags: sorted(deployFrom.tags) }
        : deployFrom,
  };
}

/** In one order, each once, whatever order they had. */
function sorted<T>(items: readonly T[]): T[] {
  const byText = new Map(items.map((item) => [JSON.stringify(ordered(item)), item]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key]) => JSON.parse(key) as T);
}
