import type { EnvironmentModel } from "../../model/model";
import { formatText, isKnown, unknownText, type Text } from "../../trust/text";
import { blocksOf, listOf, Template, type Attributes, type Resource, type Value } from "./resource";
import type { Resources } from "./resources";
import { isWithheld, whyUnknown, type Withheld } from "./withheld";

type Note = (text: string) => void;
type Patterns = { readonly branches: Text[]; readonly tags: Text[] };
type Reviewers = Exclude<EnvironmentModel["reviewers"], { unknown: string }>;

/** The deployment environments with what protects them. */
export function environmentsOf(resources: Resources, note: Note): EnvironmentModel[] {
  const patterns = patternsOf(resources, note);
  const logins = new Logins(resources);
  return resources.of("github_repository_environment").map((resource): EnvironmentModel => {
    const { values } = resource;
    const [repository, name] = [resources.repositoryOf(resource), resources.text(values["environment"], resource)];
    return {
      repository,
      name,
      reviewers: reviewersOf(resource, logins),
      waitMinutes: numberOf(values["wait_timer"], 0, "wait_timer"),
      preventSelfReview: truthOf(values["prevent_self_review"], false, "prevent_self_review"),
      // What the provider does unless told otherwise.
      adminsCanBypass: truthOf(values["can_admins_bypass"], true, "can_admins_bypass"),
      deployFrom: deployFromOf(
        values["deployment_branch_policy"],
        patterns.of(repository, name),
        hiddenNameOf(resource) ?? patterns.hidden,
      ),
      location: { address: resource.address },
    };
  });
}

/** The patterns of refs that may deploy, by environment. */
class DeployPatterns {
  /** The name of an environment that has one, where it is withheld: any may have the pattern. */
  hidden: Withheld | undefined;
  private readonly byRepository = new Map<string, Map<string, Patterns>>();

  of(repository: Text, environment: Text): Patterns {
    const [place, name] = [formatText(repository), formatText(environment)];
    const ofRepository = this.byRepository.get(place) ?? new Map<string, Patterns>();
    this.byRepository.set(place, ofRepository);
    const patterns = ofRepository.get(name) ?? { branches: [], tags: [] };
    ofRepository.set(name, patterns);
    return patterns;
  }
}

function patternsOf(resources: Resources, note: Note): DeployPatterns {
  const byEnvironment = new DeployPatterns();
  for (const resource of [
    ...resources.of("github_repository_environment_deployment_policy"),
    ...resources.of("github_repository_deployment_branch_policy"),
  ]) {
    const { values } = resource;
    const environment = resources.text(values["environment"] ?? values["environment_name"], resource);
    byEnvironment.hidden ??= hiddenNameOf(resource);
    if (!isKnown(environment))
      note(`${resource.address} is of an environment that is not known (${formatText(environment)})`);
    const patterns = byEnvironment.of(resources.repositoryOf(resource), environment);
    const [branch, tag] = [
      resources.optional(resource, "branch_pattern") ?? resources.optional(resource, "name"),
      resources.optional(resource, "tag_pattern"),
    ];
    if (branch !== null) patterns.branches.push(branch);
    if (tag !== null) patterns.tags.push(tag);
  }
  return byEnvironment;
}

/** What of an environment's name is withheld: nothing can be told to belong to it. */
const hiddenNameOf = ({
  values: { repository, environment, environment_name: other },
}: Resource): Withheld | undefined => [repository, environment, other].find(isWithheld);

/** @param hidden why not all patterns are known */
function deployFromOf(
  value: Value | undefined,
  patterns: Patterns,
  hidden: Withheld | undefined,
): EnvironmentModel["deployFrom"] {
  const [policy, ...others] = listOf(value);
  if (policy === undefined) return "any ref";
  const { protected_branches: isProtected, custom_branch_policies: isCustom } = (blocksOf(policy)[0] ??
    {}) as Attributes;
  if (others.length === 0 && isProtected === true && isCustom !== true) return "protected branches";
  if (others.length === 0 && isCustom === true && isProtected !== true)
    return hidden ? whyUnknown(hidden, "") : patterns;
  return whyUnknown(policy, "deployment_branch_policy");
}

function reviewersOf(resource: Resource, logins: Logins): EnvironmentModel["reviewers"] {
  const value = resource.values["reviewers"];
  const hidden = [value, ...listOf(value)].find((each) => each instanceof Template);
  if (hidden) return whyUnknown(hidden, "reviewers");
  const reviewers: Reviewers = [];
  for (const block of blocksOf(value)) {
    for (const kind of ["team", "user"] as const) {
      const numbers = block[`${kind}s`];
      if (numbers instanceof Template && !logins.has(numbers, resource))
        return whyUnknown(numbers, `${kind}s of reviewers`);
      for (const each of listOf(numbers)) reviewers.push({ kind, name: logins.nameOf(kind, each, resource) });
    }
  }
  return reviewers;
}

/** Names of the teams and users that Terraform knows by number. */
class Logins {
  private readonly byNumber = new Map<string, Text>();

  constructor(private readonly resources: Resources) {
    for (const type of ["data.github_team", "github_team"] as const)
      for (const each of resources.of(type)) this.learn("team", each, "slug");
    for (const each of resources.of("data.github_user")) this.learn("user", each, "username");
  }

  has(value: Value, from: Resource): boolean {
    return this.resources.behind(value, from) !== undefined;
  }

  nameOf(kind: "team" | "user", value: Value, from: Resource): Text {
    const behind = this.resources.behind(value, from);
    if (behind) return this.resources.attribute(behind, kind === "team" ? "slug" : "username");
    if (typeof value !== "number" && typeof value !== "string") return unknownText(`a ${kind}`);
    return this.byNumber.get(`${kind} ${value}`) ?? unknownText(`${kind} ${value}`);
  }

  private learn(kind: string, { values }: Resource, attribute: string): void {
    const [id, name] = [values["id"], values[attribute]];
    if ((typeof id === "string" || typeof id === "number") && typeof name === "string")
      this.byNumber.set(`${kind} ${id}`, name);
  }
}

function numberOf(value: Value | undefined, unset: number, name: string): EnvironmentModel["waitMinutes"] {
  const number = typeof value === "string" ? Number(value) : (value ?? unset);
  return typeof number === "number" && Number.isSafeInteger(number) ? number : whyUnknown(value, name);
}

function truthOf(value: Value | undefined, unset: boolean, name: string): EnvironmentModel["adminsCanBypass"] {
  const truth = value ?? unset;
  return typeof truth === "boolean"
    ? truth
    : truth === "true"
      ? true
      : truth === "false"
        ? false
        : whyUnknown(value, name);
}
