/**
 * What GitHub accepts as a name. Each rule answers `undefined` for a good name and otherwise a
 * sentence fragment that says what is allowed, so that a caller can quote the value and the rule.
 */

/** Says what a name must be like, or `undefined` when it is fine. */
export type NameRule = (name: string) => string | undefined;

const rule =
  (accepts: (name: string) => boolean, remedy: string): NameRule =>
  (name) =>
    accepts(name) ? undefined : remedy;

/**
 * Login of a user or an organization: up to 39 letters, digits and single hyphens. Managed users of
 * an enterprise carry its short code behind an underscore (`octocat_acme`).
 *
 * @see https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
export const ownerLoginRule = rule(
  (name) => name.length <= 39 && /^[A-Za-z0-9](?:-?[A-Za-z0-9])*(?:_[A-Za-z0-9]+)?$/.test(name),
  "use a GitHub login: up to 39 letters, digits and single hyphens",
);

/**
 * Name of a repository, without its owner.
 *
 * @see https://docs.github.com/en/rest/repos/repos#create-an-organization-repository
 */
export const repositoryNameRule = rule(
  (name) => /^[A-Za-z0-9._-]{1,100}$/.test(name) && !/^\.{1,2}$/.test(name) && !/\.(git|wiki)$/i.test(name),
  'use a repository name: up to 100 letters, digits, ".", "_" and "-", without the owner and not ending in ".git"',
);

/** The part of a team's address behind the organization: `github.com/orgs/OWNER/teams/SLUG`. */
export const teamSlugRule = rule(
  (name) => /^[a-z0-9_](?:[a-z0-9_-]{0,253}[a-z0-9_])?$/.test(name),
  "use the team's slug as its address shows it: lower-case letters, digits, hyphens and underscores, without the organization",
);

/** Most characters of an environment's name. */
export const ENVIRONMENT_NAME_LENGTH = 255;

/**
 * Name of a deployment environment. Wildcards and "${" are left out on purpose: in a trust policy
 * they would mean something else than themselves. So is "%3A": GitHub encodes only ":" in a subject,
 * so that the environments "a:b" and "a%3Ab" of one repository may mint the same one.
 *
 * @see https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
 */
export const environmentNameRule: NameRule = (name) => {
  if (name.length === 0 || name.length > ENVIRONMENT_NAME_LENGTH)
    return `use 1 to ${ENVIRONMENT_NAME_LENGTH} characters, this has ${name.length}`;
  if (hasControlCharacter(name)) return "remove the control characters";
  if (name !== name.trim()) return "remove the space at its start or end";
  if (/[*?]/.test(name))
    return 'remove "*" and "?": an environment is one name, and in a trust policy these are wildcards';
  if (/[$%]\{/.test(name)) return 'remove "${" and "%{": IAM and Terraform read them as expressions';
  if (/%3a/i.test(name)) return 'write ":" instead of "%3A": both would mint the same subject';
  return undefined;
};

/** Environment of a filter or claim: a name, or a pattern of names that is not all of them. */
export const environmentPatternRule: NameRule = (text) =>
  environmentNameRule(text.replaceAll(/[*?]/g, "x")) ??
  (/^[*?]+$/.test(text)
    ? "name an environment: a wildcard alone admits whatever environment a contributor makes up"
    : undefined);

/**
 * Name of a variable or secret. GitHub keeps names in upper case; a name in another spelling would
 * show as a difference, or collide with itself.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/variables#naming-conventions-for-configuration-variables
 */
export const variableNameRule: NameRule = (name) => {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return "use letters, digits and underscores, not starting with a digit";
  if (/^GITHUB_/i.test(name)) return 'choose a name that does not start with "GITHUB_": GitHub keeps those for itself';
  if (name !== name.toUpperCase()) return `write "${name.toUpperCase()}": GitHub stores names in upper case`;
  return undefined;
};

/** Numeric id that GitHub gives to an account or a repository and never again to another. */
export const numericIdRule = rule((id) => /^[1-9][0-9]{0,19}$/.test(id), "use GitHub's numeric id: digits only");

/** Slug of an enterprise, as in `github.com/enterprises/SLUG`. */
export const enterpriseSlugRule = rule(
  (slug) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,58}[A-Za-z0-9])?$/.test(slug),
  "use the enterprise's slug as its address shows it: letters, digits and hyphens",
);

/**
 * Name, or pattern with `*` and `?`, of a branch or tag without `refs/heads/` or `refs/tags/`. The
 * rules are those of `git check-ref-format`; the wildcards are no part of any ref, so they can only
 * be meant as a pattern.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export const refNameRule: NameRule = (name) => {
  if (name === "") return "name a branch or tag";
  if (name.length > 244) return `use at most 244 characters, this has ${name.length}`;
  if (hasControlCharacter(name) || /[ ~^:[\\]/.test(name))
    return 'remove spaces, control characters and "~", "^", ":", "[", "\\": git allows none of them in a ref';
  const [, short] = /^refs\/(?:heads|tags)\/(.+)$/.exec(name) ?? [];
  if (short !== undefined) return `write "${short}": the "refs/…/" is added`;
  if (name.startsWith("refs/")) return 'name a branch or tag: nothing else of "refs/" is one';
  if (name === "@" || /@\{|\.\.|\/\/|\/\.|^[./-]|[./]$|\.lock(\/|$)/.test(name))
    return "use a name that git accepts: see git check-ref-format";
  if (/[$%]\{/.test(name)) return 'remove "${" and "%{": IAM and Terraform read them as expressions';
  return undefined;
};

/**
 * Pattern of a deployment branch or tag policy, in the syntax of Ruby's `File.fnmatch`.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments#deployment-branches-and-tags
 */
export const deploymentPatternRule: NameRule = (pattern) => {
  if (pattern === "" || pattern.length > 255) return "use a pattern of 1 to 255 characters";
  if (hasControlCharacter(pattern) || /\s/.test(pattern))
    return "remove spaces and control characters: no branch or tag has them";
  if (pattern.startsWith("refs/heads/") || pattern.startsWith("refs/tags/"))
    return `write "${pattern.replace(/^refs\/(heads|tags)\//, "")}": GitHub compares the pattern with the name alone`;
  return undefined;
};

/** Name of a branch that gets protection of its own: no pattern. */
export const protectedBranchRule: NameRule = (name) =>
  hasWildcard(name)
    ? 'name each branch: GitHub protects patterns only through an API that is not used here; "deployFrom: {branches: [PATTERN]}" needs no protected branch'
    : refNameRule(name);

/** Whether a branch or tag was given as a pattern: no ref has these characters in its name. */
export const hasWildcard = (text: string): boolean => /[*?]/.test(text);

/** Whether the text holds a character that no name, and no terminal, should see. */
export function hasControlCharacter(text: string): boolean {
  return /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text);
}

/** `owner/name` taken apart, or `undefined` when it is not of that form. */
export function splitFullName(fullName: string): { owner: string; name: string } | undefined {
  const [owner, name, ...rest] = fullName.split("/");
  if (owner === undefined || name === undefined || rest.length > 0) return undefined;
  return ownerLoginRule(owner) || repositoryNameRule(name) ? undefined : { owner, name };
}
