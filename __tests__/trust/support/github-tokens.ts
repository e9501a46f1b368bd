import { CHARACTER, concat, star, textExpression, union } from "./smt-text";
import {
  always,
  DIGITS,
  id,
  LETTERS,
  many,
  ranges,
  shape,
  someText,
  type TextParts,
  type TokenShape,
  variable,
} from "./smt-tokens";

/** Texts that are in the one language and in none of the others. */
const without = (expression: string, ...others: readonly string[]): string =>
  `(re.inter ${expression} (re.comp ${union(others)}))`;
const perhaps = (expression: string): string => `(re.opt ${expression})`;
const ANY = star(CHARACTER);
const around = (text: string): string => concat([ANY, textExpression(text), ANY]);
const before = (text: string): string => concat([textExpression(text), ANY]);
const behind = (text: string): string => concat([ANY, textExpression(text)]);

const WORD = many(ranges(...LETTERS));
/** @see https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference */
const LOGIN = concat([WORD, star(concat([textExpression("-"), WORD])), perhaps(concat([textExpression("_"), WORD]))]);
const OWNER = variable("owner", LOGIN, /^[A-Za-z0-9_-]$/, "owner");
const NAME_CHARACTERS = many(ranges(...LETTERS, ".", "_", "-"));
const REPOSITORY = without(NAME_CHARACTERS, textExpression("."), textExpression(".."), behind(".git"), behind(".wiki"));
const NAME = variable("name", REPOSITORY, /^[A-Za-z0-9._-]$/, "name");
const OWNER_ID = id("repository_owner_id");
const REPOSITORY_ID = id("repository_id");

/** @see https://git-scm.com/docs/git-check-ref-format */
const REF_NAME = without(
  many(ranges("!)", "+9", ";>", "@Z", "]", "_}")),
  ...["..", "//", "/.", "@{", ".lock/"].map(around),
  ...["/", "."].map(before),
  ...["/", ".", ".lock"].map(behind),
);
const BRANCH = variable("branch", REF_NAME, /^[!-)+-9;->@-Z\]_-}]$/, "main");
const PULL_REQUEST = id("pull_request");

/** A workflow at a branch, a tag, the merge of a pull request or a commit. */
const CALLED = variable(
  "job_workflow_ref",
  concat([
    LOGIN,
    textExpression("/"),
    REPOSITORY,
    textExpression("/.github/workflows/"),
    NAME_CHARACTERS,
    union([".yml@", ".yaml@"].map(textExpression)),
    union([
      concat([union(["refs/heads/", "refs/tags/"].map(textExpression)), REF_NAME]),
      concat([textExpression("refs/pull/"), DIGITS, textExpression("/merge")]),
      `((_ re.^ 40) ${ranges("af", "09")})`,
    ]),
  ]),
  /^[!-~]$/,
  "owner/name/.github/workflows/ci.yml@refs/heads/main",
);
const ACTOR = variable("actor", concat([LOGIN, perhaps(textExpression("[bot]"))]), /^[A-Za-z0-9_[\]-]$/, "octocat");

/** Parts of an environment's name, which has no space at either end. */
const NO_COLON = many(ranges(" 9", ";~"));
const ENVIRONMENT = variable("environment", without(NO_COLON, before(" "), behind(" ")), /^[ -9;-~]$/, "environment");
const REST = variable("environment_rest", without(NO_COLON, before(" "), behind(" ")), /^[ -9;-~]$/, "rest");

const REFS: Readonly<Record<string, TextParts>> = {
  branch: ["refs/heads/", BRANCH],
  tag: ["refs/tags/", BRANCH],
  "pull request": ["refs/pull/", PULL_REQUEST, "/merge"],
};

/** Names of environments, as the claim has them and as the subject does: GitHub encodes colons there. */
const ENVIRONMENTS: Readonly<Record<string, { readonly claim: TextParts; readonly subject: TextParts }>> = {
  environment: { claim: [ENVIRONMENT], subject: [ENVIRONMENT] },
  "environment with a colon": { claim: [ENVIRONMENT, ":", REST], subject: [ENVIRONMENT, "%3A", REST] },
};

const PREFIXES: Readonly<Record<string, TextParts>> = {
  names: ["repo:", OWNER, "/", NAME],
  ids: ["repo:", OWNER, "@", OWNER_ID, "/", NAME, "@", REPOSITORY_ID],
};

const githubShape = (name: string, sub: TextParts, ref: TextParts, environment: TextParts | undefined): TokenShape =>
  shape(name, {
    sub: always(...sub),
    aud: always(someText("aud")),
    repository: always(OWNER, "/", NAME),
    repository_id: always(REPOSITORY_ID),
    repository_owner_id: always(OWNER_ID),
    ref: always(...ref),
    actor: always(ACTOR),
    actor_id: always(id("actor_id")),
    workflow: always(someText("workflow")),
    job_workflow_ref: always(CALLED),
    ...(environment ? { environment: always(...environment) } : {}),
    enterprise_id: { text: [id("enterprise_id")], isPresent: "hasEnterprise" },
  });

/**
 * Tokens as GitHub mints them where no subject template is set: a subject that agrees with `repository`, `ref`
 * and `environment`.
 *
 * @see https://docs.github.com/en/actions/reference/security/oidc
 */
export const GITHUB_TOKENS: readonly TokenShape[] = Object.entries(PREFIXES).flatMap(([form, prefix]) => [
  ...Object.entries(REFS).map(([kind, ref]) => {
    const context: TextParts = kind === "pull request" ? [":pull_request"] : [":ref:", ...ref];
    return githubShape(`${kind}, subject of ${form}`, [...prefix, ...context], ref, undefined);
  }),
  ...Object.entries(ENVIRONMENTS).flatMap(([kind, { claim, subject }]) =>
    Object.entries(REFS).map(([refKind, ref]) =>
      githubShape(`${kind}, ${refKind}, subject of ${form}`, [...prefix, ":environment:", ...subject], ref, claim),
    ),
  ),
]);
