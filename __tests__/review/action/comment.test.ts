import { GithubApi } from "../../../lib/sandbox/github-api";
import type { Comment, Failure, RepositorySeed } from "../../../lib/sandbox/github-api";
import { type ActionOptions, type ActionResult, HEAD, pullRequest, runAction, TOKEN } from "./support/run-action";
import { admission, gaining, QUIET } from "./support/reviews";

const NEWER = "f".repeat(40);
const STRANGER = { login: "mallory", id: 666, type: "User" } as const;
const ONE = gaining(admission("one"));
const TWO = gaining(admission("two"));

let api: GithubApi;
const start = async (repository: Partial<RepositorySeed> = {}): Promise<GithubApi> =>
  (api = await GithubApi.start({
    owner: { login: "octo-org", id: 65 },
    repositories: [{ name: "web-shop", id: 74, pullRequests: [7], ...repository }],
  }));
const run = (options: ActionOptions = {}): Promise<ActionResult> => runAction({ api, review: ONE, ...options });
const comments = (): Comment[] => api.state.repository("web-shop").comments.list(7);
const bodies = (): string[] => comments().map(({ body }) => body);
const fail = (failure: Failure, times = 1): void => Array.from({ length: times }).forEach(() => api.failNext(failure));
const writes = (): string[] =>
  api.requests.filter(({ method }) => method !== "GET").map(({ method, status }) => `${method} ${status}`);

beforeEach(async () => void (await start()));
afterEach(() => api.stop());
jest.setTimeout(60_000);

