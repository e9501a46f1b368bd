import { type Grant, grantOf } from "../../../lib/aws/permissions/grant";
import type { Power } from "../../../lib/aws/permissions/level";
import { combinedPower } from "../../../lib/aws/permissions/power";
import { type PermissionsStatement, readPermissions } from "../../../lib/aws/permissions/read-policy";

/** A statement as it is written. */
export type Written = Readonly<Record<string, unknown>>;

export const allow = (
  actions: string | readonly string[],
  resources: string | readonly string[] = "*",
  more: Written = {},
): Written => ({ Effect: "Allow", Action: actions, Resource: resources, ...more });
export const deny = (
  actions: string | readonly string[],
  resources: string | readonly string[] = "*",
  more: Written = {},
): Written => ({ Effect: "Deny", Action: actions, Resource: resources, ...more });
export const allowAllBut = (
  actions: string | readonly string[],
  resources: string | readonly string[] = "*",
): Written => ({ Effect: "Allow", NotAction: actions, Resource: resources });
export const denyAllBut = (
  actions: string | readonly string[],
  resources: string | readonly string[] = "*",
  more: Written = {},
): Written => ({ Effect: "Deny", NotAction: actions, Resource: resources, ...more });

export const policyText = (statements: readonly Written[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** @throws Error when it is no permissions policy */
export function statementsOf(statements: readonly Written[]): readonly PermissionsStatement[] {
  const reading = readPermissions(policyText(statements));
  if ("refused" in reading) throw new Error(reading.refused);
  return reading.statements;
}

/** What the policy "deploy" gives by itself to a role whose ARN is `own`. */
export function grant(statements: readonly Written[], own: readonly string[] = []): Grant {
  const read = statementsOf(statements);
  return grantOf(
    "deploy",
    read,
    read.filter(({ effect }) => effect === "Deny"),
    own,
  );
}

export const power = (statements: readonly Written[], own: readonly string[] = []): Power =>
  combinedPower([grant(statements, own)]);
