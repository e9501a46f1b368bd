import { parseWorkflowRef, workflowRefRule } from "../../lib/github/workflow-ref";
import { testRule } from "./rule-table";

const FILE = "octo-org/ci/.github/workflows/release.yml";
const COMMIT = "10040c56a8c0253d69db7c1f26a0d227275512e2";

describe("the reference of a reusable workflow", () => {
  test.each([
    ["a branch", `${FILE}@refs/heads/main`, "refs/heads/main"],
    ["a tag", `${FILE}@refs/tags/v1`, "refs/tags/v1"],
    ["a commit", `${FILE}@${COMMIT}`, COMMIT],
    ["a pull request", `${FILE}@refs/pull/7/merge`, "refs/pull/7/merge"],
    ["a branch with an at sign", `${FILE}@refs/heads/a@b`, "refs/heads/a@b"],
  ])("is taken apart at %s", (_what, text, ref) => {
    expect(parseWorkflowRef(text)).toEqual({ owner: "octo-org", repository: "ci", file: "release.yml", ref });
  });

  test.each([
    ["a missing ref", FILE],
    ["an empty ref", `${FILE}@`],
    ["a missing owner", "ci/.github/workflows/release.yml@refs/heads/main"],
    ["another folder", "octo-org/ci/workflows/release.yml@refs/heads/main"],
    ["a folder below", "octo-org/ci/.github/workflows/x/release.yml@refs/heads/main"],
    ["a file that is no YAML", "octo-org/ci/.github/workflows/release.json@refs/heads/main"],
    ["a relative path", "./.github/workflows/release.yml"],
    ["ids, which it never carries", `octo-org@65/ci@74/.github/workflows/release.yml@refs/heads/main`],
  ])("is not read from %s", (_what, text) => {
    expect(parseWorkflowRef(text)).toBeUndefined();
  });
});

testRule("a condition on a reusable workflow", workflowRefRule, {
  accepts: {
    "a branch": `${FILE}@refs/heads/main`,
    "a tag": `${FILE}@refs/tags/v1`,
    "a pattern of tags": `${FILE}@refs/tags/v*`,
    "a commit of 40 hex digits": `${FILE}@${COMMIT}`,
    "a file that ends in .yaml": "octo-org/ci/.github/workflows/release.yaml@refs/heads/main",
    "a repository that begins with a dot": "octo-org/.github/.github/workflows/release.yml@refs/heads/main",
  },
  refuses: {
    "a file without a ref": [FILE, "with the ref or commit"],
    "a space": [`${FILE}@refs/heads/my branch`, "write it as"],
    "a line break": [`${FILE}@refs/heads/main\n`, "write it as"],
    "a policy variable": [`${FILE}@refs/heads/\${aws:username}`, "write it as"],
    "a wildcard in the owner": ["octo-*/ci/.github/workflows/release.yml@refs/heads/main", "only behind the @"],
    "a wildcard in the repository": ["octo-org/*/.github/workflows/release.yml@refs/heads/main", "only behind the @"],
    "a wildcard in the file": ["octo-org/ci/.github/workflows/*.yml@refs/heads/main", "only behind the @"],
    "an owner that is no login": ["octo--org/ci/.github/workflows/release.yml@refs/heads/main", "GitHub login"],
    "a repository that ends in .git": [
      "octo-org/ci.git/.github/workflows/release.yml@refs/heads/main",
      "repository name",
    ],
    "a branch without refs/heads/": [`${FILE}@main`, "full ref"],
    "a tag without refs/tags/": [`${FILE}@v1`, "full ref"],
    "every ref": [`${FILE}@*`, "full ref"],
    "every ref below refs/": [`${FILE}@refs/*`, "full ref"],
    "a folder of refs with nothing in it": [`${FILE}@refs/heads/`, "full ref"],
    "a commit of 39 hex digits": [`${FILE}@${COMMIT.slice(1)}`, "40 hex digits"],
    "a commit of 41 hex digits": [`${FILE}@${COMMIT}0`, "40 hex digits"],
    "a commit in upper case": [`${FILE}@${COMMIT.toUpperCase()}`, "40 hex digits"],
    "a pattern of commits": [`${FILE}@1004*`, "40 hex digits"],
    "a pull request, which is not reviewed": [`${FILE}@refs/pull/7/merge`, "full ref"],
  },
});