describe("the comment", () => {
  test("is created, in the name of the workflow, and said as an output", async () => {
    const { code, outputs, stderr, annotations } = await run();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(comments()).toHaveLength(1);
    expect(bodies()[0]).toMatch(/^<!-- cdktf-github-oidc review [0-9a-f]{16} -->\n<!-- \{.*\} -->\n\n### /);
    expect(bodies()[0]).toContain(HEAD);
    expect(outputs["comment-url"]).toBe(`${api.url}octo-org/web-shop/pull/7#issuecomment-${comments()[0]?.id}`);
    expect(annotations.filter((line) => line.includes("Comment"))).toEqual([]);
  });

  test("is updated by every run, and never doubled", async () => {
    await run({ run: 1 });
    const [first] = comments();
    await run({ run: 2, review: TWO, payload: pullRequest(NEWER) });
    expect(comments()).toMatchObject([{ id: first?.id, body: expect.stringContaining("two") }]);
    expect(bodies()[0]).toContain(NEWER);
    await run({ run: 3, review: QUIET });
    expect(comments()).toMatchObject([{ id: first?.id, body: expect.stringContaining("No change") }]);
  });

  test("is left alone by a run that has nothing else to say", async () => {
    await run();
    api.clearRequests();
    await run();
    expect(writes()).toEqual([]);
  });

  test("of a later run is left as it is by an earlier one, whose gate holds all the same", async () => {
    await run({ run: 5, review: TWO, payload: pullRequest(NEWER) });
    const before = bodies();
    const { code, annotations, outputs } = await run({ run: 4, inputs: { "fail-on": "gained" } });
    expect(bodies()).toEqual(before);
    expect({ code, url: outputs["comment-url"] }).toEqual({ code: 1, url: expect.stringContaining("issuecomment") });
    expect(annotations).toContain(
      "::notice title=Comment::A later run has written the comment already: this one leaves it as it is",
    );
  });

  test("of a later attempt of the same run is left as it is by an earlier attempt", async () => {
    await run({ run: 5, attempt: 2, review: TWO });
    await run({ run: 5, attempt: 1 });
    expect(bodies()[0]).toContain("two");
  });

  test("of another workflow with the same key has no order: who writes last stands there", async () => {
    const inputs = { key: "access" };
    await run({ run: 500, inputs, review: TWO });
    await run({
      run: 1,
      inputs,
      env: { GITHUB_WORKFLOW_REF: "octo-org/web-shop/.github/workflows/other.yml@refs/heads/main" },
    });
    expect(bodies()).toEqual([expect.stringContaining("one")]);
  });

  test.each<[string, ActionOptions, ActionOptions]>([
    ["with another key", { inputs: { key: "staging" } }, { inputs: { key: "production" } }],
    [
      "of another workflow",
      {},
      { env: { GITHUB_WORKFLOW_REF: "octo-org/web-shop/.github/workflows/other.yml@refs/heads/main" } },
    ],
    ["of another job", {}, { env: { GITHUB_JOB: "other" } }],
    ["of another step", {}, { env: { GITHUB_ACTION: "__octo-org_cdktf-github-oidc_2" } }],
    [
      "of another job of a matrix",
      { inputs: { matrix: '{"account":"staging"}' } },
      { inputs: { matrix: '{"account":"production"}' } },
    ],
  ])("of a step %s is another", async (_, first, second) => {
    await run(first);
    await run({ ...second, review: TWO });
    await run({ ...first, run: 2 });
    expect(bodies()).toEqual([expect.stringContaining("one"), expect.stringContaining("two")]);
  });

  test("of a stranger that holds the marker is never touched", async () => {
    await run();
    const [ours] = bodies();
    const { comments: all } = api.state.repository("web-shop");
    all.delete(comments()[0]?.id ?? 0);
    const theirs = all.add(7, ours ?? "", STRANGER);
    await run({ run: 2, review: TWO });
    expect(comments()).toMatchObject([
      { id: theirs.id, body: ours, author: STRANGER },
      { body: expect.stringContaining("two") },
    ]);
    await run({ run: 3 });
    expect(comments()).toMatchObject([{ id: theirs.id, body: ours }, { body: expect.stringContaining("one") }]);
  });

  test("of ours that holds the marker elsewhere than in its first line is never touched", async () => {
    await run();
    const { comments: all } = api.state.repository("web-shop");
    const quote = all.update(comments()[0]?.id ?? 0, `Somebody says:\n${bodies()[0] ?? ""}`);
    await run({ run: 2, review: TWO });
    expect(comments()).toMatchObject([{ id: quote.id, body: quote.body }, { body: expect.stringContaining("two") }]);
  });

  test("is found with the line ends of GitHub's pages, and where its stamp is broken", async () => {
    await run();
    const { comments: all } = api.state.repository("web-shop");
    all.update(comments()[0]?.id ?? 0, (bodies()[0] ?? "").replaceAll("\n", "\r\n").replace("number", "nmber"));
    await run({ run: 2, review: TWO });
    expect(bodies()).toEqual([expect.stringContaining("two")]);
  });

  test("is found behind a hundred others", async () => {
    const { comments: all } = api.state.repository("web-shop");
    for (let i = 0; i < 205; i += 1) all.add(7, `comment ${i}`, STRANGER);
    await run();
    await run({ run: 2, review: TWO });
    expect(bodies().slice(205)).toEqual([expect.stringContaining("two")]);
  });

  test("written by somebody else than comment-author says so", async () => {
    const { annotations, code } = await run({ inputs: { "comment-author": "octocat" } });
    expect(code).toBe(0);
    expect(annotations).toContain(
      "::warning title=Comment::The comment is written by github-actions[bot]: set comment-author to that, or each run writes another",
    );
  });

  test("is not written when it is not wanted", async () => {
    const { summary, outputs } = await run({ inputs: { comment: "false" } });
    expect(api.requests).toEqual([]);
    expect({ summary, url: outputs["comment-url"] }).toEqual({ summary: expect.stringContaining("one"), url: "" });
  });

  test.each(["push", "workflow_dispatch", "schedule", "merge_group", "issue_comment"])(
    "is not written on %s, where the summary has the review",
    async (event) => {
      const { code, summary, annotations } = await run({ event });
      expect(api.requests).toEqual([]);
      expect({ code, summary }).toEqual({ code: 0, summary: expect.stringContaining("one") });
      expect(annotations).toContain(
        "::notice title=Comment::No pull request belongs to this event: the review is in the summary of the run",
      );
    },
  );

  test.each([
    ["no payload", undefined],
    ["a number that is none", { pull_request: { number: "7", head: { sha: HEAD } } }],
    ["a path in place of a number", { pull_request: { number: "../8", head: { sha: HEAD } } }],
    ["a commit that is none", { pull_request: { number: 7, head: { sha: "-->" } } }],
  ])("is not written where the event has %s", async (_, payload) => {
    const { code, summary } = await run({ payload: payload ?? null });
    expect(api.requests).toEqual([]);
    expect({ code, summary }).toEqual({ code: 0, summary: expect.stringContaining("one") });
  });

  test("is written on pull_request_target too", async () => {
    await run({ event: "pull_request_target" });
    expect(comments()).toHaveLength(1);
  });

  test("fits, however much there is to say", async () => {
    const { code, annotations, summary } = await run({
      review: gaining(...Array.from({ length: 2_000 }, (_, i) => admission(`role-${i}-${"x".repeat(40)}`))),
    });
    expect({ code, annotations: annotations.filter((line) => line.includes("Comment")) }).toEqual({
      code: 0,
      annotations: [],
    });
    expect(bodies()[0]?.length).toBeLessThanOrEqual(65_536);
    expect(bodies()[0]?.length).toBeGreaterThan(50_000);
    expect(summary.length).toBeGreaterThan(65_536);
  });
});

describe("two runs at once", () => {
  // Where a comment stands already, an earlier run may change it last: GitHub has no write that depends on what is there.
  test("where there was no comment leave one, with what the later run says", async () => {
    await Promise.all([run({ run: 2, review: TWO }), run({ run: 1 })]);
    expect(bodies()).toEqual([expect.stringContaining("two")]);
  });

  test("where there was a comment leave one, with what one of the two says", async () => {
    await run({ run: 1, review: QUIET });
    await Promise.all([run({ run: 3, review: TWO }), run({ run: 2 })]);
    expect(bodies()).toEqual([expect.stringMatching(/one|two/)]);
  });

  test("that both created a comment leave the oldest", async () => {
    await run();
    const { comments: all } = api.state.repository("web-shop");
    const [first] = comments();
    const second = all.add(7, bodies()[0] ?? "");
    all.add(7, bodies()[0] ?? "");
    expect(second.id).toBeGreaterThan(first?.id ?? 0);
    await run({ run: 2, review: TWO });
    expect(comments()).toMatchObject([{ id: first?.id, body: expect.stringContaining("two") }]);
  });
});

describe("a comment that is deleted between the look and the write", () => {
  test("is created again", async () => {
    await run();
    const [first] = comments();
    // The failure's condition is asked right before the write.
    api.failNext({
      when: ({ method }) =>
        method === "PATCH" && (api.state.repository("web-shop").comments.delete(first?.id ?? 0), false),
    });
    const { code } = await run({ run: 2, review: TWO });
    expect(code).toBe(0);
    expect(bodies()).toEqual([expect.stringContaining("two")]);
    expect(comments()[0]?.id).not.toBe(first?.id);
  });

  test("is no trouble where it was to be deleted anyway", async () => {
    await run();
    const { comments: all } = api.state.repository("web-shop");
    const second = all.add(7, bodies()[0] ?? "");
    let isDeleted = false;
    api.failNext({
      when: ({ method }) => {
        if (method === "DELETE" && !isDeleted) {
          all.delete(second.id);
          isDeleted = true;
        }
        return false;
      },
    });
    const { code, annotations } = await run({ run: 2, review: TWO });
    expect({ code, bodies: bodies(), annotations: annotations.filter((line) => line.includes("Comment")) }).toEqual({
      code: 0,
      bodies: [expect.stringContaining("two")],
      annotations: [],
    });
  });
});

describe("GitHub that fails for a moment", () => {
  test.each<[string, Failure]>([
    ["502 to a look", { status: 502, when: ({ method }) => method === "GET" }],
    ["502 to a write", { status: 502, when: ({ method }) => method === "POST" }],
    ["a connection that breaks", { status: "drop" }],
    [
      "403 with a secondary rate limit",
      { status: 403, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "1" } },
    ],
    [
      "429 with a secondary rate limit",
      { status: 429, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "1" } },
    ],
    [
      "403 with a rate limit that ends soon",
      {
        status: 403,
        message: "API rate limit exceeded",
        headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000)) },
      },
    ],
  ])("by %s is asked again", async (_, failure) => {
    fail(failure);
    const { code, annotations } = await run();
    expect({ code, annotations: annotations.filter((line) => line.includes("Comment")) }).toEqual({
      code: 0,
      annotations: [],
    });
    expect(bodies()).toEqual([expect.stringContaining("one")]);
  });

  test("after it has created the comment leaves one", async () => {
    api.crashAfter(1, { answerLast: false });
    setTimeout(() => void api.restart(), 1_500);
    await run();
    expect(bodies()).toHaveLength(1);
  });
});

