import type { AccountAccess } from "../config/account-access";
import { compareRepository } from "./compare";
import { expectedOf } from "./expected";
import type { GithubClient } from "./github-client";
import type { DriftOutput } from "./output";
import { readRepository } from "./read-github";

/**
 * Reads GitHub and compares it with what the accounts of an access file say of it.
 *
 * @throws GithubError when something of it cannot be read.
 */
export async function findDrift(client: GithubClient, accounts: readonly AccountAccess[]): Promise<DriftOutput> {
  const all = await Promise.all(
    expectedOf(accounts).map(async (expected) => compareRepository(expected, await readRepository(client, expected))),
  );
  return { drift: all.flatMap(({ drift }) => drift), secrets: all.flatMap(({ secrets }) => secrets) };
}
