import { readFileSync } from "node:fs";
import path from "node:path";
import type { Client, Received } from "./support/client";
import { startOcto, stopAll } from "./support/octo";

interface RecordedCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly body?: Record<string, unknown>;
}

type Phases = Readonly<Record<string, readonly RecordedCall[]>>;

const { versions } = JSON.parse(
  readFileSync(path.join(__dirname, "..", "fixtures", "provider-calls.json"), "utf8"),
) as {
  readonly versions: Readonly<Record<string, Phases>>;
};

/** The id that the recording has for the one deployment policy. */
const RECORDED_POLICY = "/deployment-branch-policies/102";

/** What the recordings were made against. */
const ACME = {
  owner: { login: "acme", id: 9 },
  repositories: [{ name: "app", id: 4242 }],
  teams: [{ slug: "sec", id: 88 }],
  users: [{ login: "octocat", id: 77 }],
};

describe("the calls of the real provider", () => {
  afterEach(stopAll);

  test.each(Object.entries(versions))(
    "of version %s get the recorded statuses from creation to destruction",
    async (_, phases) => {
      const { api, client } = await startOcto(ACME);
      const replay = new Replay(client);
      for (const [phase, calls] of Object.entries(phases))
        for (const call of calls) {
          const status = replay.expected(call);
          expect({ phase, ...call, status: (await replay.send(call)).status }).toEqual({ phase, ...call, status });
        }

      const { environments, variables, secrets, subject } = api.state.repository("app");
      expect(environments).toEqual([]);
      expect([
        ...variables.list(),
        ...secrets.list(),
        ...api.state.owner.variables.list(),
        ...api.state.owner.secrets.list(),
      ]).toEqual([]);
      expect(subject.useDefault).toBe(true);
    },
  );
});

/** Sends recorded calls, with an id and sealed values of this server in place of those of the recording. */
class Replay {
  private policy = RECORDED_POLICY;
  private readonly kept = new Set<string>();

  constructor(private readonly client: Client) {}

  /**
   * The recorded status, except for a secret that is put again: the server that the recording was made against
   * answered every put with 201, which to GitHub means that the secret is new.
   */
  expected({ method, path: recorded, status }: RecordedCall): number {
    const isKept = this.kept.has(recorded);
    if (method === "DELETE") this.kept.delete(recorded);
    if (method !== "PUT" || !recorded.includes("/secrets/")) return status;
    this.kept.add(recorded);
    return isKept ? 204 : status;
  }

  async send({ method, path: recorded, body }: RecordedCall): Promise<Received> {
    const received = await this.client.request(method, recorded.replace(RECORDED_POLICY, this.policy), {
      body: body && "encrypted_value" in body ? { ...body, ...(await this.seal(recorded)) } : body,
    });
    if (method === "POST" && recorded.endsWith("/deployment-branch-policies"))
      this.policy = `/deployment-branch-policies/${(received.body as { id: number }).id}`;
    return received;
  }

  private seal(recorded: string): Promise<object> {
    return this.client.seal(recorded.slice(0, recorded.lastIndexOf("/")), "arn:aws:iam::111122223333:role/app");
  }
}
