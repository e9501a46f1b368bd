import { ofOneRepository } from "../pair";
import { pairRule, type Finding } from "../rule";
import { quote } from "../words";
import { hyphenated } from "./hyphen-ids";

/**
 * The repository's subjects carry numeric ids, and the policy has names alone.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const idsMissingInPolicy = pairRule("ids-missing-in-policy", (pair) => {
  const { wants, has } = pair;
  if (
    has.owner?.id === undefined ||
    !wants.owner ||
    wants.owner.id !== undefined ||
    wants.repository?.id !== undefined ||
    hyphenated(pair)
  )
    return undefined;
  if (/[*]$/.test(wants.owner.name) || !ofOneRepository(pair)) return undefined;
  const prefix = `repo:${has.owner.text}/${has.repository?.text ?? ""}`;
  // What the value leaves open stays open: the fix must not say less than is meant, nor more.
  const open = wants.repository?.name ?? "";
  if (/[*?]/.test(open) || wants.repository === undefined) return addedPattern(pair.wanted, prefix, has.owner.text);
  return {
    message: `The token's subject carries ids, ${quote(prefix)}: repositories created, renamed or transferred since July 2026 mint it that way. The policy has only names.`,
    fix: `Begin the value with ${quote(`${prefix}:`)}. Write it out: "${wants.owner.name}*/…" would let strangers in.`,
  };
});

/** The same value with the owner's id, beside the one that is there. */
function addedPattern(wanted: string, prefix: string, owner: string): Finding {
  const added = wanted.replace(/^repo:[^/]*/, `repo:${owner}`);
  return {
    message: `The token's subject carries ids, ${quote(prefix)}: repositories created, renamed or transferred since July 2026 mint it so. The policy has names alone.`,
    fix: `Add ${quote(added)} to the list, next to ${quote(wanted)}: it matches the same repositories with their ids.`,
  };
}
