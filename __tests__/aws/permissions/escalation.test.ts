import {
  ESCALATIONS,
  type Escalation,
  type EscalationNeed,
  NEEDS,
  needKey,
} from "../../../lib/aws/permissions/escalation";
import { allow, allowAllBut, deny, power, type Written } from "./policies";

const statement = ({ action, passedTo }: EscalationNeed): Written =>
  allow(
    action,
    "*",
    passedTo === undefined ? {} : { Condition: { StringEquals: { "iam:PassedToService": passedTo } } },
  );
const level = (statements: readonly Written[]): string => power(statements).level;

describe.each(ESCALATIONS.map((each): [string, Escalation] => [each.id, each]))("%s", (_, { needs, source }) => {
  const statements = needs.map(statement);

  test("makes an administrator", () => expect(level(statements)).toBe("administrator"));

  test.each(needs.map((need, index): [string, number] => [need.action, index]))(
    "does not without %s",
    (action, index) => {
      expect(level([allow("sqs:SendMessage"), ...statements.filter((__, at) => at !== index)])).toBe("writes");
      expect(level([allow("sqs:SendMessage"), ...statements, deny(action)])).toBe("writes");
    },
  );

  test("does not on a named resource, where it takes all", () => {
    const named = needs.map((need) =>
      need.all === undefined
        ? statement(need)
        : {
            ...statement(need),
            Resource: `arn:aws:iam::111122223333:${need.all.slice(need.all.indexOf(":") + 1).replace("*", "app")}`,
          },
    );
    expect(level(named)).toBe(needs.some(({ all }) => all !== undefined) ? "writes" : "administrator");
  });

  test("says where it was published", () => expect(source).toMatch(/^https:\/\//));
});

test("ids are unique", () => expect(new Set(ESCALATIONS.map(({ id }) => id)).size).toBe(ESCALATIONS.length));

test("a need is the same wherever it stands", () => {
  for (const need of ESCALATIONS.flatMap(({ needs }) => needs)) expect(NEEDS.get(needKey(need))).toEqual(need);
});

test("what reaches as far as what stands in the account has to be named", () => {
  for (const { needs } of ESCALATIONS) {
    const [need] = needs;
    if (need?.named !== true) continue;
    const [service = ""] = need.action.split(":");
    expect(level([allow(`${service}:*`), deny("iam:*")])).toBe("administrator");
    expect(level([allowAllBut("iam:*")])).toBe("writes");
  }
});
