import { TerraformOutput, TerraformVariable } from "cdktf";
import { IamRole } from "../../lib/constructs/bindings";
import {
  GithubActionsRole,
  type AllowedJobs,
  type GithubActionsRoleProps,
} from "../../lib/constructs/github-actions-role";
import { GithubOidcProvider } from "../../lib/constructs/github-oidc-provider";
import { GithubRepository } from "../../lib/constructs/github-repository";
import type { JobFilter } from "../../lib/github/job-filter";
import { synthesizePlain } from "./plain-stack";
import { argumentsOf, blocksOf, onlyBlock } from "./terraform-json";

const provider = GithubOidcProvider.fromArn(
  "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
);
const repository = GithubRepository.byName("octo-org/web");
const document = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::home/${aws:username}/*" }],
} as const;

const make = (props: Partial<GithubActionsRoleProps> = {}) =>
  synthesizePlain(
    (stack) =>
      void new GithubActionsRole(stack, "role", {
        provider,
        name: "web",
        allow: [{ repository, branch: "main" }],
        ...props,
      }),
  );

const trustOf = (
  allow: readonly AllowedJobs[],
): { Statement: { Condition: Record<string, Record<string, unknown>> }[] } =>
  JSON.parse(String(onlyBlock(make({ allow }).resource, "aws_iam_role")["assume_role_policy"])) as never;

describe("GithubActionsRole", () => {
  test("is a role with its trust policy, and what else it was given", () => {
    const { resource } = make({
      description: "Deploys the shop",
      path: "/github/",
      sessionSeconds: 7_200,
      permissionsBoundary: "arn:aws:iam::111122223333:policy/boundary",
      tags: { team: "shop" },
    });
    const { assume_role_policy: trust, ...role } = argumentsOf(onlyBlock(resource, "aws_iam_role"));
    expect(role).toEqual({
      name: "web",
      description: "Deploys the shop",
      path: "/github/",
      max_session_duration: 7_200,
      permissions_boundary: "arn:aws:iam::111122223333:policy/boundary",
      tags: { team: "shop" },
    });
    expect(JSON.parse(String(trust))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: {
            StringEquals: {
              "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
              "token.actions.githubusercontent.com:sub": "repo:octo-org/web:ref:refs/heads/main",
            },
          },
        },
      ],
    });
  });

  test("says nothing that it was not told", () => {
    expect(argumentsOf(onlyBlock(make().resource, "aws_iam_role"))).toEqual({
      name: "web",
      assume_role_policy: expect.any(String) as string,
    });
  });

  test("gives out its ARN as a reference", () => {
    const { output, resource } = synthesizePlain((stack) => {
      const role = new GithubActionsRole(stack, "role", {
        provider,
        name: "web",
        allow: [{ repository, branch: "main" }],
      });
      new TerraformOutput(stack, "arn", { value: role.arn });
      expect(role.name).toBe("web");
    });
    const [address] = Object.keys(resource?.["aws_iam_role"] ?? {});
    expect(output?.["arn"]?.value).toBe(`\${aws_iam_role.${address}.arn}`);
  });

  test("waits for a provider of its own stack: without it nobody could assume it", () => {
    const { resource } = synthesizePlain(
      (stack) =>
        void new GithubActionsRole(stack, "role", {
          provider: new GithubOidcProvider(stack, "provider"),
          name: "web",
          allow: [{ repository, branch: "main" }],
        }),
    );
    const [address] = Object.keys(resource?.["aws_iam_openid_connect_provider"] ?? {});
    expect(onlyBlock(resource, "aws_iam_role").depends_on).toEqual([`aws_iam_openid_connect_provider.${address}`]);
  });
});

describe("Who may assume a role", () => {
  test.each<[JobFilter, string, string]>([
    [{ branch: "main" }, "StringEquals", "repo:octo-org/web:ref:refs/heads/main"],
    [{ branch: "release/*" }, "StringLike", "repo:octo-org/web:ref:refs/heads/release/*"],
    [{ tag: "v1" }, "StringEquals", "repo:octo-org/web:ref:refs/tags/v1"],
    [{ tag: "v*" }, "StringLike", "repo:octo-org/web:ref:refs/tags/v*"],
    [{ environment: "production" }, "StringEquals", "repo:octo-org/web:environment:production"],
    [{ environment: "a:b" }, "StringEquals", "repo:octo-org/web:environment:a%3Ab"],
    [{ environment: "preview-*" }, "StringLike", "repo:octo-org/web:environment:preview-*"],
    [{ pullRequest: true }, "StringEquals", "repo:octo-org/web:pull_request"],
    [{ mergeQueue: "main" }, "StringLike", "repo:octo-org/web:ref:refs/heads/gh-readonly-queue/main/pr-*"],
    [{ any: true }, "StringLike", "repo:octo-org/web:*"],
    [{ subject: "repo:octo-org/web:environment:x" }, "StringEquals", "repo:octo-org/web:environment:x"],
    [{ subject: "repository_id:1:ref:refs/heads/*" }, "StringLike", "repository_id:1:ref:refs/heads/*"],
  ])("with %j: a job by %s %s", (jobs, operator, subject) => {
    const { Statement: statements } = trustOf([{ repository, ...jobs }]);
    expect(statements).toHaveLength(1);
    expect(statements[0]?.Condition[operator]?.["token.actions.githubusercontent.com:sub"]).toBe(subject);
  });

  test.each<[JobFilter, Record<string, unknown>]>([
    [
      { branch: "main", workflow: "octo-org/ci/.github/workflows/release.yml@refs/heads/main" },
      { job_workflow_ref: "octo-org/ci/.github/workflows/release.yml@refs/heads/main" },
    ],
    [{ branch: "main", claims: { actor: "octocat" } }, { actor: "octocat" }],
    [
      { branch: "main", claims: { repository_owner_id: ["2", "1"], actor_id: "3" } },
      { repository_owner_id: ["1", "2"], actor_id: "3" },
    ],
    [{ environment: "production", branch: "main" }, { ref: "refs/heads/main" }],
    [{ environment: "production", tag: "v1" }, { ref: "refs/tags/v1" }],
  ])("with %j: a job whose other claims are %j", (jobs, claims) => {
    const { Statement: statements } = trustOf([{ repository, ...jobs }]);
    expect(statements).toHaveLength(1);
    const equals = statements[0]?.Condition["StringEquals"];
    expect(equals).toMatchObject(
      Object.fromEntries(
        Object.entries(claims).map(([claim, value]) => [`token.actions.githubusercontent.com:${claim}`, value]),
      ),
    );
    expect(equals).toHaveProperty(["token.actions.githubusercontent.com:aud"], "sts.amazonaws.com");
  });

  test("with a repository in both forms: a job of either, each exact", () => {
    const { Statement: statements } = trustOf([
      { repository: GithubRepository.byNameAndId("octo-org/web", { owner: "1", repository: "2" }), branch: "main" },
    ]);
    expect(statements.map(({ Condition: condition }) => condition)).toEqual([
      {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": [
            "repo:octo-org/web:ref:refs/heads/main",
            "repo:octo-org@1/web@2:ref:refs/heads/main",
          ],
        },
      },
    ]);
  });

  test.each([
    [
      "web-*",
      {
        StringEquals: expect.not.objectContaining({ "sts:RoleSessionName": "web-*" }) as unknown,
        StringLike: { "sts:RoleSessionName": "web-*" },
      },
    ],
    ["web", { StringEquals: expect.objectContaining({ "sts:RoleSessionName": "web" }) as unknown }],
  ])("with the session name %s: none of another name", (sessionName, condition) => {
    const { Statement: statements } = JSON.parse(
      String(onlyBlock(make({ sessionName }).resource, "aws_iam_role")["assume_role_policy"]),
    ) as { Statement: { Condition: object }[] };
    expect(statements.map(({ Condition: each }) => each)).toEqual([condition]);
  });

  test("does not depend on the order of the alternatives", () => {
    const allow: AllowedJobs[] = [
      { repository, branch: "main" },
      { repository, tag: "v*" },
      { repository, pullRequest: true },
      { repository, branch: "main", claims: { actor: ["b", "a"] } },
    ];
    expect(trustOf([...allow].reverse())).toEqual(trustOf(allow));
  });
});

test("a claim that AWS does not know is a mistake that the compiler finds", () => {
  // @ts-expect-error GitHub mints the claim, and AWS makes no condition key of it.
  const jobs: AllowedJobs = { repository, branch: "main", claims: { repository_owner: "octo-org" } };
  expect(() => make({ allow: [jobs] })).toThrow('use "repository_owner_id"');
});

describe("Policies of a role", () => {
  test("are resources of their own", () => {
    const { resource } = make({
      managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      inlinePolicies: { read: document },
    });
    const [address] = Object.keys(resource?.["aws_iam_role"] ?? {});
    expect(onlyBlock(resource, "aws_iam_role_policy_attachment")).toMatchObject({
      role: `\${aws_iam_role.${address}.name}`,
      policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    expect(onlyBlock(resource, "aws_iam_role_policy")).toMatchObject({
      role: `\${aws_iam_role.${address}.name}`,
      name: "read",
    });
  });

  test.each([
    ["a document", document],
    ["JSON text", JSON.stringify(document)],
  ])("given as %s keep their policy variables from Terraform", (_, policy) => {
    expect(onlyBlock(make({ inlinePolicies: { read: policy } }).resource, "aws_iam_role_policy")["policy"]).toBe(
      JSON.stringify(document).replace("${", () => "$${"),
    );
  });

  test("may refer to resources, inside a document and as a whole", () => {
    const { resource } = synthesizePlain((stack) => {
      const other = new IamRole(stack, "other", { assumeRolePolicy: "{}" });
      const passRole = { Statement: [{ Effect: "Allow", Action: "iam:PassRole", Resource: other.arn }] } as const;
      new GithubActionsRole(stack, "role", {
        provider,
        name: "web",
        allow: [{ repository, branch: "main" }],
        inlinePolicies: { pass: passRole, whole: other.assumeRolePolicy, text: other.arn },
      });
    });
    expect(blocksOf(resource, "aws_iam_role_policy").map(({ policy }) => policy)).toEqual(
      expect.arrayContaining([
        '{"Statement":[{"Effect":"Allow","Action":"iam:PassRole","Resource":"${aws_iam_role.other.arn}"}]}',
        "${aws_iam_role.other.assume_role_policy}",
        "${aws_iam_role.other.arn}",
      ]),
    );
  });

  test("named twice are attached once", () => {
    expect(
      blocksOf(
        make({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/ReadOnlyAccess"] })
          .resource,
        "aws_iam_role_policy_attachment",
      ),
    ).toHaveLength(1);
  });

  test("of one name are told apart, AWS's and the account's own", () => {
    const policies = [
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
      "arn:aws:iam::111122223333:policy/ReadOnlyAccess",
      "arn:aws:iam::111122223333:policy/team/ReadOnlyAccess",
    ];
    expect(
      blocksOf(make({ managedPolicies: policies }).resource, "aws_iam_role_policy_attachment")
        .map(({ policy_arn: arn }) => arn)
        .sort(),
    ).toEqual([...policies].sort());
  });

  test("made in the same stack are attached at an address that stays, however the stack is synthesized", () => {
    const attach = (before: number) =>
      synthesizePlain((stack) => {
        const policies = ["one", "two"].map((id) => new IamRole(stack, id, { assumeRolePolicy: "{}" }));
        // Each reference taken has a number of its own, which must not be seen.
        for (let i = 0; i < before; i++) void policies[0]?.arn;
        new GithubActionsRole(stack, "role", {
          provider,
          name: "web",
          allow: [{ repository, branch: "main" }],
          managedPolicies: policies.map(({ arn }) => arn),
        });
      });
    const first = attach(0).resource;
    expect(
      blocksOf(first, "aws_iam_role_policy_attachment")
        .map(({ policy_arn: arn }) => arn)
        .sort(),
    ).toEqual(["${aws_iam_role.one.arn}", "${aws_iam_role.two.arn}"]);
    expect(attach(7).resource).toEqual(first);
  });
});

describe("Managed policies made for a role", () => {
  test("are named after it, have its path and tags, and are attached", () => {
    const { resource } = make({
      customerPolicies: { large: document },
      managedPolicies: ["arn:aws:iam::aws:policy/large"],
      path: "/github/",
      tags: { team: "shop" },
    });
    const [address] = Object.keys(resource?.["aws_iam_policy"] ?? {});
    expect(argumentsOf(onlyBlock(resource, "aws_iam_policy"))).toEqual({
      name: "web-large",
      path: "/github/",
      tags: { team: "shop" },
      policy: JSON.stringify(document).replaceAll("${", () => "$${"),
    });
    expect(
      blocksOf(resource, "aws_iam_role_policy_attachment")
        .map(({ policy_arn: arn }) => arn)
        .sort(),
    ).toEqual([`\${aws_iam_policy.${address}.arn}`, "arn:aws:iam::aws:policy/large"]);
  });

  test("may be references, of which the length is not known", () => {
    expect(() =>
      synthesizePlain(
        (stack) =>
          void new GithubActionsRole(stack, "role", {
            provider,
            name: "web",
            allow: [{ repository, branch: "main" }],
            customerPolicies: { a: new TerraformVariable(stack, "policy", { type: "string" }).stringValue },
          }),
      ),
    ).not.toThrow();
  });
});

describe("A role with policies of its own alone", () => {
  test("lists them by reference, so that they are there before others are taken off", () => {
    const { resource } = make({
      exclusive: true,
      customerPolicies: { a: document },
      managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
      inlinePolicies: { b: document },
    });
    const [role] = Object.keys(resource?.["aws_iam_role"] ?? {});
    const [inline] = Object.keys(resource?.["aws_iam_role_policy"] ?? {});
    expect(argumentsOf(onlyBlock(resource, "aws_iam_role_policies_exclusive"))).toEqual({
      role_name: `\${aws_iam_role.${role}.name}`,
      policy_names: [`\${aws_iam_role_policy.${inline}.name}`],
    });
    expect(argumentsOf(onlyBlock(resource, "aws_iam_role_policy_attachments_exclusive"))).toEqual({
      role_name: `\${aws_iam_role.${role}.name}`,
      policy_arns: Object.keys(resource?.["aws_iam_role_policy_attachment"] ?? {}).map(
        (address) => `\${aws_iam_role_policy_attachment.${address}.policy_arn}`,
      ),
    });
  });

  test("lists none where it has none: every other is taken off", () => {
    const { resource } = make({ exclusive: true });
    expect(onlyBlock(resource, "aws_iam_role_policies_exclusive")["policy_names"]).toEqual([]);
    expect(onlyBlock(resource, "aws_iam_role_policy_attachments_exclusive")["policy_arns"]).toEqual([]);
  });

  test("is one only where that is said", () => {
    expect(Object.keys(make({ managedPolicies: ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }).resource ?? {})).toEqual([
      "aws_iam_role",
      "aws_iam_role_policy_attachment",
    ]);
  });
});

describe("GithubActionsRole takes", () => {
  test.each<[string, Partial<GithubActionsRoleProps>]>([
    ["a name of 64 characters", { name: "a".repeat(64) }],
    ["a session of an hour", { sessionSeconds: 3_600 }],
    ["a session of twelve hours", { sessionSeconds: 43_200 }],
    ["a session name of 64 characters", { sessionName: "a".repeat(64) }],
    ["a path of 512 characters", { path: `/${"a".repeat(510)}/` }],
    ["the path of the root", { path: "/" }],
    ["25 managed policies", { managedPolicies: arns(25) }],
    ["an inline policy's name of 128 characters", { inlinePolicies: { ["a".repeat(128)]: document } }],
    ["inline policies of 10,240 characters together", { inlinePolicies: { a: padded(10_000), b: padded(240) } }],
    ["a managed policy made for it of 6,144 characters", { customerPolicies: { a: padded(6_144) } }],
    ["a policy's name of 128 characters, of role and key", { customerPolicies: { ["a".repeat(124)]: document } }],
    ["25 managed policies, made for it and others", { managedPolicies: arns(24), customerPolicies: { a: document } }],
    ["50 tags", { tags: tags(50) }],
    ["a quota of 8,192", { trustPolicyQuota: 8_192 }],
    ["a trust policy of just the default quota", { allow: [{ repository, ...branchesThatFill(2_048) }] }],
    [
      "a trust policy of just the quota that it is told",
      { trustPolicyQuota: 4_096, allow: [{ repository, ...branchesThatFill(4_096) }] },
    ],
  ])("%s", (_, props) => {
    expect(() => make(props)).not.toThrow();
  });
});

describe("GithubActionsRole refuses, with its path,", () => {
  test.each<[string, Partial<GithubActionsRoleProps>, string]>([
    [
      "a name of 65 characters",
      { name: "a".repeat(65) },
      `role name "${"a".repeat(65)}": use at most 64 characters, this has 65`,
    ],
    ["an empty name", { name: "" }, 'role name ""'],
    ["a name with a slash", { name: "a/b" }, 'role name "a/b"'],
    ["a session below an hour", { sessionSeconds: 3_599 }, 'session of seconds "3599"'],
    ["a session above twelve hours", { sessionSeconds: 43_201 }, 'session of seconds "43201"'],
    ["a session of half a second more", { sessionSeconds: 3_600.5 }, 'session of seconds "3600.5"'],
    [
      "a session name of 65 characters",
      { sessionName: "a".repeat(65) },
      `session name "${"a".repeat(65)}": use 2 to 64 characters, this has 65`,
    ],
    ["any session name", { sessionName: "*?" }, 'session name "*?": a wildcard alone admits every name'],
    ["a path of 513 characters", { path: `/${"a".repeat(511)}/` }, 'path "/aaa'],
    ["a path without slashes", { path: "github" }, 'path "github"'],
    ["26 managed policies", { managedPolicies: arns(26) }, "26 managed policies: IAM attaches at most 25 to a role"],
    [
      "an inline policy's name of 129 characters",
      { inlinePolicies: { ["a".repeat(129)]: document } },
      'policy name "aaa',
    ],
    ["an inline policy's name with a space", { inlinePolicies: { "a b": document } }, 'policy name "a b"'],
    [
      "inline policies of 10,241 characters together",
      { inlinePolicies: { a: padded(10_000), b: padded(241) } },
      "inline policies of 10241 characters together, and IAM takes 10240",
    ],
    [
      "a managed policy made for it of 6,145 characters",
      { customerPolicies: { a: padded(6_145) } },
      `policy "a" of 6145 characters exceeds IAM's limit of 6144 for a managed policy`,
    ],
    [
      "a policy's name of 129 characters, of role and key",
      { customerPolicies: { ["a".repeat(125)]: document } },
      'policy name "web-aaa',
    ],
    [
      "26 managed policies, made for it and others",
      { managedPolicies: arns(25), customerPolicies: { a: document } },
      "26 managed policies: IAM attaches at most 25 to a role",
    ],
    [
      "a path that policies cannot have",
      { path: "/a!b/", customerPolicies: { a: document } },
      'path "/a!b/": a policy\'s path has',
    ],
    [
      "two of AWS's policies of one name",
      { managedPolicies: ["arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/job-function/A"] },
      '"arn:aws:iam::aws:policy/A" and "arn:aws:iam::aws:policy/job-function/A": AWS has no two policies of one name',
    ],
    ["51 tags", { tags: tags(51) }, "51 tags: IAM takes at most 50"],
    [
      "a quota above AWS's",
      { trustPolicyQuota: 8_193 },
      "quota of 8193 for a trust policy: AWS has 2048, and raises it to 8192 at most",
    ],
    ["a quota below AWS's", { trustPolicyQuota: 2_047 }, "quota of 2047 for a trust policy"],
    [
      "a trust policy over the default quota",
      { allow: [{ repository, ...branchesThatFill(2_049) }] },
      "trust policy of 2049 characters, over the quota of 2048",
    ],
    [
      "a trust policy over the quota that it is told",
      { trustPolicyQuota: 4_096, allow: [{ repository, ...branchesThatFill(4_097) }] },
      "trust policy of 4097 characters, over the quota of 4096",
    ],
    ["nobody", { allow: [] }, "a role needs at least one job that may assume it"],
    ["jobs that are not said", { allow: [{ repository }] }, "nothing says which jobs are meant"],
    ["jobs that cannot be", { allow: [{ repository, branch: "main", tag: "v1" }] }, '"tag" beside "branch"'],
    ["a branch that git would not take", { allow: [{ repository, branch: "a b" }] }, '"branch" "a b"'],
    ["a tag that git would not take", { allow: [{ repository, tag: "a..b" }] }, '"tag" "a..b"'],
    ["a merge queue that git would not take", { allow: [{ repository, mergeQueue: "" }] }, '"mergeQueue" ""'],
    ["any environment whatever", { allow: [{ repository, environment: "*" }] }, '"environment" "*"'],
    ["jobs that are no pull requests", { allow: [{ repository, pullRequest: false }] }, '"pullRequest: false"'],
    ["any job but not", { allow: [{ repository, any: false }] }, '"any: false"'],
    [
      "a workflow that is none",
      { allow: [{ repository, branch: "main", workflow: "release.yml" }] },
      '"workflow" "release.yml"',
    ],
    ["a subject that strangers mint", { allow: [{ repository, subject: "repo:octo*" }] }, '"subject" "repo:octo*"'],
    [
      "a claim without values",
      { allow: [{ repository, branch: "main", claims: { actor: [] } }] },
      '"actor" has no values',
    ],
    [
      "a claim that everybody has",
      { allow: [{ repository, branch: "main", claims: { actor: "*" } }] },
      '"actor": "*" admits everybody',
    ],
    [
      "a claim that AWS does not know",
      { allow: [{ repository, branch: "main", claims: { repository_owner: "octo-org" } }] },
      'claim "repository_owner": GitHub mints this claim, but AWS has no condition key for it',
    ],
    [
      "a subject among the claims",
      { allow: [{ repository, branch: "main", claims: { sub: "repo:octo-org/web:*" } }] },
      'claim "sub": the subject is always in the condition',
    ],
    [
      "another audience among the claims",
      { allow: [{ repository, branch: "main", claims: { aud: "https://github.com/octo-org" } }] },
      'claim "aud": the audience is always in the condition',
    ],
    [
      "characters that IAM does not know",
      { allow: [{ repository, environment: "日本" }] },
      '"sub": "repo:octo-org/web:environment:日本": IAM does not accept the character "日"',
    ],
    [
      "an id that is none",
      { allow: [{ repository, branch: "main", claims: { actor_id: "octocat" } }] },
      '"actor_id" of "claims" "octocat": use GitHub\'s numeric id',
    ],
    [
      "a ref that is a branch alone",
      { allow: [{ repository, any: true, claims: { ref: "main" } }] },
      '"ref" of "claims" "main": write the full ref',
    ],
    [
      "the second entry as well",
      { allow: [{ repository, branch: "main" }, { repository }] },
      "nothing says which jobs are meant",
    ],
  ])("%s", (_, props, message) => {
    expect(() => make(props)).toThrow(RangeError);
    expect(() => make(props)).toThrow(`plain/role: ${message}`);
  });
});

function arns(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `arn:aws:iam::aws:policy/Policy${index}`);
}

function tags(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, "x"]));
}

/** A policy of that many characters, as IAM counts. */
function padded(length: number): string {
  const frame = '{"Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::"}]}';
  return frame.replace(":::", `:::${"x".repeat(length - frame.length)}`);
}

/** A filter whose trust policy has that many characters. */
function branchesThatFill(length: number): JobFilter {
  const actor = (size: number): JobFilter => ({ branch: "main", claims: { actor: "x".repeat(size) } });
  const { resource } = make({ allow: [{ repository, ...actor(1) }] });
  return actor(1 + length - String(onlyBlock(resource, "aws_iam_role")["assume_role_policy"]).length);
}
