import { roleArnIn } from "../../model/arns";
import type { ValueModel } from "../../model/model";
import { formatText, isKnown, unknownText, type Text } from "../../trust/text";
import { listOf, Template, type Resource, type Value } from "./resource";
import type { Resources } from "./resources";
import { whyUnknown } from "./withheld";

/** Types of resources that put a value into GitHub, and what each is of. */
const TYPES = [
  ["github_actions_variable", "variable", "repository"],
  ["github_actions_secret", "secret", "repository"],
  ["github_actions_environment_variable", "variable", "environment"],
  ["github_actions_environment_secret", "secret", "environment"],
  ["github_actions_organization_variable", "variable", "organization"],
  ["github_actions_organization_secret", "secret", "organization"],
] as const;

/** The variables and secrets of GitHub, and the role whose ARN each is. No other value is kept. */
export function valuesOf(resources: Resources): ValueModel[] {
  const reach = new Reach(resources);
  return TYPES.flatMap(([type, kind, scope]) =>
    resources.of(type).map((resource): ValueModel => ({
      kind,
      name: resources.text(resource.values[`${kind}_name`], resource),
      repository: scope === "organization" ? null : resources.repositoryOf(resource),
      environment: scope === "environment" ? resources.text(resource.values["environment"], resource) : null,
      visibleTo: scope === "organization" ? reach.of(resource) : null,
      role: roleOf(resource, kind, resources),
      location: { address: resource.address },
    })),
  );
}

/** Which repositories see the values of an organization. */
class Reach {
  private readonly byNumber = new Map<number, Text>();
  private readonly selectedBeside = new Map<string, Value>();

  constructor(private readonly resources: Resources) {
    for (const type of ["data.github_repository", "github_repository"] as const)
      for (const each of resources.of(type))
        if (typeof each.values["repo_id"] === "number") this.byNumber.set(each.values["repo_id"], this.nameOf(each));
    for (const each of resources.of("github_actions_organization_secret_repositories"))
      this.selectedBeside.set(
        formatText(resources.text(each.values["secret_name"], each)),
        each.values["selected_repository_ids"] ?? null,
      );
  }

  of(resource: Resource): ValueModel["visibleTo"] {
    const { visibility, selected_repository_ids: own } = resource.values;
    if (visibility === "all" || visibility === "private") return visibility;
    if (visibility !== "selected") return whyUnknown(visibility, "visibility");
    const beside =
      resource.type === "github_actions_organization_secret"
        ? this.selectedBeside.get(formatText(this.resources.text(resource.values["secret_name"], resource)))
        : undefined;
    const numbers = listOf(own).length > 0 ? own : beside;
    if (numbers === undefined || numbers instanceof Template) return whyUnknown(numbers, "selected_repository_ids");
    return listOf(numbers).map((each) => this.repository(each, resource));
  }

  private repository(number: Value, from: Resource): Text {
    const behind = this.resources.behind(number, from);
    if (behind) return this.nameOf(behind);
    return (
      (typeof number === "number" ? this.byNumber.get(number) : undefined) ??
      unknownText("a repository that is known by its number alone")
    );
  }

  private nameOf(repository: Resource): Text {
    return (
      this.resources.optional(repository, "full_name") ??
      this.resources.fullNameOf(repository.values["name"], repository)
    );
  }
}

function roleOf(resource: Resource, kind: "variable" | "secret", resources: Resources): Text | null {
  const value = resource.values[kind === "secret" ? "plaintext_value" : "value"] ?? resource.values["value"];
  const behind = resources.behind(value, resource);
  if (behind?.type === "aws_iam_role") return resources.attribute(behind, "arn");
  if (value === undefined || value === null) return null;
  const written = resources.text(value, resource);
  // Of a text of which a part is not known, the rest may be a secret.
  return isKnown(written) ? roleArnIn(written) : null;
}
