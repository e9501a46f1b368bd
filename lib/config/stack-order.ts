import { quote, renderPath, type Path, type Problem } from "../yaml/problem";

/**
 * Which stacks are applied before which. A stack waits for another that makes an environment into which
 * it puts values.
 */
export class StackOrder {
  /** Account to the accounts that it waits for, each with the place in the file that makes it wait. */
  private readonly waits = new Map<string, Map<string, Path>>();

  /** @param path what makes the account wait: the environment's own account */
  wait(account: string, owner: string, path: Path): void {
    const waits = this.waits.get(account) ?? new Map<string, Path>();
    this.waits.set(account, waits);
    if (!waits.has(owner)) waits.set(owner, path);
  }

  /** The accounts that one waits for. */
  of(account: string): string[] {
    return [...(this.waits.get(account)?.keys() ?? [])];
  }

  /** The accounts, each behind those that it waits for and otherwise as given; reports those that wait for each other. */
  sorted<T extends { readonly name: string }>(accounts: readonly T[], report: (problem: Problem) => void): T[] {
    const byName = new Map(accounts.map((account) => [account.name, account]));
    return [...this.inOrder([...byName.keys()], report)].flatMap((name) => byName.get(name) ?? []);
  }

  private inOrder(accounts: readonly string[], report: (problem: Problem) => void): Set<string> {
    const placed = new Set<string>();
    for (const account of accounts) {
      // Each waits for the one behind it.
      const trail = [account];
      for (let last = trail.at(-1); last !== undefined; last = trail.at(-1)) {
        const next = this.of(last).find((each) => !placed.has(each));
        if (next === undefined) {
          placed.add(last);
          trail.pop();
        } else if (trail.includes(next)) this.breakCircle(trail.slice(trail.indexOf(next)), report);
        else trail.push(next);
      }
    }
    return placed;
  }

  private breakCircle(circle: readonly string[], report: (problem: Problem) => void): void {
    const places = circle
      .map((account, index) => ({ account, owner: circle[(index + 1) % circle.length] ?? "" }))
      .map((each) => ({ ...each, path: this.waits.get(each.account)?.get(each.owner) ?? [] }));
    const last = places.at(-1);
    if (!last) return;
    const others = places
      .slice(0, -1)
      .map(({ account, owner, path }) => `${quote(account)} for ${quote(owner)} at ${renderPath(path)}`);
    report({
      path: last.path,
      message: `stack ${quote(last.account)} waits here for ${quote(last.owner)}, which makes the environment, and ${others.join(", ")}: none could be applied first, let one account make all of these environments`,
    });
    this.waits.get(last.account)?.delete(last.owner);
  }
}
