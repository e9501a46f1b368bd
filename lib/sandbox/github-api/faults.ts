/** A request, as far as it decides whether it fails. */
export interface FailableRequest {
  readonly method: string;
  /** As it was sent, query included, without the `/api/v3` in front. */
  readonly path: string;
}

/** One failure to come. */
export interface Failure {
  /** What to answer, or "drop" to close the connection instead. @default 502 */
  readonly status?: number | "drop";
  /** @default "Server Error" */
  readonly message?: string;
  /** Headers of the answer, as `retry-after`. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Which request fails: the first one that this holds for. @default the next one */
  readonly when?: (request: FailableRequest) => boolean;
}

/** How a crash takes place. */
export interface Crash {
  /** Whether the client still hears of the last write. If not, the write happened all the same. @default true */
  readonly answerLast?: boolean;
}

/** Failures that were asked for, so that a client's way of coping with them can be seen. */
export class Faults {
  private failures: Failure[] = [];
  private crash?: { writesLeft: number; readonly answerLast: boolean };
  private down = false;

  /** Whether the server has crashed: it drops every connection until it is restarted. */
  get crashed(): boolean {
    return this.down;
  }

  failNext(failure: Failure = {}): void {
    this.failures.push(failure);
  }

  /** Crashes once this many writes have succeeded from now on. None is at once. */
  crashAfter(writes: number, { answerLast = true }: Crash = {}): void {
    this.crash = { writesLeft: writes, answerLast };
    this.down = writes <= 0;
  }

  /** Forgets all failures and a crash, past or to come. */
  clear(): void {
    this.failures = [];
    this.crash = undefined;
    this.down = false;
  }

  /** The failure of this request, if it is to fail. Each failure happens once. */
  take(request: FailableRequest): Failure | undefined {
    const index = this.failures.findIndex(({ when }) => when?.(request) ?? true);
    return index < 0 ? undefined : this.failures.splice(index, 1)[0];
  }

  /** Counts a write that succeeded. The answer is false when its client must not hear of it. */
  wrote(): boolean {
    if (!this.crash || this.down) return true;
    this.crash.writesLeft -= 1;
    this.down = this.crash.writesLeft <= 0;
    return !this.down || this.crash.answerLast;
  }
}
