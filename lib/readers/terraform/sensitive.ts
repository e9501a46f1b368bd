import { hasMark, markedTexts, MAX_MARKED_DEPTH } from "./marks";
import { isObject, memberOf, sameJson, type JsonObject } from "./plan-entry";
import { isAttributes, isList, Template, type Attributes, type Piece, type Value } from "./resource";
import { reasonOf, Withheld } from "./withheld";

/** Arguments that the GitHub provider's own schema marks: older formats do not say so in the plan. */
const SECRET_ARGUMENTS = ["plaintext_value", "value", "encrypted_value", "value_encrypted"];
const SECRETS: ReadonlyMap<string, readonly string[]> = new Map([
  ["github_actions_secret", SECRET_ARGUMENTS],
  ["github_actions_environment_secret", SECRET_ARGUMENTS],
  ["github_actions_organization_secret", SECRET_ARGUMENTS],
]);

/** What a provider makes of other arguments without a mark: it would give away one that is marked. */
export const MADE_OF_NAMES = [
  ...["arn", "id", "name", "full_name", "slug", "login", "url"],
  ...["git_clone_url", "html_url", "http_clone_url", "ssh_clone_url", "svn_url"],
];

/** What a provider puts together in a form of its own: a text that is marked need not stand in it as it is. */
const MADE_ANEW: ReadonlyMap<string, readonly string[]> = new Map([
  ["aws_iam_policy_document", ["json", "minified_json"]],
  ["github_team", ["slug"]],
]);

/** Arguments by which one resource is tied to another. */
const LINKS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...[...SECRETS.keys()].map((type) => [type, ["plaintext_value", "value"]] as const),
  ["aws_iam_role_policy", ["role"]],
  ["aws_iam_role_policy_attachment", ["role"]],
  ["aws_iam_role_policies_exclusive", ["role_name"]],
  ["aws_iam_role_policy_attachments_exclusive", ["role_name"]],
]);

/** Arguments of which it is enough to know what they refer to. */
export const linksOf = (type: string): readonly string[] => LINKS.get(type) ?? [];

const secretsOf = (type: string): readonly string[] => SECRETS.get(type) ?? [];

/** Values as Terraform has them, and which of them are marked. */
export interface Side {
  readonly values: JsonObject;
  readonly marks: unknown;
}

/** Texts that are withheld, and the argument of each. */
type HiddenPlaces = Map<string, string>;

/** What is asked of a resource to name the places in it. */
interface Named {
  readonly type: string;
  readonly address: string;
}

/**
 * Values without what is marked sensitive: nothing that reads them can then show it. The marks are a tree
 * of the values' own form, with `true` in the place of what is sensitive. As in what Terraform prints, a mark
 * on one side of a change holds for the same value on the other side too.
 *
 * @param values those of `own`, perhaps with more of them known
 * @param other the other side of a change. @default there is none
 * @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation
 */
export function withholdMarked(of: Named, values: Attributes, own: Side, other?: Side): Attributes {
  const secrets = secretsOf(of.type).filter((name) => !isNothing(values[name]));
  if (secrets.length === 0 && !hasMark(own.marks) && !hasMark(other?.marks)) return values;
  const hidden: HiddenPlaces = new Map();
  const shown: Record<string, Value | undefined> = {};
  for (const [name, value] of Object.entries(values)) {
    const place = `${of.address}.${name}`;
    const marks = memberOf(own.marks, name);
    for (const text of markedTexts(own.values[name], marks)) hidden.set(text, place);
    const without = withhold(value, marks, place);
    const twin = { value: other?.values[name], marks: memberOf(other?.marks, name) };
    shown[name] = withoutOther(without, own.values[name], twin, place, hidden);
  }
  for (const name of secrets) shown[name] = new Withheld(`${of.address}.${name}`);
  if (hidden.size > 0) withholdMade(of, shown, hidden);
  return shown;
}

interface Marked {
  readonly value: unknown;
  readonly marks: unknown;
}

/** The value of an argument without what the other side's marks hide. */
function withoutOther(
  shown: Value | undefined,
  raw: unknown,
  { value, marks }: Marked,
  place: string,
  hidden: HiddenPlaces,
): Value | undefined {
  if (!hasMark(marks)) return shown;
  const texts = markedTexts(value, marks);
  if (sameJson(raw, value)) {
    for (const text of texts) hidden.set(text, place);
    return withhold(shown, marks, place);
  }
  return texts.length === 0 ? shown : withholdTexts(shown, new Set(texts), place, 0);
}

