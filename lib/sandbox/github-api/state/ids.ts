/** Numeric ids: unique over everything the server holds, so that one used in the wrong place is never found. */
export class Ids {
  private readonly taken = new Set<number>();
  private last = 1000;

  /** The id asked for, or the next free one. */
  take(wanted?: number): number {
    const id = wanted ?? this.next();
    if (!Number.isSafeInteger(id) || id <= 0) throw new Error(`An id is a positive whole number, not ${id}`);
    if (this.taken.has(id)) throw new Error(`Id ${id} is given out already`);
    this.taken.add(id);
    return id;
  }

  private next(): number {
    do this.last += 1;
    while (this.taken.has(this.last));
    return this.last;
  }
}
