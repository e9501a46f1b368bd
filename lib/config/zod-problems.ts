import type { z } from "zod";
import { claimKeyRule, GITHUB_CLAIM_KEYS } from "../aws/condition-keys";
import { keysOf, schemasAt, wordsOf, type JsonSchema } from "../yaml/json-schema";
import { accessJsonSchema } from "./access-schema";
import { nearest } from "../github/nearest";
import { MAX_PROBLEMS, quote, type Path, type Problem } from "../yaml/problem";
import { describeChoices, describeType, describeValue, firstSentence, nameOf } from "../yaml/wording";

type Issue = z.core.$ZodIssue;

/** Longest text that may be a key with its value behind it: expressions run out of stack on megabytes. */
const LONGEST_KEY = 200;

/** What the problems of a value are told about it. */
export interface Subject {
  readonly value: unknown;
  /** A scalar as it stands in the file; absent for a value that was written in TypeScript. */
  readonly written?: (path: Path) => string | undefined;
}

/** Zod's issues as problems: one for each key or value that is wrong, with what to do about it. */
export function problemsOf(issues: readonly Issue[], subject: Subject): Problem[] {
  // Derived only when something is wrong: a sound file should not wait for it.
  const context = { subject, schema: issues.length > 0 ? accessJsonSchema() : {} };
  const told: Told[] = [];
  for (const issue of issues) {
    if (told.length >= MAX_PROBLEMS) break;
    for (const problem of problemsOfIssue(issue, [], context)) told.push(problem);
  }
  const misspelt = new Set(
    told.flatMap(({ path, meant }) => (meant === undefined ? [] : [JSON.stringify([...path.slice(0, -1), meant])])),
  );
  return told.filter(({ path, isLack }) => !isLack || !misspelt.has(JSON.stringify(path)));
}

/** A problem, and the key that a misspelt one was meant to be: it is not missing. */
interface Told extends Problem {
  readonly meant?: string;
}

interface Context {
  readonly subject: Subject;
  readonly schema: JsonSchema;
}

/** What is told of an issue that the schema did not word itself. */
function problemsOfIssue(issue: Issue, parent: Path, context: Context): Told[] {
  const path: Path = [...parent, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.slice(0, MAX_PROBLEMS).map((key) => unknownKey([...path, key], key, context));
    case "invalid_key":
      return [{ path, atKey: true, message: `key ${quote(path.at(-1))}: use text` }];
    case "invalid_union":
      return unionProblems(issue, path, context);
    case "invalid_type":
      return [typeProblem(path, issue.expected, context)];
    case "invalid_value":
      return [choiceProblem(path, issue.values, context)];
    case "too_small":
    case "too_big":
      return sizeProblem(issue, path, context);
    case "custom":
      return [{ path, message: issue.message, atKey: issue.params?.["atKey"] === true }];
    default:
      return [{ path, message: issue.message }];
  }
}

/** Keys that are no misspelling: what their writer meant is known, and said. */
const MEANT = new Map([
  [
    "protectedBranches",
    'GitHub takes either protected branches or patterns: write "deployFrom: protectedBranches", or keep the patterns',
  ],
  ["thumbprints", "leave it out: AWS has verified GitHub's certificates by itself since July 2023"],
  ["thumbprintList", "leave it out: AWS has verified GitHub's certificates by itself since July 2023"],
  [
    "allow",
    'leave it out: the role of an environment admits that environment\'s jobs, and other roles stand under "roles" of the repository',
  ],
  ["ref", 'write "branch" or "tag"'],
]);

