import fc from "fast-check";
import { commentBody, type Stamp, stampIn } from "../../../review/src/comment/marker";
import { type Comment, type Comments, writeSticky } from "../../../review/src/comment/sticky-comment";
import { runs } from "../../support/runs";

const AUTHOR = "github-actions[bot]";
const stamp = (number: number, more: Partial<Stamp> = {}): Stamp => ({
  workflow: "plan",
  number,
  attempt: 1,
  head: "0".repeat(40),
  digest: String(number),
  ...more,
});

/** The comments on a pull request, every request of which takes until the scheduler lets it through, there and back. */
class Store {
  private readonly kept = new Map<number, Comment>();
  private last = 0;

  constructor(private readonly scheduler?: fc.Scheduler) {}

  get stamps(): (Stamp | undefined)[] {
    return [...this.kept.values()].map(({ body }) => stampIn(body));
  }

  add(body: string): Comment {
    const comment = { id: (this.last += 1), author: AUTHOR, body, url: `#${this.last}` };
    this.kept.set(comment.id, comment);
    return comment;
  }

  /** As one run sees them. */
  client(): Comments {
    return {
      list: () => this.request(() => [...this.kept.values()]),
      create: (body) => this.request(() => this.add(body)),
      update: (id, body) => this.request(() => this.change(id, body)),
      delete: (id) => this.request(() => void this.kept.delete(id)),
    };
  }

  private change(id: number, body: string): Comment | undefined {
    const comment = this.kept.get(id);
    if (comment) this.kept.set(id, { ...comment, body });
    return this.kept.get(id);
  }

  private async request<T>(work: () => T): Promise<T> {
    await this.scheduler?.schedule(Promise.resolve(), "there");
    const answer = work();
    await this.scheduler?.schedule(Promise.resolve(), "back");
    return answer;
  }
}

const write = (store: Store, of: Stamp) =>
  writeSticky(store.client(), { key: "k", author: AUTHOR, stamp: of, text: "text" });

/** Runs that write at once, in whatever order their requests come through. */
async function race(
  scheduler: fc.Scheduler,
  before: readonly Stamp[],
  stamps: readonly Stamp[],
): Promise<(Stamp | undefined)[]> {
  const store = new Store(scheduler);
  for (const each of before) store.add(commentBody("k", each, "text"));
  const all = Promise.all(stamps.map((each) => write(store, each)));
  await scheduler.waitFor(all);
  return store.stamps;
}

describe("two runs that write at once", () => {
  test("leave one comment, of one of them, whatever the order of their requests", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.integer({ min: 0, max: 1 }), { maxLength: 2 }),
        fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 }),
        async (scheduler, before, numbers) => {
          const left = await race(
            scheduler,
            before.map((number) => stamp(0, { digest: String(number) })),
            numbers.map((number) => stamp(number)),
          );
          expect(left).toHaveLength(1);
          expect(numbers).toContain(left[0]?.number);
        },
      ),
      { numRuns: runs(1_000) },
    );
  });

  test("where there was no comment, leave that of the later", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        expect(await race(scheduler, [], [stamp(1), stamp(2)])).toEqual([stamp(2)]);
      }),
      { numRuns: runs(500) },
    );
  });
});

/** An earlier run, whose change of the comment comes through once the later run has looked so often. */
async function changeBehind(looks: number): Promise<(Stamp | undefined)[]> {
  const store = new Store();
  const { id } = store.add(commentBody("k", stamp(0), "text"));
  const client = store.client();
  let looked = 0;
  const counted: Comments = {
    ...client,
    list: async () => {
      const listed = await client.list();
      if ((looked += 1) === looks) await client.update(id, commentBody("k", stamp(1), "text"));
      return listed;
    },
  };
  await writeSticky(counted, { key: "k", author: AUTHOR, stamp: stamp(2), text: "text" });
  return store.stamps;
}

// GitHub has no write that depends on what is there: which run has the last word is a matter of the order alone.
describe("an earlier run that changes a comment which was there before both", () => {
  test("is overwritten where it does so before the later run writes", async () => {
    expect(await changeBehind(1)).toEqual([stamp(2)]);
  });

  test("has the last word where it does so behind the last look of the later run", async () => {
    expect(await changeBehind(2)).toEqual([stamp(1)]);
  });
});

describe("a run after another", () => {
  test.each<[string, Stamp, Stamp, boolean]>([
    ["a later run", stamp(1), stamp(2), true],
    ["an earlier run", stamp(2), stamp(1), false],
    ["a later attempt", stamp(1), stamp(1, { attempt: 2 }), true],
    ["an earlier attempt", stamp(1, { attempt: 2 }), stamp(1), false],
    ["an earlier run's later attempt", stamp(2), stamp(1, { attempt: 3 }), false],
    ["the same run with another text", stamp(1), stamp(1, { digest: "x" }), true],
    ["a run of another workflow", stamp(9), stamp(1, { workflow: "other" }), true],
  ])("writes as %s should", async (_, before, after, isWritten) => {
    const store = new Store();
    await write(store, before);
    const { isLater } = await write(store, after);
    expect({ stamps: store.stamps, isLater }).toEqual({ stamps: [isWritten ? after : before], isLater: !isWritten });
  });
});

test("A comment that GitHub does not list yet is not created again", async () => {
  const store = new Store();
  const client: Comments = { ...store.client(), list: () => Promise.resolve([]) };
  await writeSticky(client, { key: "k", author: AUTHOR, stamp: stamp(1), text: "text" });
  expect(store.stamps).toHaveLength(1);
});

test("A comment that is deleted whenever it is changed ends in an error, not in a loop", async () => {
  const store = new Store();
  store.add(commentBody("k", stamp(0), "text"));
  const client: Comments = { ...store.client(), update: () => Promise.resolve(undefined) };
  await expect(writeSticky(client, { key: "k", author: AUTHOR, stamp: stamp(1), text: "text" })).rejects.toThrow(
    "deleted again and again",
  );
});
