import type { Difference, Who } from "../../lib/difference/schema";
import type { AccessModel, RoleModel } from "../../lib/model/model";
import { readTrust } from "../../lib/trust/read-trust";
import type { Text } from "../../lib/trust/text";
import { policyText, statement } from "../aws/policy/policies";
import { ISSUER } from "../trust/calls";
import { account, roleOf } from "../questions/role-call/roles";

export const NO_ACCESS: AccessModel = {
  accounts: [],
  environments: [],
  values: [],
  subjectTemplates: [],
  branchProtections: [],
  newRepositories: [],
  notes: [],
};

/** A model of one account with these roles. */
export const modelOf = (...roles: readonly RoleModel[]): AccessModel => ({
  ...NO_ACCESS,
  accounts: [{ ...account, roles: [...roles] }],
});

/** A role with a trust policy as its text, or with what stands in its place. */
export const role = (policy: Text | RoleModel["trust"], otherwise: Partial<RoleModel> = {}): RoleModel =>
  roleOf(typeof policy === "string" || Array.isArray(policy) ? readTrust(policy) : policy, {
    location: { address: "aws_iam_role.deploy" },
    ...otherwise,
  }).role;

/** A trust policy that lets these subjects in, for the usual audience. */
export const trusting = (...subjects: readonly string[]): string => policyText(subjects.map((sub) => allow(sub)));

/** A statement for these subjects. */
export const allow = (
  sub: string | readonly string[],
  claims: Readonly<Record<string, string | readonly string[]>> = {},
  otherwise: object = {},
): object => {
  const operator = [sub].flat().some((each) => /[*?]/.test(each)) ? "StringLike" : "StringEquals";
  const keys = Object.fromEntries(
    Object.entries({ aud: "sts.amazonaws.com", ...claims }).map(([claim, value]) => [`${ISSUER}:${claim}`, value]),
  );
  const subject = { [`${ISSUER}:sub`]: sub };
  return statement({
    Condition:
      operator === "StringEquals"
        ? { StringEquals: { ...keys, ...subject } }
        : { StringEquals: keys, StringLike: subject },
    ...otherwise,
  });
};

/** Who is let in or shut out, a line each: `widened deploy: branches main* of octo-org/web-shop, instead of branch main of octo-org/web-shop`. */
export const admissionsIn = (difference: Difference): string[] =>
  (["gained", "widened", "lost", "narrowed"] as const).flatMap((list) =>
    difference[list].map(
      ({ role: name, who, instead, certain, state }) =>
        `${list} ${name}${state === "kept" ? "" : ` (${state})`}: ${inWords(who)}${instead.length === 0 ? "" : `, instead of ${inWords(instead)}`}${certain ? "" : ", perhaps"}`,
    ),
  );

const inWords = (who: readonly Who[]): string =>
  who
    .map(
      ({ jobs, repository, principal, conditions }) =>
        `${principal ?? `${jobs.join(" or ")} of ${repository}`}${beside(conditions)}`,
    )
    .join(" and ");

const beside = (conditions: Who["conditions"]): string =>
  Object.entries(conditions)
    .filter(([key, values]) => key !== "aud" || values.join() !== "sts.amazonaws.com")
    .map(([key, values]) => ` with ${key} ${values.join(" or ")}`)
    .join("");
