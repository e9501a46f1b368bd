import { ofOneRepository } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/**
 * The policy has ids, and the repository still mints names.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const idsMissingInToken = pairRule("ids-missing-in-token", (pair) => {
  const { wants, has } = pair;
  if (wants.owner?.id === undefined || !has.owner || has.owner.id !== undefined || !ofOneRepository(pair))
    return undefined;
  const prefix = `repo:${has.owner.text}/${has.repository?.text ?? ""}`;
  return {
    message: `The policy requires ids, ${quote(wants.owner.text)}, but this repository's subjects carry only names: it is older than July 2026 and has not been switched.`,
    fix: `Add a value that begins with ${quote(`${prefix}:`)}, or switch the repository to immutable subjects.`,
  };
});
