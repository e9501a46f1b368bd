/**
 * What the published tools for this job are tested with, held against this one: every case of
 * published-cases.json, each with the address of the test that it was taken from.
 */
import { policyLength, type PolicyDocument } from "../../lib/aws/policy-document";
import type { TrustPolicy } from "../../lib/aws/trust-policy";
import { admits } from "../aws/trust-evaluator";
import type { Block, TerraformJson } from "../constructs/terraform-json";
import { EXPRESSIONS, REFUSALS, type Expression } from "./expressions";
import { waysInExpected, waysInOfPolicy } from "./grants";
import { DEFAULT_ISSUER, PUBLISHED_CASES, type ExpectedRole, type PublishedCase } from "./published-cases";

const resources = (stacks: readonly TerraformJson[], type: string): (readonly [name: string, block: Block])[] =>
  stacks.flatMap((stack) => Object.entries(stack.resource?.[type] ?? {}));
const trustOf = (role: Block): TrustPolicy => JSON.parse(String(role["assume_role_policy"])) as TrustPolicy;
const policyName = (arn: unknown): string => String(arn).replace(/^arn:aws:iam::aws:policy\//, "");

/** What each expectation of a provider means for the synthesized one. */
const PROVIDER: Readonly<Record<string, (provider: Block, expected: unknown, stack: TerraformJson) => void>> = {
  url: (provider, url) => expect(provider["url"]).toBe(url),
  arn: (_provider, arn, stack) => expect(stack.output?.["oidc_provider_arn"]?.value).toBe(arn),
  client_id_list: (provider, ids) =>
    expect(new Set(provider["client_id_list"] as string[])).toEqual(new Set(ids as string[])),
  client_id_list_contains: (provider, ids) =>
    expect(provider["client_id_list"]).toEqual(expect.arrayContaining(ids as string[])),
  client_id_list_lacks: (provider, ids) =>
    expect((provider["client_id_list"] as string[]).filter((id) => (ids as string[]).includes(id))).toEqual([]),
};

/** The policies and inline statements that hang on a role, wherever they stand. */
function hangingOn(stacks: readonly TerraformJson[], address: string): { managed: string[]; inline: unknown[] } {
  const isHere = ([, block]: readonly [string, Block]): boolean => block["role"] === `\${aws_iam_role.${address}.name}`;
  return {
    managed: resources(stacks, "aws_iam_role_policy_attachment")
      .filter(isHere)
      .map(([, block]) => String(block["policy_arn"])),
    inline: resources(stacks, "aws_iam_role_policy")
      .filter(isHere)
      .flatMap(([, block]) => [(JSON.parse(String(block["policy"])) as PolicyDocument).Statement].flat()),
  };
}

function expectRole(
  stacks: readonly TerraformJson[],
  [address, role]: readonly [string, Block],
  expected: ExpectedRole,
  issuer: string,
): void {
  const { trust, name, max_session_duration: session, managed, inline, ...others } = expected;
  expect(others).toEqual({});
  expect(waysInOfPolicy(trustOf(role))).toEqual(waysInExpected(trust, issuer));
  if (name !== undefined) expect(role["name"]).toBe(name);
  if (session !== undefined) expect(role["max_session_duration"]).toBe(session);
  const found = hangingOn(stacks, address);
  if (managed !== undefined) expect(found.managed.map(policyName).sort()).toEqual(managed.map(policyName).sort());
  if (inline !== undefined) expect(found.inline).toEqual(inline);
}

/** Holds a case's expectations against what came of it; an expectation that nobody understands is a failure. */
function expectAsPublished(
  { expected, issuer_host: issuer = DEFAULT_ISSUER, tokens }: PublishedCase,
  stacks: readonly TerraformJson[],
  instead: NonNullable<Expression["instead"]> = {},
): void {
  const { provider = {}, roles, resource_counts: counts = {}, outputs = {}, attachments, ...others } = expected;
  expect(others).toEqual({});
  const [stack] = stacks;
  for (const [key, value] of Object.entries(provider)) {
    const where = `provider.${key}`;
    const of = stack ?? fail(`no stack has ${where}`);
    const other = instead[where];
    if (other) other.holds(of);
    else
      (PROVIDER[key] ?? fail(`nobody knows what ${where} means`))(
        resources(stacks, "aws_iam_openid_connect_provider")[0]?.[1] ?? {},
        value,
        of,
      );
  }
  for (const [type, count] of Object.entries(counts))
    expect([type, resources(stacks, type).length]).toEqual([type, count]);
  for (const [output, value] of Object.entries(outputs)) expect(stack?.output?.[`oidc_${output}`]?.value).toBe(value);
  if (attachments)
    expect(
      resources(stacks, "aws_iam_role_policy_attachment")
        .map(([, block]) => block["policy_arn"])
        .sort(),
    ).toEqual([...attachments].sort());
  const made = resources(stacks, "aws_iam_role");
  if (roles) expect(made).toHaveLength(roles.length);
  roles?.forEach((role, index) => {
    const found = role.name === undefined ? made[index] : made.find(([, block]) => block["name"] === role.name);
    expectRole(stacks, found ?? fail(`no role ${role.name ?? index}`), role, issuer);
  });
  const judged = made[0]?.[1];
  for (const [verdict, list] of [
    [true, tokens?.allow],
    [false, tokens?.deny],
  ] as const)
    for (const token of list ?? [])
      expect({ token, admitted: admits(trustOf(judged ?? fail("no role to judge tokens")), issuer, token) }).toEqual({
        token,
        admitted: verdict,
      });
}

function fail(message: string): never {
  throw new Error(message);
}

const titled = (kind: PublishedCase["kind"]) =>
  PUBLISHED_CASES.filter((each) => each.kind === kind).map((each) => ({
    id: each.id,
    what: `${each.topics.join(", ")} (${each.source.repo}: ${each.source.locator || each.source.path})`,
    published: each,
  }));

describe("a published case comes out as published", () => {
  test.each(titled("positive"))("$id: $what", ({ id, published }) => {
    const expression = EXPRESSIONS[id] ?? fail(`${id} is not expressed`);
    const stacks = expression.stacks();
    expectAsPublished(published, stacks, expression.instead);
    for (const [, role] of resources(stacks, "aws_iam_role"))
      expect(policyLength(String(role["assume_role_policy"]))).toBeLessThanOrEqual(2_048);
    expression.also?.();
  });
});

describe("a published mistake is refused", () => {
  const sayings = titled("negative").flatMap((each) =>
    Object.entries(REFUSALS[each.id] ?? {}).map(([how, [say, words]]) => ({ ...each, how, say, words })),
  );

  test.each(sayings)("$id: $what, $how", ({ say, words }) => {
    expect(say).toThrow(words);
  });
});

describe("where this toolkit does otherwise", () => {
  const others = Object.entries(EXPRESSIONS).flatMap(([id, { instead = {} }]) =>
    Object.entries(instead).map(([key, { because }]) => ({ id, key, because })),
  );

  test.each(others)("$id, $key: $because", ({ id, key }) => {
    const [section = "", name = ""] = key.split(".");
    const published = PUBLISHED_CASES.find((each) => each.id === id);
    // A reason for something that the case does not ask for would be out of date.
    expect((published?.expected as Record<string, Record<string, unknown>> | undefined)?.[section]).toHaveProperty(
      name,
    );
  });
});

describe("the published cases", () => {
  test("are all covered, by what they are: none is left out, and none is made up", () => {
    const ids = (kind: PublishedCase["kind"]): string[] =>
      PUBLISHED_CASES.filter((each) => each.kind === kind)
        .map(({ id }) => id)
        .sort();
    expect(Object.keys(EXPRESSIONS).sort()).toEqual(ids("positive"));
    expect(Object.keys(REFUSALS).sort()).toEqual(ids("negative"));
    expect(ids("positive").length + ids("negative").length).toBe(PUBLISHED_CASES.length);
    expect(PUBLISHED_CASES).toHaveLength(31);
    for (const [id, refusals] of Object.entries(REFUSALS))
      expect([id, Object.keys(refusals).length > 0]).toEqual([id, true]);
  });

  test("name the test that they were taken from, at one commit", () => {
    for (const { id, source } of PUBLISHED_CASES)
      expect([id, source.url]).toEqual([id, `https://github.com/${source.repo}/blob/${source.ref}/${source.path}`]);
  });
});
