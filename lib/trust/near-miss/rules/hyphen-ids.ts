import type { Pair } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/**
 * The policy joins names and ids by "-": an announced form that GitHub withdrew, since anybody can
 * register such names.
 *
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
 */
export const hyphenIds = pairRule("hyphen-ids", (pair) =>
  hyphenated(pair)
    ? {
        message: `The policy joins names and ids with "-", ${quote(`${pair.wants.owner?.text}/${pair.wants.repository?.text}`)}: GitHub uses "@", since anyone may register a name with a hyphen and digits.`,
        fix:
          pair.has.owner?.id === undefined
            ? `Write ${quote(`repo:${pair.has.owner?.text}/${pair.has.repository?.text}:`)}, as the token has it.`
            : `Write ${quote(`repo:${pair.has.owner.text}/${pair.has.repository?.text}:`)}.`,
      }
    : undefined,
);

/** Whether the policy's names are the token's, each with a hyphen and digits behind it. */
export function hyphenated({ wants, has }: Pair): boolean {
  if (!wants.owner || !wants.repository || !has.owner || !has.repository) return false;
  return isHyphenated(wants.owner.text, has.owner) && isHyphenated(wants.repository.text, has.repository);
}

const isHyphenated = (
  wanted: string,
  { name, id }: { readonly name: string; readonly id: string | undefined },
): boolean =>
  wanted.toLowerCase().startsWith(`${name.toLowerCase()}-`) &&
  (id === undefined ? /^[0-9]+$/.test(wanted.slice(name.length + 1)) : wanted.slice(name.length + 1) === id);
