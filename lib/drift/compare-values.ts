import { parseIamArn } from "../aws/arn";
import { regionRule } from "../aws/partition";
import { located, type Difference } from "./difference";
import type { ExpectedValue } from "./expected";
import type { ValueFacts } from "./facts";
import type { Drift, SecretState } from "./output";

/** Variables and secrets of an environment, or of a whole repository, that are not there or not what they should be. */
export function valuesDrift(
  expected: readonly ExpectedValue[],
  found: ValueFacts,
  repository: string,
  environment: string | null,
): Drift[] {
  return expected.flatMap((each) =>
    valueDrift(each, found).map((difference) => located(difference, each.account, repository, environment)),
  );
}

function valueDrift({ kind, name, value }: ExpectedValue, { variables, secrets }: ValueFacts): Difference[] {
  const key = name.toUpperCase();
  if (kind === "secret")
    return secrets.some((each) => each.name === key)
      ? []
      : [{ kind, name, file: "there", github: "not there", seenByPlan: true }];
  const actual = variables.get(key);
  if (actual === value) return [];
  return [
    {
      kind,
      name,
      file: shown(value ?? "", "its value"),
      github: actual === undefined ? "not there" : shown(actual, "another value"),
      seenByPlan: true,
    },
  ];
}

/** The ARN of a role and a region are shown; whatever else somebody put into a variable may be no business of a log. */
const shown = (value: string, otherwise: string): string =>
  parseIamArn(value)?.type === "role" || regionRule(value) === undefined ? value : otherwise;

/** The secrets that are there, with the time that they were last set. */
export function secretStates(
  expected: readonly ExpectedValue[],
  found: ValueFacts | undefined,
  repository: string,
  environment: string | null,
): SecretState[] {
  const wanted = new Set(expected.filter(({ kind }) => kind === "secret").map(({ name }) => name.toUpperCase()));
  return (found?.secrets ?? [])
    .filter(({ name }) => wanted.has(name))
    .map(({ name, updatedAt }) => ({ repository, environment, name, updatedAt }));
}