const LASTING: [string, Failure, string][] = [
  [
    "401",
    { status: 401, message: "Bad credentials" },
    "GitHub does not accept github-token (401): give one that is valid",
  ],
  [
    "403",
    { status: 403, message: "Resource not accessible by integration" },
    "github-token may not write comments (403): give the job the permission pull-requests: write",
  ],
  [
    "404",
    { status: 404, message: "Not Found" },
    "GitHub shows the token no such pull request (404): give the job the permission pull-requests: write",
  ],
  ["410", { status: 410, message: "Issues are disabled" }, "Comments are switched off there (410)"],
  [
    "422",
    { status: 422, message: "Validation Failed" },
    "GitHub does not accept the comment (422): is the conversation locked?",
  ],
  ["502", { status: 502 }, "GitHub answers 502: see https://www.githubstatus.com, and start the job again"],
  [
    "403 with a rate limit for an hour",
    {
      status: 403,
      message: "API rate limit exceeded",
      headers: { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000) + 3_600) },
    },
    "GitHub's rate limit for the token is used up (403): start the job again later",
  ],
  [
    "429 with an hour to wait",
    { status: 429, message: "You have exceeded a secondary rate limit", headers: { "retry-after": "3600" } },
    "GitHub's rate limit for the token is used up (429): start the job again later",
  ],
  [
    "a connection that breaks",
    { status: "drop" },
    "GitHub does not answer: check the network of the runner, and GITHUB_API_URL",
  ],
];

