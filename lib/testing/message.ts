import type { StatementRecord } from "../aws/policy/evaluate";
import type { ConditionRecord } from "../aws/policy/condition";
import type { Explained } from "../trust/near-miss/explained";
import type { Blocked } from "../trust/near-miss/miss";
import { fits } from "../trust/near-miss/pair";
import { quote, visible } from "../trust/near-miss/words";
import { nameOf } from "../trust/sts/trust-step";
import { describeJob } from "../github/token";
import type { Judgement, RoleAndJob } from "./allows-job";

/** What a test says that fails: who asked for what, what was decided, and why. */
export function failureMessage({ role, job }: RoleAndJob, judgement: Judgement): string {
  const asked = `role "${role}"\njob  ${describeJob(job)}`;
  if ("undecided" in judgement)
    return visibleLines(`Cannot tell whether the role lets the job in: ${judgement.undecided}\n\n${asked}`);
  const { explained } = judgement;
  return visibleLines(
    explained.verdict.decision === "allow"
      ? `The role lets the job in, and should not.\n\n${asked}\n\n${letIn(explained)}`
      : `The role does not let the job in, and should.\n\n${asked}\n\n${keptOut(explained)}`,
  );
}

const visibleLines = (message: string): string => message.split("\n").map(visible).join("\n");

function letIn({ verdict: { statements } }: Explained): string {
  return statements
    .filter(({ applies, statement }) => applies && statement.effect === "Allow")
    .map(reasonOf)
    .join("\n\n");
}

function reasonOf(record: StatementRecord): string {
  const name = capital(nameOf(record));
  if (record.conditions.length === 0)
    return `${name} lets it in. It has no conditions, so that every token of the provider will do.`;
  return [`${name} lets it in, since all of its conditions hold:`, ...record.conditions.map(holding)].join("\n");
}

function holding({ operator, key, wanted, actual }: ConditionRecord): string {
  const fitting = wanted.filter((value) => actual?.some((each) => fits(value, each)));
  return compared(operator, key, fitting.length > 0 ? fitting : wanted, actual);
}

function keptOut({ verdict, blocking, hints }: Explained): string {
  const failed = verdict.steps
    .filter(({ outcome }) => outcome === "fail")
    .map(({ error, detail }) => `${error}: ${detail}`);
  const conditions = blocking.map(inTheWay);
  return [
    failed.join("\n"),
    ...(conditions.length > 0 ? [["In the way:", ...conditions].join("\n")] : []),
    ...hints.map(({ message, fix }) => `Why  ${message}\nFix  ${fix}`),
  ].join("\n\n");
}

/** Of many values that are wanted, the one that came nearest. */
const inTheWay = ({ record: { operator, key, wanted, actual }, pairs: [pair] }: Blocked): string =>
  pair ? compared(operator, key, [pair.wanted], [pair.actual]) : compared(operator, key, wanted, actual);

const compared = (
  operator: string,
  key: string,
  wanted: readonly string[],
  actual: readonly string[] | undefined,
): string =>
  [
    `  ${operator} ${key}`,
    `    wanted  ${listed(wanted)}`,
    `    actual  ${actual === undefined ? "(AWS has no value for this key)" : listed(actual)}`,
  ].join("\n");

const listed = (values: readonly string[]): string => values.map(quote).join(", ") || "(none)";

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
