import { parseTrustDocument, type TrustDocument } from "../../lib/aws/policy/trust-document";
import { AdmissionSearch } from "../../lib/trust/admission-search";
import { BreadthSearch } from "../../lib/trust/breadth-search";

const ISSUER = "token.actions.githubusercontent.com";
const PROVIDER = { issuer: ISSUER, partition: "aws", arn: `arn:aws:iam::111122223333:oidc-provider/${ISSUER}` };

type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

function documentOf(allowed: Conditions, denied?: Conditions): TrustDocument {
  const statement = (effect: string, conditions: Conditions): object => ({
    Effect: effect,
    Principal: { Federated: PROVIDER.arn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: Object.fromEntries(
      Object.entries(conditions).map(([operator, claims]) => [
        operator,
        Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${ISSUER}:${claim}`, value])),
      ]),
    ),
  });
  const statements = [statement("Allow", allowed), ...(denied ? [statement("Deny", denied)] : [])];
  const { document } = parseTrustDocument(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (!document) throw new Error("the policy of the test is wrong");
  return document;
}

const answerOf = (...policy: Parameters<typeof documentOf>): string =>
  new AdmissionSearch(documentOf(...policy), PROVIDER).find().answer;
const like = (sub: string): Conditions => ({ StringLike: { sub } });
const equals = (claims: Readonly<Record<string, string>>): Conditions => ({ StringEquals: claims });

describe("a policy lets somebody in", () => {
  test.each<[string, Conditions]>([
    ["by a whole subject", equals({ sub: "repo:octo-org/web-shop:ref:refs/heads/main" })],
    ["by a subject with ids", equals({ sub: "repo:octo-org@65/web-shop@74:environment:production" })],
    [
      "by an environment with a colon, which a subject has encoded",
      equals({ sub: "repo:octo-org/web-shop:environment:eu%3Aone", environment: "eu:one" }),
    ],
    [
      "by a subject and the branch of an environment's job",
      equals({ sub: "repo:octo-org/web-shop:environment:production", ref: "refs/heads/main" }),
    ],
    [
      "by a pull request's ref",
      { ...like("repo:octo-org/web-shop:pull_request"), ...{ StringEquals: { ref: "refs/pull/7/merge" } } },
    ],
    [
      "by its own workflow",
      {
        ...like("repo:octo-org/web-shop:*"),
        StringEquals: { job_workflow_ref: "octo-org/web-shop/.github/workflows/a.yml@refs/heads/main" },
      },
    ],
    [
      "by a workflow that it calls",
      {
        ...like("repo:octo-org/web-shop:*"),
        StringEquals: { job_workflow_ref: "octo-org/ci/.github/workflows/a.yml@refs/tags/v1" },
      },
    ],
    ["by a customised subject", equals({ sub: "repository_owner_id:65:environment:production" })],
    [
      "where the subject may be absent, and is there",
      { "ForAllValues:StringEquals": { sub: "repo:octo-org/web-shop:pull_request" } },
    ],
    ["where a claim must be absent", { ...like("repo:octo-org/web-shop:*"), Null: { environment: "true" } }],
  ])("%s", (_, allowed) => expect(answerOf(allowed)).toBe("yes"));
});

describe("a policy lets nobody in", () => {
  test.each<[string, Conditions, Conditions?]>([
    ["by a pattern that no subject matches", like("repo:octo-org/web-shop:pr-*")],
    ["by two subjects in one value", like("repo:octo-org/web-shop:*,repo:octo-org/orders:*")],
    ["by a subject without its claim's name", equals({ sub: "octo-org/web-shop:ref:refs/heads/main" })],
    ["by two repositories", { ...like("repo:octo-org/web-shop:*"), StringEquals: { repository: "octo-org/orders" } }],
    ["by ids of two owners", equals({ sub: "repo:octo-org@65/web-shop@74:pull_request", repository_owner_id: "66" })],
    ["by a pull request on a branch", equals({ sub: "repo:octo-org/web-shop:pull_request", ref: "refs/heads/main" })],
    [
      "by its own workflow at another ref",
      equals({
        sub: "repo:octo-org/web-shop:pull_request",
        job_workflow_ref: "octo-org/web-shop/.github/workflows/a.yml@",
      }),
    ],
    [
      "where a claim must be absent that every token has",
      { ...like("repo:octo-org/web-shop:*"), Null: { ref: "true" } },
    ],
    [
      "where ForAnyValue asks for a claim that the job lacks",
      {
        ...equals({ sub: "repo:octo-org/web-shop:pull_request" }),
        "ForAnyValue:StringEqualsIfExists": { environment: "production" },
      },
    ],
    ["where all is denied", like("repo:octo-org/web-shop:*"), like("repo:octo-org/*")],
    [
      "by a claim that AWS makes no key of",
      equals({ sub: "repo:octo-org/web-shop:pull_request", repository_owner: "octo-org" }),
    ],
  ])("%s", (...[, allowed, denied]) => expect(answerOf(allowed, denied)).toBe("no"));
});

test("what a token does not tell may decide", () => {
  const byTime = parseTrustDocument(
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: PROVIDER.arn },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" },
            StringEquals: { [`${ISSUER}:sub`]: "repo:octo-org/web-shop:pull_request" },
          },
        },
      ],
    }),
  ).document as TrustDocument;
  expect(new AdmissionSearch(byTime, PROVIDER).find().answer).toBe("perhaps");
});

test("what is too costly to decide is not known", () => {
  const patterns = (word: string): string[] =>
    Array.from({ length: 30 }, (_, index) => `repo:octo-org/*${word}${index}*:ref:refs/*/a${index}*`);
  const costly = {
    StringLike: { sub: patterns("p") },
    "ForAnyValue:StringLike": { sub: patterns("q") },
    StringNotLike: { sub: patterns("r") },
  };
  expect(answerOf(costly)).toBe("unknown");
});

describe("how far a policy is open", () => {
  const ask = (allowed: Conditions): string[] => {
    const search = new BreadthSearch(documentOf(allowed), PROVIDER);
    return [search.stranger().answer, search.otherRepository().answer, search.everyJob().answer];
  };
  test.each<[string, Conditions, string[]]>([
    ["a branch", equals({ sub: "repo:octo-org/web-shop:ref:refs/heads/main" }), ["no", "no", "no"]],
    ["every job of a repository", like("repo:octo-org/web-shop:*"), ["no", "no", "yes"]],
    ["every job with a word in it", like("repo:octo-org/web-shop:*pull*"), ["no", "no", "no"]],
    [
      "any subject of one repository",
      { ...like("repo:*"), StringEquals: { repository: "octo-org/web-shop" } },
      ["no", "no", "yes"],
    ],
    ["every repository of an owner", like("repo:octo-org/*"), ["no", "yes", "yes"]],
    ["owners that begin alike", like("repo:octo*"), ["yes", "yes", "yes"]],
    ["an owner by its id", { ...like("repo:*"), StringEquals: { repository_owner_id: "65" } }, ["no", "yes", "yes"]],
    ["an environment of anyone", like("*:environment:production"), ["yes", "yes", "no"]],
  ])("%s", (_, allowed, answers) => expect(ask(allowed)).toEqual(answers));

  test("shows the job of a stranger", () => {
    const answer = new BreadthSearch(documentOf(like("repo:octo*:ref:refs/heads/main")), PROVIDER).stranger();
    expect(answer).toMatchObject({ answer: "yes", job: { claims: { ref: "refs/heads/main" } } });
    expect(answer.answer === "yes" && answer.job.claims.repository).toMatch(/^octo(?!-org\/)/);
  });
});