describe("GitHub that goes on failing", () => {
  // At once, for what takes time is the pause before the action asks again.
  test.concurrent.each(LASTING)(
    "by %s leaves the gate as it is, open or closed, says why, and the summary has the review",
    async (_, failure, reason) => {
      const check = async (failOn: string, code: number): Promise<void> => {
        const failing = await GithubApi.start({
          owner: { login: "octo-org" },
          repositories: [{ name: "web-shop", pullRequests: [7] }],
        });
        for (let i = 0; i < 5; i += 1) failing.failNext(failure);
        const result = await runAction({ api: failing, review: ONE, inputs: { "fail-on": failOn } });
        await failing.stop();
        expect(result).toMatchObject({
          code,
          stderr: "",
          outputs: { closed: String(code === 1), "comment-url": "", gained: "1" },
          summary: expect.stringContaining("one"),
        });
        expect(result.annotations).toContain(
          `::warning title=Comment::The review could not be written as a comment: ${reason}. It is in the summary of the run`,
        );
        expect(failing.state.repository("web-shop").comments.list(7)).toEqual([]);
      };
      await Promise.all([check("gained", 1), check("none", 0)]);
    },
  );
});

describe("no comment, but the review all the same,", () => {
  const warningOf = ({ annotations }: ActionResult): string | undefined =>
    annotations.find((line) => line.startsWith("::warning title=Comment::"));

  test("where the pull request comes from a fork, whose token only reads", async () => {
    fail({ status: 403, message: "Resource not accessible by integration", when: ({ method }) => method === "POST" });
    const result = await run({ payload: pullRequest(HEAD, "mallory/web-shop"), inputs: { "fail-on": "gained" } });
    expect(result).toMatchObject({ code: 1, summary: expect.stringContaining("one") });
    expect(warningOf(result)).toContain("The pull request comes from a fork, whose token only reads (403)");
  });

  test("where the token may not write, though the event of a fork's pull request would let it", async () => {
    fail({ status: 403, message: "Resource not accessible by integration", when: ({ method }) => method === "POST" });
    expect(
      warningOf(await run({ event: "pull_request_target", payload: pullRequest(HEAD, "mallory/web-shop") })),
    ).toContain("give the job the permission pull-requests: write");
  });

  test.concurrent("where nothing listens", async () => {
    const result = await runAction({ review: ONE });
    expect(result.code).toBe(0);
    expect(warningOf(result)).toContain("GitHub does not answer");
  });

  test.each(["http://api.github.com", "https://user:pass@api.github.com", "file:///etc", "nonsense"])(
    "where the API is at %s, which the token is not sent to",
    async (url) => {
      const result = await run({ env: { GITHUB_API_URL: url } });
      expect(result.code).toBe(0);
      expect(warningOf(result)).toContain("GITHUB_API_URL is no address that a token may be sent to");
      expect(api.requests).toEqual([]);
    },
  );

  test("where there is no token", async () => {
    const result = await run({ inputs: { "github-token": "" } });
    expect(result.code).toBe(0);
    expect(warningOf(result)).toContain("There is no github-token");
  });

  test("where what answers is not GitHub", async () => {
    await api.stop();
    api = await GithubApi.start({
      owner: { login: "octo-org" },
      repositories: [{ name: "web-shop", pullRequests: [7] }],
    });
    fail({ status: 200, message: "Welcome to the proxy" }, 3);
    const result = await run();
    expect(result.code).toBe(0);
    expect(warningOf(result)).toContain("What answers is not GitHub's API");
  });
});

test("The token is masked, and told to nobody", async () => {
  fail({ status: 403, message: `no ${TOKEN} here`, when: ({ method }) => method === "POST" });
  const { stdout, stderr, summary, outputs } = await run();
  expect(stdout.replace(`::add-mask::${TOKEN}\n`, "")).not.toContain(TOKEN);
  expect(stdout.indexOf(`::add-mask::${TOKEN}`)).toBe(0);
  expect(JSON.stringify({ stderr, summary, outputs, bodies: bodies() })).not.toContain(TOKEN);
});
