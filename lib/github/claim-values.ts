import {
  environmentPatternRule,
  hasControlCharacter,
  numericIdRule,
  ownerLoginRule,
  refNameRule,
  repositoryNameRule,
  type NameRule,
} from "./names";
import { parseWorkflowRef, workflowRefRule } from "./workflow-ref";

/**
 * What values of a token's claims can be. Each rule answers `undefined` for a value, or pattern with `*` and
 * `?`, that GitHub mints, and otherwise what to write.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc#oidc-token-claims
 */
const RULES: ReadonlyMap<string, NameRule> = new Map([
  ["actor", actorRule],
  ["actor_id", idRule],
  ["enterprise_id", idRule],
  ["environment", environmentPatternRule],
  ["job_workflow_ref", workflowRefRule],
  ["ref", fullRefRule],
  ["repository", repositoryRule],
  ["repository_id", idRule],
  ["repository_owner_id", idRule],
  ["workflow", workflowNameRule],
]);

/** Says what is wrong with a claim's value, or `undefined`. Nothing is known of the values of other claims. */
export function claimValueRule(claim: string, value: string): string | undefined {
  // A reference is known in the plan; a wildcard alone, nothing, and what is no Latin-1 are refused whatever the claim.
  if (/[$%]\{|^[*?]*$|[^\u0020-\u00ff]/u.test(value)) return undefined;
  return RULES.get(claim)?.(value);
}

/** An id is one repository, owner or person: no pattern of digits is a group of them. */
function idRule(value: string): string | undefined {
  return /[*?]/.test(value)
    ? "write the whole id: a pattern of digits admits whoever happens to have such an id"
    : numericIdRule(value);
}

/** Apps act as `NAME[bot]`. */
function actorRule(value: string): string | undefined {
  return /^[\w*?-]+(?:\[bot\])?$/.test(value) ? undefined : 'use a login, as in "octocat" or "dependabot[bot]"';
}

function fullRefRule(value: string): string | undefined {
  if (/^refs\/pull\/[0-9*?]+\/merge$/.test(value)) return undefined;
  const [, name] = /^refs\/(?:heads|tags)\/(.+)$/.exec(value) ?? [];
  return name === undefined
    ? 'write the full ref, as in "refs/heads/main", "refs/tags/v*" or "refs/pull/*/merge"'
    : refNameRule(name);
}

/** Keeps plain names even where subjects carry ids. */
function repositoryRule(value: string): string | undefined {
  const [owner = "", name, ...rest] = value.split("/");
  if (name === undefined || rest.length > 0) return 'write it as "OWNER/NAME", without ids';
  if (/[*?]/.test(owner)) return "write the owner out: a pattern of owners admits strangers";
  return ownerLoginRule(owner) ?? repositoryNameRule(name.replaceAll(/[*?]/g, "x"));
}

function workflowNameRule(value: string): string | undefined {
  if (parseWorkflowRef(value))
    return 'the claim is the workflow\'s name: for its file write "workflow" beside "claims", or "job_workflow_ref"';
  return hasControlCharacter(value) ? "remove the control characters" : undefined;
}
