import type { ConditionReason, ConditionRecord } from "../../aws/policy/condition";
import type { StatementRecord } from "../../aws/policy/evaluate";
import type { PartialPolicy } from "./partial-policy";

/**
 * How conditions are decided that more values could not turn: one of several wanted values suffices, one of
 * several excluded ones too, and a key that the request lacks is compared with none.
 */
const SETTLED: ReadonlySet<ConditionReason> = new Set([
  "matched",
  "excluded",
  "keyMissing",
  "keyMissingIfExists",
  "keyMissingNegated",
  "keyMissingForAllValues",
]);

/** A policy of which parts are not known, and how its statements are decided as far as they are. */
export interface Judged {
  readonly policy: PartialPolicy;
  /** Of the policy without the values that are not known. */
  readonly records: readonly StatementRecord[];
  /** The same, with the prefixes of other repositories in the other form. */
  readonly otherwise: readonly StatementRecord[];
}

/**
 * Statements that stand between a policy of which parts are not known and its decision; none where it is the
 * same whatever those parts are.
 */
export function undecided(judged: Judged): readonly StatementRecord[] {
  const { records } = judged;
  const open = records.filter((record) => isOpen(record, judged));
  const having = (effect: "Allow" | "Deny", among: readonly StatementRecord[]): boolean =>
    among.some(({ statement }) => statement.effect === effect);
  const certain = records.filter((record) => record.applies && !open.includes(record));
  const denied = having("Deny", certain) || !(having("Allow", certain) || having("Allow", open));
  const allowed = having("Allow", certain) && !having("Deny", open);
  return denied || allowed ? [] : open;
}

/** Whether a statement applies or not by what is not known of it. */
function isOpen(record: StatementRecord, judged: Judged): boolean {
  const { index, actionMatches, principalMatches, conditions } = record;
  const { incomplete, someone } = judged.policy;
  if (!actionMatches) return false;
  if (!principalMatches) return someone.has(index);
  const byForm = decidedByForm(record, judged);
  const isUnsettled = (each: ConditionRecord): boolean =>
    byForm.includes(each) || (incomplete.has(each.condition) && !SETTLED.has(each.reason));
  return conditions.some(isUnsettled) && conditions.every((each) => each.holds || isUnsettled(each));
}

/** Conditions that hold or not by whether subjects of another repository than the token's carry ids. */
export const decidedByForm = ({ index, conditions }: StatementRecord, { otherwise }: Judged): ConditionRecord[] =>
  conditions.filter(({ holds }, at) => otherwise[index]?.conditions[at]?.holds !== holds);
