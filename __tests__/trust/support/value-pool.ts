import fc from "fast-check";
import { ISSUER, keyOfClaim } from "./policy-json";

/** Values of condition keys around one repository: alike enough that policies overlap, and differ by a little. */

const CLAIMS: Readonly<Record<string, readonly string[]>> = {
  sub: [
    "repo:octo-org/web-shop:ref:refs/heads/main",
    "repo:octo-org/web-shop:environment:production",
    "repo:octo-org/web-shop:environment:dev",
    "repo:octo-org/web-shop:pull_request",
    "repo:octo-org/web-shop:ref:refs/tags/v1",
    "repo:octo-org/web-shop:*",
    "repo:octo-org/web-shop:ref:refs/heads/*",
    "repo:octo-org/web-shop:environment:prod*",
    "repo:octo-org/*",
    "repo:octo-org*",
    "repo:octo-org/web-*:*",
    "repo:*/web-shop:ref:refs/heads/main",
    "repo:*",
    "*",
    "*:environment:production",
    "repo:octo-org@65/web-shop@74:environment:production",
    "repo:octo-org@65/web-shop@74:*",
    "repo:octo-org@*/web-shop@*:*",
    "repo:Octo-Org/Web-Shop:*",
    "octo-org/web-shop:*",
  ],
  aud: ["sts.amazonaws.com", "sts.amazonaws.com", "sts.*", "https://github.com/octo-org", "*"],
  repository: ["octo-org/web-shop", "octo-org/*", "octo-org/web-?hop", "octo-evil/web-shop"],
  repository_owner_id: ["65", "65", "6?", "66"],
  repository_id: ["74", "74", "7*", "75"],
  ref: ["refs/heads/main", "refs/heads/*", "refs/heads/main*", "refs/tags/v1", "refs/pull/7/merge"],
  environment: ["production", "dev", "prod*", "Production", "*", ""],
  job_workflow_ref: [
    "octo-org/ci/.github/workflows/deploy.yml@refs/heads/main",
    "octo-org/ci/.github/workflows/deploy.yml@*",
    "octo-org/web-shop/.github/workflows/*",
  ],
  actor: ["octocat", "octo*", "hubot"],
  workflow: ["deploy", "Deploy", "de*"],
  // Claims that GitHub mints and AWS makes no condition keys of.
  repository_owner: ["octo-org"],
  event_name: ["push", "pull_request"],
};

const OTHER_KEYS: Readonly<Record<string, readonly string[]>> = {
  [`${ISSUER}/octo:sub`]: ["repo:octo-org/web-shop:*", "*"],
  "gitlab.com:sub": ["project_path:octo-org/web-shop:*"],
  "sts:RoleSessionName": ["web-shop", "web-*", "GitHubActions"],
  "aws:SourceIp": ["203.0.113.7", "203.0.113.*"],
  "aws:PrincipalArn": ["arn:aws:iam::444455556666:role/ci"],
};

/** Values by the condition key. */
const POOL: ReadonlyMap<string, readonly string[]> = new Map([
  ...Object.entries(CLAIMS).map(([claim, values]) => [keyOfClaim(claim), values] as const),
  ...Object.entries(OTHER_KEYS),
]);

const SUBJECT = keyOfClaim("sub");
const OFTEN = ["sub", "sub", "aud", "environment", "environment", "ref", "repository", "repository_owner_id"];

/** A condition key: what real policies test more often than what they do not, now and then in another letter case. */
export const anyKey: fc.Arbitrary<string> = fc.oneof(
  { weight: 10, arbitrary: fc.constantFrom(SUBJECT, SUBJECT, ...OFTEN.map(keyOfClaim)) },
  { weight: 6, arbitrary: fc.constantFrom(...POOL.keys()) },
  { weight: 1, arbitrary: fc.constantFrom(...POOL.keys()).map((key) => key.toUpperCase()) },
);

/** Changes a value by a little. `at` and `length` are taken modulo what there is. */
const EDITS: Readonly<Record<string, (value: string, at: number, length: number) => string>> = {
  star: (value, at, length) => `${value.slice(0, at)}*${value.slice(at + length)}`,
  question: (value, at) => `${value.slice(0, at)}?${value.slice(at + 1)}`,
  typo: (value, at) => value.slice(0, at) + value.slice(at + 1),
  upper: (value, at, length) =>
    value.slice(0, at) + value.slice(at, at + 1 + length).toUpperCase() + value.slice(at + 1 + length),
  lower: (value) => value.toLowerCase(),
  open: (value) => value.replaceAll("*", ""),
  longer: (value) => `${value}*`,
  nothing: () => "",
};

const EDIT = fc.record({ name: fc.constantFrom(...Object.keys(EDITS)), at: fc.nat(60), length: fc.nat(12) });

/** A value near another. */
export const editOf = (value: string): fc.Arbitrary<string> =>
  EDIT.map(({ name, at, length }) => EDITS[name]?.(value, at % (value.length + 1), length) ?? value);

/** Values that vary with the request: variables under Version 2012-10-17, plain text under any other. */
export const variableValue: fc.Arbitrary<string> = fc.constantFrom(
  `repo:\${${ISSUER}:repository}:*`,
  `\${${ISSUER}:repository}`,
  "repo:octo-org/${aws:PrincipalTag/team, 'web-shop'}:*",
  "repo:octo-org/web-shop:environment:${*}",
  "${$}{*}",
);

/** A value of a key; also for keys in another letter case. */
export function valueFor(key: string): fc.Arbitrary<string> {
  const known = POOL.get(key) ?? [...POOL].find(([each]) => each.toLowerCase() === key.toLowerCase())?.[1] ?? ["x"];
  const value = fc.constantFrom(...known);
  return fc.oneof({ weight: 5, arbitrary: value }, { weight: 2, arbitrary: value.chain(editOf) });
}
