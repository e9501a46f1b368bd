import type { PolicyPair } from "./any-policy-pair";
import {
  entriesOf,
  listOf,
  type OneOrMany,
  type PolicyJson,
  type StatementJson,
  type ValueJson,
  withEntries,
} from "./policy-json";

type PairTest = (pair: PolicyPair) => Promise<boolean>;

/** Makes a pair smaller for as long as something stays true of it, so that a person sees at once what it is about. */
export async function smallest(pair: PolicyPair, isStillSo: PairTest): Promise<PolicyPair> {
  let best = pair;
  for (let next: PolicyPair | undefined = best; next; next = await firstOf(smallerPairs(best), isStillSo)) best = next;
  return best;
}

async function firstOf(pairs: Iterable<PolicyPair>, isStillSo: PairTest): Promise<PolicyPair | undefined> {
  for (const pair of pairs) if (await isStillSo(pair)) return pair;
  return undefined;
}

/** First what leaves out the same on both sides, then what leaves out something on one. */
function* smallerPairs(pair: PolicyPair): Generator<PolicyPair> {
  const { before, after } = pair;
  const [smallerBefore, smallerAfter] = [smallerPolicies(before), smallerPolicies(after)];
  for (const [name, one] of smallerBefore) {
    const other = smallerAfter.get(name);
    if (other) yield { ...pair, before: one, after: other };
  }
  for (const one of smallerBefore.values()) yield { ...pair, before: one };
  for (const other of smallerAfter.values()) yield { ...pair, after: other };
}

/** Policies that say a little less, by what was left out. */
function smallerPolicies(policy: PolicyJson): Map<string, PolicyJson> {
  const { Version: version, Statement: statements } = policy;
  const found = new Map<string, PolicyJson>();
  if (version !== undefined) found.set("version", { Statement: statements });
  statements.forEach((statement, index) => {
    const put = (...others: readonly StatementJson[]): PolicyJson => ({
      ...policy,
      Statement: statements.toSpliced(index, 1, ...others),
    });
    if (statements.length > 1) found.set(`without ${JSON.stringify(statement)}`, put());
    for (const [name, smaller] of smallerStatements(statement)) found.set(`${index} ${name}`, put(smaller));
  });
  return found;
}

function smallerStatements(statement: StatementJson): [string, StatementJson][] {
  const entries = entriesOf(statement.Condition);
  return entries.flatMap((entry, index): [string, StatementJson][] => [
    [`without ${JSON.stringify(entry)}`, withEntries(statement, entries.toSpliced(index, 1))],
    ...smallerValues(listOf(entry.values)).map((values): [string, StatementJson] => [
      `${entry.operator} ${entry.key} ${JSON.stringify(values)}`,
      withEntries(statement, entries.with(index, { ...entry, values })),
    ]),
  ]);
}

/** Lists with a value less. The last one stands by itself. */
function smallerValues(values: readonly ValueJson[]): OneOrMany<ValueJson>[] {
  if (values.length < 2) return [];
  const [one, other] = values;
  if (values.length === 2 && one !== undefined && other !== undefined) return [one, other];
  return values.map((_, at) => values.toSpliced(at, 1));
}
