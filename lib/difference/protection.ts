import { describeTemplate } from "../github/subject-template";
import { addTo } from "../model/add-to";
import type { AccessModel, EnvironmentModel, Location, SubjectTemplateModel } from "../model/model";
import { isUnknown } from "../trust/trust-model";
import { formatText } from "../trust/text";
import { Behind } from "./behind";
import { branchProtectionChange, BranchProtections } from "./branch-protection-changes";
import { environmentChanges, protectionWords } from "./environment-changes";
import type { RolePair } from "./match";
import { occurrences } from "./occurrences";
import type { ProtectionChange } from "./schema";

/** A change, before it is known which roles stand behind it. */
type Found = Omit<ProtectionChange, "roles"> & {
  readonly needs?: "before" | "after";
  readonly environments?: readonly string[];
};

/** What changes about what protects environments and subjects. */
export function protectionChanges(
  before: AccessModel,
  after: AccessModel,
  pairs: readonly RolePair[],
): ProtectionChange[] {
  const found = [...ofEnvironments(before, after), ...ofBranches(before, after), ...ofTemplates(before, after)];
  const repositories = found.flatMap(({ repository }) => repository ?? []);
  const [was, is] = [
    new Behind(
      pairs.flatMap((pair) => pair.before ?? []),
      repositories,
    ),
    new Behind(
      pairs.flatMap((pair) => pair.after ?? []),
      repositories,
    ),
  ];
  return found.flatMap(({ needs, environments, ...change }) => {
    const [then, now] = [rolesOf(change, environments, was), rolesOf(change, environments, is)];
    const isNeeded =
      needs === undefined || (needs === "before" ? then.length > 0 || was.hasUnread : now.length > 0 || is.hasUnread);
    // An environment that no role asks for, with the other one or without, keeps nobody from a role.
    return !isNeeded ? [] : [{ ...change, roles: [...new Set([...now, ...then])] }];
  });
}

function rolesOf(
  { repository, environment }: Omit<ProtectionChange, "roles">,
  environments: readonly string[] | undefined,
  behind: Behind,
): string[] {
  if (repository === null) return [];
  if (environments) return environments.flatMap((each) => behind.ofEnvironment(repository, each));
  return environment === null ? behind.ofRepository(repository) : behind.ofEnvironment(repository, environment);
}

const keyOfEnvironment = ({ repository, name }: EnvironmentModel): string =>
  JSON.stringify([formatText(repository).toLowerCase(), formatText(name).toLowerCase()]);

function ofEnvironments(before: AccessModel, after: AccessModel): Found[] {
  return occurrences(before.environments, after.environments, keyOfEnvironment).flatMap(([was, is]) => {
    if (was && is) return environmentChanges(was, is).map((change) => ({ ...placeOf(is), ...change }));
    return environmentItself(was, is);
  });
}

/**
 * An environment that is deleted while a role asks for it loses its protection, as one that is created gives it.
 * GitHub makes an environment that a workflow names and that is not there, without any protection.
 *
 * @see https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
 */
function environmentItself(before: EnvironmentModel | undefined, after: EnvironmentModel | undefined): Found[] {
  const only = before ?? after;
  const words = only && protectionWords(only);
  if (!only || words === undefined) return [];
  const change = { ...placeOf(only), aspect: "environment" } as const;
  return [
    before
      ? { ...change, before: words, after: NOT_THERE, direction: "weaker", needs: "after" }
      : { ...change, before: NOT_THERE, after: words, direction: "stronger", needs: "before" },
  ];
}

const NOT_THERE = "not there: GitHub makes it without protection as soon as a workflow names it";

const placeOf = ({
  repository,
  name,
  location,
}: EnvironmentModel): { repository: string; environment: string; location: Location } => ({
  repository: formatText(repository),
  environment: formatText(name),
  location,
});

/** Of repositories of which environments ask for protected branches while those come or go. */
function ofBranches(before: AccessModel, after: AccessModel): Found[] {
  const [was, is] = [new BranchProtections(before), new BranchProtections(after)];
  const [asking, askingLater] = [askingForProtection(before), askingForProtection(after)];
  const repositories = new Set([...asking.keys(), ...askingLater.keys()]);
  return [...repositories].flatMap((key): Found[] => {
    const [then, now] = [asking.get(key) ?? [], askingLater.get(key) ?? []];
    const [name = ""] = [...now, ...then].map((environment) => formatText(environment.repository));
    const change = branchProtectionChange(name, was, is);
    // Where no branch is protected, those environments are open that ask for it then.
    const concerned =
      change?.direction === "weaker" ? now : change?.direction === "stronger" ? then : [...now, ...then];
    const [first] = concerned;
    return change && first
      ? [
          {
            repository: name,
            environment: null,
            location: first.location,
            environments: concerned.map((environment) => formatText(environment.name)),
            ...change,
          },
        ]
      : [];
  });
}

/** Environments that protected branches alone may deploy to, by repository. */
function askingForProtection({ environments }: AccessModel): Map<string, EnvironmentModel[]> {
  const byRepository = new Map<string, EnvironmentModel[]>();
  for (const environment of environments.filter(({ deployFrom }) => deployFrom === "protected branches"))
    addTo(byRepository, formatText(environment.repository).toLowerCase(), environment);
  return byRepository;
}

const keyOfTemplate = ({ repository }: SubjectTemplateModel): string =>
  repository === null ? "" : formatText(repository).toLowerCase();

function ofTemplates(before: AccessModel, after: AccessModel): Found[] {
  return occurrences(before.subjectTemplates, after.subjectTemplates, keyOfTemplate).flatMap(([was, is]) => {
    const place = is ?? was;
    const [then, now] = [templateWords(was), templateWords(is)];
    if (!place || then === now) return [];
    return [
      {
        repository: place.repository === null ? null : formatText(place.repository),
        environment: null,
        aspect: "subject template",
        before: then,
        after: now,
        direction: "changed",
        location: place.location,
      },
    ];
  });
}

/** Without one GitHub keeps what is set, which is its own form unless somebody set another. */
function templateWords(template: SubjectTemplateModel | undefined): string {
  if (!template) return "not set here";
  const { claims } = template;
  if (isUnknown(claims)) return `not known (${claims.unknown})`;
  return describeTemplate(typeof claims === "string" ? claims : claims.map(formatText));
}