/**
 * Keys of AWS that no token of GitHub's can fill. With a web identity they come from the token's claims, never
 * from the caller.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_adding-assume-role-idp
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
const IMPOSSIBLE = new Map([
  [
    "sessionTags",
    "session tags come from a claim of the token, and GitHub mints none for them: leave it out, and give the tags where this role assumes a second one",
  ],
  [
    "transitiveTagKeys",
    "session tags come from a claim of the token, and GitHub mints none for them: leave it out, and give the tags where this role assumes a second one",
  ],
  [
    "sourceIdentity",
    'a source identity comes from a claim of the token, and GitHub mints none for it: leave it out, and bind the session\'s name with "sessionName", or set it where this role assumes a second one',
  ],
]);

function unknownKey(path: Path, key: string, context: Context): Told {
  const problem = (hint: string, meant?: string): Told => ({
    path,
    meant,
    atKey: true,
    message: `unknown key ${quote(key)}: ${hint}`,
  });
  // Whoever wrote a secret into the file should not find it in a log as well.
  const known = [...new Set(keysOf(schemasAt(context.schema, path.slice(0, -1))))];
  if (isBelowSecrets(path) && known.includes(key))
    return {
      path,
      atKey: true,
      message: `${quote(key)} together with "fromVariable": a secret comes from a variable or is sealed, keep one of the two`,
    };
  if (isBelowSecrets(path))
    return {
      path,
      meant: "fromVariable",
      atKey: true,
      message: 'a key that is not "fromVariable": write {fromVariable: NAME} below the name of each secret',
    };
  if (isClaim(path)) {
    const meant = nearest(key, GITHUB_CLAIM_KEYS);
    return { path, meant, atKey: true, message: `claim ${quote(key)}: ${claimKeyRule(key, meant) ?? "leave it out"}` };
  }
  const impossible = IMPOSSIBLE.get(key);
  if (impossible !== undefined) return { path, atKey: true, message: `${quote(key)}: ${impossible}` };
  const hint = MEANT.get(key);
  if (hint !== undefined) return problem(hint);
  if (known.includes(key))
    return {
      path,
      atKey: true,
      message: `${quote(key)} stands beside ${Object.keys(valueAt(context.subject.value, path.slice(0, -1)) ?? {})
        .filter((each) => each !== key && known.includes(each))
        .map(quote)
        .join(" and ")}: keep one of them`,
    };
  const meant = nearest(key, known);
  return problem(
    meant === undefined ? `use ${known.length > 1 ? "one of " : ""}${known.join(", ")}` : `did you mean "${meant}"?`,
    meant,
  );
}

/** The choice that the writer seems to have taken: the one that the value's own type does not rule out. */
function unionProblems(issue: Extract<Issue, { code: "invalid_union" }>, path: Path, context: Context): Told[] {
  const value = valueAt(context.subject.value, path);
  if (value === undefined && path.length > 0) return [typeProblem(path, "object", context)];
  if (isBelowSecrets(path) && (typeof value !== "object" || value === null || Array.isArray(value)))
    return [{ path, message: literalSecret(path, value, "object") }];
  const ruledOut = (choice: readonly Issue[]): boolean =>
    choice.some(
      (inner) => inner.path.length === 0 && (inner.code === "invalid_type" || inner.code === "invalid_value"),
    );
  const open = isEmpty(value) ? [] : issue.errors.filter((choice) => !ruledOut(choice));
  const strangers = (choice: readonly Issue[]): number =>
    choice.filter(({ code }) => code === "unrecognized_keys").length;
  const [taken] = [...open].sort((a, b) => a.length - b.length || strangers(a) - strangers(b));
  if (taken) {
    const told = taken.flatMap((inner) => problemsOfIssue(inner, path, context));
    // Another choice may be meant by a misspelt key than the one that lacks something.
    return told.filter(({ isLack }) => !isLack || !taken.some((inner) => inner.code === "unrecognized_keys"));
  }
  const choices = schemasAt(context.schema, path);
  const meant = typeof value === "string" ? nearest(value, wordsOf(choices)) : undefined;
  if (meant !== undefined) return [{ path, message: `${nameOf(path)} ${quote(value)}: did you mean "${meant}"?` }];
  const isOfOfferedType = choices.some((choice) => choice.anyOf?.some((each) => typeof each.const === typeof value));
  // In quotes it would do.
  if (
    !isOfOfferedType &&
    (typeof value === "number" || typeof value === "boolean") &&
    choices.some((choice) =>
      choice.anyOf?.some((each) => each.type === "string" && each.const === undefined && each.enum === undefined),
    )
  )
    return [typeProblem(path, "string", context)];
  return [
    {
      path,
      message: `${nameOf(path)} is ${describeValue(value, context.subject.written?.(path))}: use ${describeChoices(choices)}`,
    },
  ];
}

function typeProblem(path: Path, expected: string, { subject, schema }: Context): Problem {
  const value = valueAt(subject.value, path);
  if (path.length === 0)
    return {
      path,
      message: `${subject.written ? "the file" : "the value"} is ${describeValue(value)}: write the keys ${(schema.required ?? []).map(quote).join(", ")}`,
    };
  if (value === undefined) return missingProblem(path, schema);
  if (isBelowSecrets(path)) return { path, message: literalSecret(path, value, expected) };
  const written = subject.written?.(path);
  const scalar = typeof value === "number" || typeof value === "boolean";
  if (expected === "string" && scalar && written !== undefined)
    return {
      path,
      message: `${nameOf(path)} ${written} is read as a ${typeof value === "boolean" ? "truth value" : "number"}: put it in quotes, "${written}"`,
    };
  const several = `${String(path.at(-1))}s`;
  if (expected === "string" && Array.isArray(value) && keysOf(schemasAt(schema, path.slice(0, -1))).includes(several))
    return { path, message: `${nameOf(path)} is a list: for several there is ${quote(several)}` };
  return {
    path,
    message: `${nameOf(path)} is ${describeValue(value, written)}: ${typeRemedy(value, expected, schemasAt(schema, path))}`,
  };
}

