import type { Atoms } from "./smt-atoms";
import { and, type Formula, not, or } from "./smt-text";
import { conditionHolds } from "./smt-conditions";
import type { TokenShape } from "./smt-tokens";
import {
  entriesOf,
  listOf,
  type PolicyJson,
  type PrincipalJson,
  PROVIDER,
  type StatementJson,
  WEB_IDENTITY,
} from "./policy-json";

/**
 * When a trust policy admits a token of GitHub's provider: some statement allows, and none denies.
 *
 * @throws NotAsked
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function admits(policy: PolicyJson, tokens: TokenShape, atoms: Atoms): Formula {
  const hasVariables = policy.Version === "2012-10-17";
  const applying = (effect: StatementJson["Effect"]): Formula =>
    or(
      policy.Statement.filter((statement) => statement.Effect === effect && isAboutTokens(statement)).map((statement) =>
        and(entriesOf(statement.Condition).map((entry) => conditionHolds(entry, tokens, hasVariables, atoms))),
      ),
    );
  return and([applying("Allow"), not(applying("Deny"))]);
}

const isAboutTokens = (statement: StatementJson): boolean =>
  isAboutAction(statement) && isAboutProvider(statement.Principal);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html */
function isAboutAction({ Action: these, NotAction: others }: StatementJson): boolean {
  const isAmong = listOf(others ?? these).some((pattern) => globExpression(pattern).test(WEB_IDENTITY));
  return others === undefined ? isAmong : !isAmong;
}

const globExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
      .replaceAll("*", ".*")
      .replaceAll("?", ".")}$`,
    "i",
  );

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function isAboutProvider(principal: PrincipalJson): boolean {
  if (principal === "*") return true;
  const { AWS: accounts, Federated: providers } = principal;
  return listOf(accounts).includes("*") || listOf(providers).some((each) => each === PROVIDER || each === "*");
}
