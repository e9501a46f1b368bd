import { ANY, ONE, type Pattern, type Token } from "../../aws/pattern";

/**
 * Which of the subjects that GitHub mints a pattern admits, and what in them it leaves open.
 *
 * A pattern knows no "/" and no ":", but subjects do: no owner, repository or value has a ":" in it, so that
 * `repo:octo-org/*:ref:refs/heads/main` cannot reach into an environment's name. Both are walked side by
 * side, token by token, which answers exactly.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */

/** What a job does, as its subject says. `other` is a subject of a customised template. */
export type ContextKind = "environment" | "branch" | "tag" | "pullRequest" | "mergeQueue" | "other";

/** A part of a subject that differs from job to job. */
export type SubjectPart = "owner" | "ownerId" | "repository" | "repositoryId" | "value";

export interface SubjectReach {
  /** Kinds of jobs with a subject that the pattern admits. */
  readonly kinds: ReadonlySet<ContextKind>;
  /** Parts into which a wildcard of the pattern may put at least one character. */
  readonly open: ReadonlySet<SubjectPart>;
}

/** A character of a form, or any number (at least one) of a kind. */
type FormToken =
  number | { readonly part: SubjectPart; readonly admits: (character: number) => boolean; readonly repeats: boolean };

interface Form {
  readonly kind: ContextKind;
  readonly tokens: readonly FormToken[];
}

const inClass =
  (letters: RegExp) =>
  (character: number): boolean =>
    letters.test(String.fromCodePoint(character));

const text = (value: string): FormToken[] => Array.from(value, (character) => character.codePointAt(0) ?? 0);
const oneOrMore = (part: SubjectPart, admits: (character: number) => boolean): FormToken[] => [
  { part, admits, repeats: false },
  { part, admits, repeats: true },
];

const OWNER = oneOrMore("owner", inClass(/[A-Za-z0-9_-]/));
const OWNER_ID = oneOrMore("ownerId", inClass(/[0-9]/));
const REPOSITORY = oneOrMore("repository", inClass(/[A-Za-z0-9._-]/));
const REPOSITORY_ID = oneOrMore("repositoryId", inClass(/[0-9]/));
const VALUE = oneOrMore("value", (character) => character !== 0x3a);
const ANYTHING = oneOrMore("value", () => true);

const PREFIXES: readonly (readonly FormToken[])[] = [
  [...text("repo:"), ...OWNER, ...text("/"), ...REPOSITORY],
  [...text("repo:"), ...OWNER, ...text("@"), ...OWNER_ID, ...text("/"), ...REPOSITORY, ...text("@"), ...REPOSITORY_ID],
];

const CONTEXTS: readonly Form[] = [
  { kind: "environment", tokens: [...text(":environment:"), ...VALUE] },
  { kind: "mergeQueue", tokens: [...text(":ref:refs/heads/gh-readonly-queue/"), ...VALUE] },
  { kind: "branch", tokens: [...text(":ref:refs/heads/"), ...VALUE] },
  { kind: "tag", tokens: [...text(":ref:refs/tags/"), ...VALUE] },
  { kind: "pullRequest", tokens: text(":pull_request") },
];

const withPrefixes = (contexts: readonly Form[]): Form[] =>
  PREFIXES.flatMap((prefix) => contexts.map(({ kind, tokens }) => ({ kind, tokens: [...prefix, ...tokens] })));

const FORMS = withPrefixes(CONTEXTS);
/** What a template may put behind the repository, if anything. */
const TEMPLATES = withPrefixes([
  { kind: "other", tokens: [] },
  { kind: "other", tokens: [...text(":"), ...ANYTHING] },
]);

/**
 * What a pattern reaches among the subjects that name a repository. Those of templates count only for a
 * pattern that admits none of GitHub's own.
 */
export function reachOf(pattern: Pattern): SubjectReach {
  const own = reachIn(FORMS, pattern);
  return own.kinds.size > 0 ? own : reachIn(TEMPLATES, pattern);
}

function reachIn(forms: readonly Form[], { tokens }: Pattern): SubjectReach {
  const kinds = new Set<ContextKind>();
  const open = new Set<SubjectPart>();
  for (const form of forms) if (walk(tokens, form.tokens, open)) kinds.add(form.kind);
  // Branches of the queue are branches; a pattern of nothing but the queue's admits no others.
  if (kinds.has("branch") && startsWith(tokens, ":ref:refs/heads/gh-readonly-queue/")) kinds.delete("branch");
  return { kinds, open };
}

const startsWith = (tokens: readonly Token[], part: string): boolean =>
  tokens
    .map((token) => (token < 0 ? "\u0000" : String.fromCodePoint(token)))
    .join("")
    .includes(part);

/** Whether pattern and form have a text in common; adds to `open` the parts that wildcards may fill. */
function walk(pattern: readonly Token[], form: readonly FormToken[], open: Set<SubjectPart>): boolean {
  const width = form.length + 1;
  const reached = new Uint8Array((pattern.length + 1) * width);
  reached[0] = 1;
  for (let i = 0; i <= pattern.length; i += 1)
    for (let j = 0; j <= form.length; j += 1)
      if (reached[i * width + j] === 1) for (const [a, b] of moves(pattern, form, i, j)) reached[a * width + b] = 1;
  if (reached[reached.length - 1] !== 1) return false;
  const leads = new Uint8Array(reached.length);
  leads[leads.length - 1] = 1;
  for (let i = pattern.length; i >= 0; i -= 1)
    for (let j = form.length; j >= 0; j -= 1) {
      if (reached[i * width + j] !== 1) continue;
      if (moves(pattern, form, i, j).some(([a, b]) => leads[a * width + b] === 1)) leads[i * width + j] = 1;
      const filled = fills(pattern, form, i, j);
      if (filled && leads[filled.to[0] * width + filled.to[1]] === 1) open.add(filled.part);
    }
  return true;
}

type Place = readonly [inPattern: number, inForm: number];

/** Where a walk may go from a place without staying there. */
function moves(pattern: readonly Token[], form: readonly FormToken[], i: number, j: number): Place[] {
  const [token, wanted] = [i < pattern.length ? pattern[i] : undefined, j < form.length ? form[j] : undefined];
  const places: Place[] = [];
  if (token === ANY) places.push([i + 1, j]);
  if (typeof wanted === "object" && wanted.repeats) places.push([i, j + 1]);
  if (token === undefined || wanted === undefined || !agree(token, wanted)) return places;
  const to = after(token, wanted, i, j);
  if (to[0] !== i || to[1] !== j) places.push(to);
  return places;
}

const agree = (token: Token, wanted: FormToken): boolean =>
  token < 0 || (typeof wanted === "number" ? token === wanted : wanted.admits(token));

/** The place behind a character that both take. */
const after = (token: Token, wanted: FormToken, i: number, j: number): Place => [
  token === ANY ? i : i + 1,
  typeof wanted === "object" && wanted.repeats ? j : j + 1,
];

/** Whether a wildcard takes a character of a part there, and where that leads. */
function fills(
  pattern: readonly Token[],
  form: readonly FormToken[],
  i: number,
  j: number,
): { part: SubjectPart; to: Place } | undefined {
  const [token, wanted] = [i < pattern.length ? pattern[i] : undefined, j < form.length ? form[j] : undefined];
  if (token === undefined || (token !== ANY && token !== ONE) || typeof wanted !== "object") return undefined;
  return { part: wanted.part, to: after(token, wanted, i, j) };
}