function withhold(value: Value | undefined, marks: unknown, place: string, depth = 0): Value | undefined {
  if (isNothing(value) || value instanceof Withheld || !hasMark(marks)) return value;
  if (marks === true || depth > MAX_MARKED_DEPTH) return new Withheld(place);
  // What refers to something else is not the value.
  if (value instanceof Template) {
    return value.pieces.some((piece) => typeof piece === "string") ? new Withheld(place) : value;
  }
  if (isList(value) && Array.isArray(marks)) {
    return value.map((each, index) => withhold(each, marks[index], `${place}[${index}]`, depth + 1) ?? null);
  }
  if (!isAttributes(value) || !isObject(marks)) return new Withheld(place);
  return mapped(value, (each, key) => withhold(each, memberOf(marks, key), `${place}.${key}`, depth + 1));
}

/** A value without texts that are marked on the other side, at another place of the same argument. */
function withholdTexts(
  value: Value | undefined,
  texts: ReadonlySet<string>,
  place: string,
  depth: number,
): Value | undefined {
  if (typeof value === "string") return texts.has(value) ? new Withheld(place) : value;
  if (depth > MAX_MARKED_DEPTH) return new Withheld(place);
  if (isList(value)) {
    return value.map((each, index) => withholdTexts(each, texts, `${place}[${index}]`, depth + 1) ?? null);
  }
  if (!isAttributes(value)) return value;
  return mapped(value, (each, key) => withholdTexts(each, texts, `${place}.${key}`, depth + 1));
}

const mapped = (value: Attributes, map: (each: Value | undefined, key: string) => Value | undefined): Attributes =>
  Object.fromEntries(Object.entries(value).map(([key, each]) => [key, map(each, key)]));

/** Takes out of `shown` what a provider makes of hidden texts. */
function withholdMade({ type, address }: Named, shown: Record<string, Value | undefined>, hidden: HiddenPlaces): void {
  for (const name of MADE_ANEW.get(type) ?? []) {
    if (!isNothing(shown[name])) shown[name] = new Withheld(`${address}.${name}`);
  }
  const places = new Map([...hidden].flatMap(([text, place]) => formsOf(text).map((form) => [form, place] as const)));
  const longestFirst = [...places.keys()].sort((a, b) => b.length - a.length);
  for (const name of MADE_OF_NAMES) {
    const made = shown[name];
    if (typeof made !== "string") continue;
    const texts = longestFirst.filter((each) => made.includes(each));
    if (texts.length > 0) shown[name] = withoutTexts(made, texts, places);
  }
}

/** A text, and how an ARN has it: without the scheme of an address. */
const formsOf = (text: string): string[] => {
  const bare = text.replace(/^https:\/\/(?=.)/, "");
  return [text, ...(bare === text ? [] : [bare, bare.replace(/(?<=.)\/$/, "")])];
};

/** A text without those that are withheld. @param texts longest first */
function withoutTexts(made: string, texts: readonly string[], places: HiddenPlaces): Template {
  const [first = ""] = texts;
  if (first === made) return new Withheld(places.get(first) ?? "");
  const cut = (piece: Piece, each: string): readonly Piece[] => {
    if (typeof piece !== "string") return [piece];
    const hole = { unknown: reasonOf(places.get(each) ?? "") };
    return piece.split(each).flatMap((part, index) => (index === 0 ? [part] : [hole, part]));
  };
  const pieces = texts.reduce<readonly Piece[]>((rest, each) => rest.flatMap((piece) => cut(piece, each)), [made]);
  return new Template(pieces.filter((piece) => piece !== ""));
}

const isNothing = (value: unknown): boolean => value === undefined || value === null || value === "";

/**
 * The arguments with something sensitive in them that are not the same on both sides.
 *
 * @param unknown marks of what is not known after
 */
export function withheldChanges(type: string, before: Side, after: Side, unknown: unknown): string[] {
  const secrets = secretsOf(type);
  if (secrets.length === 0 && !hasMark(before.marks) && !hasMark(after.marks)) return [];
  const isSensitive = (name: string): boolean =>
    secrets.includes(name) || [before, after].some(({ marks }) => hasMark(memberOf(marks, name)));
  const changes = (name: string): boolean =>
    hasMark(memberOf(unknown, name)) || !sameJson(before.values[name], after.values[name]);
  const all = [before.values, after.values, isObject(unknown) ? unknown : {}];
  const names = new Set(all.flatMap((each) => Object.keys(each)));
  return [...names].filter((name) => isSensitive(name) && changes(name));
}
