import type { Access } from "../config/access";
import { trustedApiUrl } from "../github/api-url";
import type { GithubInstance } from "../github/issuer";
import { UsageError } from "./usage-error";

const DEFAULT_API = "https://api.github.com/";

/**
 * Where GitHub's API is, and the token for it.
 *
 * @param env `GITHUB_TOKEN` or `GH_TOKEN`; `GITHUB_API_URL` in place of the address that follows from the file's host
 * @throws UsageError without a token, and for an address that the token must not be sent to. Never repeats the token.
 */
export function githubAccess(
  access: Access,
  env: NodeJS.ProcessEnv,
): { readonly apiUrl: string; readonly token: string } {
  const token = env["GITHUB_TOKEN"] || env["GH_TOKEN"];
  if (!token)
    throw new UsageError(
      "There is no token to read GitHub with: set GITHUB_TOKEN, with the permissions that docs/commands.md lists",
    );
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new UsageError("GITHUB_TOKEN is no token: it has spaces, line breaks or other characters that none has");
  const [account] = access.accounts;
  return {
    apiUrl: env["GITHUB_API_URL"] ? givenUrl(env["GITHUB_API_URL"]) : apiUrlOf(account?.github.instance),
    token,
  };
}

/** A server has its API below a path of its own. @see https://docs.github.com/en/enterprise-server/rest/using-the-rest-api/getting-started-with-the-rest-api */
function apiUrlOf(instance: GithubInstance | undefined): string {
  if (instance?.apiUrl === undefined) return DEFAULT_API;
  return instance.kind === "server" ? `${instance.apiUrl}api/v3/` : instance.apiUrl;
}

function givenUrl(text: string): string {
  const url = trustedApiUrl(text);
  if (url === undefined)
    throw new UsageError(
      'GITHUB_API_URL is no address that a token may be sent to: use one with "https://", as in "https://api.github.com"',
    );
  return url;
}
