/** Numeric ids. Those given out without being asked for are unique over everything the server holds. */
export class Ids {
  private readonly taken: Set<number>;
  private last = 1000;

  /** @param wanted ids that will be asked for, so that none of them is given away before */
  constructor(wanted: readonly (number | undefined)[] = []) {
    this.taken = new Set(wanted.filter((id) => id !== undefined));
  }

  /** The id asked for, or the next free one. */
  take(wanted?: number): number {
    const id = wanted ?? this.next();
    if (!Number.isSafeInteger(id) || id <= 0) throw new Error(`An id is a positive whole number, not ${id}`);
    this.taken.add(id);
    return id;
  }

  private next(): number {
    do this.last += 1;
    while (this.taken.has(this.last));
    return this.last;
  }
}
