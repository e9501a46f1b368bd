import { roleArnIn } from "../arns";
import type { ValueModel } from "../model";
import { isKnown, type Text } from "../text";
import type { Resource } from "./resource";
import type { Resources } from "./resources";

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
  return TYPES.flatMap(([type, kind, scope]) =>
    resources.of(type).map(
      (resource): ValueModel => ({
        kind,
        name: resources.text(resource.values[`${kind}_name`], resource),
        repository: scope === "organization" ? null : resources.repositoryOf(resource),
        environment: scope === "environment" ? resources.text(resource.values["environment"], resource) : null,
        role: roleOf(resource, kind, resources),
        location: { address: resource.address },
      }),
    ),
  );
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
