const HOUR = 3600;

/** Counts requests by the hour, as GitHub does for every token. */
export class RateLimit {
  private used = 0;
  private reset = 0;

  constructor(
    private readonly limit: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts a request; false when there is none left in this hour. */
  take(): boolean {
    const second = Math.floor(this.now() / 1000);
    if (second >= this.reset) {
      this.reset = second + HOUR;
      this.used = 0;
    }
    if (this.used >= this.limit) return false;
    this.used += 1;
    return true;
  }

  /** Takes a request back: one that is answered 304 does not count. */
  giveBack(): void {
    this.used = Math.max(0, this.used - 1);
  }

  get headers(): Readonly<Record<string, string>> {
    return {
      "x-ratelimit-limit": String(this.limit),
      "x-ratelimit-remaining": String(this.limit - this.used),
      "x-ratelimit-used": String(this.used),
      "x-ratelimit-reset": String(this.reset),
      "x-ratelimit-resource": "core",
    };
  }
}
