import fc from "fast-check";
import { PROVIDER } from "./policies";

/** Any one, or a list of them: the two ways in which a policy may say so. */
const oneOrMany = <T>(one: fc.Arbitrary<T>, least = 0): fc.Arbitrary<T | T[]> =>
  fc.oneof(one, fc.array(one, { minLength: least, maxLength: 3 }));

const STRING = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
];
const NUMERIC = [
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
];
const DATE = [
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
];
const ARN = ["ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike"];

/** Keys of few, so that a request has them now and then, in whatever case. */
export const KEYS = ["a:x", "a:y", "b"];
const key = fc.constantFrom("a:x", "A:x", "a:y", "b", "B");

/** Texts of few characters: often equal, or alike. */
export const shortText = fc.string({ unit: fc.constantFrom("a", "A", "b", ":"), maxLength: 3 });
const pattern = fc.string({
  unit: fc.constantFrom("a", "A", "b", ":", "*", "?", "${*}", "${b}", "${a:Y, 'ab'}", "${", "}", "$"),
  maxLength: 3,
});
export const numberText = fc.constantFrom(
  "0",
  "-1",
  "1",
  "1.0",
  "2",
  "10",
  "9007199254740993",
  "9007199254740992",
  "1e1",
  "x",
  "",
);
export const dateText = fc.constantFrom(
  "2020-01-01T00:00:00Z",
  "2020-01-01",
  "1577836800",
  "2020-01-01T01:00:00+01:00",
  "2021-06-30T12:00:00.500Z",
);
export const arnText = fc.constantFrom(
  "arn:aws:iam::111122223333:role/a",
  "arn:aws:iam::111122223333:role/a/b",
  "arn:aws:s3:::a:b",
  "arn:aws:iam::444455556666:role/a",
  "a",
);
const arnPattern = fc.constantFrom(
  "arn:aws:iam::*:role/a",
  "arn:aws:iam::111122223333:role/*",
  "arn:aws:*:b",
  "arn:*:s3:*:*:?:?",
  "*",
  "arn:aws:iam::*",
  "arn:aws:iam::11112222333?:role/a",
);
export const ipText = fc.constantFrom(
  "203.0.113.5",
  "203.0.114.5",
  "10.0.0.1",
  "2001:db8::1",
  "2001:db9::1",
  "::ffff:203.0.113.5",
  "x",
);
const ipRange = fc.constantFrom(
  "203.0.113.0/24",
  "203.0.113.5",
  "0.0.0.0/0",
  "2001:db8::/32",
  "::/0",
  "203.0.113.5/33",
  "y",
);
const truth = fc.constantFrom<string | boolean>("true", "false", "True", true, false, "x");

const quantified = (names: readonly string[], values: fc.Arbitrary<unknown>): fc.Arbitrary<[string, unknown]> =>
  fc.tuple(
    fc
      .tuple(
        fc.constantFrom("", "", "ForAllValues:", "ForAnyValue:"),
        fc.constantFrom(...names),
        fc.constantFrom("", "", "IfExists"),
      )
      .map((parts) => parts.join("")),
    fc.dictionary(key, oneOrMany(values), { maxKeys: 2 }),
  );

const operator: fc.Arbitrary<[string, unknown]> = fc.oneof(
  { weight: 4, arbitrary: quantified(STRING, pattern) },
  quantified(NUMERIC, fc.oneof(numberText, fc.constantFrom(1, 2.5, -1))),
  quantified(DATE, dateText),
  quantified(ARN, arnPattern),
  quantified(["IpAddress", "NotIpAddress"], ipRange),
  quantified(["Bool"], truth),
  quantified(["BinaryEquals"], fc.constantFrom("QmluYXJ5", "QmluYXJ5VmFsdWU=", "??")),
  fc.tuple(fc.constant("Null"), fc.dictionary(key, oneOrMany(truth), { maxKeys: 2 })),
);

/** An operator stands once: the last one stays. */
const condition = fc
  .array(operator, { maxLength: 3 })
  .map((operators) => Object.fromEntries([...new Map(operators.map((each) => [each[0], each])).values()]));

const principal = fc.oneof(
  { weight: 4, arbitrary: fc.constant<unknown>({ Federated: PROVIDER }) },
  fc.constant<unknown>("*"),
  fc.record(
    {
      AWS: oneOrMany(
        fc.constantFrom("*", "111122223333", "arn:aws:iam::111122223333:root", "arn:aws:iam::444455556666:role/ci"),
        1,
      ),
      Federated: oneOrMany(fc.constantFrom(PROVIDER, "accounts.google.com"), 1),
      Service: oneOrMany(fc.constantFrom("ec2.amazonaws.com"), 1),
    },
    { requiredKeys: ["AWS"] },
  ),
);

const actions = oneOrMany(
  fc.constantFrom("sts:AssumeRoleWithWebIdentity", "sts:assumerole*", "sts:TagSession", "sts:AssumeRole", "sts:*"),
  1,
);

const anyStatement = fc
  .record({
    sid: fc.constantFrom(undefined, ""),
    effect: fc.constantFrom("Allow", "Allow", "Deny"),
    principal,
    not: fc.constantFrom(false, false, false, true),
    actions,
    condition: fc.option(condition, { nil: undefined }),
  })
  .map(({ sid, effect, principal: who, not, actions: what, condition: block }) => ({
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect,
    Principal: who,
    [not ? "NotAction" : "Action"]: what,
    ...(block ? { Condition: block } : {}),
  }));

/** Any policy that AWS takes, as an object: odd ones more often than people write them. */
export const anyPolicy = fc
  .record({
    version: fc.constantFrom(undefined, "2012-10-17", "2012-10-17", "2008-10-17"),
    id: fc.constantFrom(undefined, "an id"),
    statements: fc.oneof(anyStatement, fc.array(anyStatement, { minLength: 1, maxLength: 3 })),
  })
  .map(({ version, id, statements }) => ({
    ...(version === undefined ? {} : { Version: version }),
    ...(id === undefined ? {} : { Id: id }),
    Statement: statements,
  }));
