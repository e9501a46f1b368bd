import type { Clock } from "./clock";
import { storedName, type ValueKind } from "./names";
import { invalid, notFound } from "./refusal";
import type { Sharing } from "./sharing";

/** What variables and secrets have in common. */
export interface NamedValue {
  /** In upper case, as GitHub keeps it. */
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  /** Only on an organization's values. */
  readonly sharing?: Sharing;
}

/** Where a set of values lives, and what bounds it. */
export interface ValueHome {
  readonly clock: Clock;
  /** How many values GitHub lets it hold. */
  readonly limit: number;
  /** Who sees a value of which that was not said. Only organizations share theirs. */
  readonly sharing?: Sharing;
  /** Throws when the account's plan has no such values. */
  readonly checkPlan?: () => void;
}

/** A set of values by name, one per name whatever its case. */
export abstract class NamedValues<T extends NamedValue> {
  private readonly entries = new Map<string, T>();

  constructor(
    protected readonly kind: ValueKind,
    protected readonly home: ValueHome,
  ) {}

  /** All values, by name. */
  list(): T[] {
    return [...this.entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** The value of that name, or undefined. */
  find(name: string): T | undefined {
    return this.entries.get(storedName(name));
  }

  /** The value of that name; refused when there is none. */
  get(name: string): T {
    const value = this.find(name);
    if (!value) throw notFound();
    return value;
  }

  delete(name: string): void {
    if (!this.entries.delete(storedName(name))) throw notFound();
  }

  protected keep(value: T): void {
    this.entries.set(value.name, value);
  }

  /** Refuses one value more than the set may hold. */
  protected checkRoom(): void {
    if (this.entries.size >= this.home.limit)
      throw invalid(`${this.kind} limit reached: at most ${this.home.limit} can be kept here.`);
  }
}
