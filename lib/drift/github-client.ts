import { setTimeout as sleep } from "node:timers/promises";
import type { z } from "zod";
import { boundedBody } from "./bounded-body";
import { GithubError } from "./github-error";
import { Turnstile } from "./turnstile";

export interface GithubClientOptions {
  /** Base address of the REST API, with "/" at its end. */
  readonly apiUrl: string;
  readonly token: string;
  /** Waits between attempts. @default the clock */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
  /** How long an answer may take, in milliseconds. @default 20000 */
  readonly timeout?: number;
  /** Most bytes of an answer. @default 16 MiB */
  readonly mostBytes?: number;
}

/** Requests under way at a time: GitHub asks for few. @see https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
const AT_ONCE = 8;
const ATTEMPTS = 4;
const TIMEOUT = 20_000;
/** Longest wait that GitHub may ask for before another attempt, in milliseconds. */
const LONGEST_WAIT = 60_000;
/** A repository that was renamed is one redirect away. */
const MOST_REDIRECTS = 3;
/** Of a hundred items, or of thirty: far over every limit of GitHub's. */
const MOST_PAGES = 100;
/** A page of the thirty longest variables has a tenth of it. */
const MOST_BYTES = 16 * 1024 * 1024;
/** Of a list, in answers of the most bytes. */
const MOST_OF_LIST = 4;

/** What came, and whence. */
interface Answer {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Reads GitHub's REST API. The token goes to the API's own origin and nowhere else. */
export class GithubClient {
  private readonly base: URL;
  private readonly turnstile = new Turnstile(AT_ONCE);

  constructor(private readonly options: GithubClientOptions) {
    this.base = new URL(options.apiUrl);
  }

  /**
   * What is at a path, checked against its schema.
   *
   * @param path relative to the API, each part encoded
   * @throws GithubError when GitHub refuses, does not answer, or answers something else.
   */
  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return checked(await this.fetch(new URL(path, this.base), path), path, schema);
  }

  /** Everything of a list that comes in pages. @param itemsOf the items of one page */
  async list<T, I>(path: string, schema: z.ZodType<T>, itemsOf: (page: T) => readonly I[]): Promise<I[]> {
    const items: I[] = [];
    let next: URL | undefined = new URL(path, this.base);
    let length = 0;
    for (let page = 0; next; page += 1) {
      if (page === MOST_PAGES)
        throw new GithubError(`GitHub lists more at ${path} than can be read: ${MOST_PAGES} pages`);
      const answer = await this.fetch(next, path);
      length += answer.text.length;
      if (length > MOST_OF_LIST * this.mostBytes) throw this.tooLong(`The list at ${path}`, MOST_OF_LIST);
      items.push(...itemsOf(checked(answer, path, schema)));
      next = this.nextOf(answer, path);
    }
    return items;
  }

  private get mostBytes(): number {
    return this.options.mostBytes ?? MOST_BYTES;
  }

  private tooLong(what: string, answers: number): GithubError {
    return new GithubError(
      `${what} exceeds the limit of ${answers * this.mostBytes} bytes. GitHub sends no more than that: check the address of the API`,
    );
  }

  private nextOf({ headers, url }: Answer, path: string): URL | undefined {
    const [, next] = /<([^<>]+)>;\s*rel="next"/.exec(headers.get("link") ?? "") ?? [];
    return next === undefined ? undefined : this.ownUrl(next, url, path);
  }

  /** An address that GitHub points at; the token goes to no other origin. */
  private ownUrl(target: string, from: URL, path: string): URL {
    const url = URL.canParse(target, from.href) ? new URL(target, from) : undefined;
    if (url?.origin !== this.base.origin)
      throw new GithubError(
        `${this.base.host} points at another host for ${path}, and the token goes only to ${this.base.host}: check the address of the API`,
      );
    return url;
  }

