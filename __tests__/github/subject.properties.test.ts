import fc from "fast-check";
import {
  environmentNameRule,
  numericIdRule,
  ownerLoginRule,
  refNameRule,
  repositoryNameRule,
} from "../../lib/github/names";
import {
  formatContext,
  formatPrefix,
  formatSubject,
  parseContext,
  parsePrefix,
  parseSubject,
  type JobContext,
  type SubjectPrefix,
} from "../../lib/github/subject";
import { casesMet, runs } from "../support/runs";

const text = (alphabet: string, rule: (value: string) => string | undefined, maxLength = 8): fc.Arbitrary<string> =>
  fc
    .string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength })
    .filter((value) => rule(value) === undefined);

const owner = text("aB0-_", ownerLoginRule);
const repository = text("aB0-_.", repositoryNameRule);
const id = text("0179", numericIdRule);
/** All that a subject could stumble over: colons, what encodes them, slashes and at signs. */
const environment = fc.oneof(
  text("a:%3A/@ ", environmentNameRule, 12),
  fc.constantFrom("pull_request", "ref:refs/heads/main", "environment:x", ":", "%3", "3A:"),
);
/** Names and patterns; below the folder of the merge queues as well. */
const ref = fc.oneof(text("a%3A/@*?-", refNameRule, 12), fc.constantFrom("gh-readonly-queue/x", "pr-1", "main/pr-1"));
const isQueue = (branch: string): boolean => parseContext(`ref:refs/heads/${branch}`)?.kind === "mergeQueue";

const prefix: fc.Arbitrary<SubjectPrefix> = fc.oneof(
  fc.record({ form: fc.constant("name" as const), owner, repository }),
  fc.record({ form: fc.constant("immutable" as const), owner, ownerId: id, repository, repositoryId: id }),
);

const context: fc.Arbitrary<JobContext> = fc.oneof(
  environment.map((name): JobContext => ({ kind: "environment", environment: name })),
  ref.filter((name) => !isQueue(name)).map((branch): JobContext => ({ kind: "branch", branch })),
  ref.map((tag): JobContext => ({ kind: "tag", tag })),
  fc.constant<JobContext>({ kind: "pullRequest" }),
  fc.constant<JobContext>({ kind: "any" }),
  ref.map((base): JobContext => ({ kind: "mergeQueue", base })),
  fc.record({
    kind: fc.constant("mergeQueue" as const),
    base: ref,
    entry: fc.constantFrom("pr-7-3f9a", "pr-1-%3A", "pr-x"),
  }),
);

/** Mostly what is right there, now and then something else. */
const mostly = (right: readonly string[], wrong: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...right) }, { weight: 1, arbitrary: fc.constantFrom(...wrong) });

/** Subjects of which some can be read, and the others nearly so. */
const nearSubject = fc
  .tuple(
    mostly(["repo:"], ["repo", "REPO:", "repository:", ""]),
    mostly(["o", "o@1"], ["o@", "o*", "o@x", ""]),
    mostly(["/"], ["", "//", ":"]),
    mostly(["r", "r@2", "r.x"], ["r@*", "r?", "", "r/s"]),
    mostly([":"], ["::", "", ":*:"]),
    mostly(
      [
        "environment:",
        "ref:refs/heads/",
        "ref:refs/tags/",
        "ref:refs/heads/gh-readonly-queue/main/",
        "pull_request",
        "*",
      ],
      ["ref:", ""],
    ),
    fc.string({
      unit: mostly(["a", "%3A", "/", "pr-", "gh-readonly-queue/"], ["%3a", ":", "%", "*", "\n", "é"]),
      maxLength: 4,
    }),
  )
  .map((pieces) => pieces.join(""));

describe("every subject", () => {
  test("that is written is read back as the same", () => {
    fc.assert(
      fc.property(prefix, context, (before, job) =>
        expect(parseSubject(formatSubject({ prefix: before, context: job }))).toEqual({ prefix: before, context: job }),
      ),
      { numRuns: runs(1_000) },
    );
  });

  test("says its prefix, also where a customised template goes on behind it, or not at all", () => {
    fc.assert(
      fc.property(
        prefix,
        fc.oneof(
          fc.constant(""),
          context.map((job) => `:${formatContext(job)}:actor:octocat`),
        ),
        (before, rest) => expect(parsePrefix(`${formatPrefix(before)}${rest}`)).toEqual(before),
      ),
      { numRuns: runs(1_000) },
    );
  });

  test("that can be read is written as the same text", () => {
    let read = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: nearSubject }, { weight: 1, arbitrary: fc.string({ unit: "binary" }) }),
        (subject) => {
          const parsed = parseSubject(subject);
          if (parsed === undefined) return;
          read += 1;
          expect(formatSubject(parsed)).toBe(subject);
        },
      ),
      { numRuns: runs(1_000) },
    );
    expect(read).toBeGreaterThan(casesMet(20));
  });

  test("has one repository and one context: where the prefix ends is never in doubt", () => {
    fc.assert(
      fc.property(prefix, context, prefix, context, (before, job, otherBefore, otherJob) => {
        const [one, other] = [
          formatSubject({ prefix: before, context: job }),
          formatSubject({ prefix: otherBefore, context: otherJob }),
        ];
        if (one === other) expect([before, job]).toEqual([otherBefore, otherJob]);
      }),
      { numRuns: runs(1_000) },
    );
  });
});

describe("every context", () => {
  test("is written without a raw colon in its value", () => {
    fc.assert(
      fc.property(context, (job) => expect(formatContext(job)).toMatch(/^(\*|pull_request|(environment|ref):[^:]+)$/)),
    );
  });
});
