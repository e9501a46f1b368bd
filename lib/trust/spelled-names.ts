import { formatPattern } from "../aws/pattern";
import type { TrustDocument } from "../aws/policy/trust-document";
import { keyTest, type KeyTest, type TokenOrigin } from "./key-test";

/** Owners and repositories that a policy spells out whole: whoever is none of these is a stranger. */
export interface SpelledNames {
  readonly owners: ReadonlySet<string>;
  readonly ownerIds: ReadonlySet<string>;
  /** `OWNER/NAME` */
  readonly repositories: ReadonlySet<string>;
  readonly repositoryIds: ReadonlySet<string>;
  readonly enterpriseIds: ReadonlySet<string>;
}

/** The names in the values that a policy's allowing statements ask for. */
export function spelledNames(document: TrustDocument, origin: TokenOrigin): SpelledNames {
  const names = {
    owners: new Set<string>(),
    ownerIds: new Set<string>(),
    repositories: new Set<string>(),
    repositoryIds: new Set<string>(),
    enterpriseIds: new Set<string>(),
  };
  const variables = document.version === "2012-10-17";
  for (const { effect, conditions } of document.statements) {
    if (effect !== "Allow") continue;
    for (const condition of conditions) {
      const test = keyTest(condition, origin, variables, "widest");
      if (typeof test === "object" && !test.negated) addNames(names, test);
    }
  }
  return names;
}

type Names = { readonly [K in keyof SpelledNames]: Set<string> };

function addNames(names: Names, { subject, patterns }: KeyTest): void {
  for (const { pattern } of patterns) {
    const text = formatPattern(pattern);
    switch (subject) {
      case "sub":
        addNamesOfSubject(names, text);
        break;
      case "repository":
        addRepository(names, text);
        break;
      case "repository_owner_id":
        addWhole(names.ownerIds, text);
        break;
      case "repository_id":
        addWhole(names.repositoryIds, text);
        break;
      case "enterprise_id":
        addWhole(names.enterpriseIds, text);
        break;
      default:
    }
  }
}

const isWhole = (text: string): boolean => text !== "" && !/[*?]/.test(text);

function addWhole(set: Set<string>, text: string): void {
  if (isWhole(text)) set.add(text);
}

function addRepository(names: Names, text: string): void {
  const [owner = "", name, ...rest] = text.split("/");
  if (name === undefined) return;
  addWhole(names.owners, owner);
  if (rest.length === 0 && isWhole(owner) && isWhole(name)) names.repositories.add(text);
}

/** In GitHub's own form, and in a customised one in which claims stand by their names. */
function addNamesOfSubject(names: Names, text: string): void {
  const [, owner, ownerId, , name, repositoryId, ended] =
    /^repo:([^/:@*?]+)(?:@([^/:]*))?(\/([^/:@*?]+)(?:@([^/:]*))?(:|$))?/.exec(text) ?? [];
  const isOwner = owner !== undefined && /^[/@]/.test(text.slice("repo:".length + owner.length));
  if (isOwner) names.owners.add(owner);
  if (isOwner && ownerId !== undefined) addWhole(names.ownerIds, ownerId);
  if (isOwner && name !== undefined && ended !== undefined) names.repositories.add(`${owner}/${name}`);
  if (isOwner && repositoryId !== undefined) addWhole(names.repositoryIds, repositoryId);
  for (const [, claim = "", value = ""] of text.matchAll(
    /(?:^|:)(repository|repository_owner|repository_owner_id|repository_id|enterprise_id|workflow_ref):([^:*?]+)(?=:|$|\*)/g,
  )) {
    if (claim === "repository") addRepository(names, value);
    else if (claim === "workflow_ref") addRepository(names, value.split("/").slice(0, 2).join("/"));
    else
      addWhole(
        {
          repository_owner: names.owners,
          repository_owner_id: names.ownerIds,
          repository_id: names.repositoryIds,
          enterprise_id: names.enterpriseIds,
        }[claim] ?? new Set(),
        value,
      );
  }
}
