import type { ConditionRecord } from "../../aws/policy/condition";
import type { StatementRecord } from "../../aws/policy/evaluate";
import type { WebIdentityCall } from "../sts/call";
import type { Verdict } from "../sts/play";
import { farness, lettersApart, type Pair, pairsOf } from "./pair";

/** A denial, and what came nearest to letting the call in. */
export interface Miss {
  readonly call: WebIdentityCall;
  readonly verdict: Verdict;
  /** The statement that denies or, where none does, the one that came nearest to allowing. */
  readonly statement: StatementRecord | undefined;
  /** Its conditions that do not hold; none where it is about another principal. */
  readonly blocking: readonly Blocked[];
}

/** A condition that stands in the way. */
export interface Blocked {
  readonly record: ConditionRecord;
  /** What the key begins with: an issuer without `https://`, or `aws` and the like. */
  readonly prefix: string;
  /** The rest of the key, in lower case. */
  readonly claim: string;
  /** Of an operator that compares text and wants a value: what it compares, the nearest first. */
  readonly pairs: readonly Pair[];
}

/** Makes of a decided call what the rules read. */
export function missOf(call: WebIdentityCall, verdict: Verdict): Miss {
  const denial = verdict.statements.find(({ applies, statement }) => applies && statement.effect === "Deny");
  const trustFails = verdict.steps.some(({ name, outcome }) => name === "trust-policy" && outcome === "fail");
  if (denial || !trustFails) return { call, verdict, statement: denial, blocking: [] };
  const nearest = nearestOf(verdict.statements);
  return {
    call,
    verdict,
    statement: nearest?.record,
    blocking: nearest?.record.principalMatches ? nearest.blocking : [],
  };
}

function nearestOf(
  statements: readonly StatementRecord[],
): { record: StatementRecord; blocking: readonly Blocked[] } | undefined {
  const ranked = statements
    .filter(({ statement }) => statement.effect === "Allow")
    .map((record) => ({ record, blocking: blockedOf(record) }));
  return ranked
    .map((each) => ({ ...each, rank: rankOf(each.record, each.blocking) }))
    .sort((a, b) => compare(a.rank, b.rank))[0];
}

const blockedOf = ({ conditions }: StatementRecord): Blocked[] => conditions.filter(({ holds }) => !holds).map(blocked);

function blocked(record: ConditionRecord): Blocked {
  const at = /^(aws|sts):/i.test(record.key) ? 3 : record.key.lastIndexOf(":");
  const [prefix, claim] = [record.key.slice(0, Math.max(at, 0)), record.key.slice(at + 1).toLowerCase()];
  const compares = record.reason === "notMatched" && /^(String|Arn)/.test(record.condition.operator.base);
  return { record, prefix, claim, pairs: compares ? pairsOf(claim, record.wanted, record.actual ?? []) : [] };
}

/** The lower, the nearer: principal, action, number of conditions that fail, how far their values are. */
const rankOf = ({ principalMatches, actionMatches }: StatementRecord, blocking: readonly Blocked[]): number[] => [
  Number(!principalMatches),
  Number(!actionMatches),
  blocking.length,
  blocking.reduce((sum, { pairs }) => sum + (pairs[0] ? farnessOf(pairs[0]) : 3), 0),
];

/** Letters decide between values whose parts are equally far apart. */
const farnessOf = (pair: Pair): number => farness(pair) + Math.min(lettersApart(pair), 999) / 1_000;

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) if (value !== b[index]) return value - (b[index] ?? 0);
  return 0;
}
