import { ContradictoryClaims, tokenRepository } from "../../../lib/questions/role-call/token-repository";
import { bareClaims } from "../../../lib/trust/sts/token";
import { formatPrefix } from "../../../lib/github/subject";
import { mintClaims } from "../../../lib/github/token";

const of = (claims: object): string | undefined => {
  const found = tokenRepository(bareClaims(claims));
  return found && `${found.fullName} ${found.prefix ? formatPrefix(found.prefix) : "-"}`;
};
const ids = { immutableSubject: true, ownerId: 65, repositoryId: 74 };

describe("whose token it is", () => {
  test.each<[string, object, string | undefined]>([
    [
      "a subject with names",
      mintClaims({ repository: "octo-org/web-shop" }),
      "octo-org/web-shop repo:octo-org/web-shop",
    ],
    [
      "a subject with ids",
      mintClaims({ repository: "octo-org/web-shop", ...ids }),
      "octo-org/web-shop repo:octo-org@65/web-shop@74",
    ],
    [
      "a subject with ids, of an environment with a colon",
      mintClaims({ repository: "octo-org/web-shop", environment: "eu:1", ...ids }),
      "octo-org/web-shop repo:octo-org@65/web-shop@74",
    ],
    [
      "a customised subject that begins with the repository",
      { sub: "repo:octo-org/web-shop:actor:octocat", repository: "octo-org/web-shop" },
      "octo-org/web-shop repo:octo-org/web-shop",
    ],
    [
      "a customised subject that is the repository",
      { sub: "repo:octo-org/web-shop" },
      "octo-org/web-shop repo:octo-org/web-shop",
    ],
    [
      "a customised subject that begins with something else",
      mintClaims({ repository: "octo-org/web-shop", subjectTemplate: ["repository_id"] }),
      "octo-org/web-shop -",
    ],
    ["no subject", { repository: "octo-org/web-shop" }, "octo-org/web-shop -"],
    [
      "no repository: the subject says it",
      { sub: "repo:octo-org@65/web-shop@74:pull_request" },
      "octo-org/web-shop repo:octo-org@65/web-shop@74",
    ],
    ["neither", { aud: "sts.amazonaws.com" }, undefined],
    ["half a pair of ids is no prefix", { sub: "repo:octo-org@65/web-shop:pull_request" }, undefined],
    [
      "a hyphen joins no id",
      { sub: "repo:octo-org-65/web-shop-74:pull_request" },
      "octo-org-65/web-shop-74 repo:octo-org-65/web-shop-74",
    ],
    [
      "a name in another case is the same",
      { sub: "repo:octo-org/web-shop:pull_request", repository: "Octo-Org/Web-Shop" },
      "octo-org/web-shop repo:octo-org/web-shop",
    ],
    [
      "a claim that is no text says nothing",
      { sub: "repo:octo-org@65/web-shop@74:pull_request", repository_id: 75 },
      "octo-org/web-shop repo:octo-org@65/web-shop@74",
    ],
  ])("%s", (_, claims, expected) => expect(of(claims)).toBe(expected));

  const claims = mintClaims({ repository: "octo-org/web-shop", ...ids });
  test.each([
    ["repository", "octo-org/other"],
    ["repository", "evil/web-shop"],
    ["repository_owner", "evil"],
    ["repository_owner_id", "66"],
    ["repository_id", "75"],
  ])("a %s of %s contradicts the subject, and is refused", (claim, value) => {
    expect(() => of({ ...claims, [claim]: value })).toThrow(ContradictoryClaims);
    expect(() => of({ ...claims, [claim]: value })).toThrow(`"${claim}" is "${value}". GitHub mints no such token`);
  });
});
