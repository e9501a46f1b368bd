import { tmpdir } from "node:os";
import { withoutTokens } from "../../lib/cli/without-tokens";
import { runCli } from "../support/run-cli";

const TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOm8vciJ9.c2lnbmF0dXJl";

describe("a message", () => {
  test("about a misspelt option does not repeat the token that follows it", async () => {
    const { code, stdout, stderr } = await runCli(
      tmpdir(),
      "explain",
      "--trust-policy",
      "trust.json",
      `--tokn=${TOKEN}`,
    );
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("(a token)");
    expect(stderr).not.toContain("eyJ");
  });

  test("keeps everything else", () => {
    expect(withoutTokens("error: unknown option '--nonsense'")).toBe("error: unknown option '--nonsense'");
  });
});
