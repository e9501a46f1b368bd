import type { NameAndId } from "../aspects";
import { fits } from "../pair";
import { pairRule } from "../rule";
import { quote } from "../words";

/** Owner or repository has another id: what has this name today is not what had it when the policy was written. */
export const otherIds = pairRule("other-ids", (pair, { claim }) => {
  if (claim === "repository_id" || claim === "repository_owner_id")
    return finding(claim === "repository_id" ? "repository" : "owner", pair.wanted, pair.actual);
  const { wants, has } = pair;
  const owner = differing(wants.owner, has.owner);
  if (owner) return finding("owner", ...owner);
  const repository = differing(wants.repository, has.repository);
  return repository && finding("repository", ...repository);
});

const differing = (wanted: NameAndId | undefined, actual: NameAndId | undefined): [string, string] | undefined =>
  wanted?.id !== undefined && actual?.id !== undefined && !fits(wanted.id, actual.id)
    ? [wanted.id, actual.id]
    : undefined;

const finding = (what: "owner" | "repository", wanted: string, actual: string): { message: string; fix: string } => ({
  message: `The ${what}'s id is ${quote(actual)}, but the policy requires ${quote(wanted)}: it is another ${what}, or one that was deleted and recreated.`,
  fix: `Find out whose ${what} ${quote(actual)} is before you change the id: keeping a newcomer out is what ids are for.`,
});
