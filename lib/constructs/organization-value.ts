import { TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { repositoryNameRule, variableNameRule } from "../github/names";
import { address } from "./address";
import {
  ActionsOrganizationSecret,
  ActionsOrganizationSecretRepositories,
  ActionsOrganizationVariable,
  DataGithubRepository,
} from "./bindings";
import { secretRule, setSecret, type SecretValue } from "./secret-value";

/** What variables and secrets of an organization have in common. */
export interface OrganizationValueProps<T> {
  /** Name, in upper case. */
  readonly name: string;
  readonly value: T;
  /** Which repositories see it: all, those that are not public, or those of these names. */
  readonly repositories: "all" | "private" | readonly string[];
  /** Whether the stack's GitHub provider is 6.12 or newer, for the newer arguments of secrets. @default false */
  readonly isProvider612?: boolean;
}

/**
 * Sets a variable of the organization that owns the repositories. Those that are named are looked up: GitHub
 * wants their numbers.
 *
 * @throws RangeError when GitHub would refuse a name, or no repository is named.
 * @see https://docs.github.com/en/rest/actions/variables#create-an-organization-variable
 */
export function publishOrganizationVariable(scope: Construct, props: OrganizationValueProps<string>): void {
  check(scope, "variable", props);
  new ActionsOrganizationVariable(scope, `organization-variable:${address(props.name)}`, {
    variableName: props.name,
    value: props.value,
    visibility: visibilityOf(props),
    selectedRepositoryIds: numbersOf(scope, props),
  });
}

/**
 * Sets a secret of the organization that owns the repositories. Terraform keeps its value in the state.
 *
 * @throws RangeError when GitHub would refuse a name, no repository is named, or the value is written out.
 * @see https://docs.github.com/en/rest/actions/secrets#create-or-update-an-organization-secret
 */
export function publishOrganizationSecret(scope: Construct, props: OrganizationValueProps<SecretValue>): void {
  check(scope, "secret", props);
  const wrong = secretRule(props.value);
  if (wrong) throw new RangeError(`${scope.node.path}: secret ${JSON.stringify(props.name)} ${wrong}`);
  const ids = numbersOf(scope, props);
  const secret = new ActionsOrganizationSecret(scope, `organization-secret:${address(props.name)}`, {
    secretName: props.name,
    visibility: visibilityOf(props),
    selectedRepositoryIds: props.isProvider612 ? undefined : ids,
  });
  setSecret(secret, props.value, props.isProvider612);
  // An older provider takes what the other resource sets for a change that it has to undo.
  if (props.isProvider612 && ids)
    new ActionsOrganizationSecretRepositories(scope, `organization-secret-repositories:${address(props.name)}`, {
      secretName: secret.secretName,
      selectedRepositoryIds: ids,
    });
}

const visibilityOf = ({ repositories }: OrganizationValueProps<unknown>): "all" | "private" | "selected" =>
  typeof repositories === "string" ? repositories : "selected";

/** Numbers of the repositories named, as references; each is looked up once for each stack. */
function numbersOf(scope: Construct, { repositories }: OrganizationValueProps<unknown>): number[] | undefined {
  if (typeof repositories === "string") return undefined;
  const stack = TerraformStack.of(scope);
  return repositories.map((name) => {
    const id = `repository-number:${address(name)}`;
    const known = stack.node.tryFindChild(id) as DataGithubRepository | undefined;
    return (known ?? new DataGithubRepository(stack, id, { name })).repoId;
  });
}

function check(scope: Construct, kind: string, { name, repositories }: OrganizationValueProps<unknown>): void {
  const named = typeof repositories === "string" ? [] : repositories;
  const isEmpty = typeof repositories !== "string" && named.length === 0;
  const wrong =
    variableNameRule(name) ??
    (isEmpty
      ? "name at least one repository that sees it"
      : named.map(repositoryNameRule).find((each) => each !== undefined));
  if (wrong) throw new RangeError(`${scope.node.path}: ${kind} ${JSON.stringify(name)} of the organization: ${wrong}`);
}
