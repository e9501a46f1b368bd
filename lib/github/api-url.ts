/** The address of GitHub's API as its clients take it, with "/" at its end; `undefined` for one that a token must not be sent to. */
export function trustedApiUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback = url !== undefined && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname);
  if (
    !url ||
    !(url.protocol === "https:" || (url.protocol === "http:" && isLoopback)) ||
    url.username ||
    url.password ||
    url.search ||
    url.hash
  )
    return undefined;
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}
