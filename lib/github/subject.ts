/**
 * The `sub` claim of a GitHub Actions token: the one place that writes it and the one that reads it.
 *
 * A subject is a prefix, which names the repository, and a context, which says what the job does:
 * `repo:octo-org/web-shop` + `:` + `environment:production`.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */

/** The repository in a subject: by name, or (since July 2026) with the ids that never change hands. */
export type SubjectPrefix =
  | { readonly form: "name"; readonly owner: string; readonly repository: string }
  | {
      readonly form: "immutable";
      readonly owner: string;
      readonly ownerId: string;
      readonly repository: string;
      readonly repositoryId: string;
    };

/** What a job does, as far as its subject says. Branches and tags may be patterns with `*` and `?`. */
export type JobContext =
  | { readonly kind: "environment"; readonly environment: string }
  | { readonly kind: "branch"; readonly branch: string }
  | { readonly kind: "tag"; readonly tag: string }
  | { readonly kind: "pullRequest" }
  /** A run for the merge queue of branch `base`; `entry` is its place there, `pr-7-3f9a…`. @default any */
  | { readonly kind: "mergeQueue"; readonly base: string; readonly entry?: string }
  /** Every job of the repository. Not a subject that GitHub mints, but one that a policy may admit. */
  | { readonly kind: "any" };

export interface Subject {
  readonly prefix: SubjectPrefix;
  readonly context: JobContext;
}

const QUEUE = "gh-readonly-queue/";
/** Every entry of a queue. Bound to `pr-`, so that the queue of `main` does not admit that of `main/x`. */
const ANY_ENTRY = "pr-*";

/** `repo:OWNER/NAME`, or `repo:OWNER@ID/NAME@ID`. */
export function formatPrefix(prefix: SubjectPrefix): string {
  return prefix.form === "name"
    ? `repo:${prefix.owner}/${prefix.repository}`
    : `repo:${prefix.owner}@${prefix.ownerId}/${prefix.repository}@${prefix.repositoryId}`;
}

/** The part of a subject behind the prefix, without the colon between them. */
export function formatContext(context: JobContext): string {
  switch (context.kind) {
    case "environment":
      return `environment:${encodeValue(context.environment)}`;
    case "branch":
      return `ref:refs/heads/${encodeValue(context.branch)}`;
    case "tag":
      return `ref:refs/tags/${encodeValue(context.tag)}`;
    case "pullRequest":
      return "pull_request";
    case "mergeQueue":
      return `ref:refs/heads/${QUEUE}${encodeValue(context.base)}/${context.entry ?? ANY_ENTRY}`;
    case "any":
      return "*";
  }
}

export const formatSubject = (subject: Subject): string =>
  `${formatPrefix(subject.prefix)}:${formatContext(subject.context)}`;

/**
 * Reads a subject back. Answers `undefined` for one that a customised template minted, or that this
 * module would not write: half a pair of ids, a wildcard in the repository, a raw ":" in a value.
 */
export function parseSubject(text: string): Subject | undefined {
  const prefix = parsePrefix(text);
  const context = prefix && parseContext(text.slice(formatPrefix(prefix).length + 1));
  return prefix && context ? { prefix, context } : undefined;
}

/**
 * Reads the prefix of a subject back, whatever stands behind it: also that of a customised template that
 * begins with the repository, `repo:octo-org/web-shop:actor:octocat`.
 */
export function parsePrefix(subject: string): SubjectPrefix | undefined {
  const match = /^repo:([^/:@*?]+)(?:@([0-9]+))?\/([^/:@*?]+)(?:@([0-9]+))?(?::|$)/.exec(subject);
  if (!match) return undefined;
  const [, owner = "", ownerId, repository = "", repositoryId] = match;
  if ((ownerId === undefined) !== (repositoryId === undefined)) return undefined;
  return ownerId === undefined || repositoryId === undefined
    ? { form: "name", owner, repository }
    : { form: "immutable", owner, ownerId, repository, repositoryId };
}

/** Reads the part of a subject behind the prefix back; `undefined` when it is none of GitHub's own forms. */
export function parseContext(text: string): JobContext | undefined {
  if (text === "*") return { kind: "any" };
  if (text === "pull_request") return { kind: "pullRequest" };
  const match = /^(environment:|ref:refs\/heads\/|ref:refs\/tags\/)([^:]+)$/s.exec(text);
  if (!match) return undefined;
  const [, kind, value = ""] = match;
  if (kind === "environment:") return { kind: "environment", environment: decodeValue(value) };
  // Nothing to decode: no ref has a colon, while "%3A" may well stand in one.
  if (kind === "ref:refs/tags/") return { kind: "tag", tag: value };
  return parseMergeQueue(value) ?? { kind: "branch", branch: value };
}

/** What a subject of a template says behind the repository: what the job does, where it does, and further claims. */
export interface TemplatedContext {
  readonly context: JobContext | undefined;
  readonly claims: Readonly<Record<string, string>>;
}

/**
 * Reads the part of a subject behind the prefix that a template made, as `pull_request:actor:octocat`;
 * `undefined` when it is no list of claims. An environment counts as what the job does wherever it stands.
 */
export function parseTemplatedContext(text: string): TemplatedContext | undefined {
  const [begun, rest] = contextAhead(text.split(":"));
  if (rest.length % 2 !== 0) return undefined;
  const claims: Record<string, string> = {};
  for (let at = 0; at < rest.length; at += 2) claims[rest[at] ?? ""] = decodeValue(rest[at + 1] ?? "");
  if (!Object.keys(claims).every((name) => /^[A-Za-z0-9_]+$/.test(name))) return undefined;
  const { environment } = claims;
  return { context: begun ?? (environment === undefined ? undefined : { kind: "environment", environment }), claims };
}

function contextAhead(parts: readonly string[]): [JobContext | undefined, readonly string[]] {
  for (const length of [1, 2]) {
    const context = parseContext(parts.slice(0, length).join(":"));
    if (context) return [context, parts.slice(length)];
  }
  return [undefined, parts];
}

function parseMergeQueue(branch: string): JobContext | undefined {
  const match = /^gh-readonly-queue\/(.+)\/(pr-[^/]+)$/s.exec(branch);
  if (!match) return undefined;
  const [, base = "", entry = ""] = match;
  return entry === ANY_ENTRY ? { kind: "mergeQueue", base } : { kind: "mergeQueue", base, entry };
}

/** GitHub encodes ":" in a value, and nothing else. */
const encodeValue = (value: string): string => value.replaceAll(":", "%3A");
const decodeValue = (value: string): string => value.replaceAll("%3A", ":");
