import { nearest } from "../github/nearest";
import { quote, type Path, type Problem } from "../yaml/problem";
import { findTwins, type AccountDraft } from "./resolve-account";

/** Most roles of all accounts together: a few lines may ask for a role in each of thousands of accounts. */
export const MAX_ROLES = 100_000;

/** Where the accounts are looked up, and mistakes reported. */
export interface AccountsContext {
  readonly accounts: ReadonlyMap<string, AccountDraft>;
  readonly report: (problem: Problem) => void;
}

/** An account that a role is in. */
export interface RoleAccount {
  readonly account: AccountDraft;
  /** What sets its values apart from those of the other accounts; `undefined` for a role that names one "account". */
  readonly suffix: string | undefined;
  /** What names the account. */
  readonly path: Path;
}

/**
 * The accounts that a role is in.
 *
 * @param otherwise account of a role that names none. @default the only one of the file
 */
export function accountsOfRole(
  role: { readonly account?: string; readonly accounts?: "all" | readonly string[] },
  path: Path,
  context: AccountsContext,
  otherwise?: AccountDraft,
): RoleAccount[] {
  const { account, accounts } = role;
  if (accounts === undefined) {
    const one =
      account === undefined && otherwise ? otherwise : accountNamed(account, [...path, "account"], path, context);
    return one ? [{ account: one, suffix: undefined, path: [...path, "account"] }] : [];
  }
  const place: Path = [...path, "accounts"];
  if (account !== undefined)
    context.report({ path: place, atKey: true, message: '"accounts" beside "account": keep one of them' });
  if (accounts === "all")
    return [...context.accounts.values()].map((each) => ({ account: each, suffix: each.name, path: place }));
  if (accounts.length === 0)
    context.report({
      path: place,
      isLack: true,
      message: '"accounts" is an empty list: name at least one, or write "all"',
    });
  findTwins(
    accounts.map((name, index) => [name, [...place, index]]),
    (name) => `account ${quote(name)}`,
    context.report,
    { regardsCase: true },
  );
  const found = accounts.flatMap((name, index) => {
    const at: Path = [...place, index];
    const each = accountNamed(name, at, at, context);
    return each ? [{ account: each, suffix: name, path: at }] : [];
  });
  return [...new Map(found.map((each) => [each.suffix, each])).values()];
}

/** The account named, or the only one; reports what is wrong with the name. @param parent what lacks a name */
export function accountNamed(
  name: string | undefined,
  path: Path,
  parent: Path,
  { accounts, report }: AccountsContext,
): AccountDraft | undefined {
  if (name === undefined) {
    const [only, ...others] = accounts.values();
    if (others.length > 0)
      report({
        path: parent,
        atKey: true,
        isLack: true,
        message: `no "account" says where this belongs: name ${listed(accounts.keys())}`,
      });
    return others.length > 0 ? undefined : only;
  }
  const account = accounts.get(name);
  if (account) return account;
  const meant = nearest(name, accounts.keys());
  report({
    path,
    message: `unknown account ${quote(name)}: ${meant === undefined ? `name ${listed(accounts.keys())}` : `did you mean "${meant}"?`}`,
  });
  return undefined;
}

/** `one of staging, production`: not all of a hundred. */
export function listed(names: Iterable<string>): string {
  const all = [...names];
  return `one of ${all.slice(0, 10).join(", ")}${all.length > 10 ? `, … (${all.length} stand under "accounts")` : ""}`;
}
