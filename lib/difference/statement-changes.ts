import { excessOf, type Excess } from "../aws/permissions/excess";
import type { PermissionsStatement } from "../aws/permissions/read-policy";
import type { PermissionChange } from "./schema";

/** What a statement gives, or denies, on one side of a change alone. */
export interface StatementChange<S extends PermissionsStatement = PermissionsStatement> {
  readonly excess: Excess<S>;
  /** What is allowed by the change. */
  readonly direction: PermissionChange["direction"];
}

/** What statements afterwards give, or deny, and those before do not. @param told those of `after` that are to be told */
export const addedStatements = <S extends PermissionsStatement>(
  before: readonly PermissionsStatement[],
  told: readonly S[],
  after: readonly PermissionsStatement[],
): StatementChange<S>[] => changesOf(before, told, after, "more");

/** What statements before give, or deny, and those afterwards do not. @param told those of `before` that are to be told */
export const removedStatements = <S extends PermissionsStatement>(
  after: readonly PermissionsStatement[],
  told: readonly S[],
  before: readonly PermissionsStatement[],
): StatementChange<S>[] => changesOf(after, told, before, "less");

/** @param own all statements of the side of `told`, @param allowing what it is that one of them allows */
function changesOf<S extends PermissionsStatement>(
  other: readonly PermissionsStatement[],
  told: readonly S[],
  own: readonly PermissionsStatement[],
  allowing: "more" | "less",
): StatementChange<S>[] {
  const denying = allowing === "more" ? "less" : "more";
  const entry = (excess: Excess<S>, certainly: "more" | "less"): StatementChange<S> => ({
    excess,
    direction: excess.certain ? certainly : "changed",
  });
  // What is denied beside gives nothing.
  const allows = excessOf(told.filter(isAllow), other.filter(isAllow), own.filter(isDeny));
  const denies = excessOf(told.filter(isDeny), other.filter(isDeny));
  return [...allows.map((each) => entry(each, allowing)), ...denies.map((each) => entry(each, denying))];
}

export const isAllow = ({ effect }: PermissionsStatement): boolean => effect === "Allow";
export const isDeny = ({ effect }: PermissionsStatement): boolean => effect === "Deny";
