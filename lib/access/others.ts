import { z } from "zod";
import { isUnknown, nameOf, type AccountModel, type RoleModel, type StatementModel } from "./model";
import { formatText } from "./text";

/** What principals of AWS call to get a role. */
const ASSUME_ROLE = /^(?:\*|sts:(?:\*|assume(?:role)?\*?|assumerole))$/i;
/** Keys by which a condition says which principal of an account is meant. */
const PRINCIPAL_KEY = "aws:principalarn";

export const otherPrincipalSchema = z.strictObject({
  account: z.string().describe("Of the role: its name, or else its id"),
  role: z.string(),
  roleArn: z.string(),
  principal: z.string().describe("ARN, service or `*`; of an account that is held to some of its principals, those"),
  kind: z.enum(["*", "AWS", "CanonicalUser", "Service"]),
  tagSession: z.boolean().describe("Whether sessions may carry tags"),
  conditions: z.record(z.string(), z.array(z.string())).describe("What must hold beside, by condition key"),
});

export type OtherPrincipalGrant = z.infer<typeof otherPrincipalSchema>;

/** Who may assume a role beside GitHub's jobs, by the statements that allow it. */
export function othersOf(role: RoleModel, account: AccountModel): OtherPrincipalGrant[] {
  if (isUnknown(role.trust) || "refused" in role.trust) return [];
  const own = { account: nameOf(account), role: formatText(role.name), roleArn: formatText(role.arn) };
  return role.trust.statements.filter(isAboutRoles).flatMap((statement) =>
    statement.principals.flatMap(({ kind, value }): OtherPrincipalGrant[] => {
      if (kind === "Federated") return [];
      const named = kind === "AWS" ? principalsNamed(statement) : [];
      const principals = named.length > 0 ? named : [formatText(value)];
      return principals.map((principal) => ({ ...own, principal, kind, tagSession: statement.actions.some((action) => /^(?:\*|sts:(?:\*|tagsession))$/i.test(action)), conditions: conditionsOf(statement) }));
    }),
  );
}

const isAboutRoles = ({ effect, notAction, actions }: StatementModel): boolean => effect === "Allow" && (notAction || actions.some((action) => ASSUME_ROLE.test(action)));

/** Whether a condition says which principals of an account are meant. */
export const isOfPrincipal = ({ operator, key }: StatementModel["conditions"][number]): boolean => key.toLowerCase() === PRINCIPAL_KEY && /^(?:ArnEquals|ArnLike|StringEquals|StringLike)$/.test(operator);

const principalsNamed = ({ conditions }: StatementModel): string[] => conditions.filter(isOfPrincipal).flatMap(({ values }) => values.map(formatText));

/** What must hold beside, by condition key. */
export const conditionsOf = ({ conditions }: StatementModel): Record<string, string[]> => Object.fromEntries(conditions.filter((each) => !isOfPrincipal(each)).map(({ operator, key, values }) => [/^(?:StringEquals|ArnEquals)$/.test(operator) ? key : `${key} (${operator})`, values.map(formatText)]));
