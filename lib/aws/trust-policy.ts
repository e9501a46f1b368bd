import { SESSION_NAME_KEY } from "./condition-keys";
import { otherStatement, type OtherPrincipal, type RoleHome } from "./other-principals";
import type { ConditionBlock, PolicyDocument, PolicyStatement } from "./policy-document";

/** One way to be let in: every claim must hold, by any one of its values. `sub` is always among them, `aud` never. */
export type TrustAlternative = Readonly<Record<string, readonly string[]>>;

export interface TrustPolicyProps {
  /** ARN of the account's OIDC provider. */
  readonly providerArn: string;
  /** The issuer without `https://`: what the condition keys begin with. */
  readonly issuer: string;
  /** Client ids of the provider that a token may be meant for; at least one. */
  readonly audiences: readonly string[];
  /** At least one: a role that admits nobody is a mistake. */
  readonly alternatives: readonly TrustAlternative[];
  /** Name, or pattern with `*` and `?`, that every caller's session must have. @default any name */
  readonly sessionName?: string | undefined;
  /** Principals beside GitHub, and the account of the role, which their statements need. @default none */
  readonly others?: Others | undefined;
}

/** Principals beside GitHub's jobs. */
export interface Others {
  readonly principals: readonly OtherPrincipal[];
  readonly home: RoleHome;
}

/** Trust policy that `trustPolicy` builds: no other statement, operator or key occurs in one. */
export interface TrustPolicy extends PolicyDocument {
  readonly Version: "2012-10-17";
  readonly Statement: readonly PolicyStatement[];
}

/**
 * Builds the trust policy of a role that GitHub's jobs assume.
 *
 * - The audience is in every statement.
 * - Values with `*` or `?` are compared by `StringLike`, all others by `StringEquals`, so that no
 *   wildcard loosens its neighbours; alternatives of both kinds stand in statements of their own.
 * - Claims that must hold together stand in one statement.
 * - The order is canonical: the same alternatives give the same text, however they were listed.
 *
 * @throws RangeError when there is no alternative, audience or value, or AWS would refuse to store the
 *   policy.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc_manual.html
 */
export function trustPolicy(props: TrustPolicyProps): TrustPolicy {
  const problem = trustPolicyProblem(props);
  if (problem) throw new RangeError(problem);
  // Keys in the alphabet's order, as Terraform's AWS provider stores them: the text is then AWS's to the letter.
  return {
    Statement: [
      ...groupBySubject(props.alternatives.flatMap(separateKinds)).map((claims): PolicyStatement => ({
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition(props, claims),
        Effect: "Allow",
        Principal: { Federated: props.providerArn },
      })),
      ...(props.others ? otherStatements(props.others) : []),
    ],
    Version: "2012-10-17",
  };
}

/**
 * Trust policy of a role that no job of GitHub's assumes by itself.
 *
 * @throws RangeError when it would admit nobody.
 */
export function otherTrustPolicy(others: Others): TrustPolicy {
  if (others.principals.length === 0) throw new RangeError("a role needs at least one principal that may assume it");
  return { Statement: otherStatements(others), Version: "2012-10-17" };
}

/** Each once, in an order that does not hang on how they were listed. */
function otherStatements({ principals, home }: Others): PolicyStatement[] {
  const statements = new Map(
    principals
      .map((principal) => otherStatement(principal, home))
      .map((statement) => [JSON.stringify(statement), statement]),
  );
  return [...statements].sort(([a], [b]) => compare(a, b)).map(([, statement]) => statement);
}

