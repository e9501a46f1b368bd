import { type Construct } from "constructs";
import { environmentNameRule, repositoryNameRule, variableNameRule } from "../github/names";
import { address } from "./address";
import { ActionsEnvironmentSecret, ActionsEnvironmentVariable } from "./bindings";
import { secretRule, setSecret, type SecretValue } from "./secret-value";
import { literal } from "./template";

/** A variable or secret of an environment that another stack makes. */
export interface EnvironmentValueProps<T = string> {
  /** Name of the repository, without its owner: that is the GitHub provider's. */
  readonly repository: string;
  /** Name of the environment: it has to exist when this is applied. */
  readonly environment: string;
  /** Name, in upper case. */
  readonly name: string;
  /** A reference such as `role.arn`; a secret must be one, or sealed. */
  readonly value: T;
  /** Whether the stack's GitHub provider is 6.12 or newer, for the newer arguments of secrets. @default false */
  readonly isProvider612?: boolean;
}

/**
 * Sets a variable of an environment that another stack makes. In the stack that makes it, use the
 * environment's own `publishVariable`.
 *
 * @throws RangeError when GitHub would refuse a name.
 */
export function publishEnvironmentVariable(scope: Construct, props: EnvironmentValueProps): void {
  check(scope, "variable", props);
  new ActionsEnvironmentVariable(scope, `variable-of:${addressOf(props)}`, {
    ...placeOf(props),
    variableName: props.name,
    value: props.value,
  });
}

/**
 * Sets a secret of an environment that another stack makes. Terraform keeps its value in the state.
 *
 * @throws RangeError when GitHub would refuse a name, or the value is written out.
 */
export function publishEnvironmentSecret(scope: Construct, props: EnvironmentValueProps<SecretValue>): void {
  check(scope, "secret", props);
  const wrong = secretRule(props.value);
  if (wrong) throw new RangeError(`${scope.node.path}: secret ${JSON.stringify(props.name)} ${wrong}`);
  setSecret(
    new ActionsEnvironmentSecret(scope, `secret-of:${addressOf(props)}`, { ...placeOf(props), secretName: props.name }),
    props.value,
    props.isProvider612,
  );
}

/** The address that the value would have in the stack of the environment. */
const addressOf = ({ repository, environment, name }: EnvironmentValueProps<unknown>): string =>
  address(repository, environment, name);

const placeOf = ({
  repository,
  environment,
}: EnvironmentValueProps<unknown>): { repository: string; environment: string } => ({
  repository,
  environment: literal(environment),
});

function check(
  scope: Construct,
  kind: string,
  { repository, environment, name }: EnvironmentValueProps<unknown>,
): void {
  const wrong = repositoryNameRule(repository) ?? environmentNameRule(environment) ?? variableNameRule(name);
  if (wrong)
    throw new RangeError(
      `${scope.node.path}: ${kind} ${JSON.stringify(name)} of environment ${JSON.stringify(environment)} of ${JSON.stringify(repository)}: ${wrong}`,
    );
}
