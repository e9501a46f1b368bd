import { DEFAULT_HOST, githubInstance, hostRule } from "../../lib/github/issuer";
import { testRule } from "./rule-table";

describe("an instance of GitHub", () => {
  test("is github.com where no host is named", () => {
    expect(githubInstance()).toEqual({
      host: DEFAULT_HOST,
      kind: "github.com",
      issuer: "token.actions.githubusercontent.com",
      issuerUrl: "https://token.actions.githubusercontent.com",
      apiUrl: undefined,
    });
  });

  test.each([
    {
      what: "github.com with a slug",
      host: "github.com",
      slug: "octo-enterprise",
      kind: "github.com",
      issuer: "token.actions.githubusercontent.com/octo-enterprise",
      apiUrl: undefined,
    },
    {
      what: "data residency",
      host: "octo.ghe.com",
      slug: undefined,
      kind: "ghe.com",
      issuer: "token.actions.octo.ghe.com",
      apiUrl: "https://api.octo.ghe.com/",
    },
    {
      what: "data residency with a slug",
      host: "octo.ghe.com",
      slug: "octo",
      kind: "ghe.com",
      issuer: "token.actions.octo.ghe.com/octo",
      apiUrl: "https://api.octo.ghe.com/",
    },
    {
      what: "a server",
      host: "github.example.com",
      slug: undefined,
      kind: "server",
      issuer: "github.example.com/_services/token",
      apiUrl: "https://github.example.com/",
    },
    {
      what: "a server whose name only ends like ghe.com",
      host: "github.notghe.com",
      slug: undefined,
      kind: "server",
      issuer: "github.notghe.com/_services/token",
      apiUrl: "https://github.notghe.com/",
    },
  ])("at $what has the issuer $issuer", ({ host, slug, kind, issuer, apiUrl }) => {
    expect(githubInstance(host, slug)).toEqual({ host, kind, issuer, issuerUrl: `https://${issuer}`, apiUrl });
  });

  test.each(["github.com", "octo.ghe.com", "github.example.com"])(
    "at %s has an issuer that IAM takes as a URL: https, no port, no query, no slash at the end",
    (host) => {
      expect(githubInstance(host).issuerUrl).toMatch(/^https:\/\/[a-z0-9./_-]+[a-z0-9]$/);
    },
  );

  test.each([
    ["a server with a slug", "github.example.com", "octo", /has no enterprise slug in its issuer: leave "octo" out/],
    ["an empty slug", "github.com", "", /with slug "".*enterprise's slug/],
    ["a slug that is a path", "github.com", "a/b", /with slug "a\/b".*enterprise's slug/],
    ["a host that is an address", "https://github.com", undefined, /"https:\/\/github.com": write the host alone/],
  ])("refuses %s", (_what, host, slug, message) => {
    expect(() => githubInstance(host, slug)).toThrow(RangeError);
    expect(() => githubInstance(host, slug)).toThrow(message);
  });
});

testRule("the host of an instance", hostRule, {
  accepts: {
    "github.com": "github.com",
    "a subdomain of ghe.com": "octo.ghe.com",
    "a server": "github.example.com",
    "a label of 63 characters": `${"a".repeat(63)}.com`,
    "253 characters": `${"a".repeat(61)}.`.repeat(4) + "b".repeat(5),
  },
  refuses: {
    "an address with https": ["https://github.example.com/login", 'write the host alone, as in "github.example.com"'],
    "an address with http in upper case": ["HTTP://github.com", 'as in "github.com"'],
    "a path": ["github.com/octo-org", 'as in "github.com"'],
    "a port": ["github.example.com:8443", "leave out the port"],
    "upper case": ["GitHub.com", "lower case"],
    "one label": ["localhost", "use a host name"],
    nothing: ["", "use a host name"],
    "a dot at the end": ["github.com.", "use a host name"],
    "a label of 64 characters": [`${"a".repeat(64)}.com`, "use a host name"],
    "254 characters": [`${"a".repeat(61)}.`.repeat(4) + "b".repeat(6), "use a host name"],
    "a hyphen at the end of a label": ["github-.example.com", "use a host name"],
    "an underscore": ["git_hub.example.com", "use a host name"],
    "a subdomain of github.com": ["api.github.com", 'use "github.com"'],
    "ghe.com without a subdomain": ["ghe.com", '"SUB.ghe.com"'],
    "two labels before ghe.com": ["api.octo.ghe.com", '"SUB.ghe.com"'],
    "a wildcard": ["*.ghe.com", "use a host name"],
  },
});
