import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Faults, type Crash, type Failure } from "./faults";
import { createApp } from "./http/app";
import { RateLimit } from "./http/rate-limit";
import { RequestLog, type RecordedRequest } from "./request-log";
import { sealingReady } from "./state/sealing-key";
import type { GithubSeed } from "./state/seed";
import { GithubState } from "./state/state";
import { closeServer, listenOnLoopback, LOOPBACK } from "../loopback";

/** Only this machine reaches the server: it keeps secrets in plaintext. */

/** How the server behaves. */
export interface ServerOptions {
  /** @default any free port */
  readonly port?: number;
  /** The token that is accepted. @default any token, but not none */
  readonly token?: string;
  /** Requests per hour. @default 15000, what GitHub grants on Enterprise */
  readonly requestsPerHour?: number;
  /** Told of every request once it is answered. */
  readonly onRequest?: (request: RecordedRequest) => void;
}

/** What the server holds: what is described, or what another server left behind. */
export type GithubApiOptions = ServerOptions &
  ((GithubSeed & { readonly state?: undefined }) | { readonly state: GithubState });

/** GitHub's REST API on this machine, as far as environments, protected branches, variables, secrets, subject templates and comments on pull requests go. */
export class GithubApi {
  private server?: Server;
  private boundPort: number;
  private readonly faults = new Faults();
  private readonly log: RequestLog;
  private readonly rateLimit: RateLimit;

  private constructor(
    /** What arrived. Changing it is acting as a person on GitHub's pages. */
    readonly state: GithubState,
    private readonly options: ServerOptions,
  ) {
    this.boundPort = options.port ?? 0;
    this.log = new RequestLog(options.onRequest);
    this.rateLimit = new RateLimit(options.requestsPerHour ?? 15_000);
  }

  /** Starts a server on the loopback interface. */
  static async start(options: GithubApiOptions = {}): Promise<GithubApi> {
    await sealingReady;
    const api = new GithubApi(options.state ?? new GithubState(options), options);
    await api.listen();
    return api;
  }

  get port(): number {
    return this.boundPort;
  }

  /** What a client takes for the address of its GitHub. */
  get url(): string {
    return `http://${LOOPBACK}:${this.port}/`;
  }

  /** The latest requests, oldest first. */
  get requests(): readonly RecordedRequest[] {
    return this.log.requests;
  }

  /** Forgets the requests so far. */
  clearRequests(): void {
    this.log.clear();
  }

  /** Makes a request to come fail, once. */
  failNext(failure?: Failure): void {
    this.faults.failNext(failure);
  }

  /** Dies once this many writes have succeeded from now on: from then every connection is dropped until `restart`. */
  crashAfter(writes: number, crash?: Crash): void {
    this.faults.crashAfter(writes, crash);
  }

  /** Whether it died and was not restarted. */
  get crashed(): boolean {
    return this.faults.crashed;
  }

  /** Starts over on the same port with what it held, without the failures that were asked for. */
  async restart(): Promise<void> {
    await this.stop();
    this.faults.clear();
    await this.listen();
  }

  /** Closes every connection and stops listening. What it held can still be read. */
  async stop(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (server) await closeServer(server);
  }

  private async listen(): Promise<void> {
    const server = createServer();
    await listenOnLoopback(server, this.boundPort);
    this.server = server;
    this.boundPort = (server.address() as AddressInfo).port;
    server.on("request", this.listener());
  }

  private listener(): ReturnType<typeof getRequestListener> {
    const { token } = this.options;
    const app = createApp({
      state: this.state,
      server: this.url.slice(0, -1),
      acceptsToken: (offered) => token === undefined || offered === token,
      faults: this.faults,
      log: this.log,
      rateLimit: this.rateLimit,
    });
    return getRequestListener(app.fetch);
  }
}
