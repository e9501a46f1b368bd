import { z } from "zod";
import { compileActions } from "../aws/policy/action";
import { ASSUME_CALLS } from "../aws/policy/assume-calls";
import { callsBesideJobs } from "../trust/callers/statement-calls";
import { nameOf, type AccountModel, type RoleModel } from "../model/model";
import { isUnknown, type StatementModel } from "../trust/trust-model";
import { formatText } from "../trust/text";

/** Keys by which a condition says which principal of an account is meant. */
const PRINCIPAL_KEY = "aws:principalarn";

export const otherPrincipalSchema = z.strictObject({
  account: z.string().describe("Of the role: its name, or else its id"),
  role: z.string(),
  roleArn: z.string(),
  principal: z
    .string()
    .describe("ARN, service, issuer or `*`; of an account that is held to some of its principals, those"),
  kind: z.enum(["*", "AWS", "CanonicalUser", "Federated", "Service"]),
  calls: z
    .array(z.enum(ASSUME_CALLS))
    .describe(
      "By which it gets the role: signed, with an assertion of SAML, or with a token of another issuer than GitHub",
    ),
  tagSession: z.boolean().describe("Whether sessions may carry tags"),
  conditions: z.record(z.string(), z.array(z.string())).describe("What must hold beside, by condition key"),
});

export type OtherPrincipalGrant = z.infer<typeof otherPrincipalSchema>;

/** Who may assume a role beside GitHub's jobs, by the statements that allow it. */
export function othersOf(role: RoleModel, account: AccountModel): OtherPrincipalGrant[] {
  if (isUnknown(role.trust) || "refused" in role.trust) return [];
  const own = { account: nameOf(account), role: formatText(role.name), roleArn: formatText(role.arn) };
  return role.trust.statements
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => {
      const tagSession = compileActions(statement.actions, statement.notAction)("sts:TagSession");
      const admitted = statement.principals.flatMap((principal) => admittedIn(principal, statement));
      return admitted.map((each) => ({ ...own, tagSession, ...each }));
    });
}

type Admitted = Pick<OtherPrincipalGrant, "principal" | "kind" | "calls" | "conditions">;

/** One for each principal; those that a condition names get the role by a call that they have signed. */
function admittedIn(principal: StatementModel["principals"][number], statement: StatementModel): Admitted[] {
  const { kind, value } = principal;
  const calls = callsBesideJobs(principal, statement);
  const named = (kind === "AWS" || kind === "*") && calls.includes("sts:AssumeRole") ? principalsNamed(statement) : [];
  const rest = named.length > 0 ? calls.filter((call) => call !== "sts:AssumeRole") : calls;
  const [ofNamed, ofAll] = [conditionsOf(statement, true), conditionsOf(statement, false)];
  return [
    ...named.map((name): Admitted => ({ principal: name, kind, calls: ["sts:AssumeRole"], conditions: ofNamed })),
    ...(rest.length > 0 ? [{ principal: formatText(value), kind, calls: rest, conditions: ofAll }] : []),
  ];
}

/** Whether a condition says which principals of an account are meant. */
export const isOfPrincipal = ({ operator, key }: StatementModel["conditions"][number]): boolean =>
  key.toLowerCase() === PRINCIPAL_KEY && /^(?:ArnEquals|ArnLike|StringEquals|StringLike)$/.test(operator);

const principalsNamed = ({ conditions }: StatementModel): string[] =>
  conditions.filter(isOfPrincipal).flatMap(({ values }) => values.map(formatText));

/**
 * What must hold in addition, by condition key.
 *
 * @param isNamed whether the principals that a condition names are told by their names
 */
export const conditionsOf = ({ conditions }: StatementModel, isNamed: boolean): Record<string, string[]> =>
  Object.fromEntries(
    conditions
      .filter((each) => !isNamed || !isOfPrincipal(each))
      .map(({ operator, key, values }) => [isPlain(operator) ? key : `${key} (${operator})`, values.map(formatText)]),
  );

/** Whether an operator goes without saying. */
const isPlain = (operator: string): boolean => /^(?:StringEquals|ArnEquals)$/.test(operator);
