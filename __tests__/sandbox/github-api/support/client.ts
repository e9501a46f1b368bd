import sodium from "libsodium-wrappers";
import type { GithubApi } from "../../../../lib/sandbox/github-api";
import { operationOf, requestProblems, responseProblems } from "./openapi";

/** An answer, its JSON parsed. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined when nothing was sent. */
  readonly body: unknown;
}

interface RequestOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Talks to a local GitHub API as a client does, and holds every exchange against GitHub's own description: what is
 * accepted must be what GitHub takes, what is answered must be what GitHub sends.
 */
export class Client {
  constructor(private readonly api: GithubApi) {}

  async request(method: string, path: string, { body, headers }: RequestOptions = {}): Promise<Received> {
    const response = await fetch(new URL(`/api/v3${path}`, this.api.url), {
      method,
      redirect: "manual",
      headers: { authorization: "Bearer anything", ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const received = {
      status: response.status,
      headers: response.headers,
      body: text === "" ? undefined : JSON.parse(text),
    };
    this.check(method, path, body, received);
    return received;
  }

  get = (path: string): Promise<Received> => this.request("GET", path);
  put = (path: string, body?: unknown): Promise<Received> => this.request("PUT", path, { body });
  post = (path: string, body: unknown): Promise<Received> => this.request("POST", path, { body });
  patch = (path: string, body: unknown): Promise<Received> => this.request("PATCH", path, { body });
  delete = (path: string): Promise<Received> => this.request("DELETE", path);

  /** Puts a secret as clients do: seals it with the key handed out for this place. */
  async putSecret(home: string, name: string, plaintext: string, more: object = {}): Promise<Received> {
    return this.put(`${home}/${name}`, { ...(await this.seal(home, plaintext)), ...more });
  }

  /** Seals a value with the key handed out for this place. */
  async seal(home: string, plaintext: string): Promise<{ encrypted_value: string; key_id: string }> {
    const { key, key_id } = (await this.get(`${home}/public-key`)).body as { key: string; key_id: string };
    await sodium.ready;
    const sealed = sodium.crypto_box_seal(plaintext, Buffer.from(key, "base64"));
    return { encrypted_value: Buffer.from(sealed).toString("base64"), key_id };
  }

  private check(method: string, path: string, body: unknown, { status, body: answer }: Received): void {
    const operation = operationOf(method, path);
    // Paths that GitHub does not describe are not there.
    if (!operation) return expect({ path, status }).toEqual({ path, status: 404 });
    expect({ operation, status, problems: responseProblems(operation, status, answer) }).toMatchObject({
      problems: [],
    });
    if (status < 300) expect({ operation, problems: requestProblems(operation, body) }).toMatchObject({ problems: [] });
  }
}
