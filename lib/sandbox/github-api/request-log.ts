/** A request that was answered, or dropped. Bodies are not kept: they may hold secrets. */
export interface RecordedRequest {
  /** What the answer carried as `x-github-request-id`. */
  readonly id: string;
  readonly method: string;
  /** As it was sent, query included, without the `/api/v3` in front. */
  readonly path: string;
  /** The status sent, or "dropped" when the connection was closed instead. */
  readonly status: number | "dropped";
  /** What went wrong inside the server, behind a status of 500. */
  readonly error?: unknown;
}

/** How many requests are remembered. */
const CAPACITY = 10_000;

/** The latest requests, oldest first. */
export class RequestLog {
  private kept: RecordedRequest[] = [];

  constructor(private readonly listener: (request: RecordedRequest) => void = () => undefined) {}

  get requests(): readonly RecordedRequest[] {
    return this.kept;
  }

  add(request: RecordedRequest): void {
    this.kept.push(request);
    // Halving now and then is cheaper than shifting every time.
    if (this.kept.length > CAPACITY) this.kept = this.kept.slice(-CAPACITY / 2);
    this.listener(request);
  }

  /** Forgets what came so far. */
  clear(): void {
    this.kept = [];
  }
}
