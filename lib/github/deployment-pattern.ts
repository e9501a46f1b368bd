/** What a job of a pull request runs for. */
const PULL_REQUEST_REF = "refs/pull/1/merge";

/**
 * Whether a pattern of branches that may deploy also admits jobs of pull requests. Patterns are those of Ruby's
 * `File.fnmatch`, in which `*` crosses no "/", and `**` between slashes does.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
 * @see https://docs.ruby-lang.org/en/master/File.html#method-c-fnmatch
 */
export const admitsPullRequests = (pattern: string): boolean => expressionOf(pattern)?.test(PULL_REQUEST_REF) ?? false;

/** The pattern as a regular expression; `undefined` for one that is none. */
function expressionOf(pattern: string): RegExp | undefined {
  const source = pattern.replaceAll(/\*\*\/|\*+|\?|\[!?[^\]]*\]|\\.|[^A-Za-z0-9]/g, (token) => {
    if (token === "**/") return "(?:[^/]+/)*";
    if (token.startsWith("*")) return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.startsWith("[")) return token.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return `\\${token.slice(-1)}`;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