  private async fetch(first: URL, path: string): Promise<Answer> {
    let url = first;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const answer = await this.turnstile.pass(() => this.patiently(url, path));
      if (answer.status < 300) return answer;
      if (answer.status >= 400) throw new GithubError(refusal(answer, path, this.base.host));
      url = this.ownUrl(answer.headers.get("location") ?? "", url, path);
    }
    throw new GithubError(`${this.base.host} redirects in circles for ${path}: check the address of the API`);
  }

  /** Tries again what may go better: GitHub's own failures, and its plea to slow down. */
  private async patiently(url: URL, path: string): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.once(url, path);
      const pause = typeof answer === "string" ? 500 * 2 ** attempt : pauseAfter(answer, attempt);
      if (typeof answer !== "string" && (pause === undefined || attempt === ATTEMPTS)) return answer;
      if (typeof answer === "string" && attempt === ATTEMPTS)
        throw new GithubError(
          `${this.base.host} does not answer (${answer}, ${path}): check the network and the address of the API, and try again`,
        );
      await (this.options.wait ?? sleep)(pause ?? 0);
    }
  }

  /** The answer, or in a word why there is none. */
  private async once(url: URL, path: string): Promise<Answer | string> {
    try {
      const response = await fetch(url, {
        redirect: "manual",
        signal: AbortSignal.timeout(this.options.timeout ?? TIMEOUT),
        headers: {
          authorization: `Bearer ${this.options.token}`,
          accept: "application/vnd.github+json",
          "x-github-api-version": "2022-11-28",
          "user-agent": "github-oidc",
        },
      });
      const text = await boundedBody(response, this.mostBytes);
      if (text === undefined) throw this.tooLong(`The answer for ${path}`, 1);
      return { url, status: response.status, headers: response.headers, text };
    } catch (error) {
      // Another attempt would bring as much.
      if (error instanceof GithubError) throw error;
      return reasonOf(error);
    }
  }
}

/** Only the code or name of an error: its message may repeat what was sent. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name?: string; cause?: { code?: string } };
  return name === "TimeoutError" ? "no answer in time" : (cause?.code ?? name ?? "unknown error");
}

/** How long to wait before another attempt; `undefined` where that would not help. */
function pauseAfter({ status, headers }: Answer, attempt: number): number | undefined {
  if (status >= 500) return 500 * 2 ** attempt;
  if (status !== 403 && status !== 429) return undefined;
  const asked = Number(headers.get("retry-after")) * 1_000;
  return asked > 0 && asked <= LONGEST_WAIT ? asked : undefined;
}

/** @see https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api */
function refusal({ status, headers }: Answer, path: string, host: string): string {
  const isLimit =
    status === 429 || (status === 403 && (headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after")));
  if (isLimit)
    return `The token's rate limit at ${host} is used up${untilWhen(headers)}: try again then, or use a token of its own`;
  switch (status) {
    case 401:
      return `${host} does not accept the token (401): set GITHUB_TOKEN to one that is valid`;
    case 403:
      return `${host} does not let the token read ${path} (403): give it the permissions that docs/commands.md lists, and authorize it for the organization's single sign-on`;
    case 404:
      return `${host} has no ${path}, or the token may not see it (404): correct the name in the access file, or give the token the permissions that docs/commands.md lists`;
    default:
      return `${host} answers ${status} for ${path}: try again later, or see https://www.githubstatus.com`;
  }
}

function untilWhen(headers: Headers): string {
  const reset = Number(headers.get("x-ratelimit-reset"));
  return reset > 0 && reset < 1e11 ? ` until ${new Date(reset * 1_000).toISOString()}` : "";
}

function checked<T>({ text }: Answer, path: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new GithubError(
      `What answers for ${path} is not GitHub's API: it sends no JSON. Check the address of the API`,
    );
  }
  const { data, error } = schema.safeParse(json);
  if (error)
    throw new GithubError(
      `What answers for ${path} is not what GitHub describes (${error.issues[0]?.path.join(".") ?? ""}): check the address of the API`,
    );
  return data as T;
}
