import fc from "fast-check";
import { entriesOf, ISSUER, listOf, type PolicyJson } from "./policy-json";
import type { Witness } from "./z3-opinion";

/** Claims that every token of GitHub's has, by the claim. */
const USUAL: Readonly<Record<string, string>> = {
  sub: "repo:octo-org/web-shop:environment:production",
  aud: "sts.amazonaws.com",
  repository: "octo-org/web-shop",
  repository_id: "74",
  repository_owner_id: "65",
  ref: "refs/heads/main",
  actor: "octocat",
  actor_id: "1",
  workflow: "deploy",
  job_workflow_ref: "octo-org/web-shop/.github/workflows/deploy.yml@refs/heads/main",
};
const OPTIONAL: Readonly<Record<string, string>> = { environment: "production", enterprise_id: "3" };

/** A text that a value of a policy is about: with something in the place of its wildcards, or with a letter more. */
const textNear = (value: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom("", "x", "main", "/", ":ref:refs/heads/main"),
      fc.constantFrom("", "", "", "2"),
      fc.boolean(),
    )
    .map(([filling, more, isUpper]) => {
      const text = value.replaceAll("*", filling).replaceAll("?", filling.at(0) ?? "-") + more;
      return isUpper && more !== "" ? text.toUpperCase() : text;
    });

/** A request that policies are about: whatever their conditions compare it with, it has something like it. */
export function requestNear(...policies: readonly PolicyJson[]): fc.Arbitrary<Witness> {
  const statements = policies.flatMap((policy) => policy.Statement);
  const entries = statements.flatMap((statement) => entriesOf(statement.Condition));
  const valuesFor = (key: string): string[] =>
    entries
      .filter((each) => each.key.toLowerCase() === key.toLowerCase())
      .flatMap(({ values }) => listOf(values).map(String));
  const text = (key: string, usual: string): fc.Arbitrary<string> => {
    const values = valuesFor(key);
    return fc.oneof(
      { weight: values.length === 0 ? 0 : 8, arbitrary: fc.constantFrom(...values, usual).chain(textNear) },
      { weight: 4, arbitrary: fc.constant(usual) },
      { weight: 1, arbitrary: fc.constant("") },
    );
  };
  const claims = Object.entries(USUAL).map(([claim, usual]) => [claim, text(`${ISSUER}:${claim}`, usual)] as const);
  const optional = Object.entries(OPTIONAL).map(
    ([claim, usual]) => [claim, fc.option(text(`${ISSUER}:${claim}`, usual), { nil: undefined, freq: 2 })] as const,
  );
  return fc
    .record({
      claims: fc.record(Object.fromEntries([...claims, ...optional])),
      sessionName: text("sts:RoleSessionName", "session").map((name) => name.padEnd(2, "-")),
      address: fc.constantFrom(undefined, "203.0.113.7", "198.51.100.7", "192.0.2.1"),
      at: fc.constantFrom(1_780_000_000, 1_782_820_800, 1_798_761_600, 1_800_000_000, 1_800_000_001),
    })
    .map((request) => ({ ...request, claims: withoutAbsent(request.claims), kind: "near the policies" }));
}

const withoutAbsent = (claims: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(claims).flatMap(([claim, text]) => (text === undefined ? [] : [[claim, text]])));
