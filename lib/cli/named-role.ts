import { rolesIn, type FoundRole } from "../model/find-role";
import { terminalText } from "../report/escape/terminal";
import type { AccessModel, AccountModel } from "../model/model";
import { formatText } from "../trust/text";
import { nearest } from "../github/nearest";
import { UsageError } from "./usage-error";

/** Most names that a sentence lists. */
const MOST_NAMES = 10;

/**
 * The one role of a name.
 *
 * @param account name or id of its account. @default any, where only one has such a role
 * @throws UsageError when there is none, or several: it says what is near, and where they are.
 */
export function namedRole(model: AccessModel, name: string, account?: string): FoundRole {
  const all = rolesIn(model);
  const named = all.filter(({ role }) => formatText(role.name) === name);
  const found = account === undefined ? named : named.filter((each) => isCalled(each.account, known(model, account)));
  const [only, ...more] = found;
  if (!only)
    throw new UsageError(
      [
        `--role ${JSON.stringify(name)}: ${account !== undefined && named.length > 0 ? `account ${JSON.stringify(account)} has no role of that name; it is in ${accountsOf(named)}` : absent(name, all)}`,
        ...model.notes.map(terminalText),
      ].join("\n"),
    );
  if (more.length > 0) throw new UsageError(`--role ${JSON.stringify(name)}: ${several(found)}`);
  return only;
}

const isCalled = ({ name, id }: AccountModel, account: string): boolean => name === account || id === account;

/** @throws UsageError for an account that the source does not have. */
function known({ accounts }: AccessModel, account: string): string {
  if (accounts.some((each) => isCalled(each, account))) return account;
  const names = [...new Set(accounts.flatMap(({ name, id }) => [name, id]).filter((each) => each !== null))];
  const meant = nearest(account, names);
  throw new UsageError(
    `--account ${JSON.stringify(account)}: ${meant !== undefined ? `there is no such account: did you mean ${JSON.stringify(meant)}?` : names.length === 0 ? "the source does not say which accounts there are" : `there is no such account: there are ${listed(accounts.map(label))}`}`,
  );
}

function absent(name: string, all: readonly FoundRole[]): string {
  const names = [...new Set(all.map(({ role }) => formatText(role.name)))];
  const meant = nearest(name, names);
  if (names.length === 0) return "the source has no roles";
  return `there is no role of that name: ${meant === undefined ? `there are ${listed(names)}` : `did you mean ${JSON.stringify(meant)}?`}`;
}

function several(found: readonly FoundRole[]): string {
  const accounts = new Set(found.map(({ account }) => label(account)));
  if (accounts.size === found.length)
    return `roles of that name are in ${accountsOf(found)}: choose one by --account NAME or --account ID`;
  return `${found.length} roles of that name are in ${listed([...accounts])} (${listed(found.map(placeOf))}): name a source that has one of them`;
}

const accountsOf = (found: readonly FoundRole[]): string => listed(found.map(({ account }) => label(account)));

const label = ({ name, id }: AccountModel): string =>
  name === null ? (id ?? "an account that is not known") : id === null ? name : `${name} (${id})`;

const placeOf = ({ role: { location, arn } }: FoundRole): string =>
  location === null
    ? formatText(arn)
    : "address" in location
      ? location.address
      : `${location.file}:${location.line}:${location.column}`;

const listed = (texts: readonly string[]): string =>
  [
    ...texts.slice(0, MOST_NAMES).map(terminalText),
    ...(texts.length > MOST_NAMES ? [`${texts.length - MOST_NAMES} more`] : []),
  ].join(", ");
