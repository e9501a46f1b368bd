import type { RolePair } from "../difference/match";
import type { AccessModel, EnvironmentModel, Location, RoleModel } from "../model/model";
import { formatText, isKnown, partsOf, type Text } from "../trust/text";
import { writtenSubjects } from "../model/written-subjects";
import { isInText, type Finding } from "../check/finding";
import { modelSubjects } from "../check/model/subjects";
import { RULES } from "../check/registry";
import { runRules } from "../check/run";
import type { Review } from "./review";

/**
 * What `check` finds in what changes, apart from what it found there before: a role, an environment, and the
 * roles that depend on how an environment or a repository is protected.
 *
 * @param file what to call the source of something that has no place of its own.
 */
export function findingsOf(
  before: AccessModel,
  after: AccessModel,
  pairs: readonly RolePair[],
  file: string,
): Review["findings"] {
  const changed = changedParts(before, after, pairs);
  if (changed.before.size + changed.after.size === 0) return { new: [], gone: 0, old: 0 };
  const [was, is] = [found(before, changed.before, file), found(after, changed.after, file)];
  const [known, left] = [new Set(was.map(keyOf)), new Set(is.map(keyOf))];
  const fresh = is.filter((finding) => !known.has(keyOf(finding)));
  return {
    new: fresh.map(shown),
    gone: was.filter((finding) => !left.has(keyOf(finding))).length,
    old: is.length - fresh.length,
  };
}

type Part = RoleModel | EnvironmentModel;

const found = (model: AccessModel, parts: ReadonlySet<Part>, file: string): Finding[] =>
  runRules(
    RULES,
    modelSubjects(model, "plan", file, (each) => parts.has(each)),
  );

/** Where it is, without the line: that moves with whatever stands above. */
const placeOf = ({ location }: Finding): string =>
  isInText(location) ? JSON.stringify(location.path ?? null) : location.address;

const keyOf = (finding: Finding): string =>
  JSON.stringify([finding.rule, finding.message, finding.location.file, placeOf(finding)]);

const shown = ({ rule, severity, message, fix, location }: Finding): Review["findings"]["new"][number] => ({
  rule,
  severity,
  message,
  fix,
  address: isInText(location) ? null : location.address,
});

interface ChangedParts {
  readonly before: ReadonlySet<Part>;
  readonly after: ReadonlySet<Part>;
}

function changedParts(before: AccessModel, after: AccessModel, pairs: readonly RolePair[]): ChangedParts {
  const parts = { before: new Set<Part>(), after: new Set<Part>() };
  const environments = {
    before: changedOf(before.environments, after.environments),
    after: changedOf(after.environments, before.environments),
  };
  for (const side of ["before", "after"] as const) for (const each of environments[side]) parts[side].add(each);
  const depends = dependence([...environments.before, ...environments.after], changedRepositories(before, after));
  for (const pair of pairs) {
    if (pair.unchanged && !(depends && pair.after && depends(pair.after.role))) continue;
    if (pair.before) parts.before.add(pair.before.role);
    if (pair.after) parts.after.add(pair.after.role);
  }
  return parts;
}

interface Located {
  readonly location: Location;
}

/** Those of a list that the other does not have, wherever they are written. */
function changedOf<T extends Located>(objects: readonly T[], others: readonly T[]): T[] {
  const same = new Set<T>(others);
  const rest = objects.filter((each) => !same.has(each));
  if (rest.length === 0) return [];
  const texts = new Set(others.map(textOf));
  return rest.filter((each) => !texts.has(textOf(each)));
}

const textOf = ({ location: _, ...object }: Located): string => JSON.stringify(object);

/** Repositories of which changes how subjects are made, or whether branches are protected. */
function changedRepositories(before: AccessModel, after: AccessModel): Text[] | "all" {
  const changed = (["subjectTemplates", "branchProtections", "newRepositories"] as const).flatMap((list) => [
    ...changedOf<Located & { readonly repository: Text | null }>(before[list], after[list]),
    ...changedOf<Located & { readonly repository: Text | null }>(after[list], before[list]),
  ]);
  const repositories = changed.map(({ repository }) => repository);
  return repositories.every((each) => each !== null) ? repositories : "all";
}

/** Whether a role trusts jobs of what changes, as far as its subjects name it; `undefined` where nothing of the kind changes. */
function dependence(
  environments: readonly EnvironmentModel[],
  repositories: readonly Text[] | "all",
): ((role: RoleModel) => boolean) | undefined {
  if (repositories === "all") return () => true;
  if (environments.length + repositories.length === 0) return undefined;
  const names = new Set(repositories.map(nameOf));
  const places = new Set(
    environments.map(
      ({ repository, name }) =>
        `${nameOf(repository)}:environment:${formatText(name).toLowerCase().replaceAll(":", "%3a")}`,
    ),
  );
  return (role) =>
    subjectsOf(role).some((subject) => {
      const [, name = "", context = ""] = /^repo:[^/]+\/([^/:@]+)(?:[/@][^:]*)?:(.*)$/s.exec(plain(subject)) ?? [];
      return names.has(name) || places.has(`${name}:${context}`);
    });
}

/** Whatever in a role's trust policy may be a subject. */
function subjectsOf(role: RoleModel): readonly Text[] {
  const written = writtenSubjects(role);
  if (written) return written;
  return "statements" in role.trust
    ? role.trust.statements.flatMap(({ conditions }) => conditions.flatMap(({ values }) => values))
    : [];
}

/** A state does not say whose a repository is: its name alone tells. */
const nameOf = (repository: Text): string => plain(repository).split("/").at(-1) ?? "";

const plain = (value: Text): string =>
  (isKnown(value)
    ? value
    : partsOf(value)
        .map((part) => (typeof part === "string" ? part : "lookup" in part ? `repo:${part.lookup}` : "?"))
        .join("")
  ).toLowerCase();