const missingProblem = (path: Path, schema: JsonSchema): Problem => ({
  path,
  isLack: true,
  message: `${nameOf(path)} is missing${firstSentence(schemasAt(schema, path))}: add it`,
});

function typeRemedy(value: unknown, expected: string, schemas: readonly JsonSchema[]): string {
  if (
    typeof value === "string" &&
    value.trim() !== "" &&
    ((expected === "boolean" && /^(true|false)$/i.test(value)) ||
      (/^(number|int)$/.test(expected) && Number.isFinite(Number(value))))
  )
    return `take the quotes away, ${value}`;
  if (expected === "array" && typeof value === "string" && schemas.some(({ items }) => items?.type === "string"))
    return `use a list, [${quote(value)}]`;
  if (expected === "array" && typeof value === "object" && value !== null)
    return 'use a list, with "- " before each entry';
  if (expected === "object" && typeof value === "string" && /^[\w-]+:\S/.test(value.slice(0, LONGEST_KEY)))
    return 'write a space after the ":"';
  const keys = keysOf(schemas);
  return `use ${describeType(expected)}${expected === "object" && keys.length > 0 ? ` (${keys.join(", ")})` : ""}`;
}

/** Never quotes the value. */
function literalSecret(path: Path, value: unknown, expected: string): string {
  const remedy = "write {fromVariable: NAME}, with the secret in that Terraform variable";
  const depth = secretsDepth(path) ?? 0;
  if (path.length === depth + 1 && value !== null)
    return `${nameOf(path)} is a literal secret: take it out of the file, and replace it where it was in use; ${remedy}`;
  return `${nameOf(path)} ${value === null ? "is empty" : `is not ${describeType(expected)}`}: ${path.length === depth ? "write {fromVariable: NAME} below the name of each secret" : path.at(-1) === "keyId" && typeof value === "number" ? "put it in quotes" : remedy}`;
}

/** Where secrets stand; `undefined` is any name. */
const SECRETS: readonly (readonly (string | undefined)[])[] = [
  ["repositories", undefined, "environments", undefined, "secrets"],
  ["repositories", undefined, "secrets"],
  ["organization", "secrets"],
];

/** Length of the path of the secrets that a path leads to or through. */
const secretsDepth = (path: Path): number | undefined =>
  SECRETS.find(
    (place) => place.length <= path.length && place.every((part, index) => part === undefined || part === path[index]),
  )?.length;

/** Whether a value may be a secret; which repositories see one is none. */
function isBelowSecrets(path: Path): boolean {
  const depth = secretsDepth(path);
  return depth !== undefined && path[depth + 1] !== "repositories";
}

/** Whether a path is `repositories.X.roles.R.allow[0].claims.C`. */
const isClaim = (path: Path): boolean =>
  path[0] === "repositories" && path[4] === "allow" && path[6] === "claims" && path.length === 8;

function choiceProblem(path: Path, values: readonly unknown[], { subject, schema }: Context): Problem {
  const value = valueAt(subject.value, path);
  if (value === undefined) return missingProblem(path, schema);
  const choices = values.map((each) => quote(String(each))).join(" or ");
  if (typeof value !== "string")
    return { path, message: `${nameOf(path)} is ${describeValue(value, subject.written?.(path))}: use ${choices}` };
  const meant = nearest(value, values.map(String));
  return {
    path,
    message: `${nameOf(path)} ${quote(value)}: ${meant === undefined ? `use ${choices}` : `did you mean "${meant}"?`}`,
  };
}

function sizeProblem(
  issue: Extract<Issue, { code: "too_small" | "too_big" }>,
  path: Path,
  { subject, schema }: Context,
): Problem[] {
  const limit = issue.code === "too_small" ? issue.minimum : issue.maximum;
  // Zod's own bound for whole numbers: the schema's is narrower, and is reported as well.
  if (!Number.isSafeInteger(limit) || Math.abs(Number(limit)) === Number.MAX_SAFE_INTEGER) return [];
  if (issue.origin === "array") return [{ path, message: `${nameOf(path)} is an empty list: name at least one` }];
  const value = subject.written?.(path) ?? quote(valueAt(subject.value, path));
  return [
    {
      path,
      message: `${nameOf(path)} ${value}: use at ${issue.code === "too_small" ? "least" : "most"} ${String(limit)}${firstSentence(schemasAt(schema, path))}`,
    },
  ];
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const valueAt = (root: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string | number, unknown>)[part]
        : undefined,
    root,
  );
