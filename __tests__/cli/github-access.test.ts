import { githubAccess } from "../../lib/cli/github-access";
import { Access } from "../../lib/config/access";

const on = (host: string): Access =>
  Access.from({
    github: { owner: "octo-org", host },
    accounts: { main: { id: "111122223333", region: "eu-west-1" } },
    repositories: {},
  });

test.each([
  ["github.com", "https://api.github.com/"],
  ["octo.ghe.com", "https://api.octo.ghe.com/"],
  ["github.example.com", "https://github.example.com/api/v3/"],
])("the API of %s is at %s", (host, apiUrl) => {
  expect(githubAccess(on(host), { GITHUB_TOKEN: "t" })).toEqual({ apiUrl, token: "t" });
});

test.each([
  ["https://github.example.com/api/v3", "https://github.example.com/api/v3/"],
  ["https://api.github.com/", "https://api.github.com/"],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080/"],
  ["http://localhost:8080/", "http://localhost:8080/"],
  ["http://[::1]:8080/", "http://[::1]:8080/"],
])("GITHUB_API_URL %s is taken", (given, apiUrl) => {
  expect(githubAccess(on("github.com"), { GITHUB_TOKEN: "t", GITHUB_API_URL: given }).apiUrl).toBe(apiUrl);
});

test.each([
  "http://api.github.com/",
  "http://127.0.0.1.evil.example/",
  "http://localhost.evil.example",
  "ftp://127.0.0.1/",
  "https://user:password@api.github.com/",
  "https://api.github.com/?x",
  "api.github.com",
  "//api.github.com",
  " ",
])("GITHUB_API_URL %s is refused", (given) => {
  expect(() => githubAccess(on("github.com"), { GITHUB_TOKEN: "t", GITHUB_API_URL: given })).toThrow(
    "GITHUB_API_URL is no address that a token may be sent to",
  );
});
