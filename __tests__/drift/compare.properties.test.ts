import fc from "fast-check";
import { Access } from "../../lib/config/access";
import { compareRepository } from "../../lib/drift/compare";
import {
  expectedOf,
  type ExpectedEnvironment,
  type ExpectedRepository,
  type ExpectedValue,
} from "../../lib/drift/expected";
import type { EnvironmentFacts, RepositoryFacts, ValueFacts } from "../../lib/drift/facts";
import { validAccess } from "../config/valid-access";
import { runs } from "../support/runs";

const AT = "2026-11-20T12:00:00Z";

/** GitHub as an apply leaves it: in its own order and spelling. */
function asApplied({
  fullName,
  environments,
  values,
  protectedBranches,
  subjects,
}: ExpectedRepository): RepositoryFacts {
  const goesByBranches = environments.some(({ protection }) => protection.deployFrom === "protectedBranches");
  return {
    fullName: fullName.toUpperCase(),
    ...valuesOf(values),
    environments: environments.map(environmentOf).reverse(),
    subject: subjects[0] && {
      template: subjects[0].template,
      prefix: subjects.flatMap(({ prefixes }) => prefixes ?? [])[0],
    },
    protectedBranches: [
      ...protectedBranches.map(({ branch }) => ({ name: branch, hasRules: true })),
      ...(goesByBranches ? [{ name: "main", hasRules: true }] : []),
    ],
  };
}

const valuesOf = (values: readonly ExpectedValue[]): ValueFacts => ({
  variables: new Map(
    values.flatMap(({ kind, name, value }) =>
      kind === "variable" ? [[name.toUpperCase(), value ?? ""] as const] : [],
    ),
  ),
  secrets: values.flatMap(({ kind, name }) => (kind === "secret" ? [{ name: name.toUpperCase(), updatedAt: AT }] : [])),
});

function environmentOf({
  name,
  protection: { reviewers, waitTimer, preventSelfReview, adminsCanBypass, deployFrom },
  values,
}: ExpectedEnvironment): EnvironmentFacts {
  return {
    ...valuesOf(values),
    name: name.toUpperCase(),
    reviewers: [
      ...(reviewers.users ?? []).map((login) => ({ kind: "user" as const, name: login.toUpperCase() })),
      ...(reviewers.teams ?? []).map((slug) => ({ kind: "team" as const, name: slug })),
    ],
    waitMinutes: waitTimer,
    preventSelfReview,
    adminsCanBypass,
    deployFrom:
      deployFrom === undefined
        ? "any ref"
        : deployFrom === "protectedBranches"
          ? "protected branches"
          : { branches: [...(deployFrom.branches ?? [])].reverse(), tags: [...(deployFrom.tags ?? [])].reverse() },
  };
}

/** What somebody may change of an environment, each to something else than it was. */
const CHANGES: readonly ((facts: EnvironmentFacts) => EnvironmentFacts)[] = [
  (facts) => ({
    ...facts,
    reviewers: facts.reviewers.length > 0 ? facts.reviewers.slice(1) : [{ kind: "user", name: "stranger" }],
  }),
  (facts) => ({ ...facts, reviewers: [...facts.reviewers, { kind: "team", name: "a-team-of-strangers" }] }),
  (facts) => ({ ...facts, waitMinutes: facts.waitMinutes + 1 }),
  (facts) => ({ ...facts, adminsCanBypass: !facts.adminsCanBypass }),
  (facts) => ({
    ...facts,
    deployFrom:
      typeof facts.deployFrom === "object"
        ? { ...facts.deployFrom, branches: [...facts.deployFrom.branches, "a-branch-of-strangers"] }
        : { branches: [], tags: [] },
  }),
  (facts) => ({ ...facts, deployFrom: facts.deployFrom === "any ref" ? "protected branches" : "any ref" }),
];

test("Of whatever file, what an apply leaves is no drift, and the secrets are told of", () => {
  fc.assert(
    fc.property(validAccess, (config) => {
      for (const expected of expectedOf(Access.from(config).accounts)) {
        const { drift, secrets } = compareRepository(expected, asApplied(expected));
        expect(drift).toEqual([]);
        expect(secrets.length).toBe(
          [...expected.values, ...expected.environments.flatMap(({ values }) => values)].filter(
            ({ kind }) => kind === "secret",
          ).length,
        );
      }
    }),
    { numRuns: runs(200) },
  );
});

test("Of whatever file, one change to an environment is one difference of that environment", () => {
  fc.assert(
    fc.property(validAccess, fc.constantFrom(...CHANGES), fc.nat(), (config, change, pick) => {
      const places = expectedOf(Access.from(config).accounts).flatMap((expected) =>
        expected.environments.map(({ name }) => ({ expected, name })),
      );
      fc.pre(places.length > 0);
      const { expected, name } = places[pick % places.length] as (typeof places)[number];
      const facts = asApplied(expected);
      const changed = {
        ...facts,
        environments: facts.environments.map((each) => (each.name === name.toUpperCase() ? change(each) : each)),
      };
      const { drift } = compareRepository(expected, changed);
      expect(drift.map(({ environment }) => environment)).toEqual([name]);
    }),
    { numRuns: runs(200) },
  );
});