/** Why AWS would refuse the policy, or it would admit nobody or anybody; `undefined` when it is sound. */
export function trustPolicyProblem(props: Pick<TrustPolicyProps, "audiences" | "alternatives">): string | undefined {
  if (props.alternatives.length === 0) return "a role needs at least one job that may assume it";
  if (props.audiences.length === 0) return "a trust policy needs at least one audience";
  for (const claims of props.alternatives) {
    if (!claims["sub"]?.length) return "every alternative needs a subject: without one AWS refuses the policy";
    // Its condition key is the audiences': a second list would take their place.
    if (claims["aud"] !== undefined)
      return 'an alternative cannot have an "aud" of its own: the audiences are in every statement';
    for (const [claim, values] of Object.entries(claims)) {
      if (values.length === 0) return `"${claim}" has no values: the condition would never hold`;
      const wrong = values.map(trustValueRule).find((each) => each !== undefined);
      if (wrong) return `"${claim}": ${wrong}`;
    }
  }
  return undefined;
}

/**
 * Says why a value cannot stand in a trust policy, or `undefined`. IAM takes only the characters of
 * Latin-1, and refuses a GitHub trust policy whose subject is scoped to all.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc_secure-by-default.html
 */
export function trustValueRule(value: string): string | undefined {
  if (/^[*?]*$/.test(value)) return `${JSON.stringify(value)} admits everybody, and AWS refuses it`;
  const foreign = /[^\u0020-\u00ff]/u.exec(value);
  return foreign
    ? `${JSON.stringify(value)}: IAM does not accept the character ${JSON.stringify(foreign[0])} in a trust policy`
    : undefined;
}

/** `*` and `?` are wildcards in `StringLike` and nothing but themselves in `StringEquals`. */
const isPattern = (value: string): boolean => /[*?]/.test(value);

/** Makes of an alternative those in which each claim's values are all exact or all patterns. */
function separateKinds(claims: TrustAlternative): TrustAlternative[] {
  let separated: TrustAlternative[] = [{}];
  for (const name of Object.keys(claims).sort()) {
    const values = claims[name] ?? [];
    const kinds = [values.filter((value) => !isPattern(value)), values.filter(isPattern)].filter(
      (kind) => kind.length > 0,
    );
    separated = separated.flatMap((rest) => kinds.map((kind) => ({ ...rest, [name]: canonical(kind) })));
  }
  return separated;
}

/** Puts the subjects that share all other claims, and are of one kind, into one statement. */
function groupBySubject(alternatives: readonly TrustAlternative[]): TrustAlternative[] {
  const groups = new Map<string, TrustAlternative>();
  for (const alternative of alternatives) {
    const { sub = [], ...others } = alternative;
    const key = JSON.stringify([sub.some(isPattern), others]);
    groups.set(key, { ...others, sub: canonical([...(groups.get(key)?.["sub"] ?? []), ...sub]) });
  }
  return [...groups.values()].sort((a, b) => compare(JSON.stringify(a), JSON.stringify(b)));
}

function condition({ issuer, audiences, sessionName }: TrustPolicyProps, claims: TrustAlternative): ConditionBlock {
  const exact: KeyValues = { [`${issuer}:aud`]: oneOrMany(canonical(audiences)) };
  const like: KeyValues = {};
  for (const [name, values] of Object.entries(claims))
    (values.some(isPattern) ? like : exact)[`${issuer}:${name}`] = oneOrMany(values);
  if (sessionName !== undefined) (isPattern(sessionName) ? like : exact)[SESSION_NAME_KEY] = sessionName;
  return Object.keys(like).length > 0
    ? { StringEquals: inOrder(exact), StringLike: inOrder(like) }
    : { StringEquals: inOrder(exact) };
}

type KeyValues = Record<string, string | readonly string[]>;

const inOrder = (keys: KeyValues): KeyValues =>
  Object.fromEntries(Object.entries(keys).sort(([a], [b]) => compare(a, b)));
const oneOrMany = (values: readonly string[]): string | readonly string[] =>
  values.length === 1 ? (values[0] ?? "") : values;
const canonical = (values: readonly string[]): string[] => [...new Set(values)].sort(compare);
/** By code unit: the same on every machine, whatever its language. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
