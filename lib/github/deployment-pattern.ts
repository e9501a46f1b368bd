/** What a job of a pull request runs for. */
const PULL_REQUEST_REF = "refs/pull/1/merge";

/** Longest pattern that is judged: far longer than any name of a branch that Git stores. */
const MOST = 1_000;

/**
 * Whether a pattern of branches that may deploy also admits jobs of pull requests. Patterns are those of Ruby's
 * `File.fnmatch`, in which `*` crosses no "/", and `**` between slashes does. One that is too long to be judged is
 * taken for one that does.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 * @see https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 */
export const admitsPullRequests = (pattern: string): boolean =>
  pattern.length > MOST || (expressionOf(pattern)?.test(PULL_REQUEST_REF) ?? false);

/** The pattern as a regular expression; `undefined` for one that is none. */
function expressionOf(pattern: string): RegExp | undefined {
  // Behind the last "]" no set of characters ends: to look for its end from every "[" would take quadratic time.
  const end = pattern.lastIndexOf("]") + 1;
  const source = sourceOf(pattern.slice(0, end), TOKENS) + sourceOf(pattern.slice(end), TOKENS_WITHOUT_SETS);
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}

/** A run of double asterisks is worth one: as many loops beside each other would try every way to share the text. */
const TOKENS = /(?:\*\*\/)+|\*+|\?|\[!?[^\]]*\]|\\.|[^A-Za-z0-9]/g;
const TOKENS_WITHOUT_SETS = /(?:\*\*\/)+|\*+|\?|\\.|[^A-Za-z0-9]/g;

function sourceOf(pattern: string, tokens: RegExp): string {
  return pattern.replaceAll(tokens, (token) => {
    if (token.startsWith("**/")) return "(?:[^/]+/)*";
    if (token.startsWith("*")) return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.startsWith("[")) return token.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return `\\${token.slice(-1)}`;
  });
}
