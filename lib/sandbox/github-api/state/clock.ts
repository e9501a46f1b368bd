/**
 * Timestamps in GitHub's form, whole seconds in UTC.
 *
 * Clients notice that a secret changed by its `updated_at` alone, so two writes must never share one: a write within
 * the same second is dated one second later, and a burst of writes runs a little ahead of the wall clock.
 */
export class Clock {
  private last = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** The time of a write: later than that of every write before it. */
  tick(): string {
    this.last = Math.max(Math.floor(this.now() / 1000), this.last + 1);
    return new Date(this.last * 1000).toISOString().replace(".000Z", "Z");
  }
}
