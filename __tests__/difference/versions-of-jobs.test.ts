import { differenceOf, isEmptyDifference } from "../../lib/difference/difference";
import { readTrust } from "../../lib/trust/read-trust";
import { ISSUER, statement } from "../aws/policy/policies";
import { modelOf, role } from "./models";
import { between, directionsIn, UNLIKE, type Version, VERSIONS, written } from "./versions";

const WORKFLOW = `${ISSUER}:job_workflow_ref`;
const REF = `${ISSUER}:ref`;
const OWN = `\${${ISSUER}:repository}/*`;

const allow = (block: object = {}): object =>
  statement({
    Condition: {
      StringEquals: { [`${ISSUER}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:*" },
      ...block,
    },
  });
const deny = (block: object): object => statement({ Effect: "Deny", Condition: block });

describe("a policy that changes its version alone", () => {
  test.each<[string, readonly object[]]>([
    ["a negated condition", [allow({ StringNotLike: { [WORKFLOW]: OWN } })]],
    ["a negated condition with IfExists", [allow({ StringNotLikeIfExists: { [WORKFLOW]: OWN } })]],
    ["a negated condition of every value", [allow({ "ForAllValues:StringNotLike": { [WORKFLOW]: OWN } })]],
    ["a negated condition in any case", [allow({ StringNotEqualsIgnoreCase: { [WORKFLOW]: OWN } })]],
    ["a negated condition on an ARN", [allow({ ArnNotLike: { [WORKFLOW]: OWN } })]],
    ["a condition that holds where the claim is absent", [allow({ StringLikeIfExists: { [WORKFLOW]: OWN } })]],
    ["a condition of every value", [allow({ "ForAllValues:StringLike": { [WORKFLOW]: OWN } })]],
    ["a condition on a key that is no claim", [allow({ ArnLike: { "aws:SourceArn": OWN } })]],
    ["a variable with a default", [allow({ StringNotEquals: { [WORKFLOW]: `\${${ISSUER}:repository, 'x'}` } })]],
    ["an escaped asterisk", [allow({ StringNotLike: { [REF]: "refs/heads/${*}" } })]],
    ["an escaped question mark", [allow({ StringNotLike: { [REF]: "refs/heads/${?}" } })]],
    ["an escaped dollar sign", [allow({ StringNotEquals: { [REF]: "refs/heads/${$}" } })]],
    ["a denial", [allow(), deny({ StringLike: { [WORKFLOW]: OWN } })]],
    ["a denial with a negated condition", [allow(), deny({ StringNotLike: { [WORKFLOW]: OWN } })]],
    ["a denial with IfExists", [allow(), deny({ StringLikeIfExists: { [WORKFLOW]: OWN } })]],
    ["a denial of one of several values", [allow(), deny({ StringLike: { [WORKFLOW]: [OWN, "evil-org/*"] } })]],
    ["a denial on two conditions", [allow(), deny({ StringLike: { [WORKFLOW]: OWN }, Null: { [REF]: "false" } })]],
  ])("with a variable in %s is told of, there and back", (_, statements) => {
    for (const [before, after] of UNLIKE)
      expect(directionsIn(between(written(before, ...statements), written(after, ...statements)))).toEqual([
        "widened, perhaps",
        "narrowed, perhaps",
      ]);
    const older = written("2008-10-17", ...statements);
    expect(isEmptyDifference(between(older, written(undefined, ...statements)))).toBe(true);
  });

  test.each<[string, readonly object[]]>([
    ["without a variable", [allow({ StringNotLike: { [WORKFLOW]: "octo-org/*" } })]],
    ["with braces and a dollar sign apart", [allow(), deny({ StringLike: { [REF]: "refs/heads/$x{y}" } })]],
    ["with a variable where none is read", [allow({ NotIpAddress: { "aws:SourceIp": OWN } })]],
  ])("%s is no change", (_, statements) => {
    for (const before of VERSIONS)
      for (const after of VERSIONS)
        expect(isEmptyDifference(between(written(before, ...statements), written(after, ...statements)))).toBe(true);
  });

  test("and escapes what the newer one would read is no change", () => {
    const saying = (version: Version, dollar: string): string =>
      written(
        version,
        allow({ StringNotLike: { [WORKFLOW]: `${dollar}{x}/*` } }),
        deny({ StringEquals: { [REF]: `${dollar}{*}` } }),
      );
    const [older, newer] = [saying("2008-10-17", "$"), saying("2012-10-17", "${$}")];
    expect(isEmptyDifference(between(older, newer))).toBe(true);
    expect(isEmptyDifference(between(newer, older))).toBe(true);
    expect(isEmptyDifference(between(newer, saying("2012-10-17", "$")))).toBe(false);
  });

  test("is told of with what is plain text, on the side where it is", () => {
    const of = (version: Version): string => written(version, allow({ StringNotLike: { [WORKFLOW]: OWN } }));
    const { widened, narrowed } = between(of("2012-10-17"), of("2008-10-17"));
    const told = [widened, narrowed].map((changes) => changes.flatMap(({ who }) => who.map((each) => each.conditions)));
    const key = `${WORKFLOW} (StringNotLike)`;
    expect(told).toMatchObject([
      [{ [key]: [`${OWN} (plain text: version 2008-10-17 has no variables)`] }],
      [{ [key]: [OWN] }],
    ]);
  });

  test("has no example in which a variable is taken by the letter", () => {
    const of = (version: Version): string => written(version, allow({ StringNotLike: { [WORKFLOW]: OWN } }));
    for (const [before, after] of UNLIKE) {
      const { widened, narrowed } = between(of(before), of(after));
      expect([...widened, ...narrowed].map(({ certain, example }) => [certain, example])).toEqual([
        [false, null],
        [false, null],
      ]);
    }
  });

  test("with a value that is not all known is not known", () => {
    const of = (version: Version) => {
      const [head = "", tail = ""] = written(version, allow({ StringNotEquals: { [WORKFLOW]: "HOLE" } })).split("HOLE");
      return modelOf(role(readTrust([head, { unknown: "var.workflow" }, tail])));
    };
    const { unknown } = differenceOf(of("2012-10-17"), of("2008-10-17"));
    expect(unknown).toContainEqual(expect.objectContaining({ mayAdmit: true }));
    expect(isEmptyDifference(differenceOf(of("2012-10-17"), of("2012-10-17")))).toBe(true);
  });
});

test.each([
  ["may be filled with nothing is another condition than without the quantifier", "${no:key, ''}", false],
  ["has text beside it is the same", "x${no:key, ''}", true],
])("a variable of ForAnyValue that %s", (_, value, isSame) => {
  const of = (operator: string): string => written("2012-10-17", allow({ [operator]: { [REF]: value } }));
  const difference = between(of("ForAnyValue:StringEqualsIgnoreCase"), of("StringEqualsIgnoreCase"));
  expect(isEmptyDifference(difference)).toBe(isSame);
});

describe("a variable in a second condition on the subject", () => {
  const SUB = `${ISSUER}:sub`;
  const pattern = { StringLike: { [SUB]: "repo:octo-org/*" } };
  const of = (...blocks: readonly object[]): string =>
    written("2012-10-17", ...blocks.map((block) => statement({ Condition: { ...pattern, ...block } })));
  const other = (sub: string | readonly string[]): object => ({ "ForAnyValue:StringLike": { [SUB]: sub } });

  test.each<[string, string, string]>([
    ["that goes", of(other("repo:${no:key}*")), of({})],
    ["that becomes another", of(other("repo:${no:key}*")), of(other("repo:${no:key, 'octo-org'}/*"))],
    ["that gets a second value", of(other("repo:${no:key}*")), of(other(["repo:${no:key}*", "${no:other}"]))],
  ])("%s is told of", (_, before, after) => {
    expect(directionsIn(between(before, after))).toContainEqual(expect.stringMatching(/^widened/));
    expect(directionsIn(between(after, before))).toContainEqual(expect.stringMatching(/^narrowed/));
  });

  test.each<[string, string, string]>([
    ["beside a value that takes every subject anyway", of(other(["repo:${no:key}*", "repo:octo*"])), of({})],
    ["with its values in another order", of(other(["${a:b}", "${c:d}"])), of(other(["${c:d}", "${a:b}"]))],
    ["said twice", of(other("${a:b}")), of(other("${a:b}"), other("${a:b}"))],
  ])("%s is no change", (_, before, after) => {
    expect(directionsIn(between(before, after))).toEqual([]);
    expect(directionsIn(between(after, before))).toEqual([]);
  });
});
