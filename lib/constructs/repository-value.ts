import { type Construct } from "constructs";
import { repositoryNameRule, variableNameRule } from "../github/names";
import { address } from "./address";
import { ActionsSecret, ActionsVariable } from "./bindings";
import { secretRule, setSecret, type SecretValue } from "./secret-value";

/** A variable or secret of a whole repository. */
export interface RepositoryValueProps<T = string> {
  /** Name of the repository, without its owner: that is the GitHub provider's. */
  readonly repository: string;
  /** Name, in upper case. */
  readonly name: string;
  /** A reference such as `role.arn`; a secret must be one, or sealed. */
  readonly value: T;
  /** Whether the stack's GitHub provider is 6.12 or newer, for the newer arguments of secrets. @default false */
  readonly isProvider612?: boolean;
}

/**
 * Sets a variable of a repository.
 *
 * @throws RangeError when GitHub would refuse a name.
 */
export function publishRepositoryVariable(scope: Construct, { repository, name, value }: RepositoryValueProps): void {
  check(scope, "variable", repository, name);
  new ActionsVariable(scope, `variable-of:${address(repository, name)}`, { repository, variableName: name, value });
}

/**
 * Sets a secret of a repository. Terraform keeps its value in the state.
 *
 * @throws RangeError when GitHub would refuse a name, or the value is written out.
 */
export function publishRepositorySecret(
  scope: Construct,
  { repository, name, value, isProvider612 }: RepositoryValueProps<SecretValue>,
): void {
  check(scope, "secret", repository, name);
  const wrong = secretRule(value);
  if (wrong) throw new RangeError(`${scope.node.path}: secret ${JSON.stringify(name)} ${wrong}`);
  setSecret(
    new ActionsSecret(scope, `secret-of:${address(repository, name)}`, { repository, secretName: name }),
    value,
    isProvider612,
  );
}

function check(scope: Construct, kind: string, repository: string, name: string): void {
  const wrong = repositoryNameRule(repository) ?? variableNameRule(name);
  if (wrong)
    throw new RangeError(
      `${scope.node.path}: ${kind} ${JSON.stringify(name)} of repository ${JSON.stringify(repository)}: ${wrong}`,
    );
}
