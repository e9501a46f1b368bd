import { WEB_IDENTITY_ACTION } from "../aws/policy/assume-calls";
import { compileActions } from "../aws/policy/action";
import { compilePrincipals } from "../aws/policy/principal";
import type { TrustDocument, TrustStatement } from "../aws/policy/trust-document";
import { simplified, type Formula } from "./formula";
import { keyTest, opposite, type KeyTest, type Reading, type TokenOrigin } from "./key-test";

/** Where tokens come from, and the provider that stands for them in the policy. */
export interface TokenProvider extends TokenOrigin {
  readonly arn: string;
}

/** Tests of policies, each once: what two policies share is one test. */
export class TestRegistry {
  readonly tests: KeyTest[] = [];
  private readonly numbers = new Map<string, number>();

  formulaOf(test: KeyTest | boolean): Formula {
    if (typeof test === "boolean") return test;
    const key = testKey(test);
    const number = this.numbers.get(key) ?? this.tests.push(test) - 1;
    this.numbers.set(key, number);
    return { test: number };
  }
}

/** The same for tests that say the same. */
function testKey({ subject, patterns, negated, whenAbsent, whenEmpty }: KeyTest): string {
  const texts = new Set(patterns.map(({ pattern, anyCase }) => `${pattern.tokens.join()}${anyCase ? "i" : ""}`));
  return JSON.stringify([subject, [...texts].sort(), negated, whenAbsent, whenEmpty ?? null]);
}

/** Whether a policy lets in a token of the provider, as a formula over tests of the token. */
export function policyFormula(
  document: TrustDocument,
  provider: TokenProvider,
  registry: TestRegistry,
  reading: Reading,
): Formula {
  const variables = document.version === "2012-10-17";
  const ofEffect = (effect: TrustStatement["effect"], taken: Reading): Formula[] => {
    const concerned = document.statements.filter(
      (statement) => statement.effect === effect && concerns(statement, provider),
    );
    const boxes = concerned
      .map(({ conditions }) => boxOf(conditions.map((each) => keyTest(each, provider, variables, taken))))
      .filter((box) => box !== undefined);
    return merged(boxes).map((box) => ({ all: box.map((test) => registry.formulaOf(test)) }));
  };
  return simplified({
    all: [{ any: ofEffect("Allow", reading) }, { not: { any: ofEffect("Deny", opposite(reading)) } }],
  });
}

/** Tests that must all hold, but for constants; `undefined` where one of these never does. */
function boxOf(tests: readonly (KeyTest | boolean)[]): KeyTest[] | undefined {
  if (tests.includes(false)) return undefined;
  const distinct = new Map(tests.filter((test) => typeof test === "object").map((test) => [testKey(test), test]));
  return [...distinct.values()];
}

/**
 * The same with fewer boxes: those that differ in the values of one positive test alone are one, with the values of
 * all. Roles with many statements mostly say the same of the audience and list subjects.
 */
function merged(boxes: readonly KeyTest[][]): KeyTest[][] {
  const groups = new Map<string, KeyTest[]>();
  for (const box of boxes) {
    const subject = box.find((test) => test.subject === "sub" && !test.negated);
    if (!subject) {
      groups.set(`other ${groups.size}`, box);
      continue;
    }
    const others = box.filter((test) => test !== subject);
    const key = JSON.stringify([subject.whenAbsent, subject.whenEmpty ?? null, others.map(testKey).sort()]);
    const before = groups.get(key)?.[0];
    groups.set(key, [
      before ? { ...subject, patterns: [...before.patterns, ...subject.patterns] } : subject,
      ...others,
    ]);
  }
  return [...groups.values()];
}

/** Whether a statement is about calls with a token of the provider. */
function concerns({ actions, notAction, principals }: TrustStatement, { arn }: TokenProvider): boolean {
  const isAction = compileActions(
    actions.map(({ text }) => text),
    notAction,
  );
  return isAction(WEB_IDENTITY_ACTION) && compilePrincipals(principals)({ kind: "Federated", value: arn });
}
