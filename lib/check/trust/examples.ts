import type { RuleExample } from "../rule";

const ISSUER = "token.actions.githubusercontent.com";
export const PROVIDER = `arn:aws:iam::111122223333:oidc-provider/${ISSUER}`;

/** Claims to values, by operator: keys are written without the issuer. */
export type ExampleCondition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

export interface ExampleStatement {
  readonly condition: ExampleCondition;
  readonly effect?: "Allow" | "Deny";
  readonly principal?: object | string;
  /** What keys begin with. @default github.com's issuer */
  readonly issuer?: string;
}

/** A statement as the examples of rules have it: the audience is asked for, unless it is said otherwise. */
export function exampleStatement({
  condition,
  effect = "Allow",
  principal = { Federated: PROVIDER },
  issuer = ISSUER,
}: ExampleStatement): object {
  const block = Object.fromEntries(
    Object.entries(condition).map(([operator, claims]) => [
      operator,
      Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value])),
    ]),
  );
  return { Effect: effect, Principal: principal, Action: "sts:AssumeRoleWithWebIdentity", Condition: block };
}

/** An example of several statements. */
export const statements = (about: string, ...list: readonly ExampleStatement[]): RuleExample => ({
  about,
  policy: { Version: "2012-10-17", Statement: list.map(exampleStatement) },
});

/** An example with one statement and these conditions beside the audience. */
export function conditions(about: string, condition: ExampleCondition): RuleExample {
  return statements(about, {
    condition: { ...condition, StringEquals: { aud: "sts.amazonaws.com", ...condition["StringEquals"] } },
  });
}

/** An example with one statement that asks for a subject: exactly, or by a pattern where it has wildcards. */
export function subject(about: string, sub: string | readonly string[]): RuleExample {
  const isPattern = [sub].flat().some((value) => /[*?]/.test(value));
  return conditions(about, isPattern ? { StringLike: { sub } } : { StringEquals: { sub } });
}

/** The subject that examples use when nothing is wrong with it. */
export const MAIN = "repo:octo-org/web-shop:ref:refs/heads/main";

/** An example of statements about any principals and actions. */
export const otherStatements = (about: string, ...list: readonly object[]): RuleExample => ({
  about,
  policy: { Version: "2012-10-17", Statement: list },
});

/** A statement that allows a call; keys of conditions are written out. */
export const assuming = (
  principal: object | string,
  condition?: object,
  action: string | readonly string[] = "sts:AssumeRole",
): object => ({
  Effect: "Allow",
  Principal: principal,
  Action: action,
  ...(condition && { Condition: condition }),
});
