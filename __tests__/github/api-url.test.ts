import { trustedApiUrl } from "../../lib/github/api-url";

describe("an address that a token is sent to", () => {
  test.each([
    ["https://api.github.com", "https://api.github.com/"],
    ["https://api.github.com/", "https://api.github.com/"],
    ["https://ghes.example/api/v3", "https://ghes.example/api/v3/"],
    ["http://localhost:8080", "http://localhost:8080/"],
    ["http://127.0.0.1:8080/api/v3/", "http://127.0.0.1:8080/api/v3/"],
    ["http://[::1]:8080", "http://[::1]:8080/"],
  ])("may be %s", (text, url) => expect(trustedApiUrl(text)).toBe(url));

  test.each([
    "",
    "api.github.com",
    "http://api.github.com",
    "http://127.0.0.1.evil.example",
    "http://localhost.evil.example",
    "ftp://localhost",
    "https://user@api.github.com",
    "https://api.github.com?a",
    "https://api.github.com#a",
  ])("may not be %j", (text) => expect(trustedApiUrl(text)).toBeUndefined());
});
